"""What a reader sees on the pages, by pdfium: text, margins, title, line numbers, references."""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from builder.model import PageSeen
from builder.pdf.facts import text as storable
from builder.pdf.ink import margins
from builder.pdf.view import Box, View

MARGIN = 0.08
"""Share of the page's height or width that counts as its margin."""

_STRIP = 0.2
"""Line numbers stand within this share of the width from either edge (NeurIPS sets them 1.3
inches in)."""

_FEWEST_NUMBERS = 10

_REFERENCES = frozenset(
    {
        "references",
        "bibliography",
        "referencesandnotes",
        "referencescited",
        "literature",
        "literaturecited",
        "workscited",
        "bibliographicalreferences",
        "referencias",
        "références",
        "literatur",
        "literaturverzeichnis",
        "参考文献",
    }
)
_NUMBER = re.compile(r"\d+")
_SHORT = 32
_ENDINGS = tuple(sorted(_REFERENCES))
_NUMBERED = re.compile(r"^(?:(?:\d+|[IVX]+|[A-Z])(?:\.\d+)*[.:)]?|§\s*\d+)\s+")
_ENTRY = re.compile(r"\b(?:19|20)\d\d[a-z]?\b|\[\d+\]|\barXiv\b|\bProceedings\b|\bdoi\b")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the pages show."""

    pages: tuple[PageSeen, ...]
    title: str = ""
    line_numbers: bool = False
    references_page: int | None = None
    references_at: float | None = None


def read(document: pypdfium2.PdfDocument, views: Sequence[View]) -> Seen:
    """Read all pages; `views` (from the file's own entries) say how each is turned and cropped.

    A page that pdfium cannot read counts as one without text.
    """
    pages: list[PageSeen] = []
    title = ""
    numbered = 0
    heights: dict[tuple[int, int], float | None] = {}
    for index, seen in enumerate(views):
        try:
            page = document[index]
            words = page.get_textpage()
        except (pypdfium2.PdfiumError, IndexError):
            pages.append(_blank(seen))
            continue
        try:
            whole = _clean(words.get_text_range())
            pages.append(
                PageSeen(
                    width=round(seen.width, 3),
                    height=round(seen.height, 3),
                    rotation=seen.rotation,
                    text=whole,
                    top=_within(words, seen, (0, 1 - MARGIN, 1, 1)),
                    bottom=_within(words, seen, (0, 0, 1, MARGIN)),
                    left=_within(words, seen, (0, 0, MARGIN, 1)),
                    ink=margins(page, seen),
                )
            )
            if index == 0:
                title = _title(words, seen)
            numbered += _numbers_run_down(words, seen, whole)
            for line in _headings(whole):
                heights[index, line] = _height_of(words, seen, line)
        finally:
            words.close()
            page.close()
    found = find_references([page.text for page in pages])
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


def find_references(texts: Sequence[str]) -> tuple[int, int] | None:
    """Page index and line index of the heading over the list of references.

    That is the first such heading with something like references below it (an appendix may
    have a list of its own, a table of contents the bare word), or else the last one.
    """
    last = None
    for index, text in enumerate(texts):
        for number in _headings(text):
            last = (index, number)
            lines = text.splitlines()
            below = "\n".join(lines[number + 1 : number + 25])
            if index + 1 < len(texts) and len(below) < 12:  # nothing but a page number
                below += texts[index + 1][:1500]
            if len(_ENTRY.findall(below)) >= 3:
                return last
    return last


def _headings(text: str) -> tuple[int, ...]:
    """Indices of the lines that are such headings."""
    return tuple(
        number for number, line in enumerate(text.splitlines()) if is_references_heading(line)
    )


def is_references_heading(line: str) -> bool:
    """Whether a line is the heading of a list of references, whatever its number or case."""
    if len(line) > 60:
        return False
    whole = line.strip()
    # Nearly every line is done with here.
    if not whole.rstrip(" :.").replace(" ", "").casefold().endswith(_ENDINGS):
        return False
    # Small capitals are often read as two words: "R EFERENCES".
    for text in (whole, _NUMBERED.sub("", whole)):
        bare = text.rstrip(" :.").replace(" ", "")
        if bare.casefold() in _REFERENCES and bare[:1].upper() == bare[:1]:
            return True
    return False


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
    left, bottom, right, top = seen.to_user((x0 * width, y0 * height, x1 * width, y1 * height))
    return _clean(words.get_text_bounded(left, bottom, right, top)).strip()


_Char = tuple[int, str, float, float]
"""Index, character (a newline at the end of a line), height above the page's foot, size."""


def _chars(words: pypdfium2.PdfTextPage, seen: View, lowest: float) -> list[_Char]:
    """Characters that stand above `lowest` (a share of the height)."""
    # Thousands of calls: everything that can be worked out before is.
    raw, box = words.raw, pdfium.FS_RECTF()
    reference, code_of = ctypes.byref(box), pdfium.FPDFText_GetUnicode
    box_of = pdfium.FPDFText_GetLooseCharBox
    floor = lowest * seen.height
    left, bottom, right, top = seen.box
    unit, rotation = seen.unit, seen.rotation
    found: list[_Char] = []
    for index in range(min(words.count_chars(), 20_000)):
        if not box_of(raw, index, reference):
            if code_of(raw, index) in (0x0A, 0x0D):
                found.append((index, "\n", 0.0, 0.0))
            continue
        if rotation == 0:
            y, size = box.bottom - bottom, box.top - box.bottom
        elif rotation == 90:
            y, size = right - box.right, box.right - box.left
        elif rotation == 180:
            y, size = top - box.top, box.top - box.bottom
        else:
            y, size = box.left - left, box.right - box.left
        if y * unit >= floor:
            code = code_of(raw, index)
            if code in (0x0A, 0x0D):
                found.append((index, "\n", 0.0, 0.0))
                continue
            char = "-" if code in (0x02, 0xFFFE) else chr(code)
            found.append((index, char, y * unit, size * unit))
        elif found and found[-1][1] != "\n":
            # What stands below ends the line, whatever it is.
            found.append((index, "\n", 0.0, 0.0))
    return found


def _upright(words: pypdfium2.PdfTextPage, seen: View, index: int) -> bool:
    turned = math.degrees(pdfium.FPDFText_GetCharAngle(words, index)) - seen.rotation
    return not 5 < turned % 360 < 355


def _title(words: pypdfium2.PdfTextPage, seen: View) -> str:
    """The text set largest in the upper half of the page."""
    chars = _chars(words, seen, 0.5)
    by_size: dict[int, list[int]] = {}
    for index, char, _, size in chars:
        if char.isalpha():
            by_size.setdefault(round(size), []).append(index)
    for size in sorted(by_size, reverse=True):
        # A logo or an initial may be larger still, but is short; arXiv's side stamp is turned.
        letters = by_size[size]
        if len(letters) >= 8 and _upright(words, seen, letters[len(letters) // 2]):
            return _text_of_size(chars, size)
    return ""


def _text_of_size(chars: Sequence[_Char], largest: int) -> str:
    """The characters of about that size, as far as they stand together."""
    pieces: list[str] = []
    gap = False
    below: float | None = None
    for _, char, y, size in chars:
        if char.isspace():
            gap = True
        elif abs(size - largest) <= max(1.0, 0.12 * largest):
            if below is not None and abs(y - below) > 4 * largest:
                break  # something as large, but elsewhere on the page
            below = y if char.isalnum() else below
            if gap and pieces:
                pieces.append(" ")
            gap = False
            pieces.append(char)
        else:
            gap = True
    # Titles are hardly ever hyphenated, so a hyphen at the end of a line is the title's own.
    joined = re.sub(r"(?<=\w)- (?=\w)", "-", "".join(pieces))
    return storable(" ".join(joined.split())).strip("*∗†‡ ")[:500]


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
        inside = _short_text(words, rect)
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
    present = {int(number) for number in _NUMBER.findall(whole) if len(number) <= 4}
    return any(
        start + step * (_FEWEST_NUMBERS - 1) in present
        and all(start + step * offset in present for offset in range(_FEWEST_NUMBERS))
        for step in (1, 5)
        for start in present
    )


def _short_text(words: pypdfium2.PdfTextPage, rect: Box) -> str:
    """The text in a part of the page if it is short, else nothing.

    pypdfium2 asks pdfium twice, for the length and for the text, and each time pdfium goes
    through all that stands on the page.
    """
    x0, y0, x1, y1 = rect
    room = (ctypes.c_ushort * _SHORT)()
    got = pdfium.FPDFText_GetBoundedText(words.raw, x0, y1, x1, y0, room, _SHORT)
    if got >= _SHORT:
        return ""
    return bytes(room)[: 2 * got].decode("utf-16-le", "replace").rstrip("\0").strip()


def _height_of(words: pypdfium2.PdfTextPage, seen: View, line: int) -> float | None:
    """How far down its page a line begins, 0 (top) to 1 (bottom)."""
    raw, code_of = words.raw, pdfium.FPDFText_GetUnicode
    number = 0
    box = pdfium.FS_RECTF()
    for position in range(words.count_chars()):
        code = code_of(raw, position)
        if code == 0x0A:
            number += 1
        elif (
            number == line
            and code > 0x20
            and pdfium.FPDFText_GetLooseCharBox(raw, position, ctypes.byref(box))
        ):
            top = seen.to_seen((box.left, box.bottom, box.right, box.top))[3]
            return round(min(1.0, max(0.0, 1 - top / seen.height)), 4)
    return None
