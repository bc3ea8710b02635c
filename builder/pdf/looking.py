"""What one file is found to be, by three readers; they are loaded by whoever looks, a worker."""

from __future__ import annotations

import contextlib
import hashlib
import io
from pathlib import Path
from typing import Any, cast

import pikepdf
import pypdfium2

from builder.model import Inspection
from builder.pdf import reading
from builder.pdf.counting import Counts, quiet
from builder.pdf.engines import Opened, Unusable, open_paper, warnings
from builder.pdf.facts import facts
from builder.pdf.ink import Shown
from builder.pdf.limits import set_limits
from builder.pdf.links import annotations_of, is_link
from builder.pdf.viewing import inherited, view


def look(path: Path, counts: Counts = (), *, text: bool = True, sha256: str = "") -> Inspection:
    """Look at one file; see `inspecting.inspect`."""
    set_limits()
    quiet()
    if not sha256:
        with path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    size = path.stat().st_size
    try:
        with open_paper(path, counts) as opened:
            return _look(path, opened, sha256, size, text=text)
    except Unusable as error:
        return Inspection(
            sha256=sha256,
            size=size,
            counts=error.counts or counts,
            problem=str(error),
            encryption="password" if error.encryption == "password" else "none",
        )


def _look(path: Path, opened: Opened, sha256: str, size: int, *, text: bool) -> Inspection:
    pdf = opened.pdf
    views = [view(page.obj) for page in pdf.pages]
    seen = reading.blank(views)
    if text:
        with _for_pdfium(path, opened) as document:
            if document is not None:
                seen = reading.read(document, views, [_shown(page.obj) for page in pdf.pages])
    else:
        _unpack(pdf)
    gathered = facts(pdf)
    repairs = dict.fromkeys((*opened.repairs, *warnings(pdf, path)))
    return Inspection(
        sha256=sha256,
        size=size,
        pages=seen.pages,
        counts=opened.counts,
        encryption=cast("Any", opened.encryption),
        repairs=tuple(repairs),
        title_seen=seen.title,
        line_numbers=seen.line_numbers,
        references_page=seen.references_page,
        references_at=seen.references_at,
        **gathered,
    )


def _shown(page: pikepdf.Object) -> Shown:
    resources = inherited(page, "/Resources")
    named = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    return Shown(
        pictures=isinstance(named, pikepdf.Dictionary) and len(named) > 0,
        # pdfium draws links only as they say themselves that they look.
        annotations=any(not is_link(one) or "/AP" in one for one in annotations_of(page)),
    )


@contextlib.contextmanager
def _for_pdfium(path: Path, opened: Opened) -> Any:
    """The same pages, open in pdfium; `None` if it cannot read them."""
    pages = len(opened.pdf.pages)
    document = None
    with contextlib.suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(opened.rewritten or path)
        if len(document) != pages:
            document.close()
            document = None
    if document is None:
        # What qpdf could mend, pdfium can read once qpdf has written it anew.
        with contextlib.suppress(pypdfium2.PdfiumError, pikepdf.PdfError):
            stream = io.BytesIO()
            opened.pdf.save(stream, encryption=False)
            document = pypdfium2.PdfDocument(stream.getvalue())
    try:
        yield document
    finally:
        if document is not None:
            document.close()


def _unpack(pdf: pikepdf.Pdf) -> None:
    """See that every page's content can be unpacked; raises `Unusable`."""
    for number, page in enumerate(pdf.pages, start=1):
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        for part in parts:
            if isinstance(part, pikepdf.Stream):
                try:
                    part.read_bytes()
                except pikepdf.PdfError as error:
                    raise Unusable(
                        f"the content of page {number} is damaged or unfolds without end"
                    ) from error
