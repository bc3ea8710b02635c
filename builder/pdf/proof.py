"""Proof of harmlessness: a printed paper is its authors' paper, but for what was added openly.

Two files are rendered and read, page by page, by an engine that wrote neither: what the authors
gave, and what the volume prints. Outside the stamps' boxes no pixel may differ, every word must
still be there in its order, and every annotation must be where it was and lead where it led.
"""

from __future__ import annotations

import contextlib
import io
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

from builder.model import Finding, Severity, Where
from builder.pdf.counting import Counts
from builder.pdf.engines import Opened, Unusable, open_paper
from builder.pdf.fitting import Fit, plain
from builder.pdf.limits import set_limits
from builder.pdf.links import annotations_of
from builder.pdf.preparing import Prepared
from builder.pdf.rereading import SeenLink, Source
from builder.pdf.sanitising import EMBEDDING
from builder.pdf.view import Box, view

FORM = "2"
"""Raised whenever the same files would get another verdict."""

SCALE = 1.0
"""Pixels per point of a page as it is rendered for comparison."""

_RIM = 1.5
"""Points around a stamp into which the smoothing of its letters may reach."""

_LARGEST = 3000.0
"""Pixels; larger pages (posters) are compared more coarsely."""


_CODES = {"looks": "proof-looks", "text": "proof-text", "links": "proof-links"}
_HYPHENS = dict.fromkeys(map(ord, "-\x02\u00ad\u2010\ufffe"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One way in which a printed page is not what its authors gave."""

    what: str
    """`looks`, `text` or `links`."""
    page: int
    """From 1."""
    message: str
    box: Box | None = None
    """Where it looks different, in points on the page as it is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was compared, and what was found. Serialises to JSON and back."""

    pages: int
    annotations: int
    """Annotations, links among them, that were found again."""
    differences: tuple[Difference, ...] = ()

    def findings(self, subject: str, file: str) -> tuple[Finding, ...]:
        """The differences for an editor, one finding for each kind."""
        found = []
        for what, code in _CODES.items():
            all_of_it = [one for one in self.differences if one.what == what]
            if not all_of_it:
                continue
            first = all_of_it[0]
            pages = ", ".join(str(n) for n in dict.fromkeys(one.page for one in all_of_it))
            found.append(
                Finding(
                    code=code,
                    severity=Severity.ERROR,
                    message=f"{file}: the printed copy differs from the authors' file on page(s) "
                    f"{pages}: {first.message}",
                    subject=subject,
                    where=Where(file=file, page=first.page, box=first.box),
                    hint="compare these pages in the booklet with the authors' PDF; if nothing is "
                    "lost, accept it in edition.yaml, otherwise ask for a fresh PDF",
                )
            )
        return tuple(found)


def prove(
    source: Path,
    printed: Path,
    prepared: Prepared,
    *,
    counts: Counts = (),
    volume: Path | None = None,
    sheet: int = 1,
) -> Verdict:
    """Compare the authors' file `source` with `printed`, the file that `prepared` describes.

    With `volume`, pages and words are taken from there instead, from `sheet` (from 1) on: what
    readers see is compared, not what it was made of. Its links are the audit's business, which
    compares them with those of `printed`. To be called in a worker. Raises `Unusable` and
    `OSError`.
    """
    set_limits()
    boxes: dict[int, list[Box]] = {}
    for placed in prepared.stamps:
        boxes.setdefault(placed.page, []).append(placed.box)
    for page, box in prepared.covered:
        boxes.setdefault(page, []).append(box)
    differences: list[Difference] = []
    with contextlib.ExitStack() as stack:
        opened = stack.enter_context(open_paper(source, counts))
        before = stack.enter_context(contextlib.closing(_document(source, opened)))
        shown = volume or printed
        after = stack.enter_context(contextlib.closing(pypdfium2.PdfDocument(shown)))
        first = sheet - 1 if volume else 0
        pages = prepared.pages
        if len(before) != pages or len(after) < first + pages:
            raise Unusable(f"it has {len(before)} pages, but {pages} were printed")
        after_pdf = stack.enter_context(pikepdf.open(printed))
        kept, annotations = _annotations(opened.pdf, after_pdf, prepared.fits)
        differences += kept
        for index in range(pages):
            try:
                old, new = before[index], after[first + index]
            except pypdfium2.PdfiumError:
                message = "another reader cannot read the page"
                differences.append(Difference(what="looks", page=index + 1, message=message))
                continue
            # A page's unit (UserUnit) is beyond pdfium: it shows such a page smaller than it is.
            unit = view(opened.pdf.pages[index].obj).unit
            fit = prepared.fits[index] if prepared.fits else Fit()
            unit = unit if fit == Fit() else 1.0
            there = [_scaled(box, 1 / unit) for box in boxes.get(index + 1, ())]
            differences += _looks(old, new, index + 1, there, fit)
            differences += _text(old, new, index + 1)
            old.close()
            new.close()
    differences.sort(key=lambda one: one.page)
    return Verdict(pages=pages, annotations=annotations, differences=tuple(differences))


def summary(verdicts: Mapping[str, Verdict]) -> Finding:
    """What was proved, for the report."""
    pages = sum(verdict.pages for verdict in verdicts.values())
    annotations = sum(verdict.annotations for verdict in verdicts.values())
    differing = [key for key, verdict in verdicts.items() if verdict.differences]
    message = (
        f"{len(verdicts) - len(differing)} of {len(verdicts)} papers are proved unharmed: "
        f"{pages} pages compared with the authors' files, pixel by pixel outside what was "
        f"stamped, word by word; {annotations} links and other annotations found again"
    )
    return Finding(code="proof-done", severity=Severity.INFO, message=message)


def _document(path: Path, opened: Opened) -> pypdfium2.PdfDocument:
    """The pages as they were read for printing, with what their form fields show."""
    document = None
    with contextlib.suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(opened.rewritten or path)
        document.init_forms()
        if len(document) != len(opened.pdf.pages):
            document.close()
            document = None
    if document is None:
        stream = io.BytesIO()
        opened.pdf.save(stream, encryption=False)
        try:
            document = pypdfium2.PdfDocument(stream.getvalue())
        except pypdfium2.PdfiumError:
            raise Unusable("no other reader can open it, so nothing can be compared") from None
        document.init_forms()
    return document


def _looks(
    old: pypdfium2.PdfPage,
    new: pypdfium2.PdfPage,
    number: int,
    boxes: Sequence[Box],
    fit: Fit,
) -> Iterator[Difference]:
    width, height = new.get_size()
    same = max(abs(a - b) for a, b in zip((width, height), old.get_size(), strict=True)) <= 0.01
    if fit == Fit() and not same:
        yield Difference(what="looks", page=number, message="its size or rotation is another")
        return
    scale = min(SCALE, _LARGEST / max(width, height, 1.0))
    after, stride, rows = _pixels(new, scale)
    before = _pixels(old, scale)[0] if fit == Fit() else _fitted(old, new, fit, scale)
    if before == after:
        return
    for left, bottom, right, top in boxes:
        x0 = max(0, int((left - _RIM) * scale)) * 4
        x1 = min(stride, (int((right + _RIM) * scale) + 1) * 4)
        y0 = max(0, int(rows - (top + _RIM) * scale))
        y1 = min(rows, int(rows - (bottom - _RIM) * scale) + 1)
        blank = bytes(max(0, x1 - x0))
        for row in range(y0, y1):
            at = row * stride
            before[at + x0 : at + x1] = blank
            after[at + x0 : at + x1] = blank
    if before == after or (fit != Fit() and _alike(before, after)):
        return
    yield replace(_where(before, after, stride, scale), page=number)


_SMOOTHED = 96
"""Steps of 255 by which the smoothed edge of a line may differ that fell on other pixels."""

_FEW = 1000
"""On a fitted page, one byte of so many may differ by more: tiles of patterns are whole pixels."""


def _fitted(old: pypdfium2.PdfPage, new: pypdfium2.PdfPage, fit: Fit, scale: float) -> bytearray:
    """The authors' page as pdfium, which had no hand in ours, shows it on a page of our size."""
    width, height = (math.ceil(points * scale) for points in new.get_size())
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGRx)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        # Pages are drawn onto whole pixels: a little wider and higher than they are.
        across, down = width / new.get_width(), height / new.get_height()
        upper = new.get_height() - fit.seen_dy - old.get_height() * fit.scale
        matrix = raw.FS_MATRIX(
            fit.scale * across, 0, 0, fit.scale * down, fit.seen_dx * across, upper * down
        )
        whole = raw.FS_RECTF(0, 0, width, height)
        raw.FPDF_RenderPageBitmapWithMatrix(bitmap, old, matrix, whole, raw.FPDF_ANNOT)
        return bytearray(bitmap.buffer)
    finally:
        bitmap.close()


def _alike(before: bytearray, after: bytearray) -> bool:
    """Whether two pictures of a page differ by no more than smoothing does."""
    far = sum(abs(a - b) > _SMOOTHED for a, b in zip(before, after, strict=True) if a != b)
    return far * _FEW <= len(before)


def _scaled(box: Box, by: float) -> Box:
    return (box[0] * by, box[1] * by, box[2] * by, box[3] * by)


def _pixels(page: pypdfium2.PdfPage, scale: float) -> tuple[bytearray, int, int]:
    bitmap = page.render(scale=scale, draw_annots=True, may_draw_forms=True, prefer_bgrx=True)
    try:
        return bytearray(bitmap.buffer), int(bitmap.stride), int(bitmap.height)
    finally:
        bitmap.close()


def _where(before: bytearray, after: bytearray, stride: int, scale: float) -> Difference:
    """How many pixels differ, and the box around them."""
    rows = len(before) // stride
    count, left, right, upper, lower = 0, stride, 0, rows, 0
    for row in range(rows):
        one = before[row * stride : (row + 1) * stride]
        two = after[row * stride : (row + 1) * stride]
        if one == two:
            continue
        changed = [x for x in range(0, stride, 4) if one[x : x + 4] != two[x : x + 4]]
        count += len(changed)
        left, right = min(left, changed[0]), max(right, changed[-1] + 4)
        upper, lower = min(upper, row), row + 1
    box = (left / 4 / scale, (rows - lower) / scale, right / 4 / scale, (rows - upper) / scale)
    return Difference(
        what="looks",
        page=1,
        message=f"{count} pixels look different, outside of what was stamped",
        box=(round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)),
    )


