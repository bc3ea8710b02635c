"""What the booklet has done in workers, and nothing that only whoever asks for it needs.

Workers import the modules of their jobs. Here stand jobs of which each needs several engines; they
must not bring the edition, its prose and its sections along, which take longer to import than a
paper takes to be stamped.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder import pdf
from builder.booklet.typeset import Typeset, typeset

if TYPE_CHECKING:
    from builder.model import Finding
    from builder.pdf import (
        Attachment,
        DocumentInfo,
        Entry,
        Expected,
        Joined,
        Label,
        Obstacle,
        Part,
        Prepared,
        Stamp,
        Verdict,
        Wanted,
    )

ENGINES = (
    __name__,
    "builder.pdf.auditing",
    "builder.pdf.looking",
    "builder.pdf.joining",
    "builder.pdf.preparing",
    "builder.pdf.thumbnails",
)
"""Modules that workers import for a volume; see `builder.work.expect`."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """Everything that decides what the volume is; equal assemblies give equal volumes."""

    parts: tuple[Part, ...]
    labels: tuple[Label, ...]
    outline: tuple[Entry, ...]
    info: DocumentInfo
    expected: Expected
    attachments: tuple[Attachment, ...] = ()
    archival: bool = False
    """Whether it is to say that it is PDF/A-3b; then it is seen whether it is."""
    linearized: bool = False
    """Whether browsers are to show its first page before the rest is there."""


def prepare_all(papers: Sequence[Wanted], alphabet: str) -> list[Prepared]:
    """`pdf.prepare_all`, for whoever asks a worker for it: that loads no engine."""
    return pdf.prepare_all(papers, alphabet)


def join_and_audit(
    made: Assembly, out: Path, ledger: Path
) -> tuple[tuple[Obstacle, ...], tuple[Finding, ...]]:
    """Writes the volume with one engine, reads it with others.

    Returns what kept it from being PDF/A-3b, where it was to be, and what the audit says. Raises
    as `pdf.join` and `pdf.audit` do.
    """
    joined = _write(made, out)
    obstacles = pdf.obstacles(out, judged=True) if made.archival else ()
    if obstacles:
        # It must not say that it is what it is not.
        joined = _write(replace(made, archival=False), out)
    return obstacles, pdf.audit(out, made.expected, joined=joined, ledger=ledger)


def _write(made: Assembly, out: Path) -> Joined | None:
    """What was written, as it stands; `None` where it was rearranged."""
    joined = pdf.join(
        made.parts,
        out,
        labels=made.labels,
        outline=made.outline,
        info=made.info,
        attachments=made.attachments,
        archival=made.archival,
    )
    if made.linearized:
        pdf.linearize(out)
        return None
    return joined


def set_card(
    data: dict[str, Any], out: Path, stamps: Sequence[Stamp], info: DocumentInfo
) -> tuple[Typeset, Prepared]:
    """A page that stands for a paper, stamped as the paper would be."""
    with tempfile.TemporaryDirectory(prefix="proceedings-") as staging:
        bare = Path(staging) / "card.pdf"
        made = typeset(data, "card.typ", {}, bare)
        archival = bool(data["date"]) and not made.obstacle
        return made, pdf.prepare(bare, out, stamps, info, archival=archival)


def prove(
    source: Path,
    printed: Path,
    prepared: Prepared,
    counts: tuple[tuple[str, int | None], ...],
    place: tuple[Path, int],
) -> Verdict:
    """The verdict on a paper, and on its `place`: the volume, and the sheet where it begins."""
    volume, sheet = place
    return pdf.prove(source, printed, prepared, counts=counts, volume=volume, sheet=sheet)
