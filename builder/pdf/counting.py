"""How many pages a file has, by each of three readers; the one that is asked is loaded."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

Counts = tuple[tuple[str, int | None], ...]
"""Page count by engine, in the order of `ENGINES`; `None` where it fails."""

ENGINES = ("qpdf", "pypdf", "pdfium")

MOST_PAGES = 20_000
"""More pages than any paper has; a count beyond it is damage or an attack."""


def count(path: Path, engine: str) -> int | None:
    """The number of pages that an engine finds, or `None` if it cannot read the file."""
    quiet()
    try:
        match engine:
            case "qpdf":
                import pikepdf

                with pikepdf.open(path) as pdf:
                    return len(pdf.pages)
            case "pypdf":
                import pypdf

                return len(pypdf.PdfReader(path).pages)
            case _:
                import pypdfium2

                with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
                    return len(document)
    except MemoryError:
        raise
    except Exception:  # whatever a reader raises over a damaged file means the same
        return None


def quiet() -> None:
    """Keep readers from writing to the terminal what is reported in `repairs` anyway."""
    for name in ("pypdf", "pikepdf", "pikepdf._core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