def _text(old: pypdfium2.PdfPage, new: pypdfium2.PdfPage, number: int) -> Iterator[Difference]:
    before, after = _letters(old), _letters(new)
    if before in after or not before:
        return
    # What was stamped may have come to stand between words, nothing may have gone from them.
    rest = iter(after)
    if all(letter in rest for letter in before):
        return
    gone = Counter(before) - Counter(after)
    said = f"{sum(gone.values())} letters of its text are gone" if gone else "its order changed"
    yield Difference(what="text", page=number, message=said)


def _letters(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    try:
        # A hyphen at a line's end is read as one or another sign, by what comes after it.
        return "".join(words.get_text_range().translate(_HYPHENS).split())
    finally:
        words.close()


class _Pages(Source):
    """The links of a file that is open already."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.pages = [page.obj for page in pdf.pages]


def _annotations(
    before: pikepdf.Pdf, after: pikepdf.Pdf, fits: Sequence[Fit] = ()
) -> tuple[list[Difference], int]:
    """Annotations that are gone or lead elsewhere; and how many are as they were.

    Where pages were fitted, places are compared where they came to lie.

    Form fields are not among them, nor what embeds files: they are taken out, and reported so.
    """
    differences: list[Difference] = []
    old, new = _Pages(before), _Pages(after)
    same = 0
    for index in range(min(len(old.pages), len(new.pages))):
        fit = fits[index] if fits else Fit()
        wanted, found = Counter(_kinds(old.pages[index], fit)), Counter(_kinds(new.pages[index]))
        links, kept = old.links(index), new.links(index)
        equal = [_leads_alike(a, b, fits, index) for a, b in zip(links, kept, strict=False)]
        missing = wanted - found
        same += sum(wanted.values()) - sum(missing.values())
        if missing:
            kinds = ", ".join(f"{kind[0]} ({count})" for kind, count in missing.items())
            message = f"annotations are gone: {kinds}"
            differences.append(Difference(what="links", page=index + 1, message=message))
        elif len(links) != len(kept) or not all(equal):
            moved = equal.count(False)
            message = f"{moved or abs(len(links) - len(kept))} links lead elsewhere"
            differences.append(Difference(what="links", page=index + 1, message=message))
    return differences, same


def _leads_alike(old: SeenLink, new: SeenLink, fits: Sequence[Fit], index: int) -> bool:
    if not fits:
        return old == new
    rect = fits[index].rect(old.rect) if len(old.rect) == 4 else old.rect
    shown = old.view if old.page is None else fits[old.page].shown(old.view)
    return (
        (old.page, old.uri) == (new.page, new.uri)
        and (len(rect), len(shown)) == (len(new.rect), len(new.view))
        and all(abs(a - b) < _NEAR for a, b in zip(rect, new.rect, strict=True))
        and all(_equal(a, b) for a, b in zip(shown, new.view, strict=True))
    )


_NEAR = 0.05
"""Points by which a place may differ that was rounded before it was moved."""


def _equal(a: Any, b: Any) -> bool:
    try:
        return abs(float(a) - float(b)) < _NEAR
    except ValueError:
        return str(a) == str(b)


def _kinds(page: pikepdf.Object, fit: Fit | None = None) -> Iterator[tuple[Any, ...]]:
    for annotation in annotations_of(page):
        kind = str(annotation.get("/Subtype", ""))
        if kind == "/Widget" or kind in EMBEDDING:
            continue
        rect: Any = annotation.get("/Rect")
        corners = tuple(str(value) for value in rect) if isinstance(rect, pikepdf.Array) else ()
        if fit and fit != Fit() and len(corners) == 4:
            corners = tuple(map(plain, fit.rect([float(value) for value in corners])))
        yield kind.removeprefix("/"), corners
