"""Pages fitted onto a page of another size: content, annotations and destinations alike.

Pages keep their rotation and what is drawn on them; a transformation is put before it, and what
lies outside of the visible box is clipped, since the new page may show more. Patterns belong to
the page and not to its content (ISO 32000-2, 8.7.3.1), so they are transformed themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf

from builder.pdf.fit import Fit, Size, is_number
from builder.pdf.links import Destinations, annotations_of, tree
from builder.pdf.view import View
from builder.pdf.viewing import view

_EQUAL = 0.5
"""Points by which a page may differ and count as of the right size."""

_PAIRS = ("/QuadPoints", "/L", "/Vertices", "/CL")
_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox")


def plan(seen: View, size: Size) -> Fit:
    """How a page is fitted onto `size`, turned as the page is; nothing if it has that size."""
    width, height = size
    if (seen.width > seen.height) != (width > height):
        width, height = height, width
    if abs(seen.width - width) < _EQUAL and abs(seen.height - height) < _EQUAL:
        return Fit()
    by = min(width / seen.width, height / seen.height)
    left, bottom, right, top = seen.box
    # In user space the page lies on its side where it is turned.
    wide, high = (height, width) if seen.rotation % 180 else (width, height)
    scale = by * seen.unit
    return Fit(
        scale=scale,
        dx=(wide - (right - left) * scale) / 2 - left * scale,
        dy=(high - (top - bottom) * scale) / 2 - bottom * scale,
        seen_scale=by,
        seen_dx=(width - seen.width * by) / 2,
        seen_dy=(height - seen.height * by) / 2,
    )


def fit(pdf: pikepdf.Pdf, size: Size) -> tuple[Fit, ...]:
    """Fit the pages of an open file onto `size`; how each was, or nothing if all had that size.

    Their content must end where it began (`isolate`). Whatever leads to a place on a page leads
    to the same place afterwards.
    """
    fits = []
    patterns: dict[tuple[Any, ...], pikepdf.Object] = {}
    for page in pdf.pages:
        seen = view(page.obj)
        found = plan(seen, size)
        if found != Fit():
            _fit(pdf, page.obj, seen, found, patterns)
        fits.append(found)
    if all(found == Fit() for found in fits):
        return ()
    moving = _Moving(pdf, fits)
    moving.destinations()
    moving.structure()
    return tuple(fits)


def _fit(
    pdf: pikepdf.Pdf,
    page: Any,
    seen: View,
    found: Fit,
    patterns: dict[tuple[Any, ...], pikepdf.Object],
) -> None:
    left, bottom, right, top = seen.box
    clip = (left, bottom, right - left, top - bottom)
    before = b"q %s cm %s re W n\n" % (
        _row((found.scale, 0, 0, found.scale, found.dx, found.dy)),
        _row(clip),
    )
    contents: Any = page.get("/Contents")
    pieces = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    streams = [piece for piece in pieces if isinstance(piece, pikepdf.Stream)]
    page.Contents = pikepdf.Array([pdf.make_stream(before), *streams, pdf.make_stream(b"Q\n")])
    resources = page.get("/Resources")
    own = resources.get("/Pattern") if isinstance(resources, pikepdf.Dictionary) else None
    if isinstance(own, pikepdf.Dictionary) and isinstance(resources, pikepdf.Dictionary):
        copied = pikepdf.Dictionary(dict(resources.items()))
        copied["/Pattern"] = pikepdf.Dictionary(
            {name: _pattern(pdf, one, found, patterns) for name, one in own.items()}
        )
        page.Resources = copied
    width, height = (right - left) * found.scale, (top - bottom) * found.scale
    margin_x, margin_y = found.point(left, bottom)
    for key in (*_BOXES, "/UserUnit"):
        if key in page:
            del page[key]
    page.MediaBox = pikepdf.Array(
        [_number(value) for value in (0, 0, width + 2 * margin_x, height + 2 * margin_y)]
    )
    for annotation in annotations_of(page):
        _move(annotation, found)


def _pattern(
    pdf: pikepdf.Pdf,
    pattern: pikepdf.Object,
    found: Fit,
    known: dict[tuple[Any, ...], pikepdf.Object],
) -> pikepdf.Object:
    """The pattern with its matrix followed by the page's transformation."""
    key = (pattern.objgen, found) if pattern.is_indirect else (id(pattern), found)
    if key in known:
        return known[key]
    if isinstance(pattern, pikepdf.Stream):
        made: Any = pdf.make_stream(pattern.read_raw_bytes(), dict(pattern.stream_dict.items()))
    elif isinstance(pattern, pikepdf.Dictionary):
        made = pdf.make_indirect(pikepdf.Dictionary(dict(pattern.items())))
    else:
        return pattern
    matrix: Any = pattern.get("/Matrix")
    given = isinstance(matrix, pikepdf.Array) and len(matrix) == 6
    a, b, c, d, e, f = (float(value) for value in matrix) if given else (1, 0, 0, 1, 0, 0)
    s = found.scale
    x, y = found.point(e, f)
    matrix = (a * s, b * s, c * s, d * s, x, y)
    made["/Matrix"] = pikepdf.Array([_number(value) for value in matrix])
    known[key] = made
    return known[key]


