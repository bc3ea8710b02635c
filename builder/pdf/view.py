"""How a page is seen: the visible box, its rotation and its unit (ISO 32000-2, 7.7.3.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pikepdf

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

BAND = 64.0
"""Points along the upper and lower edge that count as the page's margin, where stamps stand."""

_LETTER: Box = (0.0, 0.0, 612.0, 792.0)
_LONGEST = 1e6
"""Points; anything beyond is damage (viewers stop at 14,400 units)."""


@dataclass(frozen=True, slots=True)
class View:
    """A page's visible box in its own coordinates, and how it is turned and scaled when seen.

    *Seen* coordinates are points from the lower left corner of the page as a reader sees it.
    """

    box: Box
    """Visible part in user space: CropBox within MediaBox."""
    rotation: int = 0
    """Degrees clockwise: 0, 90, 180 or 270."""
    unit: float = 1.0
    """Points per unit of user space."""

    @property
    def width(self) -> float:
        """Points, as seen."""
        left, bottom, right, top = self.box
        return (top - bottom if self.rotation % 180 else right - left) * self.unit

    @property
    def height(self) -> float:
        """Points, as seen."""
        left, bottom, right, top = self.box
        return (right - left if self.rotation % 180 else top - bottom) * self.unit

    def matrix(self, x: float, y: float) -> tuple[float, float, float, float, float, float]:
        """The transformation that sets upright content, in points, with its origin seen at x, y."""
        left, bottom, right, top = self.box
        scale = 1 / self.unit
        x, y = x * scale, y * scale
        match self.rotation:
            case 90:
                return (0, scale, -scale, 0, right - y, bottom + x)
            case 180:
                return (-scale, 0, 0, -scale, right - x, top - y)
            case 270:
                return (0, -scale, scale, 0, left + y, top - x)
            case _:
                return (scale, 0, 0, scale, left + x, bottom + y)

    @property
    def _plain(self) -> bool:
        """Whether it only moves what it shows; nearly every page does."""
        return self.rotation == 0 and self.unit == 1

    def to_user(self, box: Box) -> Box:
        """A box in seen coordinates, as a box in user space."""
        if self._plain:
            left, bottom = self.box[:2]
            return _cornered(box[0] + left, box[1] + bottom, box[2] + left, box[3] + bottom)
        a, b, c, d, e, f = self.matrix(0, 0)
        xs = [a * x + c * y + e for x in box[::2] for y in box[1::2]]
        ys = [b * x + d * y + f for x in box[::2] for y in box[1::2]]
        return (min(xs), min(ys), max(xs), max(ys))

    def to_seen(self, box: Box) -> Box:
        """A box in user space, as a box in seen coordinates."""
        if self._plain:
            left, bottom = self.box[:2]
            return _cornered(box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom)
        a, b, c, d, e, f = self.matrix(0, 0)
        det = a * d - b * c
        xs = [(d * (x - e) - c * (y - f)) / det for x in box[::2] for y in box[1::2]]
        ys = [(a * (y - f) - b * (x - e)) / det for x in box[::2] for y in box[1::2]]
        return (min(xs), min(ys), max(xs), max(ys))


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
    found = _cornered(x0, y0, x1, y1)
    return found if found[2] - found[0] >= 1 and found[3] - found[1] >= 1 else None


def _cornered(x0: float, y0: float, x1: float, y1: float) -> Box:
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
