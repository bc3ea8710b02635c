"""How a page is seen: the visible box, its rotation and its unit (ISO 32000-2, 7.7.3.3)."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

BAND = 64.0
"""Points along the upper and lower edge that count as the page's margin, where stamps stand."""


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
            return cornered(box[0] + left, box[1] + bottom, box[2] + left, box[3] + bottom)
        a, b, c, d, e, f = self.matrix(0, 0)
        xs = [a * x + c * y + e for x in box[::2] for y in box[1::2]]
        ys = [b * x + d * y + f for x in box[::2] for y in box[1::2]]
        return (min(xs), min(ys), max(xs), max(ys))

    def to_seen(self, box: Box) -> Box:
        """A box in user space, as a box in seen coordinates."""
        if self._plain:
            left, bottom = self.box[:2]
            return cornered(box[0] - left, box[1] - bottom, box[2] - left, box[3] - bottom)
        a, b, c, d, e, f = self.matrix(0, 0)
        det = a * d - b * c
        xs = [(d * (x - e) - c * (y - f)) / det for x in box[::2] for y in box[1::2]]
        ys = [(a * (y - f) - b * (x - e)) / det for x in box[::2] for y in box[1::2]]
        return (min(xs), min(ys), max(xs), max(ys))


def cornered(x0: float, y0: float, x1: float, y1: float) -> Box:
    """A box with its corners in order."""
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
