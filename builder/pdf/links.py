"""Links, named destinations and outlines of one file, as they resolve."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pikepdf

Id = tuple[int, int]
Target = tuple[int, tuple[Any, ...]]
"""Page index from 0, and the rest of the destination: how the page is to be shown."""

_MOST = 200_000
"""Entries of a tree that are read at most; hostile trees have no end."""
_DEEPEST = 40


_PLAIN = re.compile(
    rb"<< /A << (?:/D \(([ -'*-\[\]-~]*)\) /S /GoTo|"
    rb"/S /URI (?:/Type /Action )?/URI \(([!-'*-\[\]-~]*)\)) >> ([^<>()]*) >>"
)
_SURPRISE = re.compile(rb"/(?:AA|AP|Dest)\b")
_ARRAY = re.compile(
    rb"(?:<< /D )?\[ (\d+) (\d+) R((?: (?:/[A-Za-z]+|null|-?\d+(?:\.\d+)?))*) \](?: >>)?"
)


@dataclass(frozen=True, slots=True)
class PlainLink:
    """A link as most programs write it: to a name or an address, and nothing else to it."""

    name: bytes | None
    """Where it leads in its file; `None` for an address."""
    uri: str
    rest: bytes
    """Its other entries, as PDF; its rectangle among them."""


def plain_link(annotation: pikepdf.Object) -> PlainLink | None:
    """An annotation in one look, if it is a link of the plainest kind.

    Nearly all are: asking qpdf for one entry after the other takes ten times as long.
    """
    found = _PLAIN.fullmatch(annotation.unparse(resolved=True))
    if not found:
        return None
    name, uri, rest = found.groups()
    if b"/Subtype /Link " not in rest + b" " or _SURPRISE.search(rest):
        return None
    return PlainLink(name, (uri or b"").decode(), rest)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of an outline."""

    title: str
    target: Target | None
    open: bool = False
    children: tuple[Bookmark, ...] = ()


class Destinations:
    """What destinations of one file mean; read once, then asked for every link.

    `pages` are the numbers of its pages, where they are known.
    """

    def __init__(self, pdf: pikepdf.Pdf, pages: Sequence[Id] | None = None) -> None:
        self._pdf = pdf
        self.pages = indices(pages or [page.obj.objgen for page in pdf.pages])
        self._places: dict[bytes, tuple[int, str] | None] = {}

    @functools.cached_property
    def named(self) -> dict[bytes, Any]:
        """Destination by name; of both kinds, names as strings (PDF 1.2) and as names (1.1)."""
        found: dict[bytes, Any] = {}
        old = self._pdf.Root.get("/Dests")
        if isinstance(old, pikepdf.Dictionary):
            found.update({key[1:].encode(): value for key, value in old.items()})
        names = self._pdf.Root.get("/Names")
        if isinstance(names, pikepdf.Dictionary):
            found.update(tree(names.get("/Dests")))
        return found

    def place(self, destination: Any) -> tuple[int, str] | None:
        """As `resolve`, with the view as PDF."""
        if isinstance(destination, pikepdf.Array | pikepdf.Dictionary):
            plain = _ARRAY.fullmatch(destination.unparse(resolved=True))
            if plain:
                page = self.pages.get((int(plain[1]), int(plain[2])))
                if page is not None:
                    return page, plain[3][1:].decode()
        target = self.resolve(destination)
        return (target[0], view_text(target)) if target else None

    def named_place(self, name: bytes) -> tuple[int, str] | None:
        """What a name leads to; looked up once."""
        if name not in self._places:
            value = self.named.get(name)
            self._places[name] = None if value is None else self.place(value)
        return self._places[name]

    def resolve(self, destination: Any) -> Target | None:
        """Page and view that a destination leads to, or `None` if it leads nowhere."""
        for _ in range(3):  # a name stands for an array, or for a dictionary that holds one
            if (name := name_of(destination)) is not None:
                destination = self.named.get(name)
            elif isinstance(destination, pikepdf.Dictionary):
                destination = destination.get("/D")
        if not isinstance(destination, pikepdf.Array) or len(destination) == 0:
            return None
        page, *rest = list(destination)
        view = tuple(_scalar(part) for part in rest)
        if isinstance(page, pikepdf.Dictionary):
            index = self.pages.get(page.objgen)
            return None if index is None else (index, view)
        # Some programs write the page's number, which is meant for other files; viewers accept it.
        number: Any = page
        if isinstance(number, int) and 0 <= number < len(self.pages):
            return number, view
        return None


