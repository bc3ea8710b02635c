"""What the assembler wrote, others read back: pypdf, pdfium and qpdf judge the finished volume."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pikepdf
import pypdfium2

from builder.model import Finding, Severity, Where
from builder.pdf.attaching import Attachment
from builder.pdf.joining import SCHEME, Entry, sheet_of
from builder.pdf.links import annotations_of
from builder.pdf.metadata import DocumentInfo, Label, clean
from builder.pdf.printed import Printed
from builder.pdf.rereading import Reader, SeenLink, Source, view_of
from builder.pdf.stamping import Placed
from builder.pdf.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPart:
    """One part of the volume, as it went in."""

    path: Path
    key: str = ""
    """The paper's key; empty for what we typeset."""
    pages: int
    first_label: str = ""
    """The number that its first page must bear by the plan (`7`, `iii`); empty to leave it open."""
    stamps: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the volume must be: the same records that `join` was given, and the plan's numbers."""

    parts: tuple[ExpectedPart, ...]
    labels: tuple[Label, ...] = ()
    outline: tuple[Entry, ...] = ()
    info: DocumentInfo | None = None
    targets: Mapping[str, int] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


def audit(file: Path, expected: Expected) -> tuple[Finding, ...]:
    """Whether the volume `file` is what `expected` says; no findings if it is.

    Judges what we wrote: page count and sizes, labels, outline, every link's page and view,
    front matter's links, stamps, embedded fonts, metadata, and that two readers open the file
    without mending it. To be called in a worker. Raises `OSError` if a file cannot be read.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        return _audit(file, expected, stack)


def _audit(file: Path, expected: Expected, stack: contextlib.ExitStack) -> tuple[Finding, ...]:
    try:
        volume = Reader(file, stack)
        with contextlib.closing(pypdfium2.PdfDocument(file)) as document:
            second = len(document)
    except OSError:
        raise
    except Exception as error:  # whatever a reader objects to, the file must not be published
        return (_finding("audit-unreadable", f"{file.name} cannot be read back: {error}", file),)
    planned = sum(part.pages for part in expected.parts)
    if not len(volume.pages) == second == planned:
        message = (
            f"{file.name} has {len(volume.pages)} pages for pypdf and {second} for pdfium, but "
            f"{planned} were put in"
        )
        return (_finding("audit-pages", message, file),)
    offsets = [0]
    for part in expected.parts:
        offsets.append(offsets[-1] + part.pages)
    findings: list[Finding] = []
    matter = {
        index: Source(part.path, stack) for index, part in enumerate(expected.parts) if not part.key
    }
    firsts = {
        part.key: offset + 1
        for part, offset in zip(expected.parts, offsets, strict=False)
        if part.key
    }
    try:
        written = Source(file, stack)
    except pikepdf.PdfError as error:
        message = f"{file.name} cannot be read back: {error}"
        return (_finding("audit-unreadable", message, file),)
    run = _Run(file, expected, volume, offsets, matter, written, firsts)
    for check in (_labels, _contents, _outline, _added, _metadata, _attachments):
        try:
            findings += check(run)
        except OSError:
            raise
        except Exception as error:  # a reader stumbled, so others would too
            message = f"{file.name} cannot be read back as a whole: {error!r}"
            findings.append(_finding("audit-unreadable", message, file))
    return tuple(findings)


@dataclass(frozen=True, slots=True)
class _Run:
    file: Path
    expected: Expected
    volume: Reader
    offsets: Sequence[int]
    """Index of the first page of each part, and of the page after the last."""
    matter: Mapping[int, Source]
    """What we typeset, by its place among the parts; open as long as links may lead to it."""
    written: Source
    """The volume as qpdf reads it."""
    firsts: Mapping[str, int]
    """First sheet of each paper."""
    outlines: dict[str, list[Any]] = field(default_factory=dict)
    """The papers' own."""

    @property
    def parts(self) -> Iterator[tuple[ExpectedPart, int]]:
        """Each part with the index of its first page."""
        yield from zip(self.expected.parts, self.offsets, strict=False)


_TWICE = 8
"""Papers of a volume, about, that pypdf reads as well: it takes ten times as long as qpdf."""


