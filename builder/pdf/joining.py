"""Papers and front matter become one volume in which every link still lands where it did.

Papers come as segments, made when they were prepared. Front and back matter are made into
segments here, when it is known which page each of their links means.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, unquote

import pikepdf

from builder.pdf.archiving import ready
from builder.pdf.assembling import assemble
from builder.pdf.limits import set_limits
from builder.pdf.links import Destinations, view_text
from builder.pdf.metadata import DocumentInfo, Label
from builder.pdf.normalising import settle, write_pages
from builder.pdf.parts import Attachment, Entry, Joined, Part
from builder.pdf.placing import Block, stamped_block
from builder.pdf.segment import Mark, Segment
from builder.pdf.tying import IMPORTS, SCHEME
from builder.pdf.whole import Whole

__all__ = ["SCHEME", "join", "prefix_of", "sheet_of"]


@dataclass(slots=True)
class _Places:
    """What addresses mean: sheets count from 0 here."""

    labels: Sequence[Label]
    targets: Mapping[str, int]
    attachments: Sequence[Attachment] = ()
    pages: int = 0
    papers: dict[str, int] = field(default_factory=dict)
    sections: dict[str, tuple[int, str]] = field(default_factory=dict)
    unresolved: dict[str, None] = field(default_factory=dict)
    resolved: int = 0

    def find(self, address: str) -> tuple[int, str] | None:
        """Sheet and view that an address means, or `None`."""
        sheet = self.targets.get(address)
        if sheet is None:
            kind, _, name = address.partition("/")
            name = unquote(name)
            match kind:
                case "paper":
                    sheet = self.papers.get(name)
                case "page":
                    sheet = sheet_of(self.labels, name)
                case "sheet":
                    sheet = int(name) if name.isdecimal() else None
                case "section" if name in self.sections:
                    return self.sections[name]
                case _:
                    pass
        if sheet is None or not 1 <= sheet <= self.pages:
            self.unresolved[address] = None
            return None
        return sheet - 1, "/Fit"

    def lead(self, address: str) -> tuple[int, str] | None:
        """As `find`, for a link in front matter: the number of the import, and the view.

        Attachments are imported after all pages, and have no view.
        """
        kind, _, name = address.partition("/")
        if kind == "attachment":
            names = [one.name for one in self.attachments]
            if name not in names:
                self.unresolved[address] = None
                return None
            self.resolved += 1
            return IMPORTS + self.pages + names.index(name), ""
        found = self.find(address)
        if found is None:
            return None
        self.resolved += 1
        return IMPORTS + found[0], found[1]


def join(
    parts: Sequence[Part],
    out: Path,
    *,
    labels: Sequence[Label] = (),
    outline: Sequence[Entry] = (),
    info: DocumentInfo,
    targets: Mapping[str, int] | None = None,
    attachments: Sequence[Attachment] = (),
    archival: bool = False,
) -> Joined:
    """Write the volume made of `parts`, in that order, to `out`.

    Every internal link, address, named destination and bookmark of every part survives. A link
    to `x-proc:paper/<key>`, `x-proc:page/<number>` (by arabic label), `x-proc:section/<name>` (a
    named destination of any part without a key), `x-proc:sheet/<n>` or any address in `targets`
    (address to sheet, from 1) becomes a link to that page. A destination named like the paper's
    key leads to its first page, for links from outside (`volume.pdf#nameddest=liu25`).
    `attachments` are embedded; a link to `x-proc:attachment/<name>` opens one. An `archival`
    volume says that it is PDF/A-3b: whoever asks for it must see that it is (`archiving`).

    Papers must have been through `prepare`. Equal input gives equal bytes; `out` is replaced in
    one step. To be called in a worker. Raises `pikepdf.PdfError`, `ValueError` and `OSError`.
    """
    set_limits()
    places = _Places(labels, targets or {}, attachments)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="proceedings-")))
        waiting: list[Block | pikepdf.Pdf] = []
        sheets: list[int] = []
        for number, part in enumerate(parts):
            sheets.append(places.pages)
            if part.key:
                block = _paper(part, folder / f"{number}.segment", archival=archival)
                waiting.append(replace(block, prefix=prefix_of(part.key), title=part.key))
                places.papers.setdefault(part.key, places.pages + 1)
                places.pages += len(block.about.pages)
            else:
                pdf = stack.enter_context(pikepdf.open(part.path))
                waiting.append(pdf)
                _note_sections(pdf, places)
                places.pages += len(pdf.pages)
        blocks = [
            one
            if isinstance(one, Block)
            else _matter(one, folder / f"{number}.segment", number, places, archival=archival)
            for number, one in enumerate(waiting)
        ]
        first = {
            quote(key, safe="").encode(): (sheet - 1, "/Fit")
            for key, sheet in places.papers.items()
        }
        own = {
            part.key: (sheet, block.about.outline)
            for part, sheet, block in reversed(list(zip(parts, sheets, blocks, strict=True)))
            if part.key
        }
        made = assemble(
            blocks,
            out,
            Whole(
                info=info,
                labels=labels,
                names=first,
                outline=_marks(outline, own, places),
                attachments=attachments,
                archival=archival,
            ),
        )
    papers = [block.about for part, block in zip(parts, blocks, strict=True) if part.key]
    return Joined(
        pages=places.pages,
        first_sheets=tuple(sheet + 1 for sheet in sheets),
        links=sum(about.links for about in papers),
        uris=sum(about.uris for about in papers),
        broken=sum(about.broken for about in papers),
        resolved=places.resolved,
        unresolved=tuple(places.unresolved),
        numbers=made.numbers,
        common=made.common,
    )


def _paper(part: Part, scratch: Path, *, archival: bool) -> Block:
    """A prepared paper as a block, or a page that stands for one, which nothing is kept of.

    What was kept of a paper may be gone or damaged: then its file is read, too.
    """
    if part.segment and part.overlay:
        with contextlib.suppress(OSError, ValueError):
            return stamped_block(Segment(part.segment), Segment(part.overlay))
    with pikepdf.open(part.path) as pdf:
        settle(pdf)
        if archival:
            ready(pdf)
        write_pages(pdf, scratch)
    made = Segment(scratch)
    return Block(segment=made, about=made.describe())


def _matter(
    pdf: pikepdf.Pdf, scratch: Path, number: int, places: _Places, *, archival: bool
) -> Block:
    """Front or back matter as a block, its links leading to pages of the volume."""
    settle(pdf)
    if archival:
        ready(pdf)
    write_pages(pdf, scratch, elsewhere=places.lead)
    made = Segment(scratch)
    return Block(segment=made, about=made.describe(), prefix=f"~{number}:".encode())


def _note_sections(pdf: pikepdf.Pdf, places: _Places) -> None:
    """Remember what the named destinations of front matter mean."""
    destinations = Destinations(pdf)
    for name, value in destinations.named.items():
        if target := destinations.resolve(value):
            where = (places.pages + target[0], view_text(target))
            places.sections.setdefault(name.decode("utf-8", "replace"), where)


def _marks(
    entries: Sequence[Entry], own: dict[str, tuple[int, tuple[Mark, ...]]], places: _Places
) -> tuple[Mark, ...]:
    """The volume's outline; each paper's own outline goes below its first entry."""
    found = []
    for entry in entries:
        target = places.find(entry.target) if entry.target else None
        children = _marks(entry.children, own, places)
        kind, _, key = entry.target.partition("/")
        if kind == "paper" and (paper := own.pop(unquote(key), None)):
            children += _shifted(paper[1], paper[0])
        found.append(
            Mark(
                title=entry.title,
                page=target[0] if target else None,
                view=target[1] if target else "",
                open=entry.open,
                children=children,
            )
        )
    return tuple(found)


def _shifted(marks: Sequence[Mark], sheet: int) -> tuple[Mark, ...]:
    return tuple(
        replace(
            mark,
            page=None if mark.page is None else mark.page + sheet,
            children=_shifted(mark.children, sheet),
        )
        for mark in marks
    )


def sheet_of(labels: Sequence[Label], number: str) -> int | None:
    """The sheet, from 1, that bears an arabic page number; `None` if none does."""
    if not number.isdecimal():
        return None
    ranges = sorted(labels, key=lambda label: label.sheet)
    ends: list[float] = [label.sheet for label in ranges[1:]] + [float("inf")]
    for label, end in zip(ranges, ends, strict=True):
        sheet = label.sheet + int(number) - label.start
        if label.style == "arabic" and not label.prefix and label.sheet <= sheet < end:
            return sheet
    return None


def prefix_of(key: str) -> bytes:
    """What stands before the names of a paper's destinations: never equal for two papers."""
    return quote(key, safe="").encode() + b":"
