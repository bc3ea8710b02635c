"""The title that a first page shows, set largest in its upper half; and where a line stands."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from builder.pdf.facts import text as storable
from builder.pdf.view import View

_LINE = re.compile(r"[^\r\n]+|[\r\n]+")

_MOST_CHARS = 20_000
"""Characters of a page that are looked at for its title."""

_Char = tuple[int, str, float, float]
"""Index, character (a newline at the end of a line), height above the page's foot, size."""


def _chars(
    words: pypdfium2.PdfTextPage, seen: View, lowest: float, letters: str = ""
) -> list[_Char]:
    """Characters that stand above `lowest` (a share of the height).

    `letters` is the page's text, if it has one letter for each of pdfium's characters: what it
    says need not be asked for, and lines that are far below are left out.
    """
    # Thousands of calls: everything that can be worked out before is.
    raw, box = words.raw, pdfium.FS_RECTF()
    reference, code_of = ctypes.byref(box), pdfium.FPDFText_GetUnicode
    box_of = pdfium.FPDFText_GetLooseCharBox
    floor = lowest * seen.height
    left, bottom, right, top = seen.box
    unit, rotation = seen.unit, seen.rotation

    def stands(index: int) -> tuple[float, float] | None:
        """How high above the page's foot a character stands, and its size."""
        if not box_of(raw, index, reference):
            return None
        if rotation == 0:
            return (box.bottom - bottom) * unit, (box.top - box.bottom) * unit
        if rotation == 90:
            return (right - box.right) * unit, (box.right - box.left) * unit
        if rotation == 180:
            return (top - box.top) * unit, (box.top - box.bottom) * unit
        return (box.left - left) * unit, (box.right - box.left) * unit

    def is_below(start: int, end: int) -> bool:
        """Whether a line's first, middle and last letter are all well below."""
        places = map(stands, (start, (start + end) // 2, end - 1))
        return all(place and place[0] < 0.95 * floor for place in places)

    found: list[_Char] = []
    lines: Iterable[tuple[int, int]] = ((0, words.count_chars()),)
    if letters:
        lines = (match.span() for match in _LINE.finditer(letters))
    for start, end in lines:
        if start >= _MOST_CHARS:
            break
        if letters:
            if letters[start] in "\r\n" or is_below(start, end):
                found.append((start, "\n", 0.0, 0.0))
                continue
            if code_of(raw, start) != ord(letters[start]):  # as long, but not the same
                return _chars(words, seen, lowest)
        for index in range(start, min(end, _MOST_CHARS)):
            place = stands(index)
            if place is None:
                if code_of(raw, index) in (0x0A, 0x0D):
                    found.append((index, "\n", 0.0, 0.0))
            elif place[0] >= floor:
                code = ord(letters[index]) if letters else code_of(raw, index)
                if code in (0x0A, 0x0D):
                    found.append((index, "\n", 0.0, 0.0))
                    continue
                char = "-" if code in (0x02, 0xFFFE) else chr(code)
                found.append((index, char, *place))
            elif found and found[-1][1] != "\n":
                # What stands below ends the line, whatever it is.
                found.append((index, "\n", 0.0, 0.0))
    return found


def _upright(words: pypdfium2.PdfTextPage, seen: View, index: int) -> bool:
    turned = math.degrees(pdfium.FPDFText_GetCharAngle(words, index)) - seen.rotation
    return not 5 < turned % 360 < 355


def title_of(words: pypdfium2.PdfTextPage, seen: View, letters: str) -> str:
    """The text set largest in the upper half of the page."""
    chars = _chars(words, seen, 0.5, letters)
    by_size: dict[int, list[int]] = {}
    for index, char, _, size in chars:
        if char.isalpha():
            by_size.setdefault(round(size), []).append(index)
    for size in sorted(by_size, reverse=True):
        # A logo or an initial may be larger still, but is short; arXiv's side stamp is turned.
        alike = by_size[size]
        if len(alike) >= 8 and _upright(words, seen, alike[len(alike) // 2]):
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


def height_of(
    words: pypdfium2.PdfTextPage, seen: View, line: int, letters: str = ""
) -> float | None:
    """How far down its page a line begins, 0 (top) to 1 (bottom); `letters` as in `_chars`."""
    raw, code_of = words.raw, pdfium.FPDFText_GetUnicode
    number = first = 0
    while letters and number < line and (end := letters.find("\n", first)) >= 0:
        number, first = number + 1, end + 1
    box = pdfium.FS_RECTF()
    for position in range(first, words.count_chars()):
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
