"""Copies of PDFs on whose pages it says that nobody has agreed to hand them in yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder import pdf, work
from builder.booklet.printed import VERSIONS
from builder.cite import facts
from builder.export.dossier import PREVIEW, Dossier

COLOR = "#b00020"

_FORM = "1"
"""Raised whenever the same paper would be stamped in another way."""


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


def mark(orders: Iterable[Order], cache: work.Cache | None) -> Mapping[str, str]:
    """Writes every copy, in workers; says of each that failed, by `Order.name`, why.

    What was stamped alike before, for this journal or another, comes from the `cache`.
    """
    jobs, made = [], {}
    for order in orders:
        stamps, info = _stamps(order.pages), _info(order.dossier)
        key = (
            cache.key("preview", _FORM, *VERSIONS, order.source, repr((stamps, info)))
            if cache
            else ""
        )
        if cache and (kept := cache.find("preview", key, ".pdf")):
            shutil.copyfile(kept, order.out)
            continue
        made[order.name] = (key, order.out)
        jobs.append(work.Job(order.name, pdf.prepare, (order.source, order.out, stamps, info)))
    failures = {}
    for outcome in work.run(jobs) if jobs else ():
        key, out = made[outcome.name]
        if outcome.failure is not None:
            failures[outcome.name] = outcome.failure.message
        elif cache:
            cache.store("preview", key, ".pdf", partial(shutil.copyfile, out))
    return failures


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
