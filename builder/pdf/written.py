"""The finished volume through qpdf, which is asked for one page at a time."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

import pikepdf

from builder.pdf.links import Id
from builder.pdf.rereading import Source

_KIDS = re.compile(rb"/Kids \[ ((?:\d+ \d+ R )*)\]")
_COUNT = re.compile(rb"/Count (\d+)")


class Written(Source):
    """The volume: whatever qpdf has read it keeps, so that no page is read before its turn.

    Opened like any other file, a volume of 5,000 papers takes four times the memory and five
    times as long: qpdf then reads every page, to push down to it what it inherits. Nothing is
    inherited in what we write, and an entry that a page lacks is missed.
    """

    def __init__(self, path: Path, stack: contextlib.ExitStack) -> None:
        self._ids: tuple[Id, ...] = ()
        super().__init__(path, stack)

    def _open(self) -> None:
        self.pdf = pikepdf.open(self._path, inherit_page_attributes=False)
        self._ids = self._ids or tuple(_leaves(self.pdf))
        self.pages = _Pages(self.pdf, self._ids)

    @property
    def ids(self) -> tuple[Id, ...]:
        """Number and generation of each page."""
        return self._ids

    def is_page(self, index: int) -> bool:
        """Whether what was taken for a page is one; where none was, nobody is mistaken."""
        return index >= len(self._ids) or "/Kids" not in self.pages[index]

    def read_all(self) -> None:
        """Read every page to know its number."""
        self._ids = tuple(page.obj.objgen for page in self.pdf.pages)
        self.forget()


class _Pages(Sequence[pikepdf.Object]):
    """Pages by their numbers, each read when it is asked for."""

    def __init__(self, pdf: pikepdf.Pdf, ids: Sequence[Id]) -> None:
        self._pdf = pdf
        self._ids = ids

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> pikepdf.Object: ...
    @overload
    def __getitem__(self, index: slice) -> list[pikepdf.Object]: ...
    def __getitem__(self, index: int | slice) -> pikepdf.Object | list[pikepdf.Object]:
        if isinstance(index, slice):
            return [self._pdf.get_object(id) for id in self._ids[index]]
        return self._pdf.get_object(self._ids[index])


def _leaves(pdf: pikepdf.Pdf) -> Iterator[Id]:
    """The page tree's leaves (ISO 32000-2, 7.7.3.2), most of them without being read.

    A node that says it has as many pages as children has nothing but pages. (Nodes of one page
    each are mistaken for pages then: `read_all`, for whoever sees that they are none; and whoever
    compares them with what was to be written does.) Raises `ValueError` for a node that is none.
    """
    waiting: list[Id] = [pdf.Root.Pages.objgen]
    seen: set[Id] = set()
    while waiting:
        id = waiting.pop()
        if id in seen:
            raise ValueError("the page tree leads back into itself")
        seen.add(id)
        text = pdf.get_object(id).unparse(resolved=True)
        kids, count = _KIDS.search(text), _COUNT.search(text)
        if not kids or not count:
            if b"/Type /Page " not in text:
                raise ValueError(f"object {id[0]} stands in the page tree and is no part of it")
            yield id
            continue
        words = kids[1].split()
        below = [(int(a), int(b)) for a, b in zip(words[::3], words[1::3], strict=True)]
        if len(below) == int(count[1]):
            yield from below
        else:
            waiting += reversed(below)
