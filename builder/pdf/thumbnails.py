"""A picture of a PDF's first page, for lists and link previews."""

from __future__ import annotations

import contextlib
from pathlib import Path

WIDTH = 480
"""Pixels: sharp on a phone, and some 30 kB for a page of text."""
TALLEST = 4
"""Height over width beyond which a page is no page (a strip would make a huge picture)."""


def thumbnail(source: Path, out: Path, *, width: int = WIDTH) -> tuple[int, int]:
    """Draws the first page of `source` as a JPEG of `width` pixels; returns its size.

    Only ever to be called in a worker: the file may be hostile. Raises `Unusable` where the file
    cannot be opened or its page cannot be drawn, and `OSError` where a file cannot be written.
    """
    # Whoever only asks a worker for a picture loads no reader.
    import pypdfium2

    from builder.pdf.engines import Unusable

    try:
        with contextlib.closing(pypdfium2.PdfDocument(source)) as document:
            page = document[0]
            across, high = page.get_size()
            if across <= 0 or high <= 0 or high > TALLEST * across or across > TALLEST * high:
                raise Unusable("its first page has no size that can be drawn")
            # Without forms and annotations: what is printed, and none of what could be clicked.
            bitmap = page.render(scale=width / across, may_draw_forms=False, draw_annots=False)
            picture = bitmap.to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, ValueError, IndexError) as error:
        raise Unusable(f"its first page cannot be drawn ({error})") from error
    picture.save(out, "JPEG", quality=80, optimize=True, progressive=True)
    across, high = picture.size
    return int(across), int(high)
