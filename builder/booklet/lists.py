"""Lists drawn from the papers: abstracts, awards, posters, subjects, supplements."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from builder.booklet.contents import entry, groups
from builder.booklet.desk import ATTACHMENT_LINK, Data, Desk, names, text, title_text
from builder.model import Include, Paper, Supplement
from builder.model.collation import filing_key, initial
from builder.model.dates import clock


def abstracts(desk: Desk) -> Data:
    """Abstracts of papers that are only in the program; in a handbook those of all papers."""
    shown = [
        paper
        for paper in desk.volume.shown
        if desk.handbook or (paper.include is Include.PROGRAM and paper.abstract)
    ]
    divided = groups(desk, shown)
    if not desk.handbook:
        divided = [{"title": "", "papers": [entry(desk, paper) for paper in shown]}]
    return {
        "kind": "abstracts",
        "title": desk.say("abstracts"),
        "groups": [
            group | {"papers": [_abstract(desk, one) for one in group["papers"]]}
            for group in divided
        ],
    }


def _abstract(desk: Desk, one: Data) -> Data:
    paper = desk.volume.paper(one["key"])
    assert paper is not None
    sessions = desk.volume.program.sessions_of(paper.key)
    held = []
    for session, slot in sessions:
        start = slot.start or session.start
        parts = (
            desk.speech.weekday(session.date) if session.date else "",
            clock(start) if start else "",
            session.title,
            session.room,
        )
        held.append(text(", ".join(part for part in parts if part)))
    return entry(desk, paper, abstract=True) | {
        "label": desk.abstract_label(paper.key),
        "held": held,
        "affiliations": list(
            dict.fromkeys(text(a.name) for c in paper.contributors for a in c.affiliations)
        ),
    }


def awards(desk: Desk) -> Data:
    """Papers that won something, by award, in the order of the volume."""
    found: dict[str, list[Paper]] = {}
    for paper in desk.volume.shown:
        for award in paper.awards:
            found.setdefault(award, []).append(paper)
    return {
        "kind": "awards",
        "title": desk.say("awards"),
        "groups": [
            {"title": text(award), "papers": [entry(desk, paper) | {"awards": []} for paper in won]}
            for award, won in found.items()
        ],
    }


def posters(desk: Desk) -> Data:
    """What hangs in each poster session."""
    found = []
    for session in desk.volume.program.walk():
        if session.kind != "posters":
            continue
        papers = [desk.volume.paper(slot.paper) for slot in session.slots if slot.paper]
        shown = [entry(desk, paper) for paper in papers if paper is not None and paper.shown]
        parts = (
            desk.speech.weekday(session.date) if session.date else "",
            desk.speech.hours(session.start, session.end),
            session.room,
        )
        when = text(", ".join(part for part in parts if part))
        if shown:
            found.append({"title": text(session.title), "when": when, "papers": shown})
    return {"kind": "posters", "title": desk.say("posters"), "groups": found}


def subject_index(desk: Desk) -> Data:
    """Keywords with the pages of their papers; spellings that differ in capitals are one."""
    found: dict[str, tuple[str, list[Paper]]] = {}
    for paper in desk.indexed:
        for keyword in paper.keywords:
            word = " ".join(unicodedata.normalize("NFC", text(keyword)).split())
            if word:
                found.setdefault(word.casefold(), (word, []))[1].append(paper)
    # Filed by its first letter or digit, whatever signs stand before it.
    ordered = sorted(found.values(), key=lambda one: (filing_key(one[0]), one[0]))
    divided: list[tuple[str, list[Data]]] = []
    for word, papers in ordered:
        mark = initial(word)
        if not divided or divided[-1][0] != mark:
            divided.append((mark, []))
        pages = [{"page": desk.index_page(p.key), "href": desk.paper_href(p)} for p in papers]
        divided[-1][1].append({"name": word, "pages": pages})
    return {
        "kind": "subject-index",
        "title": desk.say("subject-index"),
        "groups": [{"initial": mark, "authors": words} for mark, words in divided],
    }


def supplements(desk: Desk) -> Data:
    """What came with the papers: by paper, with each file's kind, name and size."""
    papers = []
    for paper in desk.listed:
        if not paper.supplements:
            continue
        files = [_file(desk, one) for one in paper.supplements]
        papers.append(
            {
                "title": title_text(paper.title),
                "authors": names(paper.contributors),
                "page": desk.page(paper.key),
                "href": desk.paper_href(paper),
                "files": files,
            }
        )
    shown = [one.file for paper in desk.listed for one in paper.supplements]
    told = {desk.kept[file].keeping for file in shown if file in desk.kept}
    notes = [
        desk.say(f"supplements-{keeping}") for keeping in ("attach", "beside") if keeping in told
    ]
    return {
        "kind": "supplements",
        "title": desk.say("supplements"),
        "note": " ".join(notes),
        "papers": papers,
    }


def _file(desk: Desk, one: Supplement) -> Data:
    kept = desk.kept.get(one.file)
    attached = kept is not None and kept.keeping == "attach" and not desk.standalone
    return {
        "kind": desk.say(f"supplement-{one.kind}", one.kind.capitalize()),
        "title": text(one.title),
        "name": kept.name if kept else text(PurePosixPath(one.file).name),
        "href": f"{ATTACHMENT_LINK}{kept.name}" if kept and attached and not desk.handbook else "",
    }
