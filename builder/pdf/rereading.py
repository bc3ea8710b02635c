"""Two readings for the audit: of what went into the volume, and of the volume itself."""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pikepdf
import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

from builder.pdf.crossref import compact
from builder.pdf.links import (
    Bookmark,
    Destinations,
    Id,
    annotations_of,
    destination_of,
    indices,
    is_link,
    outline,
    plain_link,
    uri_of,
)
from builder.pdf.metadata import Label
from builder.pdf.view import View
from builder.pdf.viewing import view


@dataclass(frozen=True, slots=True)
class SeenLink:
    """One link, as it is after following names."""

    rect: tuple[float, ...]
    page: int | None = None
    """Index of the page that it leads to, from 0."""
    view: tuple[str, ...] = ()
    uri: str = ""


_AIMED = re.compile(rb"<< /A << /D \[ (\d+) (\d+) R ([^\[\]<>()]*)\] /S /GoTo >> ([^<>()]*) >>")
_RECT = re.compile(rb"/Rect \[ ([-\d. ]*)\]")


class Source:
    """A file through qpdf, which is ten times as fast as pypdf and had no hand in writing it."""

    pages: Sequence[pikepdf.Object]

    def __init__(self, path: Path, stack: contextlib.ExitStack) -> None:
        self._path = path
        self._views: dict[int, View] = {}
        self._open()
        stack.callback(self._close)

    def _open(self) -> None:
        self.pdf = pikepdf.open(self._path)
        self.pages = [page.obj for page in self.pdf.pages]

    def _close(self) -> None:
        self.pdf.close()

    def forget(self) -> None:
        """Let go of what was read so far: qpdf keeps every object, and a volume has very many."""
        self.__dict__.pop("destinations", None)
        # What is not referred to any more is freed; closing alone frees nothing.
        del self.pages
        self.pdf.close()
        del self.pdf
        self._open()

    @property
    def ids(self) -> Sequence[Id]:
        """Number and generation of each page."""
        return [page.objgen for page in self.pages]

    @functools.cached_property
    def destinations(self) -> Destinations:
        """Where names lead; read when the first is asked for."""
        return Destinations(self.pdf, self.ids)

    @functools.cached_property
    def numbers(self) -> dict[Id, int]:
        """Index of each page by its number."""
        return indices(self.ids)

    def view(self, index: int) -> View:
        """How a page is seen; looked at once."""
        if index not in self._views:
            self._views[index] = view(self.pages[index])
        return self._views[index]

    def links(self, index: int) -> list[SeenLink]:
        """The links of one page that lead anywhere, in order."""
        found = []
        for annotation in annotations_of(self.pages[index]):
            if (plain := self._plain_link(annotation)) is not None:
                found.append(plain)
                continue
            if not is_link(annotation):
                continue
            rect = _rect(annotation.get("/Rect"))
            destination = destination_of(annotation)
            if (uri := uri_of(annotation)) is not None:
                found.append(SeenLink(rect, uri=uri))
            elif destination is not None:
                target = self.destinations.resolve(destination)
                page, shown = target or (None, ())
                found.append(SeenLink(rect, page, tuple(_plain(part) for part in shown)))
        return found

    def _plain_link(self, annotation: pikepdf.Object) -> SeenLink | None:
        """A link in one look, if it is of the plainest kind and leads straight to a page."""
        text = annotation.unparse(resolved=True)
        if aimed := _AIMED.fullmatch(text):
            page = self.numbers.get((int(aimed[1]), int(aimed[2])))
            rect = _RECT.search(aimed[4])
            if page is None or not rect or b"/Subtype /Link " not in aimed[4] + b" ":
                return None
            return SeenLink(_corners(rect[1]), page, _view(aimed[3]))
        plain = plain_link(annotation)
        if plain is None or plain.name is not None or not (rect := _RECT.search(plain.rest)):
            return None
        return SeenLink(_corners(rect[1]), uri=plain.uri)

    def named(self, name: str) -> int | None:
        """Index of the page on which a named destination is."""
        target = self.destinations.resolve(pikepdf.String(name))
        return target[0] if target else None

    def outline(self) -> list[Any]:
        """Title, page index and children of each bookmark."""
        return _rows(outline(self.pdf, self.destinations))


