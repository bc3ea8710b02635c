"""EndNote's tagged import format (`.enw`): `%0 Conference Paper` and one field to a line."""

from __future__ import annotations

from builder.cite import facts
from builder.cite.ris import name
from builder.model import Paper, Plan, Volume
from builder.model.markup import plain


def endnote(volume: Volume, paper: Paper, plan: Plan | None = None) -> str:
    """One record for `paper`, ending in an empty line, which separates records.

    `Conference Proceedings` (a paper in proceedings) for what was published, `Conference Paper`
    (one that was presented) for everything else: those are EndNote's own names of the two.
    """
    archival = facts.published(volume, paper)
    date = facts.date(volume, archival=archival)
    pages = facts.pages(plan, paper.key) if archival else None
    note = "" if archival else facts.presented(volume.event, archival=paper.archival)
    rows: list[tuple[str, str]] = [
        ("0", "Conference Proceedings" if archival else "Conference Paper"),
        ("T", plain.render(paper.title)),
        *(("A", name(person.name)) for person in paper.contributors),
        *(("E", name(person.name)) for person in volume.editors if archival),
        ("B", volume.title if archival else volume.event.short_name),
        ("D", str(date.year) if date else ""),
        ("8", date.isoformat() if date else ""),
        ("C", volume.event.place),
        ("I", volume.publisher if archival else ""),
        ("V", facts.number(pages)),
        ("P", pages.range.replace("–", "-") if pages else ""),
        ("@", (volume.isbn or volume.issn) if archival else ""),
        ("R", paper.doi),
        ("U", facts.address(paper)),
        *(("K", keyword) for keyword in paper.keywords),
        ("X", plain.render(paper.abstract) if paper.abstract else ""),
        ("Z", "; ".join(part for part in (note, facts.awards(paper)) if part)),
        ("G", paper.language or volume.language),
        ("F", paper.key),
    ]
    lines = [f"%{tag} {' '.join(value.split())}" for tag, value in rows if value.strip()]
    return "\r\n".join([*lines, "", ""])
