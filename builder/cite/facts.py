"""What every citation format needs to know, decided once; nothing here is ever made up."""

from __future__ import annotations

import datetime as dt

from builder.model import Event, Paper, PdfKind, Plan, PlannedPaper, Volume


def published(volume: Volume, paper: Paper) -> bool:
    """Whether the paper may be cited as part of published proceedings.

    Only if the editors claim it as archival *and* the volume prints it.
    """
    return paper.archival and paper.in_volume


def date(volume: Volume, *, archival: bool) -> dt.date | None:
    """The date of publication of what was published; of everything else, of the event."""
    first, second = volume.date, volume.event.start
    return (first or second) if archival else (second or first)


def presented(event: Event, *, archival: bool) -> str:
    """Where a paper was heard: `Presented at X 2025 (ICML 2025 workshop), non-archival`."""
    where = f"Presented at {event.short_name}"
    if event.host:
        where += f" ({event.host} workshop)"
    return where if archival else f"{where}, non-archival"


def pages(plan: Plan | None, key: str) -> PlannedPaper | None:
    """The paper's pages, unless a placeholder stands in for it and they may still move."""
    planned = plan.of(key) if plan else None
    return planned if planned and not planned.placeholder else None


def number(planned: PlannedPaper | None) -> str:
    """The number of the volume that prints the paper, where there are several; or empty."""
    return str(planned.volume) if planned and planned.volume else ""


def address(paper: Paper) -> str:
    """Where the paper can be read: its DOI's resolver, else an address that its editors gave."""
    if paper.doi:
        return f"https://doi.org/{paper.doi}"
    linked = paper.pdf_url if paper.pdf is PdfKind.LINK else ""
    return paper.url or paper.openreview or linked


def awards(paper: Paper) -> str:
    """Awards and the editors' note, in one line, or empty."""
    return "; ".join(part for part in (*paper.awards, paper.note) if part)