_STYLES: Mapping[Any, Literal["arabic", "roman", "none"]] = {
    "/D": "arabic",
    "/r": "roman",
    None: "none",
}


_KEPT = 20_000
"""Objects that are kept while bookmarks are read."""


class Reader:
    """The volume through pypdf, with its page numbers and names looked up once."""

    def __init__(self, path: Path, stack: contextlib.ExitStack) -> None:
        # Given a path, pypdf would read the whole file into memory.
        self.reader = pypdf.PdfReader(stack.enter_context(path.open("rb")), strict=True)
        compact(self.reader)
        self.numbers = self._walk(self.reader.root_object.raw_get("/Pages"))
        """Object number of each page."""
        self.forget()

    def _walk(self, root: Any) -> list[int]:
        """The page tree's leaves, most of them without being read: a node that says it has as
        many pages as children has nothing but pages. (Nodes of one page each are mistaken for
        pages then: `read_all`, for whoever sees that they are none.)
        """
        found: list[int] = []
        waiting = [root]
        while waiting:
            reference = waiting.pop()
            node = resolved(reference)
            kids = items(node.get("/Kids"))
            if "/Kids" not in node:
                found.append(reference.idnum)
            elif len(kids) == node.get("/Count"):
                found += [kid.idnum for kid in kids]
            else:
                waiting += reversed(kids)
        return found

    def read_all(self) -> None:
        """Read every page to know its number."""
        references = [page.indirect_reference for page in self.reader.pages]
        self.numbers = [reference.idnum for reference in references if reference is not None]
        self.forget()

    def page(self, index: int) -> Any:
        """One page's dictionary."""
        return self.reader.get_object(self.numbers[index])

    @functools.cached_property
    def _sheets(self) -> dict[int, int]:
        return {number: index for index, number in enumerate(self.numbers)}

    def labels(self) -> tuple[Label, ...]:
        """The ranges of page labels; raises `ValueError` for a style that is not ours."""
        root = resolved(self.reader.root_object.get("/PageLabels"))
        row = items(root.get("/Nums")) if root is not None else []
        found = []
        for start, value in zip(row[::2], row[1::2], strict=True):
            entry = resolved(value)
            style = entry.get("/S")
            if style not in _STYLES:
                raise ValueError(f"page labels have the style {style}")
            found.append(
                Label(
                    sheet=int(start) + 1,
                    style=_STYLES[style],
                    start=int(entry.get("/St", 1)),
                    prefix=str(entry.get("/P", "")),
                )
            )
        return tuple(found)

    @functools.cached_property
    def names(self) -> dict[str, tuple[int | None, tuple[str, ...]]]:
        """Where names lead; read when the first is asked for."""
        return {
            name: self._place(found.dest_array)
            for name, found in self.reader.named_destinations.items()
        }

    def forget(self) -> None:
        """Let go of what was read of the parts compared so far."""
        self.reader.resolved_objects.clear()

    def links(self, index: int) -> list[SeenLink]:
        """The links of one page that lead anywhere, in order."""
        found = []
        for reference in items(self.page(index).get("/Annots")):
            annotation = reference.get_object()
            if not isinstance(annotation, DictionaryObject):
                continue
            if annotation.get("/Subtype") != "/Link":
                continue
            rect = _rect(resolved(annotation.get("/Rect")))
            action = resolved(annotation.get("/A"))
            kind = action.get("/S") if isinstance(action, DictionaryObject) else None
            if kind == "/URI":
                found.append(SeenLink(rect, uri=_decoded(resolved(action.get("/URI")))))
            elif kind == "/GoTo" or "/Dest" in annotation:
                target = action.get("/D") if kind == "/GoTo" else annotation.get("/Dest")
                found.append(SeenLink(rect, *self.resolve(target)))
        return found

    def resolve(self, target: Any) -> tuple[int | None, tuple[str, ...]]:
        """Page index and view of a destination; `None` if it leads nowhere."""
        target = resolved(target)
        if isinstance(target, DictionaryObject):
            target = resolved(target.get("/D"))
        if isinstance(target, str | bytes):
            name = target.decode("latin-1") if isinstance(target, bytes) else str(target)
            return self.names.get(name) or self.names.get(name.removeprefix("/")) or (None, ())
        return self._place(target)

    def _place(self, target: Any) -> tuple[int | None, tuple[str, ...]]:
        """The same for a destination that is an array."""
        if not isinstance(target, ArrayObject) or not target:
            return None, ()
        view = tuple(_plain(part) for part in target[1:])
        page = target.raw_get(0) if hasattr(target, "raw_get") else list.__getitem__(target, 0)
        if isinstance(page, IndirectObject):
            return self._sheets.get(page.idnum), view
        if isinstance(page, int) and 0 <= page < len(self.numbers):
            return int(page), view
        return None, view

    def outline(self) -> list[tuple[str, int | None, list[Any]]]:
        """Title, page index and children of each bookmark."""
        root = resolved(self.reader.root_object.get("/Outlines"))
        return self._level(root.get("/First")) if isinstance(root, DictionaryObject) else []

    def _level(self, reference: Any) -> list[tuple[str, int | None, list[Any]]]:
        found: list[tuple[str, int | None, list[Any]]] = []
        seen: set[int] = set()
        while (number := getattr(reference, "idnum", 0)) not in seen:
            seen.add(number)
            if not isinstance(item := resolved(reference), DictionaryObject):
                break
            action = resolved(item.get("/A"))
            target = item.get("/Dest")
            if target is None and isinstance(action, DictionaryObject):
                target = action.get("/D") if action.get("/S") == "/GoTo" else None
            page = self.resolve(target)[0] if target is not None else None
            title = str(resolved(item.get("/Title", "")))
            found.append((title, page, self._level(item.get("/First"))))
            reference = item.get("/Next")
            if len(self.reader.resolved_objects) > _KEPT:
                self.forget()
        return found


