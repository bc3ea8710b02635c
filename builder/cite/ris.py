"""RIS, for Zotero, EndNote and Mendeley."""

from __future__ import annotations

from builder.cite import facts
from builder.model import Name, Paper, Plan, Volume
from builder.model.markup import plain


def ris(volume: Volume, paper: Paper, plan: Plan | None = None) -> str:
    """One record for `paper`.

    `CONF` (published proceedings) for what was published, `CPAPER` (a conference paper) for what
    was only presented, with a note that says so.
    """
    archival = facts.published(volume, paper)
    date = facts.date(volume, archival=archival)
    pages = facts.pages(plan, paper.key) if archival else None
    note = "" if archival else facts.presented(volume.event, archival=paper.archival)
    rows: list[tuple[str, str]] = [
        ("TY", "CONF" if archival else "CPAPER"),
        ("ID", paper.key),
        ("TI", plain.render(paper.title)),
        *(("AU", name(person.name)) for person in paper.contributors),
        ("T2", volume.title if archival else volume.event.short_name),
        *(("ED", name(person.name)) for person in volume.editors if archival),
        ("PY", str(date.year) if date else ""),
        ("DA", date.strftime("%Y/%m/%d") if date else ""),
        ("CY", volume.event.place),
        ("VL", facts.number(pages)),
        ("SP", str(pages.first) if pages else ""),
        ("EP", str(pages.last) if pages else ""),
        ("PB", volume.publisher if archival else ""),
        ("SN", (volume.isbn or volume.issn) if archival else ""),
        ("DO", paper.doi),
        ("UR", facts.address(paper)),
        *(("KW", keyword) for keyword in paper.keywords),
        ("AB", plain.render(paper.abstract) if paper.abstract else ""),
        ("N1", note),
        ("N1", facts.awards(paper)),
        ("LA", paper.language or volume.language),
    ]
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in rows if value.strip()]
    return "\r\n".join([*lines, "ER  - ", ""])


def name(name: Name) -> str:
    """`van der Maaten, Laurens` or `Smith, John, Jr.`: RIS puts the suffix last."""
    if name.literal or not name.family:
        return name.full.replace(",", "") if name.organisation else name.full
    family = " ".join(part for part in (name.particle, name.family) if part)
    if not name.given and name.suffix:
        return f"{family}, , {name.suffix}"
    return ", ".join(part for part in (family, name.given, name.suffix) if part)
