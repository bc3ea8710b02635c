"""Papers and front matter become one volume in which every link still lands where it did.

Names of destinations collide between papers (`section.1` stands in nearly every one), so each
part's names get a prefix of its own. This is the reference path: simple, every part open until
the volume is written. Its records are those of any faster way to write the same volume.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pikepdf

from builder.pdf.limits import set_limits
from builder.pdf.links import (
    Bookmark,
    Destinations,
    annotations_of,
    destination_of,
    is_link,
    name_of,
    uri_of,
)
from builder.pdf.links import (
    outline as read_outline,
)
from builder.pdf.metadata import DocumentInfo, Label, write_info, write_labels
from builder.pdf.preparing import save

SCHEME = "x-proc:"
"""Addresses that front matter uses for places in the volume: `x-proc:paper/liu25`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of the volume: front matter, a prepared paper, back matter."""

    path: Path
    key: str = ""
    """The paper's key; empty for what we typeset. Only such parts may use `x-proc:`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the volume's outline."""

    title: str
    target: str = ""
    """An address as in links, without `x-proc:` (`paper/liu25`, `page/7`, `section/preface`,
    `sheet/3` for the third sheet whatever its label); empty for a mere heading. The first entry
    of each paper is given the paper's own outline."""
    children: tuple[Entry, ...] = ()
    open: bool = False
    """Whether its children are shown at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What was written."""

    pages: int
    first_sheets: tuple[int, ...] = ()
    """First sheet of each part, from 1."""
    links: int = 0
    """Links inside papers that lead somewhere."""
    uris: int = 0
    """Links of papers that lead outside."""
    broken: int = 0
    """Links of papers that led nowhere already when they came; kept as they are."""
    resolved: int = 0
    """Links of front and back matter that became links to pages."""
    unresolved: tuple[str, ...] = ()
    """Addresses in front matter, outline or targets that mean nothing; their links were removed."""


_COUNTS = ("links", "uris", "broken", "resolved")


@dataclass(slots=True)
class _Volume:
    """What is gathered while parts are added."""

    pdf: pikepdf.Pdf
    labels: Sequence[Label]
    targets: Mapping[str, int]
    papers: dict[str, int] = field(default_factory=dict)
    """First sheet by key."""
    sections: dict[str, tuple[int, tuple[Any, ...]]] = field(default_factory=dict)
    """Page index and view by name, from what we typeset."""
    names: dict[bytes, pikepdf.Object] = field(default_factory=dict)
    outlines: dict[str, tuple[int, tuple[Bookmark, ...]]] = field(default_factory=dict)
    waiting: list[tuple[pikepdf.Object, str]] = field(default_factory=list)
    """Front matter's links, resolved when every part has its place."""
    unresolved: dict[str, None] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTS, 0))


def join(
    parts: Sequence[Part],
    out: Path,
    *,
    labels: Sequence[Label] = (),
    outline: Sequence[Entry] = (),
    info: DocumentInfo,
    targets: Mapping[str, int] | None = None,
) -> Joined:
    """Write the volume made of `parts`, in that order, to `out`.

    Every internal link, address, named destination and bookmark of every part survives. A link
    to `x-proc:paper/<key>`, `x-proc:page/<number>` (by arabic label), `x-proc:section/<name>` (a
    named destination of any part without a key), `x-proc:sheet/<n>` or any address in `targets`
    (address to sheet, from 1) becomes a link to that page. A destination named like the paper's
    key leads to its first page, for links from outside (`volume.pdf#nameddest=liu25`).

    Papers must have been through `prepare`. Equal input gives equal bytes. To be called in a
    worker. Raises `pikepdf.PdfError` and `OSError`.
    """
    set_limits()
    with contextlib.ExitStack() as stack:
        pdf = stack.enter_context(pikepdf.new())
        volume = _Volume(pdf, labels, targets or {})
        layers: list[tuple[pikepdf.Pdf, pikepdf.Object]] = []
        first_sheets = []
        for number, part in enumerate(parts):
            source = stack.enter_context(pikepdf.open(part.path))
            first_sheets.append(len(pdf.pages) + 1)
            _add(volume, part, number, source)
            found = source.Root.get("/OCProperties")
            if isinstance(found, pikepdf.Dictionary):
                layers.append((source, found))
        _resolve_waiting(volume)
        _write_names(volume)
        _write_outline(volume, outline)
        _write_layers(pdf, layers)
        write_labels(pdf, labels)
        write_info(pdf, info)
        pages = len(pdf.pages)
        save(pdf, out)
    return Joined(
        pages=pages,
        first_sheets=tuple(first_sheets),
        unresolved=tuple(volume.unresolved),
        **volume.counts,
    )


