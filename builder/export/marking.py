"""Copies of PDFs on whose pages it says that nobody has agreed to hand them in yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder import pdf, work
from builder.cite import facts
from builder.export.dossier import PREVIEW, Dossier

COLOR = "#b00020"


@dataclass(frozen=True, slots=True)
class Order:
    """One copy to make."""

    dossier: Dossier
    source: Path
    pages: int
    out: Path

    @property
    def name(self) -> str:
        """What tells it from other orders, of the same paper too."""
        return self.out.name


def mark(orders: Iterable[Order]) -> Mapping[str, str]:
    """Writes every copy, in workers; says of each that failed, by `Order.name`, why."""
    orders = tuple(orders)
    jobs = [
        work.Job(
            name=order.name,
            function=pdf.prepare,
            args=(order.source, order.out, _stamps(order.pages), _info(order.dossier)),
        )
        for order in orders
    ]
    return {
        outcome.name: outcome.failure.message
        for outcome in work.run(jobs)
        if outcome.failure is not None
    }


def _stamps(pages: int) -> tuple[pdf.Stamp, ...]:
    return tuple(
        pdf.Stamp(page=page, text=PREVIEW, place="head-center", size=10, color=COLOR, bold=True)
        for page in range(1, max(pages, 1) + 1)
    )


def _info(dossier: Dossier) -> pdf.DocumentInfo:
    volume, paper = dossier.volume, dossier.paper
    archival = facts.published(volume, paper)
    return pdf.DocumentInfo(
        title=dossier.title,
        authors=tuple(author.name.full for author in paper.contributors),
        keywords=paper.keywords,
        language=paper.language or volume.language,
        subject=f"{PREVIEW}; {facts.presented(volume.event, archival=paper.archival)}",
        date=facts.date(volume, archival=archival),
        license=paper.license or volume.license,
    )
