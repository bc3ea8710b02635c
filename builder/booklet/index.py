"""The author index: each person once, in alphabetical order, with the pages of their papers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from builder.booklet.desk import Data, Desk, text
from builder.model import Author, Name, Paper, authors
from builder.model.collation import initial, name_key


def author_index(desk: Desk) -> Data:
    """Authors of printed papers by initial; each page number leads to its paper.

    Where several persons bear one name, each has the affiliation behind it.
    """
    groups: list[tuple[str, list[Data]]] = []
    ignored = desk.volume.booklet.particles == "ignored"
    everyone = [
        (author, pages) for author in authors(desk.volume) if (pages := _pages(desk, author))
    ]
    if ignored:
        everyone.sort(key=lambda one: name_key(_bare(one[0].name)))
    called = Counter(author.name.inverted for author, _ in everyone)
    for author, pages in everyone:
        filed = _bare(author.name) if ignored else author.name
        mark = initial(filed.family_or_literal)
        if not groups or groups[-1][0] != mark:
            groups.append((mark, []))
        shown = f"{filed.inverted} {author.name.particle}" if ignored else author.name.inverted
        note = _place(author) if called[author.name.inverted] > 1 else ""
        groups[-1][1].append({"name": text(shown.strip()), "note": note, "pages": pages})
    return {
        "kind": "author-index",
        "title": desk.say("author-index"),
        "groups": [{"initial": mark, "authors": found} for mark, found in groups],
    }


def _place(author: Author) -> str:
    """Where the author works, as the papers or the registry say it first; or empty."""
    named = [place for one in author.contributors for place in one.affiliations]
    registered = author.person.affiliations if author.person else ()
    return next((text(place.name) for place in (*named, *registered)), "")


def _volume(desk: Desk, paper: Paper) -> int:
    other = desk.others.get(paper.key)
    return other.volume if other else desk.number


def _bare(name: Name) -> Name:
    """The name as it is filed where particles do not count: `Maaten, Laurens van der`."""
    return replace(name, particle="") if name.family else name


def _pages(desk: Desk, author: Author) -> list[Data]:
    return [
        {"page": desk.index_page(paper.key), "href": desk.paper_href(paper)}
        for paper in sorted(author.papers, key=lambda one: _volume(desk, one))
        if desk.handbook or (paper.in_volume and desk.index_page(paper.key))
    ]
