"""How a page was fitted onto another size: where what is on it comes to lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from builder.pdf.view import Box

Size = tuple[float, float]
"""Width and height of an upright page, in points."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How one page was fitted: scaled by `scale`, then moved; both in user space."""

    scale: float = 1.0
    dx: float = 0.0
    dy: float = 0.0
    seen_scale: float = 1.0
    """The same for points on the page as it is seen, from its lower left corner."""
    seen_dx: float = 0.0
    seen_dy: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of user space comes to lie."""
        return x * self.scale + self.dx, y * self.scale + self.dy

    def rect(self, rect: Sequence[float]) -> tuple[float, float, float, float]:
        """Where a rectangle of user space comes to lie."""
        left, bottom, right, top = rect
        return (*self.point(left, bottom), *self.point(right, top))

    def seen(self, box: Box) -> Box:
        """Where a box on the page as it is seen comes to lie."""
        s, x, y = self.seen_scale, self.seen_dx, self.seen_dy
        return (box[0] * s + x, box[1] * s + y, box[2] * s + x, box[3] * s + y)

    def shown(self, rest: Sequence[Any]) -> tuple[Any, ...]:
        """A destination's view (ISO 32000-2, 12.3.2.2); what is not given stays so."""
        if not rest:
            return ()
        kind, *values = rest
        moved = list(values)
        for at, (axis, value) in enumerate(zip(_AXES.get(str(kind), ""), values, strict=False)):
            if is_number(value):
                moved[at] = float(value) * self.scale + (self.dx if axis == "x" else self.dy)
        return (kind, *moved)


_AXES = {
    "/XYZ": "xy",
    "/FitH": "y",
    "/FitBH": "y",
    "/FitV": "x",
    "/FitBV": "x",
    "/FitR": "xyxy",
}
"""What the numbers of a view measure."""


def is_number(value: Any) -> bool:
    """Whether an entry of a page is a number, of whatever type."""
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True
