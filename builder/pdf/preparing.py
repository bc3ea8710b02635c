"""One paper for the volume and for itself: sanitised, stamped, with its own metadata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from builder.model import Finding, Severity, Where
from builder.pdf.engines import Counts, Unusable, count, open_paper
from builder.pdf.limits import set_limits
from builder.pdf.metadata import DocumentInfo, Label, write_info, write_labels
from builder.pdf.sanitising import sanitise
from builder.pdf.stamping import Ink, Placed, Stamp, stamp
from builder.pdf.view import Box, inherited


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

    def findings(self, subject: str, file: str) -> tuple[Finding, ...]:
        """What an editor should know, about the paper `subject` in `file`."""
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
        return tuple(found)


def prepare(
    source: Path,
    out: Path,
    stamps: Sequence[Stamp],
    info: DocumentInfo,
    *,
    counts: Counts = (),
    ink: Ink | None = None,
    covers: Ink | None = None,
) -> Prepared:
    """Write a sanitised, stamped copy of the paper `source` to `out`.

    `ink` is what pages print in their margins, where stamps are not to go; `covers` is what of
    it is hidden.

    Give `counts` from its `Inspection` so that the readers need not be asked again. Equal input
    gives equal bytes. To be called in a worker. Raises `Unusable` (with a message for editors)
    if no page can be read, and `OSError`.
    """
    set_limits()
    with open_paper(source, counts) as opened:
        pdf = opened.pdf
        _settle(pdf)
        removed = sanitise(pdf)
        if opened.encryption != "none":
            removed["encryption"] += 1
        placed, missing = stamp(pdf, stamps, ink=ink, covers=covers)
        _drop_version(pdf)
        write_info(pdf, info)
        write_labels(pdf, [Label(sheet=1, start=info.first_page)] if info.first_page else [])
        pages = len(pdf.pages)
        save(pdf, out)
        # What a damaged file was mended to must not be damaged again by being written.
        if count(out, "qpdf") != pages:
            raise Unusable("it is damaged in a way that cannot be mended", opened.counts)
        return Prepared(
            pages=pages,
            engine=opened.engine,
            removed=tuple(sorted((what, count) for what, count in removed.items() if count)),
            stamps=placed,
            missing=missing,
            repairs=opened.repairs,
            covered=tuple((page, box) for page, boxes in (covers or {}).items() for box in boxes),
        )


def save(pdf: pikepdf.Pdf, out: Path) -> None:
    """Write a file, compact and the same every time."""
    # Without its old identifiers, the new one depends on the content alone.
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    # Where a damaged trailer lacks this, qpdf leaves it out of the new one too.
    if "/Size" not in pdf.trailer:
        pdf.trailer["/Size"] = 1
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        fix_metadata_version=False,
        preserve_pdfa=False,
        # UserUnit needs 1.6; object streams need 1.5.
        min_version="1.7",
        encryption=False,
    )


def _settle(pdf: pikepdf.Pdf) -> None:
    """Give each page as its own what it inherits, so that it can stand anywhere."""
    for page in pdf.pages:
        for key in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
            if key not in page.obj and (value := inherited(page.obj, key)) is not None:
                page.obj[key] = value


def _drop_version(pdf: pikepdf.Pdf) -> None:
    """A version entry in the catalog would overrule the one that is written."""
    if "/Version" in pdf.Root:
        del pdf.Root["/Version"]