def view_of(page: Any) -> View:
    """How a page is seen, by pypdf's reading of it; nothing is inherited in what we write."""
    media, crop = (
        [float(resolved(number)) for number in items(page.get(key, page["/MediaBox"]))]
        for key in ("/MediaBox", "/CropBox")
    )
    media, crop = (
        [min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])]
        for box in (media, crop)
    )
    visible = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    if visible[2] - visible[0] < 1 or visible[3] - visible[1] < 1:
        visible = (media[0], media[1], media[2], media[3])
    return View(visible, int(page.get("/Rotate", 0)) % 360, float(page.get("/UserUnit", 1)))


def _corners(text: bytes) -> tuple[float, ...]:
    """A rectangle as qpdf writes it; numbers alone are in it."""
    return _rect(text.split())


@functools.lru_cache(4096)
def _view(text: bytes) -> tuple[str, ...]:
    """A destination's view as qpdf writes it, its numbers in one form. Many links share one."""
    words = [word.decode() for word in text.split()]
    return tuple(
        "None" if word == "null" else word if word.startswith("/") else f"{float(word):.3f}"
        for word in words
    )


def _rect(value: Any) -> tuple[float, ...]:
    try:
        return tuple(round(float(number), 2) for number in value)
    except (TypeError, ValueError):
        return ()


def _decoded(value: Any) -> str:
    raw = getattr(value, "original_bytes", value)
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)


def _rows(bookmarks: Sequence[Bookmark]) -> list[Any]:
    return [
        (one.title, one.target[0] if one.target else None, _rows(one.children)) for one in bookmarks
    ]


def resolved(value: Any) -> Any:
    """What a reference of pypdf refers to; `None` for PDF's null."""
    found = value.get_object() if hasattr(value, "get_object") else value
    return None if isinstance(found, NullObject) else found


def items(value: Any) -> list[Any]:
    """The items of an array of pypdf; none if it is no array."""
    found = resolved(value)
    return list(found) if isinstance(found, ArrayObject) else []


def _plain(value: Any) -> str:
    found = value if isinstance(value, pikepdf.Object) else resolved(value)
    if isinstance(found, int | float | Decimal):
        return f"{float(found):.3f}"
    return str(found)