def _add(volume: _Volume, part: Part, number: int, source: pikepdf.Pdf) -> None:
    """Append a part's pages, its names under a prefix, and its links to them."""
    offset = len(volume.pdf.pages)
    destinations = Destinations(source)
    prefix = prefix_of(part.key) if part.key else f"~{number}:".encode()
    found = _take_links(source, destinations)
    bookmarks = read_outline(source, destinations)
    with warnings.catch_warnings():
        # pikepdf warns that names are not copied; copying them is what comes next.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        volume.pdf.pages.extend(source.pages)
    pages = [volume.pdf.pages[offset + index] for index in range(len(source.pages))]
    for page in pages:
        for key in ("/StructParents", "/Tabs"):
            if key in page.obj:
                del page.obj[key]
    for name, value in destinations.named.items():
        if target := destinations.resolve(value):
            volume.names[prefix + name] = _array(volume.pdf, offset, target)
            if not part.key:
                address = name.decode("utf-8", "replace")
                volume.sections.setdefault(address, (offset + target[0], target[1]))
    for index, position, destination, target in found:
        annotation = pages[index].obj.Annots[position]
        named = name_of(destination)
        if named is not None:
            where: Any = pikepdf.String(prefix + named)
        elif target:
            where = _array(volume.pdf, offset, target)
        else:
            where = pikepdf.Array([None, pikepdf.Name.Fit])
        _lead(annotation, where)
        if part.key:
            volume.counts["links" if target else "broken"] += 1
    for page in pages:
        _tie_annotations(volume, part, page)
    if part.key:
        volume.papers.setdefault(part.key, offset + 1)
        if pages:
            start = pikepdf.Array([pages[0].obj, pikepdf.Name.Fit])
            volume.names.setdefault(quote(part.key, safe="").encode(), start)
        volume.outlines.setdefault(part.key, (offset, bookmarks))


_Link = tuple[int, int, Any, tuple[int, tuple[Any, ...]] | None]


def _take_links(source: pikepdf.Pdf, destinations: Destinations) -> list[_Link]:
    """Page, position, destination and target of each internal link, taken off the link.

    Taken off, because copying one page would otherwise try to copy the pages it leads to.
    """
    found: list[_Link] = []
    for index, page in enumerate(source.pages):
        kept = list(annotations_of(page.obj))
        if not kept:
            continue
        page.obj.Annots = pikepdf.Array(kept)
        for position, annotation in enumerate(kept):
            for key in ("/P", "/StructParent"):
                if key in annotation:
                    del annotation[key]
            destination = destination_of(annotation)
            if destination is None:
                continue
            found.append((index, position, destination, destinations.resolve(destination)))
    for index, position, _, _ in found:
        annotation = source.pages[index].obj.Annots[position]
        for key in ("/Dest", "/A"):
            if key in annotation:
                del annotation[key]
    return found


def _lead(annotation: pikepdf.Object, destination: Any) -> None:
    annotation["/A"] = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=destination)


def _tie_annotations(volume: _Volume, part: Part, page: pikepdf.Page) -> None:
    """Count a page's outward links, and take note of those that lead to places in the volume."""
    for annotation in annotations_of(page.obj):
        if not is_link(annotation):
            continue
        uri = uri_of(annotation)
        if uri is None:
            continue
        if part.key:
            volume.counts["uris"] += 1
        elif uri.startswith(SCHEME):
            volume.waiting.append((annotation, uri.removeprefix(SCHEME)))


def _resolve_waiting(volume: _Volume) -> None:
    dead = []
    for annotation, address in volume.waiting:
        target = _find(volume, address)
        if target is None:
            volume.unresolved[address] = None
            dead.append(annotation.objgen)
            if "/A" in annotation:
                del annotation["/A"]
            continue
        _lead(annotation, _array(volume.pdf, 0, target))
        volume.counts["resolved"] += 1
    if dead:
        for page in volume.pdf.pages:
            kept = [
                one
                for one in annotations_of(page.obj)
                if not is_link(one) or "/A" in one or "/Dest" in one
            ]
            page.obj.Annots = pikepdf.Array(kept)


def _find(volume: _Volume, address: str) -> tuple[int, tuple[Any, ...]] | None:
    """Page index and view that an address means, or `None`."""
    sheet = volume.targets.get(address)
    if sheet is None:
        kind, _, name = address.partition("/")
        name = unquote(name)
        match kind:
            case "paper":
                sheet = volume.papers.get(name)
            case "page":
                sheet = sheet_of(volume.labels, name)
            case "sheet":
                sheet = int(name) if name.isdecimal() else None
            case "section" if name in volume.sections:
                return volume.sections[name]
            case _:
                pass
    if sheet is None or not 1 <= sheet <= len(volume.pdf.pages):
        return None
    return sheet - 1, (pikepdf.Name.Fit,)


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


def _array(pdf: pikepdf.Pdf, offset: int, target: tuple[int, tuple[Any, ...]]) -> pikepdf.Object:
    index, view = target
    return pikepdf.Array([pdf.pages[offset + index].obj, *view])


