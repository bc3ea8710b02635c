"""What a reader sees on the pages, by pdfium: text, margins, title, line numbers, references."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from builder.model import PageSeen
from builder.pdf.facts import text as storable
from builder.pdf.headline import height_of, title_of
from builder.pdf.ink import Shown, margins
from builder.pdf.references import find_references, headings_of
from builder.pdf.view import Box, View

MARGIN = 0.08
"""Share of the page's height or width that counts as its margin."""

_STRIP = 0.2
"""Line numbers stand within this share of the width from either edge (NeurIPS sets them 1.3
inches in)."""

_FEWEST_NUMBERS = 10

_NUMBER = re.compile(r"(?<!\S)\d{1,4}(?!\S)")
_SHORT = 32
"""More letters than a line's number has."""
_LONG = 2048
"""More letters than stand in most margins."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the pages show."""

    pages: tuple[PageSeen, ...]
    title: str = ""
    line_numbers: bool = False
    references_page: int | None = None
    references_at: float | None = None


def read(
    document: pypdfium2.PdfDocument, views: Sequence[View], shown: Sequence[Shown] = ()
) -> Seen:
    """Read all pages; `views` (from the file's own entries) say how each is turned and cropped.

    `shown` says what they show besides text and lines, where that is known. A page that pdfium
    cannot read counts as one without text.
    """
    pages: list[PageSeen] = []
    title = ""
    numbered = 0
    headings: list[tuple[int, ...]] = []
    heights: dict[tuple[int, int], float | None] = {}
    for index, seen in enumerate(views):
        try:
            page = document[index]
            words = page.get_textpage()
        except (pypdfium2.PdfiumError, IndexError):
            pages.append(_blank(seen))
            headings.append(())
            continue
        try:
            raw = words.get_text_range()
            whole = _clean(raw)
            letters = raw if len(raw) == words.count_chars() else ""
            pages.append(
                PageSeen(
                    width=round(seen.width, 3),
                    height=round(seen.height, 3),
                    rotation=seen.rotation,
                    text=whole,
                    top=_within(words, seen, (0, 1 - MARGIN, 1, 1)),
                    bottom=_within(words, seen, (0, 0, 1, MARGIN)),
                    left=_within(words, seen, (0, 0, MARGIN, 1)),
                    ink=margins(page, seen, shown[index] if shown else Shown()),
                )
            )
            if index == 0:
                title = title_of(words, seen, letters)
            numbered += _numbers_run_down(words, seen, whole)
            headings.append(headings_of(whole))
            for line in headings[-1]:
                heights[index, line] = height_of(words, seen, line, letters)
        finally:
            words.close()
            page.close()
    found = find_references([page.text for page in pages], headings)
    return Seen(
        pages=tuple(pages),
        title=title,
        # One page may hold a numbered listing; a review version is numbered throughout.
        line_numbers=numbered >= 2 or (numbered == 1 and len(pages) == 1),
        references_page=found[0] + 1 if found else None,
        references_at=heights[found] if found else None,
    )


def blank(views: Sequence[View]) -> Seen:
    """The pages without their text, where pdfium cannot be asked."""
    return Seen(tuple(_blank(seen) for seen in views))


def _blank(seen: View) -> PageSeen:
    return PageSeen(
        width=round(seen.width, 3), height=round(seen.height, 3), rotation=seen.rotation
    )


def _clean(raw: str) -> str:
    # pdfium marks a hyphen at the end of a line with U+FFFE (or U+0002).
    return storable(raw.replace("\ufffe", "-").replace("\x02", "-").replace("\r\n", "\n"))


def _within(words: pypdfium2.PdfTextPage, seen: View, part: Box) -> str:
    """Text in a part of the visible page, given in shares of its width and height."""
    x0, y0, x1, y1 = part
    width, height = seen.width, seen.height
    box = seen.to_user((x0 * width, y0 * height, x1 * width, y1 * height))
    found = _bounded(words, box, _LONG)
    return _clean(words.get_text_bounded(*box) if found is None else found).strip()


def _numbers_run_down(words: pypdfium2.PdfTextPage, seen: View, whole: str) -> bool:
    """Whether a column of consecutive numbers runs down the left or right of the page."""
    if not _could_be_numbered(whole):
        return False
    columns: dict[str, list[tuple[float, int]]] = {"left": [], "right": []}
    raw, edges = words.raw, [ctypes.c_double() for _ in range(4)]
    left, top, right, bottom = edges
    references = [ctypes.byref(edge) for edge in edges]
    for index in range(min(words.count_rects(), 5000)):
        if not pdfium.FPDFText_GetRect(raw, index, *references):
            continue
        rect = left.value, bottom.value, right.value, top.value
        x0, y0, x1, y1 = seen.to_seen(rect)
        side = (
            "left"
            if x1 < _STRIP * seen.width
            else "right"
            if x0 > (1 - _STRIP) * seen.width
            else ""
        )
        if not side or x1 - x0 > 0.06 * seen.width:
            continue
        inside = (_bounded(words, rect, _SHORT) or "").strip()
        if inside.isdecimal() and len(inside) <= 4:
            columns[side].append((y0 + y1, int(inside)))
    for column in columns.values():
        ordered = [number for _, number in sorted(column, reverse=True)]
        run = longest = 1
        steps = {1, 5}  # some styles number every fifth line
        previous_step = 0
        for before, after in itertools.pairwise(ordered):
            step = after - before
            run = run + 1 if step in steps and previous_step in (0, step) else 1
            previous_step = step if step in steps else 0
            longest = max(longest, run)
        if longest >= _FEWEST_NUMBERS:
            return True
    return False


def _could_be_numbered(whole: str) -> bool:
    """A quick look before the slow one: do consecutive numbers occur at all?"""
    present = set(map(int, _NUMBER.findall(whole)))
    return any(
        start + step * (_FEWEST_NUMBERS - 1) in present
        and all(start + step * offset in present for offset in range(_FEWEST_NUMBERS))
        for step in (1, 5)
        for start in present
    )


def _bounded(words: pypdfium2.PdfTextPage, box: Box, most: int) -> str | None:
    """The text in a part of the page if it is shorter than `most`, else `None`.

    pypdfium2 asks pdfium twice, for the length and for the text, and each time pdfium goes
    through all that stands on the page.
    """
    x0, y0, x1, y1 = box
    room = (ctypes.c_ushort * most)()
    got = pdfium.FPDFText_GetBoundedText(words.raw, x0, y1, x1, y0, room, most)
    if got >= most:
        return None
    return bytes(memoryview(room)[:got]).decode("utf-16-le", "ignore").rstrip("\0")
