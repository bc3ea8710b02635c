"""CSL-JSON: one item of the Citation Style Language's input (its schema 1.0.2)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from builder.cite import facts
from builder.model import Contributor, Paper, Plan, Volume
from builder.model.markup import plain


def csl(volume: Volume, paper: Paper, plan: Plan | None = None) -> dict[str, Any]:
    """One item for `paper`; a paper that was only presented has no container."""
    archival = facts.published(volume, paper)
    date = facts.date(volume, archival=archival)
    pages = facts.pages(plan, paper.key) if archival else None
    event = volume.event
    item: dict[str, Any] = {
        "id": paper.key,
        "type": "paper-conference",
        "title": plain.render(paper.title),
        "author": [name(person) for person in paper.contributors],
        "container-title": volume.title if archival else "",
        "editor": [name(person) for person in volume.editors] if archival else [],
        "event-title": event.name,
        "event-date": date_parts(event.start, event.end),
        "event-place": event.place,
        "volume": facts.number(pages),
        "page": pages.range.replace("–", "-") if pages else "",
        "publisher": volume.publisher if archival else "",
        "issued": date_parts(date),
        "genre": "" if archival or paper.archival else "non-archival workshop paper",
        "note": _note(volume, paper, archival),
        "abstract": plain.render(paper.abstract) if paper.abstract else "",
        "keyword": ", ".join(paper.keywords),
        "language": paper.language or volume.language,
        "DOI": paper.doi,
        "ISBN": volume.isbn if archival else "",
        "ISSN": volume.issn if archival else "",
        "URL": facts.address(paper),
    }
    return {field: value for field, value in item.items() if value}


def name(person: Contributor) -> dict[str, str]:
    """A name in CSL's parts; what has no parts is `literal`."""
    printed = person.name
    if printed.literal or not printed.family:
        return {"literal": printed.full}
    parts = {
        "family": printed.family,
        "given": printed.given,
        "non-dropping-particle": printed.particle,
        "suffix": printed.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def date_parts(*dates: dt.date | None) -> dict[str, Any]:
    """A date, or a first and a last one, as CSL writes them; empty where there is none."""
    known = list(dict.fromkeys(date for date in dates if date))
    return {"date-parts": [[d.year, d.month, d.day] for d in known]} if known else {}


def _note(volume: Volume, paper: Paper, archival: bool) -> str:
    presented = "" if archival else facts.presented(volume.event, archival=paper.archival)
    return "; ".join(part for part in (presented, facts.awards(paper)) if part)
