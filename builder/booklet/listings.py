"""What directives in prose ask for, drawn from the volume: papers, people, talks, dates, …"""

from __future__ import annotations

import re

from builder.booklet import contents, schedule, sections
from builder.booklet.desk import Data, Desk, rich, text
from builder.model.markup import Markup, Math, Text
from builder.prose import nodes as neutral


def listing(desk: Desk, node: neutral.Listing) -> list[Data]:
    """What a directive asks for, from the volume."""
    volume = desk.volume
    data: Data | None = None
    if isinstance(node, neutral.PaperList):
        chosen = [
            paper
            for paper in volume.shown
            if (not node["tracks"] and not node["keys"])
            or paper.track in node["tracks"]
            or paper.key in node["keys"]
        ]
        entries = [contents.entry(desk, p, abstract=node["abstracts"]) for p in chosen]
        data = {"kind": "papers", "papers": entries} if entries else None
    elif isinstance(node, neutral.ProgramTable):
        ids = node["sessions"]
        some = [one for one in volume.program.walk() if one.id in ids] if ids else None
        data = schedule.program(desk, some, node["date"])
        data = data if data["days"] else None
    elif isinstance(node, neutral.TalkList):
        kinds = node["kinds"]
        talks = tuple(t for t in volume.program.talks if not kinds or t.kind in kinds)
        data = sections.talks(desk, talks) if talks else None
    elif isinstance(node, neutral.PeopleList):
        ids = node["committees"]
        groups = tuple(c for c in volume.committees if not ids or c.id in ids)
        data = sections.committees(desk, groups) if groups else None
    elif isinstance(node, neutral.SponsorList):
        titles = node["tiers"]
        tiers = tuple(t for t in volume.sponsors if t.title in titles) if titles else None
        data = sections.sponsors(desk, tiers)
        data = data if data["tiers"] or data["acknowledgement"] else None
    elif isinstance(node, neutral.DateList):
        data = dates(desk) if volume.dates else None
    elif isinstance(node, neutral.TopicList):
        topics = [[{"t": "paragraph", "c": _with_formulas(topic)}] for topic in volume.topics]
        return [{"t": "list", "start": 1, "items": topics}] if topics else []
    elif isinstance(node, neutral.CitationHint):
        return [_paragraph(sections.citation(desk, node["paper"]))]
    # Downloads are the site's: who holds the booklet has it.
    return [{"t": "listing", "data": data}] if data else []


def dates(desk: Desk) -> Data:
    """The important dates."""
    return {
        "kind": "dates",
        "dates": [
            {
                "what": text(one.what),
                "when": desk.speech.day(one.date) if one.date else text(one.text),
                "replaces": text(one.replaces),
            }
            for one in desk.volume.dates
        ],
    }


def _paragraph(words: str) -> Data:
    return {"t": "paragraph", "c": [{"t": "text", "s": text(words)}]}


def _with_formulas(words: str) -> list[Data]:
    """Plain text in which `$…$` is a formula, as editors write it in lists of topics."""
    parts = re.split(r"\$([^$]+)\$", words)
    nodes_of = (Math(part) if place % 2 else Text(text(part)) for place, part in enumerate(parts))
    return rich(Markup(tuple(nodes_of)))
