"""Each part of a volume, compared with itself as it went in: pages, links, stamps, fonts."""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from builder.model import Finding
from builder.pdf.expected import ExpectedPart
from builder.pdf.joining import SCHEME
from builder.pdf.ledger import stands_alone
from builder.pdf.links import annotations_of
from builder.pdf.printed import Printed
from builder.pdf.rereading import Reader, SeenLink, Source, view_of
from builder.pdf.reviewing import Review, finding, sheet_name, who
from builder.pdf.stamping import Placed
from builder.pdf.view import View

_TWICE = 8
"""Papers of a volume, about, that pypdf reads as well: it takes ten times as long as qpdf."""


def contents(review: Review) -> Iterator[Finding]:
    """Pages and links of every part, each opened only while it is compared.

    qpdf reads them all; what we typeset, and papers at regular distances, pypdf reads too.
    """
    step = max(1, len(review.expected.parts) // _TWICE)
    together, read = _together(review), 0
    for index, (part, offset) in enumerate(review.parts):
        if index in review.known:
            review.outlines[part.key] = moved(review.known[index], offset)
            continue
        with contextlib.ExitStack() as stack:
            source = review.matter.get(index) or Source(part.path, stack)
            yield from _pages(review, part, source, offset)
            found = list(_links(review, part, source, offset, review.written))
            if not found and (index % step == 0 or not part.key):
                found = list(_links(review, part, source, offset, review.volume))
                review.volume.forget()
            yield from found
            if part.key:
                review.outlines[part.key] = moved(source.outline(), offset)
                read += 1
                if stands_alone(review, index):
                    review.alone.add(index)
        if read == together:
            review.written.forget()
            review.volume.forget()
            read = 0


def _pages(review: Review, part: ExpectedPart, source: Source, offset: int) -> Iterator[Finding]:
    if len(source.pages) != part.pages:
        message = f"{who(part)} has {len(source.pages)} pages, but {part.pages} were planned"
        yield finding("audit-pages", message, review.file, part.key, offset + 1)
        return
    for index in range(part.pages):
        seen = _rounded(review.written.view(offset + index))
        if _rounded(source.view(index)) != seen or (
            index == 0 and seen != _rounded(view_of(review.volume.page(offset)))
        ):
            message = (
                f"sheet {offset + index + 1} differs in size or rotation from page "
                f"{index + 1} of {who(part)}"
            )
            yield finding("audit-pages", message, review.file, part.key, offset + index + 1)


def _links(
    review: Review, part: ExpectedPart, source: Source, offset: int, volume: Source | Reader
) -> Iterator[Finding]:
    wrong: list[tuple[int, str]] = []
    checked = 0
    for index in range(min(part.pages, len(source.pages))):
        before = source.links(index)
        sheet = offset + index + 1
        if not part.key:
            if volume is review.written:
                yield from _dead(review, before, part, sheet)
            files = [link for link in before if link.uri.startswith(_ATTACHED)]
            if files and volume is review.written:
                yield from _opening(review, files, sheet)
            others = [link for link in before if link.uri.startswith(_BESIDE)]
            if others and volume is review.written:
                yield from _leading(review, others, sheet)
            before = [link for link in before if link not in (*files, *others)]
            before = [link for link in before if _lives(review, link)]
        after = volume.links(offset + index)
        checked += len(before)
        if len(before) != len(after):
            wrong.append((sheet, f"{len(after)} links instead of {len(before)}"))
            continue
        for old, new in zip(before, after, strict=True):
            if problem := _differs(review, part, old, new, offset):
                wrong.append((sheet, problem))
    if wrong:
        sheet, problem = wrong[0]
        message = (
            f"{len(wrong)} of {checked} links of {who(part)} are wrong; "
            f"the first, on sheet {sheet}: {problem}"
        )
        code = "audit-links" if part.key else "audit-references"
        yield finding(code, message, review.file, part.key, sheet)


def _differs(review: Review, part: ExpectedPart, old: SeenLink, new: SeenLink, offset: int) -> str:
    """What is wrong with a link in the volume; empty if nothing."""
    if old.rect != new.rect:
        return "its place on the page changed"
    if not part.key and old.uri.startswith(SCHEME):
        page = review.find(old.uri.removeprefix(SCHEME))
        return (
            ""
            if new.page == page
            else f"it leads to {sheet_name(new.page)}, not to {sheet_name(page)}"
        )
    if old.uri or new.uri:
        return "" if old.uri == new.uri else f"it leads to “{new.uri}” instead of “{old.uri}”"
    page = None if old.page is None else old.page + offset
    if new.page != page:
        return f"it leads to {sheet_name(new.page)}, not to {sheet_name(page)}"
    return "" if new.view == old.view or page is None else "it shows another part of the page"


_ATTACHED = f"{SCHEME}attachment/"


def _opening(review: Review, files: Sequence[SeenLink], sheet: int) -> Iterator[Finding]:
    """Whether what was to open an attachment does, at its place on the page."""
    found = [
        (tuple(round(float(edge), 2) for edge in one.Rect), str(one.FS.UF))
        for one in annotations_of(review.written.pages[sheet - 1])
        if one.get("/Subtype") == "/FileAttachment"
    ]
    if found != [(link.rect, link.uri.removeprefix(_ATTACHED)) for link in files]:
        message = f"the list of attachments on sheet {sheet} does not open them"
        yield finding("audit-attachments", message, review.file, page=sheet)


_BESIDE = f"{SCHEME}file/"


def _leading(review: Review, others: Sequence[SeenLink], sheet: int) -> Iterator[Finding]:
    """Whether what was to lead into another volume does, at its place on the page."""
    found = [
        (tuple(round(float(edge), 2) for edge in one.Rect), f"{one.A.F}/{one.A.D}")
        for one in annotations_of(review.written.pages[sheet - 1])
        if (action := one.get("/A")) is not None and action.get("/S") == "/GoToR"
    ]
    wanted = [(link.rect, link.uri.removeprefix(_BESIDE)) for link in others]
    if found != wanted:
        message = f"links into another volume on sheet {sheet} do not lead there"
        yield finding("audit-references", message, review.file, page=sheet)


def _dead(
    review: Review, links: Sequence[SeenLink], part: ExpectedPart, sheet: int
) -> Iterator[Finding]:
    for link in links:
        if not link.uri.startswith((_ATTACHED, _BESIDE)) and not _lives(review, link):
            message = f"{who(part)} refers to {link.uri}, which is nowhere in the volume"
            yield finding("audit-references", message, review.file, page=sheet)


def _lives(review: Review, link: SeenLink) -> bool:
    if not link.uri.startswith(SCHEME):
        return True
    return review.find(link.uri.removeprefix(SCHEME)) is not None


_TOGETHER = 50
_FAR = 10_000
"""Sheets up to which pdfium is asked for a page of the volume: it reads all before that page."""


def _together(review: Review) -> int:
    """How many papers are read before what was read is let go; their stamps are read at once.

    Opening a volume anew takes time by its size, so that it is not done more than 32 times.
    """
    return max(_TOGETHER, len(review.expected.parts) // 32)


def added(review: Review) -> Iterator[Finding]:
    """Stamps and fonts: what stands in the volume without having stood in a paper."""
    near = sum(offset < _FAR for _, offset in review.parts)
    step = max(1, near // _TWICE)
    parts = [
        (part, offset, index % step == 0 and index < near)
        for index, (part, offset) in enumerate(review.parts)
        if index not in review.known
    ]
    with Printed(review.file, review.written) as printed:
        together = _together(review)
        for start in range(0, len(parts), together):
            if start:
                review.written.forget()
            some = parts[start : start + together]
            yield from _stamps(review, printed, some)
            for part, offset, _ in some:
                yield from _fonts(review, printed, part, offset)


def _fonts(review: Review, printed: Printed, part: ExpectedPart, offset: int) -> Iterator[Finding]:
    loose: dict[str, int] = {}
    for sheet in range(offset, offset + part.pages):
        for name in printed.loose_fonts(sheet, whole=not part.key):
            loose.setdefault(name, sheet + 1)
    for name, sheet in sorted(loose.items()):
        message = f"the font {name}, which we typeset {who(part)} with, is not embedded"
        yield finding("audit-fonts", message, review.file, part.key, sheet)


def _stamps(
    review: Review, printed: Printed, parts: Sequence[tuple[ExpectedPart, int, bool]]
) -> Iterator[Finding]:
    """Whether every stamp can be read; one page of some parts is read with all that it shows."""
    wanted: dict[int, list[Placed]] = {}
    keys: dict[int, str] = {}
    whole: list[int] = []
    for part, offset, twice in parts:
        for placed in part.stamps:
            wanted.setdefault(offset + placed.page - 1, []).append(placed)
            keys[offset + placed.page - 1] = part.key
        if part.stamps and twice:
            whole.append(offset + part.stamps[0].page - 1)
    boxes = {sheet: [placed.box for placed in stamps] for sheet, stamps in wanted.items()}
    first = {sheet: boxes.pop(sheet) for sheet in whole}
    seen = itertools.chain(printed.words(first, whole=True), printed.words(boxes, whole=False))
    for sheet, texts in seen:
        for placed, found in zip(wanted[sheet], texts, strict=True):
            # Order and joining differ by script; every letter must be there.
            if Counter(_letters(placed.text)) - Counter(_letters(found)):
                message = f"sheet {sheet + 1} does not bear the stamp “{placed.text}”"
                yield finding("audit-stamps", message, review.file, keys[sheet], sheet + 1)


def _rounded(seen: View) -> tuple[Any, ...]:
    return (*(round(number, 2) for number in seen.box), seen.rotation, round(seen.unit, 4))


def moved(rows: Sequence[Any], offset: int) -> list[Any]:
    """An outline whose pages come so many pages later."""
    return [
        (title, None if page is None else page + offset, moved(children, offset))
        for title, page, children in rows
    ]


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
