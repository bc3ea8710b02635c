"""What a page prints in its margins, so that stamps can be put where nothing stands.

Only the two strips along the upper and lower edge are rendered: reading the page costs more than
that, and what is seen is what a reader would see, whatever objects it is made of. Pictures that
only just reach into a strip, as one at the top of a column does, are not unpacked for that.
"""

from __future__ import annotations

import ctypes
import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from builder.pdf.view import BAND, Box, View

_MOST = 4000
"""Pixels; larger pages (posters) are looked at more coarsely."""

_FAINT = 20
"""Steps of 255 by which ink differs from the page's background."""

_DARKEST = 150
"""The darkest grey (0 is black) on which black type can be read."""

_GAP = 8
"""Pixels within a line that do not divide it."""

_JUST = 6.0
"""Points by which a picture may reach into a strip and be taken for its bounding box."""

_MOST_OBJECTS = 1000
"""Objects of a page among which pictures are looked for; drawings may have any number."""

_RUN = re.compile(rb"\x01(?:[\x00\x01]{0,%d}\x01)*" % _GAP)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page may show besides text and lines; what it has not need not be looked for."""

    pictures: bool = True
    """Images, or forms in which they may be."""
    annotations: bool = True
    """Annotations that are to be seen: not links."""


def margins(page: pypdfium2.PdfPage, seen: View, shown: Shown = Shown()) -> tuple[Box, ...]:
    """The boxes in the page's outer strips that are printed on, in points as the page is seen.

    A box that reaches the inner edge of its strip may go on beyond it. A light background
    of one colour is no ink. Annotations count as they are shown.
    """
    scale = min(1.0, _MOST / max(seen.width, seen.height))
    width, height = round(seen.width * scale), round(seen.height * scale)
    band = min(round(BAND * scale), height // 2)
    if width < 1 or band < 1:
        return ()
    found: list[Box] = list(_laid_aside(page, seen, band / scale)) if shown.pictures else []
    flags = pdfium.FPDF_GRAYSCALE | (pdfium.FPDF_ANNOT if shown.annotations else 0)
    for top in (0, height - band):
        strip = _strip(page, (width, height), top, band, flags)
        for left, upper, right, lower in _boxes(strip, width):
            found.append(
                (
                    left / scale,
                    max(0.0, (height - top - lower) / scale),
                    right / scale,
                    (height - top - upper) / scale,
                )
            )
    return tuple((round(a, 1), round(b, 1), round(c, 1), round(d, 1)) for a, b, c, d in found)


def _laid_aside(page: Any, seen: View, band: float) -> Iterator[Box]:
    """The boxes of pictures that only just reach into a strip, which are then not rendered."""
    edges = [ctypes.c_float() for _ in range(4)]
    references = [ctypes.byref(edge) for edge in edges]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) not in _PICTURES:
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, *references):
            continue
        left, bottom, right, top = edges
        x0, y0, x1, y1 = seen.to_seen((left.value, bottom.value, right.value, top.value))
        into_foot, into_head = band - y0, y1 - (seen.height - band)
        if 0 < max(into_foot, into_head) <= _JUST:
            pdfium.FPDFPageObj_SetIsActive(item, False)
            x0, x1 = max(0.0, x0), min(seen.width, x1)
            if x0 < x1 and into_head > 0:
                yield x0, seen.height - band, x1, y1
            if x0 < x1 and into_foot > 0:
                yield x0, y0, x1, band


_PICTURES = frozenset({pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM})


def _strip(page: Any, size: tuple[int, int], top: int, band: int, flags: int) -> bytes:
    """One strip of a page that is so large, a byte of grey per pixel."""
    width, height = size
    bitmap = pypdfium2.PdfBitmap.new_native(width, band, pdfium.FPDFBitmap_Gray)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, band)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, -top, width, height, 0, flags)
        data = bytes(bitmap.buffer)
        stride = bitmap.stride
    finally:
        bitmap.close()
    if stride == width:
        return data
    return b"".join([data[at : at + width] for at in range(0, band * stride, stride)])


@functools.cache
def _printed(ground: int) -> bytes:
    return bytes(abs(value - ground) > _FAINT for value in range(256))


def _boxes(strip: bytes, width: int) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of what differs from the background, line by line."""
    white = strip.count(255)
    if white == len(strip):
        return []
    # Counting all greys takes ten times as long as counting one, which is most pages' ground.
    ground = 255 if 2 * white > len(strip) else Counter(strip).most_common(1)[0][0]
    if ground < _DARKEST:
        ground = 255  # nothing can be read on it, so all of it counts as printed on
    ink = strip.translate(_printed(ground))
    rows = [ink[at : at + width] for at in range(0, len(ink), width)]
    found: list[tuple[int, int, int, int]] = []
    start: int | None = None
    joined = 0
    for number, row in enumerate([*rows, b""]):
        inked = 1 in row
        if inked:
            start = number if start is None else start
            joined |= int.from_bytes(row)
        elif start is not None:
            whole = joined.to_bytes(width)
            found += [(m.start(), start, m.end(), number) for m in _RUN.finditer(whole)]
            start, joined = None, 0
    return found
