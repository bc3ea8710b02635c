"""The table of contents, and lists of papers wherever prose asks for one."""

from __future__ import annotations

from collections.abc import Iterable

from builder.booklet.desk import (
    SECTION_LINK,
    Data,
    Desk,
    names,
    paper_address,
    rich,
    text,
    title_text,
)
from builder.booklet.plan import has_abstract_page
from builder.model import Paper


def contents(desk: Desk) -> Data:
    """Everything that has pages once, by tracks, sessions or flat, then the back matter."""
    return {
        "kind": "contents",
        "title": desk.say("contents"),
        "groups": [*groups(desk, desk.placed), *_others(desk)],
        "back": [] if desk.handbook else _back(desk),
    }


def _others(desk: Desk) -> list[Data]:
    """What the other volumes print, a group for each."""
    found: dict[int, list[Data]] = {}
    for key, planned in desk.others.items():
        if paper := desk.volume.paper(key):
            found.setdefault(planned.volume, []).append(entry(desk, paper))
    return [
        {
            "title": desk.say("volume-number", number=str(number)),
            "papers": papers,
        }
        for number, papers in sorted(found.items())
    ]


def _back(desk: Desk) -> list[Data]:
    """Sections of the back matter whose pages are known: all, once it has been set."""
    return [
        {
            "title": desk.say(section),
            "page": page,
            "href": "" if desk.standalone else f"{SECTION_LINK}{section}",
        }
        for section, page in desk.back_pages.items()
    ]


def groups(desk: Desk, papers: Iterable[Paper]) -> list[Data]:
    """`papers` under the headings that the settings ask for; a group without a title comes last."""
    listed = list(papers)
    by = {"tracks": _by_track, "sessions": _by_session}.get(desk.volume.booklet.contents)
    divided = by(desk, listed) if by else [("", listed)]
    titled = [group for group in divided if group[0]] + [group for group in divided if not group[0]]
    if len(titled) > 1 and not titled[-1][0]:
        titled[-1] = (desk.say("other-papers"), titled[-1][1])
    return [
        {"title": text(title), "papers": [entry(desk, paper) for paper in members]}
        for title, members in titled
    ]


def entry(desk: Desk, paper: Paper, *, abstract: bool = False) -> Data:
    """One paper as a line of a list."""
    planned = desk.planned.get(paper.key)
    became = paper.status if paper.shown else "withdrawn"
    remarks = {
        # In a publication, a paper that is none says so.
        "non-archival": desk.archival and not paper.archival and paper.in_volume,
        "elsewhere": has_abstract_page(paper),
    }
    return {
        "title": rich(paper.title),
        "key": paper.key,
        "text": title_text(paper.title),
        "authors": names(paper.contributors),
        "page": desk.page(paper.key),
        "href": desk.paper_href(paper),
        "awards": [text(award) for award in paper.awards],
        "missing": bool(planned and planned.placeholder),
        "elsewhere": paper_address(paper) if has_abstract_page(paper) else "",
        "status": desk.say(became) if became else "",
        "remarks": [desk.say(word) for word, holds in remarks.items() if holds],
        "abstract": rich(paper.abstract) if abstract and paper.abstract else [],
    }


def _by_track(desk: Desk, papers: list[Paper]) -> list[tuple[str, list[Paper]]]:
    """By track, in the order in which the volume prints the first paper of each."""
    found: dict[str, list[Paper]] = {}
    for paper in papers:
        track = desk.volume.track(paper.track)
        found.setdefault(track.name if track else "", []).append(paper)
    return list(found.items())


def _by_session(desk: Desk, papers: list[Paper]) -> list[tuple[str, list[Paper]]]:
    """By the first session that has the paper, in the order of the program."""
    printed = {paper.key: paper for paper in papers}
    found: list[tuple[str, list[Paper]]] = []
    for session in desk.volume.program.walk():
        members = [printed.pop(slot.paper) for slot in session.slots if slot.paper in printed]
        if members:
            if not desk.handbook:
                members.sort(key=lambda paper: desk.planned[paper.key].first)
            found.append((session.title, members))
    return [*found, ("", list(printed.values()))] if printed else found
