"""The stamps of papers as segments: a form for every page, whatever stands below it.

Stamps depend on the place in the volume, papers do not; so they are made apart, for pages of the
same size, and meet only when a file is written. Fonts come first in a segment and are told by a
digest: whatever papers have in common stands in a volume once.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from builder.pdf.lettering import Lettered, Lettering, lettering
from builder.pdf.numbering import Numbering
from builder.pdf.segment import Common, Description, Writer
from builder.pdf.stamping import Ink, Placed, Stamp, cover, drawn, place_stamps, row_of
from builder.pdf.view import Box, View

Views = Sequence[tuple[tuple[float, float, float, float], int, float]]
"""Visible box, rotation and unit of each page, as in `Description`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The stamps that one paper is to have."""

    views: Views
    out: Path
    """Where the segment with its forms goes."""
    stamps: Sequence[Stamp]
    ink: Ink | None = None
    """What pages print in their margins (`PageSeen.ink`): stamps go where it is free of it."""
    covers: Ink | None = None
    """Boxes to be painted over in white before anything is stamped."""


Answer = tuple[tuple[Placed, ...], tuple[str, ...]]
"""Where each stamp stands, and the characters that had to be left out for want of a font."""


def overlay(orders: Sequence[Order], alphabet: str = "") -> list[Answer]:
    """Write the segments of several papers, each the same whatever it is made beside.

    `alphabet` are letters that the stamps of many papers use, besides the usual ones: all get
    them with their fonts. Raises `IndexError` for a page there is not, and `OSError`.
    """
    for order in orders:
        for wanted in order.stamps:
            if not 1 <= wanted.page <= len(order.views):
                raise IndexError(f"there is no page {wanted.page} to stamp")
    rows = [
        [row_of(wanted, View(*order.views[wanted.page - 1])) for wanted in order.stamps]
        for order in orders
    ]
    with lettering(rows, alphabet) as found:
        return [
            _Overlay(order, letters).write() for order, letters in zip(orders, found, strict=True)
        ]


class _Overlay:
    def __init__(self, order: Order, letters: Lettering) -> None:
        self.order = order
        self.letters = letters
        self.pages: dict[int, list[tuple[Stamp, Lettered]]] = {}
        for wanted, lettered in zip(order.stamps, letters.rows, strict=True):
            if lettered.text:
                self.pages.setdefault(wanted.page, []).append((wanted, lettered))
        self.often = Counter(lettered.page.objgen for lettered in letters.rows)
        self.forms: dict[tuple[int, int], int] = {}
        self.resources: dict[tuple[Any, ...], int] = {}

    def write(self) -> Answer:
        placed: list[Placed] = []
        with Writer(self.order.out, 0) as self.writer:
            self.numbering = Numbering(
                self.letters.pdf, self.writer, imports=0, known={}, pages=(), unite=False
            )
            common = tuple(self._common())
            numbers = []
            for number, seen in enumerate(self.order.views, start=1):
                covered = (self.order.covers or {}).get(number, ())
                if number not in self.pages and not covered:
                    numbers.append(self._empty())
                    continue
                content, resources, found = self._page(number, View(*seen), covered)
                placed += found
                numbers.append(self._form(seen[0], content, resources))
            self.writer.close(Description(imports=0, pages=tuple(numbers), common=common))
        return tuple(placed), self.letters.missing

    def _common(self) -> Iterator[Common]:
        """Collect fonts and colour spaces, each with all that belongs to it."""
        known: set[tuple[int, int]] = set()
        for lettered in self.letters.rows:
            for kind in ("/Font", "/ColorSpace"):
                for item in lettered.page.Resources.get(kind, pikepdf.Dictionary()).values():
                    id = item.objgen
                    if id in known or not id[0]:
                        continue
                    known.add(id)
                    start = self.numbering.count
                    self.writer.begin()
                    self.numbering.local(id)
                    self.numbering.write()
                    yield Common(start, self.numbering.count - start, self.writer.digest())

    def _page(
        self, number: int, seen: View, covered: Sequence[Box]
    ) -> tuple[bytes, int, list[Placed]]:
        """What is drawn over one page, its resources, and where its stamps stand."""
        stamps = self.pages.get(number, [])
        printed = [box for box in (self.order.ink or {}).get(number, ()) if box not in covered]
        places = place_stamps(
            [wanted for wanted, _ in stamps],
            [(lettered.width, lettered.height) for _, lettered in stamps],
            seen,
            printed=printed,
        )
        content = [cover(covered, seen)] if covered else []
        resources = b""
        forms: list[int] = []
        placed = []
        for (_, lettered), (box, fit, crowded) in zip(stamps, places, strict=True):
            own = lettered.page.Resources.unparse(resolved=True)
            once = self.often[lettered.page.objgen] == 1
            if once and own == (resources or own):
                resources = own
                shown = lettered.page.Contents.read_bytes()
            else:
                # What several pages show stands in the paper once.
                forms.append(self._shared(lettered))
                shown = b"/S%d Do" % forms[-1]
            content.append(drawn(box, fit, seen, shown))
            # As it is when it was kept meanwhile: a paper is known again by what is said of it.
            x0, y0, x1, y1 = map(float, box)
            stands = Placed(page=number, text=lettered.text, box=(x0, y0, x1, y1), crowded=crowded)
            placed.append(stands)
        return b"".join(content), self._resources(resources, forms), placed

    def _shared(self, lettered: Lettered) -> int:
        """A form that shows one stamp."""
        id = lettered.page.objgen
        if id not in self.forms:
            resources = self._resources(lettered.page.Resources.unparse(resolved=True), ())
            box = (0, 0, lettered.width, lettered.height)
            self.forms[id] = self._form(box, lettered.page.Contents.read_bytes(), resources)
        return self.forms[id]

    def _empty(self) -> int:
        if (0, 0) not in self.forms:
            self.forms[0, 0] = self._form((0, 0, 0, 0), b"", self._resources(b"", ()))
        return self.forms[0, 0]

    def _resources(self, entries: bytes, forms: Sequence[int]) -> int:
        """A resource dictionary: `entries` of the typesetter's file, and our own forms."""
        line, references = self.numbering.line(entries or b"<< >>")
        self.numbering.write()
        if forms:
            forms = tuple(dict.fromkeys(forms))
            row = b" ".join(b"/S%d %%d 0 R" % form for form in forms)
            line = b"<< /XObject << %s >> " % row + line.removeprefix(b"<< ")
        known = (line, *forms)
        if known not in self.resources:
            self.resources[known] = self.numbering.put(line, [*forms, *references])
        return self.resources[known]

    def _form(self, box: Box, content: bytes, resources: int) -> int:
        # A window of 4 KB is set up in a quarter of the time, and stamps are shorter than that.
        packer = zlib.compressobj(9, zlib.DEFLATED, 12, 4)
        body = packer.compress(content) + packer.flush()
        line = (
            b"<< /BBox [ %s ] /Filter /FlateDecode /Length %d /Resources %%d 0 R /Subtype /Form "
            b"/Type /XObject >>" % (b" ".join(map(_number, box)), len(body))
        )
        return self.numbering.put(line, [resources], self.writer.body(body))


def _number(value: float) -> bytes:
    return f"{value:.6f}".rstrip("0").rstrip(".").encode() or b"0"
