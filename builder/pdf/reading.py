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
                )
            )
            if index == 0:
                title = _title(words, seen)
            numbered += _numbers_run_down(words, seen, whole)
        finally:
            words.close()
            page.close()
    found = find_references([page.text for page in pages])
    at = _height_of(document, views, *found) if found else None
    return Seen(
        pages=tuple(pages),
        title=title,
        # One page may hold a numbered listing; a review version is numbered throughout.
        line_numbers=numbered >= 2 or (numbered == 1 and len(pages) == 1),
        references_page=found[0] + 1 if found else None,
        references_at=at,
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
        lines = text.splitlines()
        for number, line in enumerate(lines):
            if not is_references_heading(line):
                continue
            last = (index, number)
            below = "\n".join(lines[number + 1 : number + 25])
            if index + 1 < len(texts) and len(below) < 300:
                below += texts[index + 1][:1500]
            if len(_ENTRY.findall(below)) >= 3:
                return last
    return last


def is_references_heading(line: str) -> bool:
    """Whether a line is the heading of a list of references, whatever its number or case."""
    if len(line) > 60:
        return False
    bare = _NUMBERED.sub("", line.strip()).rstrip(" :.").replace(" ", "")
    return bare.casefold() in _REFERENCES and bare[:1].upper() == bare[:1]


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


@dataclass(slots=True)
class _Char:
    char: str
    x: float
    y: float
    size: float


def _chars(words: pypdfium2.PdfTextPage, seen: View, lowest: float) -> list[_Char]:
    """Upright characters above `lowest` (a share of the height), in seen coordinates."""
    found: list[_Char] = []
    box = pdfium.FS_RECTF()
    for index in range(min(words.count_chars(), 20_000)):
        code = pdfium.FPDFText_GetUnicode(words, index)
        if code in (0x0D, 0x0A):
            found.append(_Char("\n", 0, 0, 0))
            continue
        if not pdfium.FPDFText_GetLooseCharBox(words, index, ctypes.byref(box)):
            continue
        x0, y0, _, y1 = seen.to_seen((box.left, box.bottom, box.right, box.top))
        if y0 < lowest * seen.height:
            continue
        turned = (pdfium.FPDFText_GetCharAngle(words, index) * 57.2958 - seen.rotation) % 360
        if 5 < turned < 355:
            continue  # arXiv's side stamp is larger than many a title
        char = "-" if code in (0x02, 0xFFFE) else chr(code)
        found.append(_Char(char, x0, y0, y1 - y0))
    return found


def _title(words: pypdfium2.PdfTextPage, seen: View) -> str:
    """The text set largest in the upper half of the page."""
    chars = _chars(words, seen, 0.5)
    counts: dict[int, int] = {}
    for one in chars:
        if one.char.isalpha():
            size = round(one.size)
            counts[size] = counts.get(size, 0) + 1
    # A logo or an initial is larger still, but short.
    sizes = [size for size, count in counts.items() if count >= 8]
    if not sizes:
        return ""
    largest = max(sizes)
    pieces: list[str] = []
    gap = False
    below = None
    for one in chars:
        if one.char == "\n" or one.char.isspace():
            gap = True
        elif abs(one.size - largest) <= max(1.0, 0.12 * largest):
            if below is not None and abs(one.y - below) > 4 * largest:
                break  # something as large, but elsewhere on the page
            below = one.y if one.char.isalnum() else below
            if gap and pieces:
                pieces.append(" ")
            gap = False
            pieces.append(one.char)
        else:
            gap = True
    joined = re.sub(r"(?<=[a-z])- (?=[a-z])", "", "".join(pieces))
    return storable(" ".join(joined.split())).strip("*∗†‡ ")[:500]


def _numbers_run_down(words: pypdfium2.PdfTextPage, seen: View, whole: str) -> bool:
    """Whether a column of consecutive numbers runs down the left or right of the page."""
    if len(re.findall(r"\d+", whole)) < _FEWEST_NUMBERS:
        return False
    if not _could_be_numbered(whole):
        return False
    columns: dict[str, list[tuple[float, int]]] = {"left": [], "right": []}
    for index in range(min(words.count_rects(), 5000)):
        rect = words.get_rect(index)
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
        inside = words.get_text_bounded(*rect).strip()
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
    present = {int(number) for number in re.findall(r"(?<!\d)\d{1,4}(?!\d)", whole)}
    return any(
        all(start + step * offset in present for offset in range(_FEWEST_NUMBERS))
        for start in present
        for step in (1, 5)
    )


def _height_of(
    document: pypdfium2.PdfDocument, views: Sequence[View], index: int, line: int
) -> float | None:
    """How far down its page a line begins, 0 (top) to 1 (bottom)."""
    seen = views[index]
    page = document[index]
    words = page.get_textpage()
    try:
        number = 0
        box = pdfium.FS_RECTF()
        for position in range(words.count_chars()):
            code = pdfium.FPDFText_GetUnicode(words, position)
            if code == 0x0A:
                number += 1
            elif (
                number == line
                and code > 0x20
                and pdfium.FPDFText_GetLooseCharBox(words, position, ctypes.byref(box))
            ):
                top = seen.to_seen((box.left, box.bottom, box.right, box.top))[3]
                return round(min(1.0, max(0.0, 1 - top / seen.height)), 4)
        return None
    finally:
        words.close()
        page.close()