def _write_names(volume: _Volume) -> None:
    """A name tree (ISO 32000-2, 7.9.6): leaves of 64 names under one root."""
    names = sorted(volume.names)
    leaves = []
    for start in range(0, len(names), 64):
        chunk = names[start : start + 64]
        row: list[Any] = []
        for name in chunk:
            row += [pikepdf.String(name), volume.names[name]]
        limits = pikepdf.Array([pikepdf.String(chunk[0]), pikepdf.String(chunk[-1])])
        leaf = pikepdf.Dictionary(Names=pikepdf.Array(row), Limits=limits)
        leaves.append(volume.pdf.make_indirect(leaf))
    if leaves:
        root = pikepdf.Dictionary(Kids=pikepdf.Array(leaves))
        volume.pdf.Root.Names = pikepdf.Dictionary(Dests=volume.pdf.make_indirect(root))


def _write_outline(volume: _Volume, entries: Sequence[Entry]) -> None:
    given: set[str] = set()

    def bookmarks(entry: Entry) -> Bookmark:
        target = _find(volume, entry.target) if entry.target else None
        if entry.target and target is None:
            volume.unresolved[entry.target] = None
        children = [bookmarks(child) for child in entry.children]
        kind, _, key = entry.target.partition("/")
        key = unquote(key)
        if kind == "paper" and key in volume.outlines and key not in given:
            given.add(key)
            offset, own = volume.outlines[key]
            children += [_shifted(bookmark, offset) for bookmark in own]
        return Bookmark(entry.title, target, entry.open, tuple(children))

    top = [bookmarks(entry) for entry in entries]
    if not top:
        return
    root = volume.pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
    root.Count = _write_level(volume.pdf, root, top)
    volume.pdf.Root.Outlines = root
    volume.pdf.Root.PageMode = pikepdf.Name.UseOutlines


def _shifted(bookmark: Bookmark, offset: int) -> Bookmark:
    target = bookmark.target and (bookmark.target[0] + offset, bookmark.target[1])
    children = tuple(_shifted(child, offset) for child in bookmark.children)
    return Bookmark(bookmark.title, target, bookmark.open, children)


def _write_level(pdf: pikepdf.Pdf, parent: pikepdf.Object, level: Sequence[Bookmark]) -> int:
    """Write the entries below `parent`; how many of them and theirs are shown at first."""
    shown = 0
    items = [pdf.make_indirect(pikepdf.Dictionary()) for _ in level]
    for index, (item, bookmark) in enumerate(zip(items, level, strict=True)):
        item.Title = pikepdf.String(bookmark.title)
        item.Parent = parent
        if bookmark.target:
            item.Dest = _array(pdf, 0, bookmark.target)
        if index:
            item.Prev = items[index - 1]
        if index + 1 < len(items):
            item.Next = items[index + 1]
        shown += 1
        if bookmark.children:
            below = _write_level(pdf, item, bookmark.children)
            item.Count = below if bookmark.open else -below
            shown += below if bookmark.open else 0
    parent.First, parent.Last = items[0], items[-1]
    return shown


def _write_layers(pdf: pikepdf.Pdf, layers: Sequence[tuple[pikepdf.Pdf, pikepdf.Object]]) -> None:
    """Carry optional content (ISO 32000-2, 8.11): what was hidden in a paper stays hidden."""
    if not layers:
        return
    groups = pikepdf.Array()
    lists = {key: pikepdf.Array() for key in ("/ON", "/OFF", "/Order", "/AS", "/Locked")}
    for source, found in layers:
        for group in _references(source, pdf, found.get("/OCGs")):
            groups.append(group)
        config = found.get("/D")
        if not isinstance(config, pikepdf.Dictionary):
            continue
        if config.get("/BaseState") == "/OFF":
            on = {one.objgen for one in _references(source, pdf, config.get("/ON"))}
            for group in _references(source, pdf, found.get("/OCGs")):
                if group.objgen not in on:
                    lists["/OFF"].append(group)
        for key, gathered in lists.items():
            value = config.get(key)
            if isinstance(value, pikepdf.Array) and len(value):
                copied = _copied(source, pdf, value)
                for item in copied:
                    gathered.append(item)
    default = pikepdf.Dictionary({key: value for key, value in lists.items() if len(value)})
    default.Name = pikepdf.String("Layers")
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=groups, D=default)


def _references(source: pikepdf.Pdf, pdf: pikepdf.Pdf, value: Any) -> Iterator[pikepdf.Object]:
    if isinstance(value, pikepdf.Array):
        for item in value:
            if isinstance(item, pikepdf.Dictionary) and item.is_indirect:
                yield pdf.copy_foreign(item)


def _copied(source: pikepdf.Pdf, pdf: pikepdf.Pdf, value: pikepdf.Object) -> pikepdf.Object:
    whole = value if value.is_indirect else source.make_indirect(value)
    return pdf.copy_foreign(whole)
