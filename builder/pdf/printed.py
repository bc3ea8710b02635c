"""What a written file shows beyond what its parts showed: stamps and the fonts that we embedded.

Stamps are read by pdfium. Reading a whole page takes longer than all the rest of the audit, so
most pages are read as the stamps alone, on blank paper, after it is seen that the page draws them.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from builder.pdf.fonts import SHAPED
from builder.pdf.links import Id
from builder.pdf.normalising import STAMPS
from builder.pdf.rereading import Source
from builder.pdf.view import Box

_OURS = re.compile(STAMPS + "s*")
_DRAWN = re.compile(rb"q (%ss*) Do Q\s*\Z" % STAMPS.encode())
_RIM = 2.0
"""Points around a stamp's box in which its letters are looked for."""


class Printed:
    """A volume, open for reading by pdfium, and as qpdf reads it.

    Sheets count from 0.
    """

    def __init__(self, file: Path, written: Source) -> None:
        self._stack = contextlib.ExitStack()
        self._written = written
        self._document = self._stack.enter_context(contextlib.closing(pypdfium2.PdfDocument(file)))

    def __enter__(self) -> Printed:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def words(
        self, boxes: Mapping[int, Sequence[Box]], *, whole: bool
    ) -> Iterator[tuple[int, list[str]]]:
        """Sheets with what stands in each of their `boxes` (in points as the page is seen).

        `whole` reads the page with all that it shows, otherwise only what was laid over it.
        """
        if whole:
            for sheet, wanted in boxes.items():
                yield sheet, self._read(self._document, sheet, sheet, wanted)
        elif boxes:
            data = self._alone(list(boxes))
            with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
                for index, (sheet, wanted) in enumerate(boxes.items()):
                    yield sheet, self._read(document, index, sheet, wanted)

    def loose_fonts(self, sheet: int, *, whole: bool) -> Iterator[str]:
        """Fonts of the stamps on a sheet (or, `whole`, of all it shows) that are not embedded."""
        waiting = [(self._written.pages[sheet].get("/Resources"), whole)]
        while waiting:
            resources, ours = waiting.pop()
            if not isinstance(resources, pikepdf.Dictionary):
                continue
            forms = resources.get("/XObject")
            if isinstance(forms, pikepdf.Dictionary):
                waiting += [
                    (form.get("/Resources"), True)
                    for name, form in forms.items()
                    if (ours or _OURS.fullmatch(name)) and isinstance(form, pikepdf.Stream)
                ]
            fonts = resources.get("/Font")
            if ours and isinstance(fonts, pikepdf.Dictionary):
                yield from (_name(font) for font in fonts.values() if _loose(font))

    def _read(
        self, document: pypdfium2.PdfDocument, index: int, sheet: int, boxes: Sequence[Box]
    ) -> list[str]:
        seen = self._written.view(sheet)
        page = document[index]
        words = page.get_textpage()
        try:
            found = [
                words.get_text_bounded(*seen.to_user((x0 - _RIM, y0 - _RIM, x1 + _RIM, y1 + _RIM)))
                for x0, y0, x1, y1 in boxes
            ]
            if any(not text or SHAPED.search(text) for text in found):
                # Of letters that are shaped together pdfium knows the text, but not the place.
                everything = words.get_text_range()
                if SHAPED.search(everything):
                    found = [f"{text} {everything}" for text in found]
            return found
        finally:
            words.close()
            page.close()

    def _alone(self, sheets: Sequence[int]) -> bytes:
        """A file of pages that show nothing but the stamps which these sheets draw."""
        with pikepdf.new() as pdf:
            copies: dict[Id, pikepdf.Object] = {}
            for sheet in sheets:
                page = self._written.pages[sheet]
                box = pikepdf.Array(list(self._written.view(sheet).box))
                alone: Any = pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=box)
                form = _drawn(page)
                if form is not None:
                    alone.Resources = pikepdf.Dictionary(
                        XObject=pikepdf.Dictionary({STAMPS: _copy(form, pdf, copies)})
                    )
                    alone.Contents = pdf.make_stream(b"%s Do" % STAMPS.encode())
                pdf.pages.append(pikepdf.Page(pdf.make_indirect(alone)))
            stream = io.BytesIO()
            pdf.save(stream, compress_streams=False)
            return stream.getvalue()


def _drawn(page: pikepdf.Object) -> pikepdf.Object | None:
    """The form with the stamps, if the page's content draws it at its very end."""
    contents: Any = page.get("/Contents")
    last = contents[-1] if isinstance(contents, pikepdf.Array) and len(contents) else contents
    if not isinstance(last, pikepdf.Stream):
        return None
    found = _DRAWN.search(last.read_bytes())
    resources = page.get("/Resources")
    forms = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if found is None or not isinstance(forms, pikepdf.Dictionary):
        return None
    form = forms.get(found[1].decode())
    return form if isinstance(form, pikepdf.Stream) else None


def _copy(value: Any, pdf: pikepdf.Pdf, copies: dict[Id, pikepdf.Object]) -> Any:
    """An object with all that it refers to, in another file; `copies` are those that are there.

    qpdf's own way to copy asks of each whether it is a page, and reads all pages to know.
    """
    if not isinstance(value, pikepdf.Stream | pikepdf.Dictionary | pikepdf.Array):
        return value
    id = value.objgen
    if id in copies:
        return copies[id]
    made: Any
    if isinstance(value, pikepdf.Stream):
        made = pdf.make_stream(value.read_raw_bytes())
    else:
        made = pikepdf.Array() if isinstance(value, pikepdf.Array) else pikepdf.Dictionary()
        made = pdf.make_indirect(made) if value.is_indirect else made
    if value.is_indirect:
        copies[id] = made
    if isinstance(value, pikepdf.Array):
        for item in value:
            made.append(_copy(item, pdf, copies))
        return made
    for name, item in value.items():
        if name != "/Length":
            made[name] = _copy(item, pdf, copies)
    return made


def _name(font: Any) -> str:
    return str(font.get("/BaseFont", "?")).lstrip("/")


def _loose(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":
        return False
    holder = font.DescendantFonts[0] if font.get("/Subtype") == "/Type0" else font
    descriptor = holder.get("/FontDescriptor")
    return not isinstance(descriptor, pikepdf.Dictionary) or not any(
        key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )
