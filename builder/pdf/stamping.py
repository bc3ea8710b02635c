"""Text that is added to pages: placed by what a reader sees, set with embedded fonts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from builder.pdf.view import BAND, Box, View

Place = Literal[
    "head-left",
    "head-center",
    "head-right",
    "foot-left",
    "foot-center",
    "foot-right",
    "watermark",
]

_GAP = 2.0
"""Points kept free between two stamps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """One text on one page. Stamps that would touch are stacked, away from the page's edge."""

    page: int
    """From 1."""
    text: str
    """Plain Unicode text; a newline begins a new line; set in several lines if too wide."""
    place: Place = "foot-center"
    """`watermark` is the middle of the page, across it."""
    size: float = 8.0
    """Points, as seen."""
    margin: float = 24.0
    """Points from the upper or lower edge of the visible page."""
    side: float = 36.0
    """Points that stay free at the left and right edge."""
    color: str = "#000000"
    opacity: float = 1.0
    bold: bool = False

    @classmethod
    def watermark(cls, page: int, text: str = "DRAFT") -> Stamp:
        """A large grey word across a page."""
        return cls(
            page=page,
            text=text,
            place="watermark",
            size=96,
            color="#808080",
            opacity=0.25,
            bold=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A stamp, where it came to stand."""

    page: int
    """From 1."""
    text: str
    """As printed: without characters that no font has."""
    box: Box
    """In points on the page as it is seen."""
    crowded: bool = False
    """Whether it touches what the page itself prints, because no place was free."""


Ink = Mapping[int, Sequence[Box]]
"""Boxes by page (from 1), in points as the page is seen."""


def place_stamps(
    stamps: Sequence[Stamp],
    sizes: Sequence[tuple[float, float]],
    seen: View,
    *,
    printed: Sequence[Box] = (),
) -> list[tuple[Box, float, bool]]:
    """Where the stamps of one page go, which are as large as `sizes` says in points.

    `printed` is what the page prints in its margins: stamps go to the next place that is free of
    it. Returns for each its box, by how much it is scaled, and whether no place was free.
    """
    taken: list[Box] = []
    found = []
    for wanted, (width, height) in zip(stamps, sizes, strict=True):
        # A page smaller than the stamp gets it smaller rather than cut off.
        fit = min(1.0, seen.width / width, seen.height / height)
        box, crowded = _place(wanted, (width * fit, height * fit), taken, printed, seen)
        taken.append(box)
        found.append((box, fit, crowded))
    return found


def row_of(wanted: Stamp, seen: View) -> dict[str, Any]:
    """What the typesetter has to know of a stamp on a page that is seen so."""
    row: dict[str, Any] = {"text": wanted.text, "size": wanted.size, "color": wanted.color}
    if wanted.opacity < 1:
        row["opacity"] = wanted.opacity
    if wanted.bold:
        row["weight"] = "bold"
    if wanted.place == "watermark":
        row["angle"] = 45
    else:
        row["width"] = max(20.0, seen.width - 2 * min(wanted.side, seen.width / 4))
        row["align"] = wanted.place.split("-")[1]
    return row


def _box(wanted: Stamp, width: float, height: float, seen: View) -> Box:
    side = min(wanted.side, max(0.0, (seen.width - width) / 2))
    margin = min(wanted.margin, max(0.0, (seen.height - height) / 2))
    vertical, _, horizontal = wanted.place.partition("-")
    x = {"left": side, "right": seen.width - side - width}.get(horizontal, (seen.width - width) / 2)
    y = {"head": seen.height - margin - height, "foot": margin}.get(
        vertical, (seen.height - height) / 2
    )
    return (x, y, x + width, y + height)


def _free(box: Box, taken: Iterable[Box], wanted: Stamp, seen: View) -> Box:
    """The next free box, away from the edge; watermarks may lie under anything."""
    if wanted.place == "watermark":
        return box
    taken = sorted(taken, key=lambda other: other[1], reverse=wanted.place.startswith("head"))
    height = box[3] - box[1]
    for other in taken:
        apart = box[2] <= other[0] or other[2] <= box[0]
        if apart or box[3] <= other[1] or other[3] <= box[1] or other[3] - other[1] > 100:
            continue
        bottom = other[1] - _GAP - height if wanted.place.startswith("head") else other[3] + _GAP
        bottom = max(0.0, min(bottom, seen.height - height))
        box = (box[0], bottom, box[2], bottom + height)
    return box


_EDGE = 6.0
"""Points along the page's edges into which no stamp is moved: printers do not reach them."""

_STEP = 2.0
"""Points by which a stamp is moved up or down."""


def _place(
    wanted: Stamp,
    size: tuple[float, float],
    taken: Sequence[Box],
    printed: Sequence[Box],
    seen: View,
) -> tuple[Box, bool]:
    """Where the stamp goes: as asked for if nothing stands there, else the nearest free place.

    First a little higher or lower, then towards the sides of the same margin, then in the other
    margin. Where nothing is free it goes where it was asked for, and `True` says so.
    """
    asked = _free(_box(wanted, *size, seen), taken, wanted, seen)
    if wanted.place == "watermark" or not any(_touch(asked, one) for one in printed):
        return asked, False
    vertical, _, horizontal = wanted.place.partition("-")
    sides = [horizontal, *(s for s in ("right", "left", "center") if s != horizontal)]
    obstacles = [*printed, *(box for box in taken if box[3] - box[1] <= 100)]
    for edge in (vertical, "foot" if vertical == "head" else "head"):
        for side in sides:
            there = replace(wanted, place=cast("Place", f"{edge}-{side}"))
            box = _box(there, *size, seen)
            for lift in _lifts(box, edge, seen):
                moved = (box[0], box[1] + lift, box[2], box[3] + lift)
                if not any(_touch(moved, one) for one in obstacles):
                    return moved, False
    return asked, True


def _lifts(box: Box, edge: str, seen: View) -> list[float]:
    """How far a box may be moved up (or down, below 0) within its margin, the nearest first."""
    low, high = _EDGE, min(BAND, seen.height / 2)
    if edge == "head":
        low, high = seen.height - high, seen.height - low
    steps = [step * _STEP for step in range(-int(BAND / _STEP), int(BAND / _STEP) + 1)]
    fitting = [step for step in steps if box[1] + step >= low and box[3] + step <= high]
    return sorted(fitting, key=abs)


def _touch(box: Box, other: Box) -> bool:
    return (
        box[0] < other[2] + _GAP
        and other[0] < box[2] + _GAP
        and box[1] < other[3] + _GAP / 2
        and other[1] < box[3] + _GAP / 2
    )


def cover(boxes: Sequence[Box], seen: View) -> bytes:
    """White over some boxes; what lies below stays in the file and in its text."""
    content = []
    for left, bottom, right, top in boxes:
        matrix = b" ".join(_number(value) for value in seen.matrix(left - 1, bottom - 1))
        size = b"%s %s" % (_number(right - left + 2), _number(top - bottom + 2))
        content.append(b"/Artifact BMC q %s cm 1 g 0 0 %s re f Q EMC\n" % (matrix, size))
    return b"".join(content)


def drawn(box: Box, fit: float, seen: View, content: bytes) -> bytes:
    """Content that draws a stamp, whose own is `content`, into its box."""
    a, b, c, d, e, f = seen.matrix(box[0], box[1])
    matrix = (a * fit, b * fit, c * fit, d * fit, e, f)
    # A running title or page number is no part of the text (ISO 32000-2, 14.8.2.2.2).
    return b"/Artifact <</Type /Pagination>> BDC q %s cm %s Q EMC\n" % (
        b" ".join(_number(value) for value in matrix),
        content,
    )


def _number(value: float) -> bytes:
    return f"{value:.4f}".rstrip("0").rstrip(".").encode() or b"0"
