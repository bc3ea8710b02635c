"""A search that works from `file://` too and loads little: an index cut into small scripts.

Sphinx's own index is one file that every reader loads whole: 1.7 MB, compressed, at 5,000 papers.
Ours is cut by the first letters of words, so that a query loads what begins like its words, and
the titles of the pages that it shows. In somebody else's site Sphinx's own search stays, and hears
of our pages (it forgets every page that is no document, so they are fed anew on each build).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.utils import new_document

from builder.model.letters import SPELT
from builder.site.facets import script
from builder.site.pages import Page
from builder.site.words import say, term

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.search import IndexBuilder

PAGE = "search"
BLOCK = 40
"""Pages whose titles share one script."""
SMALL = 600
"""Pages up to which one letter is enough to cut by."""
TITLE = 8
"""How much more a word in a title weighs than one in the text."""
_KINDS = (("papers/", term("Papers")), ("authors/", term("Authors")), ("", term("Pages")))
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Findable:
    """One page that can be found."""

    name: str
    """Its address below the site's root."""
    title: str
    words: tuple[str, ...]
    line: str = ""
    """What is shown under its title."""


@dataclass(frozen=True, slots=True)
class Index:
    """The whole index."""

    scripts: Mapping[str, str]
    """Path and content of every script."""
    letters: int
    """How many letters decide in which script a word is."""
    kinds: tuple[tuple[str, int], ...]
    """Kinds of pages, each with the number of the first page that is of a later kind."""


def index(entries: Iterable[Findable]) -> Index:
    """Cuts the words of all pages into scripts; the same pages give the same bytes."""
    ranked = sorted(entries, key=lambda entry: (_kind(entry.name), entry.name))
    letters = 1 if len(ranked) <= SMALL else 2
    postings: dict[str, dict[int, int]] = {}
    for number, entry in enumerate(ranked):
        for word, weight in _weights(entry).items():
            postings.setdefault(word, {})[number] = weight
    shards: dict[str, dict[str, list[int]]] = {}
    # A word of most pages finds nothing; an empty row says that it is one, not that none has it.
    ceiling = max(40, len(ranked) * 2 // 5)
    for word in sorted(postings):
        found = postings[word]
        row = [] if len(found) > ceiling else [part for pair in found.items() for part in pair]
        shards.setdefault(shard(word, letters), {})[word] = row
    scripts = {f"search/s_{key}.js": script(f"s_{key}", rows) for key, rows in shards.items()}
    for number, start in enumerate(range(0, len(ranked), BLOCK)):
        rows = [[entry.title, entry.name, entry.line] for entry in ranked[start : start + BLOCK]]
        scripts[f"search/d_{number}.js"] = script(f"d_{number}", rows)
    # A browser is told which words have a script, so that it asks for none that does not exist.
    scripts["search/shards.js"] = script("shards", sorted(shards))
    kinds = tuple(
        (say(label), sum(_kind(entry.name) <= place for entry in ranked))
        for place, (_, label) in enumerate(_KINDS)
    )
    return Index(scripts, letters, kinds)


def words(text: str) -> Iterator[str]:
    """The words of a text as they are compared: without accents and capitals.

    Where a script has no spaces, two neighbouring letters make a word.
    """
    if text.isascii():
        yield from _WORD.findall(text.lower())
        return
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))
    for word in _WORD.findall(bare.lower().translate(SPELT)):
        if _UNSPACED.search(word) and len(word) > 1:
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        else:
            yield word


def shard(word: str, letters: int) -> str:
    """Which script a word is in: its first letters, those that are not ASCII by their number."""
    return "".join(char if char.isascii() else f"{ord(char):x}_" for char in word[:letters])


def _kind(name: str) -> int:
    return next(place for place, (start, _) in enumerate(_KINDS) if name.startswith(start))


def _weights(entry: Findable) -> dict[str, int]:
    found: dict[str, int] = {}
    for text, weight, most in (
        (entry.title, TITLE, TITLE),
        *((text, 1, 4) for text in entry.words),
    ):
        for word in words(text):
            if len(word) <= 40:
                before = found.get(word, 0)
                found[word] = max(before, min(before + weight, most + TITLE))
    return found


def feed(builder: StandaloneHTMLBuilder, pages: Iterable[Page]) -> None:
    """Adds `pages` to Sphinx's index of this build; does nothing where there is none."""
    indexer = builder.indexer
    if indexer is None:
        return
    names = []
    for page in pages:
        names.append(page.name)
        indexer.feed(page.name, f"{page.name}.html", page.title, _document(page))
    _keep(indexer, names)


def _keep(indexer: IndexBuilder, names: list[str]) -> None:
    prune = indexer.prune

    def keep(docnames: Iterable[str]) -> None:
        prune([*docnames, *names])

    indexer.prune = keep  # type: ignore[method-assign]  # there is no hook for it


def _document(page: Page) -> Any:
    document = new_document(page.name)
    section = nodes.section(ids=["top"])
    section += nodes.title("", page.title)
    for text in page.words():
        section += nodes.paragraph("", text)
    document += section
    return document
