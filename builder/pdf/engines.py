"""Opening what strangers made: three readers, and the one that reads most pages is believed."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from builder.pdf.counting import ENGINES, MOST_PAGES, Counts, count, quiet


class Unusable(Exception):
    """No engine gets a page out of the file; the message says why in words for an editor."""

    def __init__(self, message: str, counts: Counts = (), encryption: str = "none") -> None:
        super().__init__(message)
        self.counts = counts
        self.encryption = encryption


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, open for reading."""

    pdf: pikepdf.Pdf
    engine: str
    """Whose reading of the pages this is."""
    counts: Counts
    encryption: str
    """`none`, `blank` or `password`."""
    repairs: tuple[str, ...]
    """What had to be mended to get here."""
    rewritten: bytes | None
    """The file as another engine rewrote it; `None` while the original is read."""


@contextlib.contextmanager
def open_paper(path: Path, counts: Counts = ()) -> Iterator[Opened]:
    """Open a file so that it has the most pages that any engine reports.

    Give `counts` where they are known already; otherwise pypdf, the slowest of the three, is
    only asked when the other two disagree. Raises `Unusable`, and `OSError` if the file cannot
    be read at all.
    """
    quiet()
    known = dict(counts)
    first: pikepdf.Pdf | None = None
    if "qpdf" not in known:
        first, known["qpdf"] = _by_qpdf(path)
    if "pdfium" not in known:
        known["pdfium"] = count(path, "pdfium")
    if "pypdf" not in known and (not known["qpdf"] or known["qpdf"] != known["pdfium"]):
        known["pypdf"] = count(path, "pypdf")
    found: Counts = tuple((engine, known.get(engine)) for engine in ENGINES if engine in known)
    locked = _locked(path) if not known["qpdf"] else False
    most = max((number or 0 for _, number in found), default=0)
    if not most:
        raise Unusable(
            "it is protected by a password: ask its authors for a version without one"
            if locked
            else "it is damaged or no PDF: no reader finds a page in it",
            found,
            "password" if locked else "none",
        )
    if most > MOST_PAGES:
        raise Unusable(f"it claims to have {most} pages, more than any paper has", found)
    opened = _best(path, found, most, first)
    if opened is None:
        said = ", ".join(f"{engine}: {number or 'none'}" for engine, number in found)
        raise Unusable(
            f"it is damaged: its pages can be counted ({said}) but not read",
            found,
            "password" if locked else "none",
        )
    with opened.pdf:
        yield opened


def _by_qpdf(path: Path) -> tuple[pikepdf.Pdf | None, int | None]:
    """The file as qpdf opens it, and the number of its pages."""
    try:
        pdf = pikepdf.open(path)
        return pdf, len(pdf.pages)
    except MemoryError:
        raise
    except Exception:  # as in `count`
        return None, None


def _best(path: Path, found: Counts, most: int, first: pikepdf.Pdf | None) -> Opened | None:
    """The reading with the most pages, the original's before a rewritten one's.

    `first` is the file as qpdf opened it to count, where it did.
    """
    known = dict(found)
    best: Opened | None = None
    if known["qpdf"]:
        with contextlib.suppress(pikepdf.PdfError, pikepdf.PasswordError):
            pdf = first or pikepdf.open(path)
            promised = _promised(pdf)
            pages = len(pdf.pages)
            repairs = warnings(pdf, path)
            if _cut_off(path):
                repairs = (_CUT, *repairs)
            if promised and promised != pages:
                repairs += (f"the file promises {promised} pages, {pages} could be read",)
            encryption = "blank" if pdf.is_encrypted else "none"
            best = Opened(pdf, "qpdf", found, encryption, repairs, None)
    for engine in ("pdfium", "pypdf"):
        have = len(best.pdf.pages) if best else 0
        if (known.get(engine) or 0) <= have:
            continue
        for rewritten in _rewritten(path, engine):
            with contextlib.suppress(pikepdf.PdfError, pikepdf.PasswordError):
                pdf = pikepdf.open(io.BytesIO(rewritten))
                if len(pdf.pages) <= have:
                    pdf.close()
                    continue
                if best:
                    best.pdf.close()
                repairs = (f"read by {engine}, which finds more pages than qpdf",)
                if _cut_off(path):
                    repairs = (_CUT, *repairs)
                encryption = "blank" if _locked(path) else "none"
                best = Opened(pdf, engine, found, encryption, repairs, rewritten)
                have = len(pdf.pages)
                if have == most:
                    return best
    if best and len(best.pdf.pages) < most:
        said = ", ".join(f"{engine}: {number or 'none'}" for engine, number in found)
        missing = f"readers count different pages ({said}); {len(best.pdf.pages)} could be read"
        best = Opened(
            best.pdf,
            best.engine,
            best.counts,
            best.encryption,
            (*best.repairs, missing),
            best.rewritten,
        )
    return best if best and len(best.pdf.pages) else None


def _rewritten(path: Path, engine: str) -> Iterator[bytes]:
    """The file as an engine writes it, in one way and, if asked again, in another."""
    with contextlib.suppress(Exception):  # whatever goes wrong, the next way is tried
        if engine == "pypdf":
            import pypdf

            writer = pypdf.PdfWriter()
            for page in pypdf.PdfReader(path).pages:
                writer.add_page(page)
            stream = io.BytesIO()
            writer.write(stream)
            yield stream.getvalue()
            return
        import pypdfium2
        import pypdfium2.raw as pdfium

        with contextlib.closing(pypdfium2.PdfDocument(path)) as document:
            stream = io.BytesIO()
            document.save(stream, flags=pdfium.FPDF_REMOVE_SECURITY)
            yield stream.getvalue()
            with contextlib.closing(pypdfium2.PdfDocument.new()) as fresh:
                fresh.import_pages(document)
                stream = io.BytesIO()
                fresh.save(stream)
                yield stream.getvalue()


_CUT = "the file has no end: it may have been cut off while it was copied"


def _cut_off(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 2048))
        return b"%%EOF" not in stream.read()


def _promised(pdf: pikepdf.Pdf) -> int | None:
    try:
        return int(pdf.Root.Pages.Count)
    except (AttributeError, KeyError, TypeError, ValueError, pikepdf.PdfError):
        return None


def _locked(path: Path) -> bool:
    try:
        pikepdf.open(path).close()
    except pikepdf.PasswordError:
        return True
    except pikepdf.PdfError:
        return False
    return False


def warnings(pdf: pikepdf.Pdf, path: Path) -> tuple[str, ...]:
    """What qpdf complained of, without the name of the file, each once."""
    said = [re.sub(r"stream <[^>]*>", "", str(item)) for item in pdf.get_warnings()[:200]]
    plain = [text.replace(str(path), "").replace(path.name, "") for text in said]
    cleaned = [re.sub(r"^(WARNING:)?[\s:,]*", "", " ".join(text.split())) for text in plain]
    return tuple(dict.fromkeys(cleaned))[:20]