def indices(pages: Sequence[Id]) -> dict[Id, int]:
    """The index, from 0, of each page by its number; that of its first place, if it has two."""
    found: dict[Id, int] = {}
    for index, id in enumerate(pages):
        found.setdefault(id, index)
    return found


def view_text(target: Target) -> str:
    """The rest of a destination as PDF."""
    return " ".join(_written(part) for part in target[1])


def name_of(destination: Any) -> bytes | None:
    """The name, where a destination is given by name."""
    if isinstance(destination, pikepdf.String):
        return bytes(destination)
    if isinstance(destination, pikepdf.Name):
        return str(destination)[1:].encode()
    return None


def annotations_of(page: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """A page's annotations that are dictionaries, in order."""
    found = page.get("/Annots")
    if isinstance(found, pikepdf.Array):
        for annotation in found:
            if isinstance(annotation, pikepdf.Dictionary):
                yield annotation


def is_link(annotation: pikepdf.Object) -> bool:
    """Whether an annotation is a link."""
    return bool(annotation.get("/Subtype") == "/Link")


def destination_of(holder: pikepdf.Object) -> Any:
    """Where a link or bookmark leads inside its own file; `None` if it does not lead there."""
    if (direct := holder.get("/Dest")) is not None:
        return direct
    action = holder.get("/A")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo":
        return action.get("/D")
    return None


def uri_of(holder: pikepdf.Object) -> str | None:
    """The address that a link or bookmark leads to, or `None`."""
    action = holder.get("/A")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/URI":
        uri = action.get("/URI")
        if isinstance(uri, pikepdf.String):
            return bytes(uri).decode("utf-8", "replace")
    return None


def tree(root: Any) -> Iterator[tuple[bytes, Any]]:
    """The entries of a name tree (ISO 32000-2, 7.9.6), damaged branches left out."""
    stack, seen, left = [(root, 0)], set(), _MOST
    while stack and left > 0:
        node, depth = stack.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST:
            continue
        if node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        names = node.get("/Names")
        if isinstance(names, pikepdf.Array):
            items = list(names)
            for key, value in zip(items[::2], items[1::2], strict=False):
                left -= 1
                if isinstance(key, pikepdf.String):
                    yield bytes(key), value
        kids = node.get("/Kids")
        if isinstance(kids, pikepdf.Array):
            stack += [(kid, depth + 1) for kid in reversed(list(kids))]


def outline(pdf: pikepdf.Pdf, destinations: Destinations) -> tuple[Bookmark, ...]:
    """The file's outline; circles and damaged entries left out."""
    root = pdf.Root.get("/Outlines")
    seen: set[Id] = set()
    if not isinstance(root, pikepdf.Dictionary):
        return ()
    return _bookmarks(root.get("/First"), destinations, seen, 0)


def _bookmarks(
    item: Any, destinations: Destinations, seen: set[Id], depth: int
) -> tuple[Bookmark, ...]:
    found = []
    while isinstance(item, pikepdf.Dictionary) and len(seen) < _MOST:
        if item.objgen in seen:
            break
        seen.add(item.objgen)
        title = item.get("/Title")
        children: tuple[Bookmark, ...] = ()
        if depth < _DEEPEST:
            children = _bookmarks(item.get("/First"), destinations, seen, depth + 1)
        count: Any = item.get("/Count")
        found.append(
            Bookmark(
                title=str(title) if isinstance(title, pikepdf.String) else "",
                target=destinations.resolve(destination_of(item)),
                open=isinstance(count, int) and count > 0,
                children=children,
            )
        )
        item = item.get("/Next")
    return tuple(found)


def _scalar(value: Any) -> Any:
    if isinstance(value, pikepdf.Name) or value is None:
        return value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return value
    return None


def _written(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, Decimal | float):
        return f"{value:f}"
    return pikepdf.Array([value]).unparse()[2:-2].decode("latin-1")
