"""The author index: each person once, in alphabetical order, with the pages of their papers."""

from __future__ import annotations

import string
import unicodedata
from dataclasses import replace
from functools import cache

from builder.booklet.desk import Data, Desk, text
from builder.model import Author, Name, authors
from builder.model.collation import name_key, sort_key


def author_index(desk: Desk) -> Data:
    """Authors of printed papers by initial; each page number leads to its paper."""
    groups: list[tuple[str, list[Data]]] = []
    ignored = desk.volume.booklet.particles == "ignored"
    everyone = authors(desk.volume)
    if ignored:
        everyone = tuple(sorted(everyone, key=lambda author: name_key(_bare(author.name))))
    for author in everyone:
        pages = _pages(desk, author)
        if not pages:
            continue
        filed = _bare(author.name) if ignored else author.name
        initial = initial_of(filed.family_or_literal)
        if not groups or groups[-1][0] != initial:
            groups.append((initial, []))
        shown = f"{filed.inverted} {author.name.particle}" if ignored else author.name.inverted
        groups[-1][1].append({"name": text(shown.strip()), "pages": pages})
    return {
        "kind": "author-index",
        "title": desk.say("author-index"),
        "groups": [{"initial": initial, "authors": found} for initial, found in groups],
    }


def _bare(name: Name) -> Name:
    """The name as it is filed where particles do not count: `Maaten, Laurens van der`."""
    return replace(name, particle="") if name.family else name


def _pages(desk: Desk, author: Author) -> list[Data]:
    return [
        {"page": desk.page(paper.key), "href": desk.paper_href(paper)}
        for paper in author.papers
        if desk.handbook or (paper.in_volume and paper.key in desk.planned)
    ]


def initial_of(name: str) -> str:
    """The mark under which `name` stands: a letter, or the name of its script.

    Latin letters fold as the collation folds them (Łukasik and Øster under L and O), so that
    marks and order agree; Greek and Cyrillic letters stand for themselves.
    """
    char = next((char for char in name if char.isalpha()), "")
    if not char:
        return "#"
    primary = sort_key(char)[0]
    if primary in _latin():
        return _latin()[primary]
    script = unicodedata.name(char, "").split(" ")[0]
    if script in ("LATIN", "GREEK", "CYRILLIC"):
        return unicodedata.normalize("NFD", char)[0].upper()
    return {"CJK": "漢字", "HIRAGANA": "かな", "KATAKANA": "かな", "HANGUL": "한글"}.get(
        script, script.capitalize()
    )


@cache
def _latin() -> dict[int, str]:
    return {sort_key(letter)[0]: letter for letter in string.ascii_uppercase}
