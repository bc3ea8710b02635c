"""Text that is added to pages: placed by what a reader sees, set with embedded fonts."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

import pikepdf

from builder.pdf import fonts
from builder.pdf.balance import balance
from builder.pdf.engines import Unusable
from builder.pdf.glyphs import pages_with_boxes
from builder.pdf.limits import MOST_UNPACKED
from builder.pdf.typesetting import template, typeset
from builder.pdf.view import BAND, Box, View, view

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


def stamp(
    pdf: pikepdf.Pdf, stamps: Sequence[Stamp], *, ink: Ink | None = None, covers: Ink | None = None
) -> tuple[tuple[Placed, ...], tuple[str, ...]]:
    """Add stamps to the pages of an open file.

    `ink` is what pages print in their margins (`PageSeen.ink`): stamps go to the next place that
    is free of it. `covers` are boxes to be painted over in white before anything is stamped.

    Returns where each stands, and the characters that had to be left out because no font has
    them. What the page showed before is untouched, whatever its content left open. Raises
    `Unusable` for a page whose content cannot be unpacked, `IndexError` for a page there is not.
    """
    hidden = {page: boxes for page, boxes in (covers or {}).items() if boxes}
    if not stamps and not hidden:
        return (), ()
    for wanted in stamps:
        if not 1 <= wanted.page <= len(pdf.pages):
            raise IndexError(f"there is no page {wanted.page} to stamp")
    numbers = dict.fromkeys([*hidden, *(wanted.page for wanted in stamps)])
    views = {number: view(pdf.pages[number - 1].obj) for number in numbers}
    forms, missing = _set(pdf, stamps, views)
    placed: list[Placed] = []
    shared: dict[bytes, pikepdf.Object] = {}
    for number, seen in views.items():
        page = pdf.pages[number - 1]
        taken: list[Box] = []
        painted = hidden.get(number, ())
        printed = [box for box in (ink or {}).get(number, ()) if box not in painted]
        drawn: list[tuple[pikepdf.Object, Box, float]] = []
        for wanted, (form, width, height, text) in zip(stamps, forms, strict=True):
            if wanted.page != number or not text:
                continue
            # A page smaller than the stamp gets it smaller rather than cut off.
            fit = min(1.0, seen.width / width, seen.height / height)
            box, crowded = _place(wanted, (width * fit, height * fit), taken, printed, seen)
            taken.append(box)
            drawn.append((form, box, fit))
            placed.append(Placed(page=number, text=text, box=box, crowded=crowded))
        isolate(pdf, page, number, shared)
        if painted:
            page.obj.Contents.append(pdf.make_stream(_cover(painted, seen)))
        _append(pdf, page, [_draw(item, seen) for item in drawn])
    return tuple(placed), missing


def _set(
    pdf: pikepdf.Pdf, stamps: Sequence[Stamp], views: dict[int, View]
) -> tuple[list[tuple[pikepdf.Object, float, float, str]], tuple[str, ...]]:
    """Set every distinct stamp once: form, width, height, text as set; and missing characters.

    The fonts that come with the typesetter serve almost always; the system's are looked for
    only when a character is missing in them, since that takes longer than all the rest.
    """
    if not stamps:
        return [], ()
    rows = [_row(wanted, views[wanted.page]) for wanted in stamps]
    unique = {tuple(sorted(row.items())): row for row in rows}
    missing: tuple[str, ...] = ()
    source = template("stamps.typ")
    made = pikepdf.open(io.BytesIO(typeset(source, list(unique.values()))))
    if pages_with_boxes(made):
        texts = [row["text"] for row in unique.values()]
        chosen = fonts.choose(texts, fonts.language_of(texts))
        for row in unique.values():
            for cluster in sorted(chosen.missing, key=len, reverse=True):
                row["text"] = row["text"].replace(cluster, "")
            row["text"] = "\n".join(" ".join(line.split()) for line in row["text"].split("\n"))
        missing = _characters(chosen.missing)
        made = pikepdf.open(io.BytesIO(typeset(source, list(unique.values()), chosen)))
    forms = {}
    for index, (id, row) in enumerate(unique.items()):
        page = made.pages[index]
        form = pdf.copy_foreign(page.as_form_xobject())
        seen = view(page.obj)
        forms[id] = (form, seen.width, seen.height, row["text"])
    return [forms[tuple(sorted(_row(s, views[s.page]).items()))] for s in stamps], missing


def _characters(clusters: Iterable[str]) -> tuple[str, ...]:
    """What is to be seen of `clusters`: no joiners and marks, unless they are all there is."""
    found: set[str] = set()
    for cluster in clusters:
        seen = {
            char for char in cluster if not char.isascii() and unicodedata.category(char) != "Cf"
        }
        found |= seen or set(cluster)
    return tuple(sorted(found))


def _row(wanted: Stamp, seen: View) -> dict[str, Any]:
    """What the typesetter has to know."""
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


def _cover(boxes: Sequence[Box], seen: View) -> bytes:
    """White over some boxes; what lies below stays in the file and in its text."""
    content = []
    for left, bottom, right, top in boxes:
        matrix = b" ".join(_number(value) for value in seen.matrix(left - 1, bottom - 1))
        size = b"%s %s" % (_number(right - left + 2), _number(top - bottom + 2))
        content.append(b"/Artifact BMC q %s cm 1 g 0 0 %s re f Q EMC\n" % (matrix, size))
    return b"".join(content)


def _draw(
    item: tuple[pikepdf.Object, Box, float], seen: View
) -> tuple[pikepdf.Object, tuple[float, ...]]:
    form, box, fit = item
    a, b, c, d, e, f = seen.matrix(box[0], box[1])
    return form, (a * fit, b * fit, c * fit, d * fit, e, f)


def _append(
    pdf: pikepdf.Pdf,
    page: pikepdf.Page,
    forms: Sequence[tuple[pikepdf.Object, tuple[float, ...]]],
) -> None:
    """Draw forms after everything that the page draws itself, on a clean graphics state."""
    resources = own_resources(page.obj)
    content = []
    for form, matrix in forms:
        name = _fresh(resources.XObject)
        resources.XObject[name] = form
        # A running title or page number is no part of the text (ISO 32000-2, 14.8.2.2.2).
        content.append(
            b"/Artifact <</Type /Pagination>> BDC q %s cm %s Do Q EMC\n"
            % (b" ".join(_number(value) for value in matrix), name.encode())
        )
    page.obj.Contents.append(pdf.make_stream(b"".join(content)))


def isolate(
    pdf: pikepdf.Pdf, page: pikepdf.Page, number: int, shared: dict[bytes, pikepdf.Object]
) -> None:
    """Enclose a page's content so that its graphics state ends with it; `Contents` is an array.

    `shared` holds what several pages of the file have in common. Raises `Unusable` if the
    content unfolds to more than is reasonable.
    """

    def piece(data: bytes) -> pikepdf.Object:
        if data not in shared:
            shared[data] = pdf.make_stream(data)
        return shared[data]

    streams = _streams(page.obj)
    content, state = b"", None
    try:
        content = b"\n".join(stream.read_bytes() for stream in streams)
        state = balance(content)
    except MemoryError:
        raise Unusable(f"the content of page {number} does not fit into memory") from None
    except pikepdf.PdfError as error:
        if "limit" in str(error):
            raise Unusable(
                f"the content of page {number} unfolds to more than {MOST_UNPACKED >> 20} MB"
            ) from error
    if state is None or state.broken:
        # Nothing can follow it, but it can be shut into a form that ends where it ends.
        form = pdf.make_indirect(page.as_form_xobject(handle_transformations=False))
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Page": form}))
        page.obj.Contents = pikepdf.Array([piece(b"q /Page Do Q\n")])
        return
    if state.stray:
        streams = [pdf.make_stream(state.without_strays(content))]
    page.obj.Contents = pikepdf.Array([piece(b"q\n"), *streams, piece(state.suffix)])


def own_resources(page: pikepdf.Object) -> pikepdf.Object:
    """The page's resources as a dictionary that no other page shares, with its own XObjects."""
    found = page.get("/Resources")
    resources = pikepdf.Dictionary(
        dict(found.items()) if isinstance(found, pikepdf.Dictionary) else {}
    )
    forms = resources.get("/XObject")
    resources.XObject = pikepdf.Dictionary(
        dict(forms.items()) if isinstance(forms, pikepdf.Dictionary) else {}
    )
    page.Resources = resources
    owned: pikepdf.Object = page.Resources
    return owned


def _streams(page: pikepdf.Object) -> list[pikepdf.Object]:
    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Stream):
        return [contents]
    if isinstance(contents, pikepdf.Array):
        return [part for part in contents if isinstance(part, pikepdf.Stream)]
    return []


def _fresh(xobjects: pikepdf.Object) -> str:
    number = 1
    while f"/Stamp{number}" in xobjects:
        number += 1
    return f"/Stamp{number}"


def _number(value: float) -> bytes:
    return f"{value:.4f}".rstrip("0").rstrip(".").encode() or b"0"
