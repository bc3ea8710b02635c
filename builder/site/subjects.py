"""What papers share: topics (their keywords) and institutions, each with a stable address."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from builder.model.collation import filing_key
from builder.model.letters import SPELT
from builder.work import file_names

if TYPE_CHECKING:
    from builder.model import Author
    from builder.site.views import PaperView

ENOUGH = 2
"""Papers from which on a topic or an institution has a page; one paper is linked directly."""


@dataclass(frozen=True)
class Topic:
    """One keyword, however its papers spell it."""

    id: str
    name: str
    """As the first of the papers writes it."""
    page: str
    """Page without suffix (`topics/graph-theory`), or empty where there are too few papers."""
    papers: tuple[PaperView, ...]

    def __repr__(self) -> str:
        return f"<Topic {self.id!r}>"


@dataclass(frozen=True)
class Institution:
    """One affiliation, as printed, with who and what comes from there."""

    id: str
    name: str
    page: str
    """Page without suffix (`affiliations/kth-stockholm`), or empty, as for topics."""
    ror: str
    authors: tuple[Author, ...]
    papers: tuple[PaperView, ...]

    def __repr__(self) -> str:
        return f"<Institution {self.id!r}>"


@cache
def identity(text: str) -> str:
    """What two spellings of a keyword or an institution have in common, fit for an address.

    `Machine-learning` and `machine learning` are one. What Latin letters cannot spell gets a
    digest, so that `音声` and `画像` stay apart.
    """
    folded = " ".join(unicodedata.normalize("NFKD", text.translate(SPELT)).casefold().split())
    latin = folded.encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9+#]+", latin))
    lost = 0 if folded == latin else _letters(folded) - _letters(latin)
    if words and not lost:
        return words.replace("+", "-plus").replace("#", "-sharp")
    digest = hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{re.sub('[+#]', '', words) or 'x'}.{digest}"


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def topics(papers: Sequence[PaperView]) -> tuple[Topic, ...]:
    """The keywords of `papers`, alphabetically, each once."""
    names: dict[str, str] = {}
    found: dict[str, dict[str, PaperView]] = {}
    for view in papers:
        for id, keyword in _keywords(view):
            names.setdefault(id, keyword)
            found.setdefault(id, {})[view.paper.key] = view
    pages = _pages("topics", ((id, len(views)) for id, views in found.items()))
    everything = [
        Topic(id, names[id], pages.get(id, ""), tuple(views.values()))
        for id, views in found.items()
    ]
    return tuple(sorted(everything, key=lambda topic: (filing_key(topic.name), topic.id)))


def institutions(papers: Sequence[PaperView], authors: Sequence[Author]) -> tuple[Institution, ...]:
    """The affiliations printed with `papers`, alphabetically; equal lines or ROR ids are one."""
    by_id = {author.id: author for author in authors}
    names: dict[str, str] = {}
    rors: dict[str, str] = {}
    found: dict[str, dict[str, PaperView]] = {}
    people: dict[str, dict[str, Author]] = {}
    for view in papers:
        for byline in view.bylines:
            for place in byline.contributor.affiliations:
                id = identity(place.name)
                names.setdefault(id, place.name)
                if place.ror:
                    rors.setdefault(id, place.ror)
                found.setdefault(id, {})[view.paper.key] = view
                if byline.id in by_id:
                    people.setdefault(id, {})[byline.id] = by_id[byline.id]
    rank = {author.id: number for number, author in enumerate(authors)}
    pages = _pages("affiliations", ((id, len(views)) for id, views in found.items()))
    everything = [
        Institution(
            id,
            names[id],
            pages.get(id, ""),
            rors.get(id, ""),
            tuple(sorted(people.get(id, {}).values(), key=lambda author: rank[author.id])),
            tuple(views.values()),
        )
        for id, views in found.items()
    ]
    return tuple(sorted(everything, key=lambda one: (filing_key(one.name), one.id)))


def _keywords(view: PaperView) -> Iterator[tuple[str, str]]:
    for keyword in view.paper.keywords:
        if text := " ".join(keyword.split()):
            yield identity(text), text


def _pages(folder: str, counts: Iterable[tuple[str, int]]) -> dict[str, str]:
    shared = [id for id, count in counts if count >= ENOUGH]
    return {id: f"{folder}/{name}" for id, name in file_names(shared).items()}
