"""What the assembler wrote, others read back: pypdf, pdfium and qpdf judge the finished volume."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdfium2

from builder.model import Finding
from builder.pdf.comparing import added, contents, moved
from builder.pdf.expected import Expected, label_of
from builder.pdf.ledger import Ledger, identities
from builder.pdf.metadata import clean
from builder.pdf.parts import Entry, Joined
from builder.pdf.rereading import Reader, Source, resolved
from builder.pdf.reviewing import Review, finding, sheet_name, who
from builder.pdf.written import Written


def audit(
    file: Path, expected: Expected, *, joined: Joined | None = None, ledger: Path | None = None
) -> tuple[Finding, ...]:
    """Whether the volume `file` is what `expected` says; no findings if it is.

    Judges what we wrote: page count and sizes, labels, outline, every link's page and view,
    front matter's links, stamps, embedded fonts, metadata, and that two readers open the file
    without mending it.

    `ledger` is a file of the audit's own, made and rewritten when nothing is to be said: with it,
    and what `join` returned, papers that stand in the volume as they stood in the last one are
    known again by their bytes, and not read once more. It may be shared by drafts and final
    volumes, and may vanish.

    To be called in a worker. Raises `OSError` if a file cannot be read.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        review = _open(file, expected, stack)
        if isinstance(review, Finding):
            return (review,)
        book = Ledger(ledger if joined else None)
        told: dict[int, str] = {}
        if joined and ledger:
            told = identities(review, joined.numbers, joined.common)
            review.numbers.update({index: joined.numbers[index] for index in told})
            rows = {index: book.find(identity) for index, identity in told.items()}
            review.known.update({index: row for index, row in rows.items() if row is not None})
        findings: list[Finding] = []
        for check in (_labels, contents, _outline, added, _metadata, _attachments):
            try:
                findings += check(review)
            except OSError:
                raise
            except Exception as error:  # a reader stumbled, so others would too
                message = f"{file.name} cannot be read back as a whole: {error!r}"
                findings.append(finding("audit-unreadable", message, file))
        if joined and not findings:
            book.note(
                {
                    identity: moved(review.outlines[part.key], -offset)
                    for index, (part, offset) in enumerate(review.parts)
                    if (identity := told.get(index))
                    and (index in review.known or index in review.alone)
                }
            )
        return tuple(findings)


def _open(file: Path, expected: Expected, stack: contextlib.ExitStack) -> Review | Finding:
    """The volume through three readers that agree on its pages, or what is to be said."""
    try:
        # One after the other, so that the next may have the memory of the one before.
        with contextlib.closing(pypdfium2.PdfDocument(file)) as document:
            third = len(document)
        volume = Reader(file, stack)
        written = Written(file, stack)
        begun = itertools.accumulate((part.pages for part in expected.parts), initial=0)
        singles = [at for part, at in zip(expected.parts, begun, strict=False) if part.pages == 1]
        if not all(map(written.is_page, singles)):
            written.read_all()
        seen = [number for number, _ in written.ids]
        if volume.numbers != seen:
            volume.read_all()
    except OSError:
        raise
    except Exception as error:  # whatever a reader objects to, the file must not be published
        return finding("audit-unreadable", f"{file.name} cannot be read back: {error}", file)
    planned = sum(part.pages for part in expected.parts)
    if not len(volume.numbers) == len(seen) == third == planned:
        message = (
            f"{file.name} has {len(volume.numbers)} pages for pypdf, {len(seen)} for qpdf and "
            f"{third} for pdfium, but {planned} were put in"
        )
        return finding("audit-pages", message, file)
    if volume.numbers != seen:
        return finding("audit-pages", f"pypdf and qpdf see other pages in {file.name}", file)
    offsets = [0]
    for part in expected.parts:
        offsets.append(offsets[-1] + part.pages)
    matter = {
        index: Source(part.path, stack) for index, part in enumerate(expected.parts) if not part.key
    }
    firsts = {
        part.key: offset + 1
        for part, offset in zip(expected.parts, offsets, strict=False)
        if part.key
    }
    return Review(file, expected, volume, offsets, matter, written, firsts)


