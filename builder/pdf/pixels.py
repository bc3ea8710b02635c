"""Whether two pages look the same, pixel by pixel, but for places where they may differ."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pypdfium2
from pypdfium2 import raw

from builder.pdf.fit import Fit
from builder.pdf.view import Box

SCALE = 1.0
"""Pixels per point of a page as it is rendered for comparison."""

_RIM = 1.5
"""Points around a stamp into which the smoothing of its letters may reach."""

_LARGEST = 3000.0
"""Pixels; larger pages (posters) are compared more coarsely."""


_SMOOTHED = 96
"""Steps of 255 by which the smoothed edge of a line may differ that fell on other pixels."""

_FEW = 1000
"""On a fitted page, one byte of so many may differ by more: tiles of patterns are whole pixels."""


def seen(
    old: pypdfium2.PdfPage, new: pypdfium2.PdfPage, boxes: Sequence[Box], fit: Fit
) -> tuple[str, Box | None] | None:
    """How the page `new` looks different from `old` outside `boxes`, and where; `None` if not.

    `boxes` are in points on the page as it is seen; `fit` is how `old` was brought onto `new`.
    """
    width, height = new.get_size()
    same = max(abs(a - b) for a, b in zip((width, height), old.get_size(), strict=True)) <= 0.01
    if fit == Fit() and not same:
        return "its size or rotation is another", None
    scale = min(SCALE, _LARGEST / max(width, height, 1.0))
    after, stride, rows = _pixels(new, scale)
    before = _pixels(old, scale)[0] if fit == Fit() else _fitted(old, new, fit, scale)
    if before == after:
        return None
    for left, bottom, right, top in boxes:
        x0 = max(0, int((left - _RIM) * scale)) * 4
        x1 = min(stride, (int((right + _RIM) * scale) + 1) * 4)
        y0 = max(0, int(rows - (top + _RIM) * scale))
        y1 = min(rows, int(rows - (bottom - _RIM) * scale) + 1)
        blank = bytes(max(0, x1 - x0))
        for row in range(y0, y1):
            at = row * stride
            before[at + x0 : at + x1] = blank
            after[at + x0 : at + x1] = blank
    if before == after or (fit != Fit() and _alike(before, after)):
        return None
    return _where(before, after, stride, scale)


def _fitted(old: pypdfium2.PdfPage, new: pypdfium2.PdfPage, fit: Fit, scale: float) -> bytearray:
    """The authors' page as pdfium, which had no hand in ours, shows it on a page of our size."""
    width, height = (math.ceil(points * scale) for points in new.get_size())
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGRx)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        # Pages are drawn onto whole pixels: a little wider and higher than they are.
        across, down = width / new.get_width(), height / new.get_height()
        upper = new.get_height() - fit.seen_dy - old.get_height() * fit.scale
        matrix = raw.FS_MATRIX(
            fit.scale * across, 0, 0, fit.scale * down, fit.seen_dx * across, upper * down
        )
        whole = raw.FS_RECTF(0, 0, width, height)
        raw.FPDF_RenderPageBitmapWithMatrix(bitmap, old, matrix, whole, raw.FPDF_ANNOT)
        return bytearray(bitmap.buffer)
    finally:
        bitmap.close()


def _alike(before: bytearray, after: bytearray) -> bool:
    """Whether two pictures of a page differ by no more than smoothing does."""
    far = sum(abs(a - b) > _SMOOTHED for a, b in zip(before, after, strict=True) if a != b)
    return far * _FEW <= len(before)


def _pixels(page: pypdfium2.PdfPage, scale: float) -> tuple[bytearray, int, int]:
    bitmap = page.render(scale=scale, draw_annots=True, may_draw_forms=True, prefer_bgrx=True)
    try:
        return bytearray(bitmap.buffer), int(bitmap.stride), int(bitmap.height)
    finally:
        bitmap.close()


def _where(before: bytearray, after: bytearray, stride: int, scale: float) -> tuple[str, Box]:
    """How many pixels differ, and the box around them."""
    rows = len(before) // stride
    count, left, right, upper, lower = 0, stride, 0, rows, 0
    for row in range(rows):
        one = before[row * stride : (row + 1) * stride]
        two = after[row * stride : (row + 1) * stride]
        if one == two:
            continue
        changed = [x for x in range(0, stride, 4) if one[x : x + 4] != two[x : x + 4]]
        count += len(changed)
        left, right = min(left, changed[0]), max(right, changed[-1] + 4)
        upper, lower = min(upper, row), row + 1
    box = (left / 4 / scale, (rows - lower) / scale, right / 4 / scale, (rows - upper) / scale)
    said = f"{count} pixels look different, outside of what was stamped"
    return said, (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
