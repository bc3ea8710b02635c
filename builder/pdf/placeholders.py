"""The page that stands in a draft for a paper which is missing or cannot be used."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from builder.pdf import fonts
from builder.pdf.glyphs import pages_with_boxes
from builder.pdf.preparing import save
from builder.pdf.typesetting import template, typeset

SIZES = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}
"""Points."""


def placeholder(out: Path, lines: Sequence[str], size: str | tuple[float, float] = "a4") -> None:
    """Write one labelled page: the first line large (the paper's title), the others below it.

    `size` is `a4`, `letter`, or width and height in points. Raises `OSError`.
    """
    width, height = SIZES[size] if isinstance(size, str) else size
    data = {"lines": list(lines), "width": width, "height": height}
    source = template("placeholder.typ")
    pdf = pikepdf.open(io.BytesIO(typeset(source, data)))
    if pages_with_boxes(pdf):
        chosen = fonts.choose(lines, fonts.language_of(lines))
        pdf = pikepdf.open(io.BytesIO(typeset(source, data, chosen)))
    with pdf:
        save(pdf, out)
