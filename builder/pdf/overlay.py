"""The stamps of one paper as a segment: a form for every page, whatever stands below it.

Stamps depend on the place in the volume, papers do not; so they are made apart, on blank pages of
the same size, and meet only when a file is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf

from builder.pdf.numbering import Numbering
from builder.pdf.segment import Description, Writer
from builder.pdf.stamping import Ink, Placed, Stamp, stamp


def overlay(
    views: Sequence[tuple[tuple[float, float, float, float], int, float]],
    out: Path,
    stamps: Sequence[Stamp],
    *,
    ink: Ink | None = None,
    covers: Ink | None = None,
) -> tuple[tuple[Placed, ...], tuple[str, ...]]:
    """Write the forms for pages of these `views` (as in `Description`) to `out`.

    Takes and returns what `stamp` does, and raises what it raises.
    """
    with pikepdf.new() as pdf:
        for box, rotation, unit in views:
            page: Any = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=pikepdf.Array([_number(value) for value in box]),
                Rotate=rotation,
            )
            if unit != 1:
                page.UserUnit = _number(unit)
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        answer = stamp(pdf, stamps, ink=ink, covers=covers)
        forms = [_form(pdf, page, box) for page, (box, _, _) in zip(pdf.pages, views, strict=True)]
        with Writer(out, 0) as writer:
            numbering = Numbering(pdf, writer, imports=0, known={}, pages=())
            numbers = [numbering.local(form.objgen) for form in forms]
            numbering.write()
            found = tuple(number for number in numbers if number is not None)
            writer.close(Description(imports=0, pages=found))
    return answer


def _form(
    pdf: pikepdf.Pdf, page: pikepdf.Page, box: tuple[float, float, float, float]
) -> pikepdf.Object:
    """What was drawn on a blank page."""
    contents: Any = page.obj.get("/Contents", pikepdf.Array())
    pieces = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    form = pdf.make_stream(b"".join(piece.read_bytes() for piece in pieces))
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([_number(value) for value in box])
    form.Resources = page.obj.get("/Resources", pikepdf.Dictionary())
    return form


def _number(value: float) -> Any:
    return int(value) if value == int(value) else pikepdf.Object.parse(f"{value:.6f}".encode())
