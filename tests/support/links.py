"""Every link of a PDF, resolved by a reader that is not the writer: to compare before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """One link annotation, and where it leads."""

    page: int
    """Page it stands on, from 1."""
    rect: tuple[float, ...]
    uri: str = ""
    target: int | None = None
    """Page it leads to, from 1; `None` for a URI or a link whose target does not exist."""
    view: tuple[object, ...] = ()
    """How the target is shown: `('/XYZ', 72.0, 700.0, None)`."""


def _names(node: pikepdf.Object) -> Iterator[tuple[bytes, pikepdf.Object]]:
    if "/Names" in node:
        pairs = list(node.Names)
        yield from ((bytes(pairs[i]), pairs[i + 1]) for i in range(0, len(pairs), 2))
    for kid in node.get("/Kids", []):
        yield from _names(kid)


def links(file: Path, *, first: int = 1, last: int | None = None) -> list[LinkSeen]:
    """The links on pages `first` to `last`; pages count from `first` as 1."""
    with pikepdf.open(file) as pdf:
        root = pdf.Root
        named: dict[bytes, pikepdf.Object] = {}
        if "/Names" in root and "/Dests" in root.Names:
            named.update(_names(root.Names.Dests))
        if "/Dests" in root:
            named.update({name.encode(): value for name, value in root.Dests.items()})
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        found: list[LinkSeen] = []
        for number in range(first, (last or len(pdf.pages)) + 1):
            found.extend(
                _link(annotation, number - first + 1, named, numbers, first)
                for annotation in pdf.pages[number - 1].get("/Annots", [])
                if annotation.get("/Subtype") == "/Link"
            )
        return found


def _link(
    annotation: pikepdf.Object,
    page: int,
    named: dict[bytes, pikepdf.Object],
    numbers: dict[tuple[int, int], int],
    first: int,
) -> LinkSeen:
    rect = tuple(round(float(value), 2) for value in annotation.Rect)
    action = annotation.get("/A")
    if action is not None and action.get("/S") == "/URI":
        return LinkSeen(page, rect, uri=str(action.URI))
    target = annotation.get("/Dest")
    if target is None and action is not None:
        target = action.get("/D")
    if isinstance(target, pikepdf.String):
        target = named.get(bytes(target))
    elif isinstance(target, pikepdf.Name):
        target = named.get(str(target).encode())
    if isinstance(target, pikepdf.Dictionary):
        target = target.get("/D")
    if not isinstance(target, pikepdf.Array) or len(target) == 0:
        return LinkSeen(page, rect)
    number = numbers.get(target[0].objgen) if isinstance(target[0], pikepdf.Object) else None
    if number is None:
        return LinkSeen(page, rect)
    view = tuple(_plain(value) for value in list(target)[1:])
    return LinkSeen(page, rect, target=number - first + 1, view=view)


def _plain(value: object) -> object:
    if value is None or isinstance(value, int | bool):
        return value
    if isinstance(value, pikepdf.Name):
        return str(value)
    try:
        return round(float(value), 2)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