def _contents(run: _Run) -> Iterator[Finding]:
    """Pages and links of every part, each opened only while it is compared.

    qpdf reads them all; what we typeset, and papers at regular distances, pypdf reads too.
    """
    step = max(1, len(run.expected.parts) // _TWICE)
    for index, (part, offset) in enumerate(run.parts):
        with contextlib.ExitStack() as stack:
            source = run.matter.get(index) or Source(part.path, stack)
            yield from _pages(run, part, source, offset)
            found = list(_links(run, part, source, offset, run.written))
            if not found and (index % step == 0 or not part.key):
                found = list(_links(run, part, source, offset, run.volume))
                run.volume.forget()
            yield from found
            if part.key:
                run.outlines[part.key] = _moved(source.outline(), offset)


def _pages(run: _Run, part: ExpectedPart, source: Source, offset: int) -> Iterator[Finding]:
    if len(source.pages) != part.pages:
        message = f"{_who(part)} has {len(source.pages)} pages, but {part.pages} were planned"
        yield _finding("audit-pages", message, run.file, part.key, offset + 1)
        return
    for index in range(part.pages):
        seen = _rounded(run.written.view(offset + index))
        if _rounded(source.view(index)) != seen or (
            index == 0 and seen != _rounded(view_of(run.volume.pages[offset]))
        ):
            message = (
                f"sheet {offset + index + 1} differs in size or rotation from page "
                f"{index + 1} of {_who(part)}"
            )
            yield _finding("audit-pages", message, run.file, part.key, offset + index + 1)


def _labels(run: _Run) -> Iterator[Finding]:
    read = run.volume.reader.page_labels
    planned = [_label(run.expected.labels, sheet) for sheet in range(1, len(read) + 1)]
    for sheet, (label, plan) in enumerate(zip(read, planned, strict=True), start=1):
        if plan is not None and label != plan:
            message = f"sheet {sheet} is labelled “{label}” instead of “{plan}”"
            yield _finding("audit-labels", message, run.file, page=sheet)
            break  # every later one is wrong too
    for part, offset in run.parts:
        if part.first_label and read[offset] != part.first_label:
            message = f"{_who(part)} begins on page “{read[offset]}”, planned “{part.first_label}”"
            yield _finding("audit-labels", message, run.file, part.key, offset + 1)


def _outline(run: _Run) -> Iterator[Finding]:
    own = dict(run.outlines)

    def planned(entries: Sequence[Entry]) -> list[Any]:
        rows = []
        for entry in entries:
            page = _find(run, entry.target) if entry.target else None
            kind, _, key = entry.target.partition("/")
            children = planned(entry.children)
            if kind == "paper":
                children += own.pop(unquote(key), [])
            rows.append((entry.title, page, children))
        return rows

    yield from _compare_outlines(run, planned(run.expected.outline), run.volume.outline(), "")


def _compare_outlines(
    run: _Run, planned: Sequence[Any], read: Sequence[Any], above: str
) -> Iterator[Finding]:
    if len(planned) != len(read):
        place = f"below “{above}”" if above else "at the top"
        message = f"the outline has {len(read)} bookmarks {place} instead of {len(planned)}"
        yield _finding("audit-outline", message, run.file)
        return
    for (title, page, children), (title_read, page_read, children_read) in zip(
        planned, read, strict=True
    ):
        if title.strip() != title_read.strip():
            message = f"the outline says “{title_read}” instead of “{title}”"
            yield _finding("audit-outline", message, run.file)
        elif page != page_read:
            message = f"the bookmark “{title}” leads to {_sheet(page_read)}, not to {_sheet(page)}"
            yield _finding("audit-outline", message, run.file)
        yield from _compare_outlines(run, children, children_read, title)


def _links(
    run: _Run, part: ExpectedPart, source: Source, offset: int, volume: Source | Reader
) -> Iterator[Finding]:
    wrong: list[tuple[int, str]] = []
    checked = 0
    for index in range(min(part.pages, len(source.pages))):
        before = source.links(index)
        sheet = offset + index + 1
        if not part.key:
            if volume is run.written:
                yield from _dead(run, before, part, sheet)
            files = [link for link in before if link.uri.startswith(_ATTACHED)]
            if files and volume is run.written:
                yield from _opening(run, files, sheet)
            before = [link for link in before if link not in files and _lives(run, link)]
        after = volume.links(offset + index)
        checked += len(before)
        if len(before) != len(after):
            wrong.append((sheet, f"{len(after)} links instead of {len(before)}"))
            continue
        for old, new in zip(before, after, strict=True):
            if problem := _differs(run, part, old, new, offset):
                wrong.append((sheet, problem))
    if wrong:
        sheet, problem = wrong[0]
        message = (
            f"{len(wrong)} of {checked} links of {_who(part)} are wrong; "
            f"the first, on sheet {sheet}: {problem}"
        )
        code = "audit-links" if part.key else "audit-references"
        yield _finding(code, message, run.file, part.key, sheet)


def _differs(run: _Run, part: ExpectedPart, old: SeenLink, new: SeenLink, offset: int) -> str:
    """What is wrong with a link in the volume; empty if nothing."""
    if old.rect != new.rect:
        return "its place on the page changed"
    if not part.key and old.uri.startswith(SCHEME):
        page = _find(run, old.uri.removeprefix(SCHEME))
        return "" if new.page == page else f"it leads to {_sheet(new.page)}, not to {_sheet(page)}"
    if old.uri or new.uri:
        return "" if old.uri == new.uri else f"it leads to “{new.uri}” instead of “{old.uri}”"
    page = None if old.page is None else old.page + offset
    if new.page != page:
        return f"it leads to {_sheet(new.page)}, not to {_sheet(page)}"
    return "" if new.view == old.view or page is None else "it shows another part of the page"


_ATTACHED = f"{SCHEME}attachment/"


def _opening(run: _Run, files: Sequence[SeenLink], sheet: int) -> Iterator[Finding]:
    """Whether what was to open an attachment does, at its place on the page."""
    found = [
        (tuple(round(float(edge), 2) for edge in one.Rect), str(one.FS.UF))
        for one in annotations_of(run.written.pages[sheet - 1])
        if one.get("/Subtype") == "/FileAttachment"
    ]
    if found != [(link.rect, link.uri.removeprefix(_ATTACHED)) for link in files]:
        message = f"the list of attachments on sheet {sheet} does not open them"
        yield _finding("audit-attachments", message, run.file, page=sheet)


def _attachments(run: _Run) -> Iterator[Finding]:
    """Whether every attachment is in the volume, byte by byte, and nothing else."""
    read = run.volume.reader.attachments
    planned = {one.name: one for one in run.expected.attachments}
    if set(read) != set(planned):
        message = f"{len(read)} files are attached instead of {len(planned)}"
        yield _finding("audit-attachments", message, run.file)
    for name, one in planned.items():
        with one.path.open("rb") as source:
            wanted = hashlib.file_digest(source, "sha256").digest()
        if [hashlib.sha256(data).digest() for data in read.get(name, ())] != [wanted]:
            message = f"the attachment {name} is not what was attached"
            yield _finding("audit-attachments", message, run.file)


def _dead(
    run: _Run, links: Sequence[SeenLink], part: ExpectedPart, sheet: int
) -> Iterator[Finding]:
    for link in links:
        if not link.uri.startswith(_ATTACHED) and not _lives(run, link):
            message = f"{_who(part)} refers to {link.uri}, which is nowhere in the volume"
            yield _finding("audit-references", message, run.file, page=sheet)


def _lives(run: _Run, link: SeenLink) -> bool:
    if not link.uri.startswith(SCHEME):
        return True
    return _find(run, link.uri.removeprefix(SCHEME)) is not None


def _find(run: _Run, address: str) -> int | None:
    """Index of the page that an address means, worked out from the plan alone."""
    sheet = run.expected.targets.get(address)
    kind, _, name = address.partition("/")
    name = unquote(name)
    if sheet is None and kind == "paper":
        sheet = run.firsts.get(name)
    elif sheet is None and kind == "page":
        sheet = sheet_of(run.expected.labels, name)
    elif sheet is None and kind == "sheet" and name.isdecimal():
        sheet = int(name)
    elif sheet is None and kind == "section":
        for index, source in run.matter.items():
            if (page := source.named(name)) is not None:
                return page + run.offsets[index]
    return sheet - 1 if sheet is not None and 1 <= sheet <= len(run.volume.pages) else None


_TOGETHER = 50
"""Parts whose stamps are read at once: a font that they share is then loaded once."""


def _added(run: _Run) -> Iterator[Finding]:
    """Stamps and fonts: what stands in the volume without having stood in a paper."""
    parts = list(run.parts)
    with Printed(run.file, run.written) as printed:
        for start in range(0, len(parts), _TOGETHER):
            yield from _stamps(run, printed, parts[start : start + _TOGETHER], start)
        for part, offset in parts:
            loose: dict[str, int] = {}
            for sheet in range(offset, offset + part.pages):
                for name in printed.loose_fonts(sheet, whole=not part.key):
                    loose.setdefault(name, sheet + 1)
            for name, sheet in sorted(loose.items()):
                message = f"the font {name}, which we typeset {_who(part)} with, is not embedded"
                yield _finding("audit-fonts", message, run.file, part.key, sheet)


def _stamps(
    run: _Run, printed: Printed, parts: Sequence[tuple[ExpectedPart, int]], start: int
) -> Iterator[Finding]:
    """Whether every stamp can be read; one page of some parts is read with all that it shows."""
    step = max(1, len(run.expected.parts) // _TWICE)
    wanted: dict[int, list[Placed]] = {}
    keys: dict[int, str] = {}
    whole: list[int] = []
    for index, (part, offset) in enumerate(parts, start=start):
        for placed in part.stamps:
            wanted.setdefault(offset + placed.page - 1, []).append(placed)
            keys[offset + placed.page - 1] = part.key
        if part.stamps and index % step == 0:
            whole.append(offset + part.stamps[0].page - 1)
    boxes = {sheet: [placed.box for placed in stamps] for sheet, stamps in wanted.items()}
    first = {sheet: boxes.pop(sheet) for sheet in whole}
    seen = itertools.chain(printed.words(first, whole=True), printed.words(boxes, whole=False))
    for sheet, texts in seen:
        for placed, found in zip(wanted[sheet], texts, strict=True):
            # Order and joining differ by script; every letter must be there.
            if Counter(_letters(placed.text)) - Counter(_letters(found)):
                message = f"sheet {sheet + 1} does not bear the stamp “{placed.text}”"
                yield _finding("audit-stamps", message, run.file, keys[sheet], sheet + 1)


def _metadata(run: _Run) -> Iterator[Finding]:
    info = run.expected.info
    if info is None:
        return
    read = run.volume.reader.metadata
    title = (read.title if read else None) or ""
    if title != clean(info.title):
        message = f"its title reads “{title}” instead of “{clean(info.title)}”"
        yield _finding("audit-metadata", message, run.file)
    packet = run.volume.reader.xmp_metadata
    titles = (packet.dc_title or {}) if packet else {}
    if titles.get("x-default", "") != clean(info.title):
        yield _finding("audit-metadata", "its XMP title differs from the volume's", run.file)


def _label(labels: Sequence[Label], sheet: int) -> str | None:
    """The label that a sheet must bear; `None` before the first range."""
    ranges = [label for label in labels if label.sheet <= sheet]
    if not ranges:
        return None
    label = max(ranges, key=lambda label: label.sheet)
    number = label.start + sheet - label.sheet
    text = {"arabic": str(number), "roman": _roman(number), "none": ""}[label.style]
    return label.prefix + text


def _roman(number: int) -> str:
    text = ""
    for value, letters in (
        *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
        *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    ):
        times, number = divmod(number, value)
        text += letters * times
    return text


def _rounded(seen: View) -> tuple[Any, ...]:
    return (*(round(number, 2) for number in seen.box), seen.rotation, round(seen.unit, 4))


def _moved(rows: Sequence[Any], offset: int) -> list[Any]:
    return [
        (title, None if page is None else page + offset, _moved(children, offset))
        for title, page, children in rows
    ]


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _who(part: ExpectedPart) -> str:
    return f"paper {part.key}" if part.key else part.path.name


def _sheet(index: int | None) -> str:
    return "nowhere" if index is None else f"sheet {index + 1}"


def _finding(
    code: str, message: str, file: Path, subject: str = "", page: int | None = None
) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        subject=subject,
        where=Where(file=file.name, page=page),
        hint="this is a fault of the builder, not of the edition: please report it",
    )