def _labels(review: Review) -> Iterator[Finding]:
    ranges = review.volume.labels()
    read = [label_of(ranges, sheet) for sheet in range(1, review.offsets[-1] + 1)]
    for sheet, label in enumerate(read, start=1):
        plan = label_of(review.expected.labels, sheet)
        if plan is not None and label != plan:
            message = f"sheet {sheet} is labelled “{label}” instead of “{plan}”"
            yield finding("audit-labels", message, review.file, page=sheet)
            break  # every later one is wrong too
    for part, offset in review.parts:
        if part.first_label and read[offset] != part.first_label:
            message = f"{who(part)} begins on page “{read[offset]}”, planned “{part.first_label}”"
            yield finding("audit-labels", message, review.file, part.key, offset + 1)


def _outline(review: Review) -> Iterator[Finding]:
    own = dict(review.outlines)

    def planned(entries: Sequence[Entry]) -> list[Any]:
        rows = []
        for entry in entries:
            page = review.find(entry.target) if entry.target else None
            kind, _, key = entry.target.partition("/")
            children = planned(entry.children)
            if kind == "paper":
                children += own.pop(unquote(key), [])
            rows.append((entry.title, page, children))
        return rows

    yield from _compare_outlines(
        review, planned(review.expected.outline), review.volume.outline(), ""
    )


def _compare_outlines(
    review: Review, planned: Sequence[Any], read: Sequence[Any], above: str
) -> Iterator[Finding]:
    if len(planned) != len(read):
        place = f"below “{above}”" if above else "at the top"
        message = f"the outline has {len(read)} bookmarks {place} instead of {len(planned)}"
        yield finding("audit-outline", message, review.file)
        return
    for (title, page, children), (title_read, page_read, children_read) in zip(
        planned, read, strict=True
    ):
        if title.strip() != title_read.strip():
            message = f"the outline says “{title_read}” instead of “{title}”"
            yield finding("audit-outline", message, review.file)
        elif page != page_read:
            there, planned_there = sheet_name(page_read), sheet_name(page)
            message = f"the bookmark “{title}” leads to {there}, not to {planned_there}"
            yield finding("audit-outline", message, review.file)
        yield from _compare_outlines(review, children, children_read, title)


def _attachments(review: Review) -> Iterator[Finding]:
    """Whether every attachment is in the volume, byte by byte, and nothing else."""
    names = resolved(review.volume.reader.root_object.get("/Names")) or {}
    # Asked for attachments, pypdf looks at every page.
    read = review.volume.reader.attachments if "/EmbeddedFiles" in names else {}
    planned = {one.name: one for one in review.expected.attachments}
    if set(read) != set(planned):
        message = f"{len(read)} files are attached instead of {len(planned)}"
        yield finding("audit-attachments", message, review.file)
    for name, one in planned.items():
        with one.path.open("rb") as source:
            wanted = hashlib.file_digest(source, "sha256").digest()
        if [hashlib.sha256(data).digest() for data in read.get(name, ())] != [wanted]:
            message = f"the attachment {name} is not what was attached"
            yield finding("audit-attachments", message, review.file)


def _metadata(review: Review) -> Iterator[Finding]:
    info = review.expected.info
    if info is None:
        return
    read = review.volume.reader.metadata
    title = (read.title if read else None) or ""
    if title != clean(info.title):
        message = f"its title reads “{title}” instead of “{clean(info.title)}”"
        yield finding("audit-metadata", message, review.file)
    packet = review.volume.reader.xmp_metadata
    titles = (packet.dc_title or {}) if packet else {}
    if titles.get("x-default", "") != clean(info.title):
        yield finding("audit-metadata", "its XMP title differs from the volume's", review.file)
