"""The editors' table: one row per paper, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from builder.cite import facts
from builder.export.dossier import PREVIEW, Dossier

MOST = 100
"""Names in one cell; spreadsheets cut a cell off at 32,767 characters without saying so."""

COLUMNS = (
    "key", "title", "authors", "ORCIDs", "corresponding author", "e-mail", "track",
    "pages in the booklet", "number of pages", "decision", "why", "link", "PDF", "status",
)  # fmt: skip


def as_csv(dossiers: Iterable[Dossier]) -> str:
    """The table as CSV; no cell can be taken for a formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for dossier in dossiers:
        writer.writerow(_safe(cell) for cell in _row(dossier))
    return target.getvalue()


def _row(dossier: Dossier) -> list[str]:
    paper = dossier.paper
    track = dossier.volume.track(paper.track)
    author = dossier.corresponding
    pages = facts.pages(dossier.plan, paper.key)
    number = dossier.seen.page_count if dossier.seen and not paper.specimen else None
    pdf = "missing" if dossier.pdf is None else "specimen" if paper.specimen else "in the package"
    return [
        paper.key,
        dossier.title,
        _listed([person.name.full for person in paper.contributors]),
        _listed([orcid for person in paper.contributors if (orcid := dossier.orcid(person))]),
        author.name.full if author else "",
        dossier.email(author) if author else "",
        track.name if track else paper.track,
        pages.range if pages else "",
        str(number) if number else "",
        dossier.decision.verdict,
        "; ".join(reason.evidence for reason in dossier.decision.decisive),
        facts.address(paper),
        pdf,
        PREVIEW if dossier.preview else "",
    ]


def _listed(entries: list[str]) -> str:
    shown = entries[:MOST]
    if len(entries) > MOST:
        shown.append(f"and {len(entries) - MOST} more, see metadata.xml")
    return "; ".join(shown)


def _safe(cell: str) -> str:
    # A spreadsheet would run what begins like a formula.
    text = " ".join(cell.split())
    return f"'{text}" if text[:1] in set("=+-@") else text
