"""One paper that is to be prepared, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder.pdf.counting import Counts
from builder.pdf.fit import Fit, Size
from builder.pdf.metadata import DocumentInfo
from builder.pdf.parts import Attachment
from builder.pdf.stamping import Ink, Placed, Stamp
from builder.pdf.view import Box

if TYPE_CHECKING:
    from builder.model import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One way in which a file is no PDF/A-3b. Serialises to JSON and back."""

    rule: str
    """The standard's clause, or the validator's name for what it cannot judge."""
    message: str
    """In words for an editor, with the first place."""
    times: int = 1

    @property
    def told(self) -> str:
        """The whole of it in one line."""
        often = f", {self.times} times" if self.times > 1 else ""
        return f"{self.message} [{self.rule}{often}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What became of one paper. Serialises to JSON and back (pydantic's `TypeAdapter`)."""

    pages: int
    engine: str = "qpdf"
    """Whose reading was used: `qpdf`, `pdfium` or `pypdf`."""
    removed: tuple[tuple[str, int], ...] = ()
    """What was taken out, by name, with how many there were."""
    stamps: tuple[Placed, ...] = ()
    missing: tuple[str, ...] = ()
    """Characters that no font has; stamps are printed without them."""
    repairs: tuple[str, ...] = ()
    """What had to be mended to read the file."""
    covered: tuple[tuple[int, Box], ...] = ()
    """What was painted over: page, from 1, and box, in points as the page is seen."""
    obstacles: tuple[Obstacle, ...] = ()
    """Why it is no PDF/A-3b, where that was asked for."""
    fits: tuple[Fit, ...] = ()
    """How each page was fitted onto another size; empty if none was."""

    def findings(self, subject: str, file: str) -> tuple[Finding, ...]:
        """What an editor should know, about the paper `subject` in `file`."""
        # Whoever joins papers needs none of it, and it is a third of what there is to load.
        from builder.model import Finding, Severity, Where

        found = []
        if self.removed:
            listed = ", ".join(f"{what} ({count})" for what, count in self.removed)
            found.append(
                Finding(
                    code="pdf-cleaned",
                    severity=Severity.INFO,
                    message=f"{file}: the printed copy leaves out {listed}",
                    subject=subject,
                    where=Where(file=file),
                    hint="nothing needs doing; the authors' own file is unchanged",
                )
            )
        if crowded := sorted({placed.page for placed in self.stamps if placed.crowded}):
            pages = ", ".join(map(str, crowded))
            found.append(
                Finding(
                    code="stamp-crowded",
                    severity=Severity.WARNING,
                    message=f"{file}: no place is free for what is stamped on its pages {pages}; "
                    "it touches what the paper prints there",
                    subject=subject,
                    where=Where(file=file, page=crowded[0]),
                    hint="look at these pages in the booklet; ask the authors for wider margins, "
                    "or shorten the stamps (booklet: stamps)",
                )
            )
        if self.missing:
            listed = " ".join(f"{char} (U+{ord(char):04X})" for char in self.missing)
            found.append(
                Finding(
                    code="stamp-glyphs-missing",
                    severity=Severity.ERROR,
                    message=f"{file}: no installed font has {listed}, so the line stamped on the "
                    "pages was printed without",
                    subject=subject,
                    where=Where(file=file),
                    hint="install a font for this script (the Noto fonts are free), or change the "
                    "text of the stamp",
                )
            )
        found += [
            Finding(
                code="pdf-standard-obstacle",
                severity=Severity.WARNING,
                message=f"{file} cannot be PDF/A-3b, so the volume cannot: {one.told}",
                subject=subject,
                where=Where(file=file),
                hint="ask the authors for a PDF with all fonts embedded and colours in RGB (most "
                "programs offer PDF/A when they export); or leave pdf_standard out",
            )
            for one in self.obstacles
        ]
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One paper that is to be prepared: what `prepare` is given."""

    source: Path
    out: Path
    stamps: Sequence[Stamp]
    info: DocumentInfo
    counts: Counts = ()
    ink: Ink | None = None
    covers: Ink | None = None
    segment: Path | None = None
    overlay: Path | None = None
    attachments: Sequence[Attachment] = ()
    archival: bool = False
    size: Size | None = None