def _move(annotation: Any, found: Fit) -> None:
    """Move everything of an annotation that is a place on the page (12.5.2, 12.5.6)."""
    for key in ("/Rect", *_PAIRS):
        values = annotation.get(key)
        if isinstance(values, pikepdf.Array) and all(is_number(value) for value in values):
            annotation[key] = _moved(values, found)
    drawn = annotation.get("/InkList")
    if isinstance(drawn, pikepdf.Array):
        annotation["/InkList"] = pikepdf.Array(
            [_moved(one, found) if isinstance(one, pikepdf.Array) else one for one in drawn]
        )
    inset = annotation.get("/RD")
    if isinstance(inset, pikepdf.Array) and all(is_number(value) for value in inset):
        annotation["/RD"] = pikepdf.Array([_number(float(one) * found.scale) for one in inset])


class _Moving:
    """What leads to places on pages: each is moved once, however many lead through it."""

    def __init__(self, pdf: pikepdf.Pdf, fits: Sequence[Fit]) -> None:
        self._pdf = pdf
        self._fits = fits
        self._pages = Destinations(pdf).pages
        self._seen: set[tuple[int, int]] = set()

    def destinations(self) -> None:
        root = self._pdf.Root
        old, names = root.get("/Dests"), root.get("/Names")
        if isinstance(old, pikepdf.Dictionary):
            for value in dict(old.items()).values():
                self._destination(value)
        if isinstance(names, pikepdf.Dictionary):
            for _, value in list(tree(names.get("/Dests"))):
                self._destination(value)
        for page in self._pdf.pages:
            for annotation in annotations_of(page.obj):
                self._holder(annotation)
        top = root.get("/Outlines")
        waiting = [top.get("/First")] if isinstance(top, pikepdf.Dictionary) else []
        while waiting:
            item = waiting.pop()
            if isinstance(item, pikepdf.Dictionary) and self._is_new(item):
                self._holder(item)
                waiting += [item.get("/Next"), item.get("/First")]

    def structure(self) -> None:
        """Boxes of figures and tables in the structure tree (14.8.5.4.3)."""
        if "/StructTreeRoot" not in self._pdf.Root:
            return
        for element in self._pdf.objects:
            if not isinstance(element, pikepdf.Dictionary) or "/A" not in element:
                continue
            page: Any = element.get("/Pg")
            index = self._pages.get(page.objgen) if isinstance(page, pikepdf.Dictionary) else None
            said: Any = element["/A"]
            for one in list(said) if isinstance(said, pikepdf.Array) else [said]:
                if index is None or not isinstance(one, pikepdf.Dictionary):
                    continue
                found, box = self._fits[index], one.get("/BBox")
                if one.is_indirect and not self._is_new(one):
                    continue
                if isinstance(box, pikepdf.Array) and all(is_number(value) for value in box):
                    one["/BBox"] = _moved(box, found)
                for key in ("/Width", "/Height"):
                    if is_number(one.get(key)):
                        one[key] = _number(float(one[key]) * found.scale)

    def _holder(self, holder: Any) -> None:
        """A link or a bookmark."""
        if "/Dest" in holder:
            self._destination(holder["/Dest"])
        action = holder.get("/A")
        if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo":
            if action.is_indirect and not self._is_new(action):
                return
            self._destination(action.get("/D"))

    def _destination(self, value: Any) -> None:
        if isinstance(value, pikepdf.Dictionary):
            value = value.get("/D")
        if not isinstance(value, pikepdf.Array) or len(value) < 3:
            return
        if value.is_indirect and not self._is_new(value):
            return
        page: Any = value[0]
        index = self._pages.get(page.objgen) if isinstance(page, pikepdf.Dictionary) else page
        if isinstance(index, int) and 0 <= index < len(self._fits):
            moved = self._fits[index].shown(list(value)[1:])
            for at, one in enumerate(moved[1:], start=2):
                if is_number(one):
                    value[at] = _number(float(one))

    def _is_new(self, holder: Any) -> bool:
        if holder.objgen in self._seen:
            return False
        self._seen.add(holder.objgen)
        return True


def _moved(values: Any, found: Fit) -> pikepdf.Array:
    numbers = [float(value) for value in values]
    moved = [
        value * found.scale + (found.dy if at % 2 else found.dx) for at, value in enumerate(numbers)
    ]
    return pikepdf.Array([_number(value) for value in moved])


def _row(values: Sequence[float]) -> bytes:
    return b" ".join(_plain(value) for value in values)


def _plain(value: float) -> bytes:
    return f"{value:.6f}".rstrip("0").rstrip(".").encode() or b"0"


def plain(value: float) -> str:
    """A number as places are written."""
    return _plain(round(value, 4)).decode()


def _number(value: float) -> Any:
    return pikepdf.Object.parse(plain(value).encode())
