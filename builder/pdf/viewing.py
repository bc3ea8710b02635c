"""How the page of an open file is seen, whatever its entries are."""

from __future__ import annotations

import math
from typing import Any

import pikepdf

from builder.pdf.view import Box, View, cornered

_LETTER: Box = (0.0, 0.0, 612.0, 792.0)
_LONGEST = 1e6
"""Points; anything beyond is damage (viewers stop at 14,400 units)."""


def view(page: pikepdf.Object) -> View:
    """The view of a page dictionary; damaged entries count as absent, never raise."""
    media = box(inherited(page, "/MediaBox")) or _LETTER
    crop = box(inherited(page, "/CropBox")) or media
    visible = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    if visible[2] - visible[0] < 1 or visible[3] - visible[1] < 1:
        visible = media
    turned = _number(inherited(page, "/Rotate"))
    rotation = round((turned or 0) / 90) * 90 % 360
    unit = _number(page.get("/UserUnit"))
    return View(visible, rotation, unit if unit and 0.001 < unit < 1000 else 1.0)


def inherited(page: pikepdf.Object, key: str) -> Any:
    """A page's attribute, its own or inherited from the page tree; `None` if there is none."""
    node: Any = page
    for _ in range(64):  # A hostile tree may be a circle.
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if (value := node.get(key)) is not None:
            return value
        node = node.get("/Parent")
    return None


def box(value: Any) -> Box | None:
    """A rectangle with its corners in order, or `None` if it is none or has no area."""
    if not isinstance(value, pikepdf.Array) or len(value) < 4:
        return None
    numbers = [_number(value[index]) for index in range(4)]
    if any(number is None or abs(number) > _LONGEST for number in numbers):
        return None
    x0, y0, x1, y1 = (number or 0.0 for number in numbers)
    found = cornered(x0, y0, x1, y1)
    return found if found[2] - found[0] >= 1 and found[3] - found[1] >= 1 else None


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
