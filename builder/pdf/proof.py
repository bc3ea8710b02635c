"""Proof of harmlessness: a printed paper is its authors' paper, but for what was added openly.

Two files are rendered and read, page by page, by an engine that wrote neither: what the authors
gave, and what the volume prints. Outside the stamps' boxes no pixel may differ, every word must
still be there in its order, and every annotation must be where it was and lead where it led.
"""

from __future__ import annotations

import contextlib
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2

from builder.model import Finding, Severity, Where
from builder.pdf import pixels, survival
from builder.pdf.counting import Counts
from builder.pdf.engines import Opened, Unusable, open_paper
from builder.pdf.fit import Fit
from builder.pdf.limits import set_limits
from builder.pdf.prepared import Prepared
from builder.pdf.view import Box
from builder.pdf.viewing import view

FORM = "2"
"""Raised whenever the same files would get another verdict."""

_CODES = {"looks": "proof-looks", "text": "proof-text", "links": "proof-links"}


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
        moved, kept = survival.changed(opened.pdf, after_pdf, prepared.fits)
        differences += [Difference(what="links", page=n, message=said) for n, said in moved]
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
            if look := pixels.seen(old, new, there, fit):
                said, where = look
                differences.append(
                    Difference(what="looks", page=index + 1, message=said, box=where)
                )
            if said := _text(old, new):
                differences.append(Difference(what="text", page=index + 1, message=said))
            old.close()
            new.close()
    differences.sort(key=lambda one: one.page)
    return Verdict(pages=pages, annotations=kept, differences=tuple(differences))


def summary(verdicts: Mapping[str, Verdict]) -> Finding:
    """What was proved, for the report."""
    pages = sum(verdict.pages for verdict in verdicts.values())
    found = sum(verdict.annotations for verdict in verdicts.values())
    differing = [key for key, verdict in verdicts.items() if verdict.differences]
    message = (
        f"{len(verdicts) - len(differing)} of {len(verdicts)} papers are proved unharmed: "
        f"{pages} pages compared with the authors' files, pixel by pixel outside what was "
        f"stamped, word by word; {found} links and other annotations found again"
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


def _scaled(box: Box, by: float) -> Box:
    return (box[0] * by, box[1] * by, box[2] * by, box[3] * by)


_HYPHENS = dict.fromkeys(map(ord, "-\x02\u00ad\u2010\ufffe"))


def _text(old: pypdfium2.PdfPage, new: pypdfium2.PdfPage) -> str:
    """How the words of a page differ; empty if they do not."""
    before, after = _letters(old), _letters(new)
    if before in after or not before:
        return ""
    # What was stamped may have come to stand between words, nothing may have gone from them.
    rest = iter(after)
    if all(letter in rest for letter in before):
        return ""
    gone = Counter(before) - Counter(after)
    return f"{sum(gone.values())} letters of its text are gone" if gone else "its order changed"


def _letters(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    try:
        # A hyphen at a line's end is read as one or another sign, by what comes after it.
        return "".join(words.get_text_range().translate(_HYPHENS).split())
    finally:
        words.close()
