"""A segment: the objects of one file, ready to stand at any place of any other file.

Objects have local numbers from 0. The first few are *imports*: whatever file the segment becomes
part of says what they are (the node of the page tree above its pages, for instance). A segment
knows neither its page numbers nor its neighbours, so it is made once and kept.

On disk: a first line, the bodies of all streams one after the other, the objects as one line of
text each with `%d` for every number that depends on the place, the numbers, and a description.
The layout is the machine's own (byte order): segments are kept in caches, never handed on.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import TracebackType
from typing import IO, Any

_MAGIC = b"proceedings segment 2\n"
_END = struct.Struct("<QQQQQ32s")
"""How many objects; where lines, references, streams and description begin; digest of all."""

SEGMENT_FORM = "4"
"""Raised whenever the same file is to give another segment; kept ones are then made anew."""

Fragment = tuple[str, tuple[int, ...]]
"""A piece of PDF with `%d` (latin-1), and its numbers, as in `Segment`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One entry of a part's own outline."""

    title: str
    page: int | None
    """Index of its page, from 0."""
    view: str
    """The rest of its destination, as PDF."""
    open: bool
    children: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Optional content (ISO 32000-2, 8.11): its groups, and the lists of its default state."""

    groups: tuple[int, ...]
    """Local numbers."""
    lists: dict[str, Fragment]
    """Content of the arrays `/ON`, `/OFF`, `/Order`, `/AS` and `/Locked`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """A structure tree (ISO 32000-2, 14.7) without its root."""

    kids: tuple[int, ...]
    """Local numbers of its topmost elements."""
    parents: tuple[tuple[int, Fragment], ...]
    """The parent tree: key and value."""
    keys: int
    """How many keys it needs."""
    ids: tuple[tuple[str, int], ...] = ()
    """Identifiers (latin-1) and local numbers of elements that have one; no other part has them."""
    language: str = ""
    """The language that the part's catalog named (BCP 47), or empty."""


@dataclass(frozen=True, slots=True)
class Common:
    """Objects that refer to none but each other, and may be the same in other segments."""

    start: int
    """Local number of the first; they stand before all others."""
    count: int
    digest: str
    """Equal where the objects are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a segment holds, as far as others need to know."""

    imports: int
    """How many local numbers stand for objects outside."""
    pages: tuple[int, ...]
    """Local numbers of its pages (or forms, for stamps), in order."""
    heads: tuple[int, ...] = ()
    """Indices before which an object stream ends: its pages come first, then its annotations.
    Many readers unpack every object that stands beside one they want."""
    views: tuple[tuple[tuple[float, float, float, float], int, float], ...] = ()
    """Visible box, rotation and unit of each page."""
    slots: bool = False
    """Whether the imports after the first two are forms, one at the end of each page."""
    names: tuple[tuple[str, int, str], ...] = ()
    """Named destinations: name (latin-1), page index, view as PDF."""
    outline: tuple[Mark, ...] = ()
    layers: Layers | None = None
    structure: Structure | None = None
    common: tuple[Common, ...] = ()
    """Objects that need not stand in a file twice; they come first, one group after the other."""
    links: int = 0
    uris: int = 0
    broken: int = 0
    record: dict[str, Any] = field(default_factory=dict)
    """What whoever made it wants to know later."""


class Writer:
    """Writes one segment; bodies of streams go straight to the file."""

    def __init__(self, path: Path, imports: int) -> None:
        self._file: IO[bytes] = path.open("wb")
        self._file.write(_MAGIC)
        self._digest = hashlib.sha256(_MAGIC)
        self._position = len(_MAGIC)
        self._imports = imports
        self._lines: list[bytes] = []
        self._references = array("q")
        self._streams = array("Q")
        self._group: Any = None
        self._first = 0

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def body(self, data: bytes) -> tuple[int, int]:
        """Write the body of a stream; where it stands."""
        place = self._position
        self._put(data)
        if self._group:
            self._group.update(data)
        return place, len(data)

    def add(
        self, line: bytes, references: Sequence[int], body: tuple[int, int] | None = None
    ) -> None:
        """Add the next object: its text on one line (of a stream, its dictionary)."""
        if body is not None:
            self._streams.extend((len(self._lines), *body))
        self._lines.append(line)
        self._references.extend(references)
        if self._group:
            inside = array("q", [number - self._first for number in references])
            self._group.update(line + b"\n" + inside.tobytes())

    def begin(self) -> None:
        """Take what is written from here on, up to `digest`, as a group."""
        self._group = hashlib.sha256()
        self._first = self._imports + len(self._lines)

    def digest(self) -> str:
        """A digest of all that was written since `begin`, wherever it stands."""
        found: str = self._group.hexdigest()
        self._group = None
        return found

    @property
    def fingerprint(self) -> str:
        """A digest of all bodies so far, short enough for names and never that of another file."""
        return self._digest.copy().hexdigest()[:12]

    def close(self, description: Description) -> None:
        """Write everything else."""
        starts = []
        for part in (
            b"\n".join(self._lines),
            self._references.tobytes(),
            self._streams.tobytes(),
            json.dumps(description, default=_fields).encode(),
        ):
            starts.append(self._position)
            self._put(part)
        self._file.write(_END.pack(len(self._lines), *starts, self._digest.digest()))

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._position += len(data)


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of a segment."""

    text: bytes
    """A line each, with `%d` for every number that depends on the place."""
    references: array[int]
    """Those numbers: a local number, or `-1 - key` for a key of the parent tree."""
    streams: array[int]
    """Index of its object, start and length of each stream's body, one after the other."""


class Segment:
    """A segment on disk; what it holds is read when it is asked for.

    Raises `ValueError` for a file that is none, and `OSError`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise ValueError(f"{path.name} is no segment")
            file.seek(-_END.size, os.SEEK_END)
            self.objects, *self._starts, self.digest = _END.unpack(file.read())
            """How many objects it has, imports left out."""
            self._end = file.tell() - _END.size

    def describe(self) -> Description:
        """What it holds."""
        with self.path.open("rb") as file:
            file.seek(self._starts[3])
            found = json.loads(file.read(self._end - self._starts[3]))
        return Description(
            imports=found["imports"],
            pages=tuple(found["pages"]),
            views=tuple((tuple(box), turn, unit) for box, turn, unit in found["views"]),
            heads=tuple(found["heads"]),
            slots=found["slots"],
            names=tuple((name, page, view) for name, page, view in found["names"]),
            outline=_marks(found["outline"]),
            layers=found["layers"] and _layers(found["layers"]),
            structure=found["structure"] and _structure(found["structure"]),
            common=tuple(Common(**one) for one in found["common"]),
            links=found["links"],
            uris=found["uris"],
            broken=found["broken"],
            record=found["record"],
        )

    def read(self) -> Objects:
        """All its objects, but for the bodies of streams."""
        lines, references, streams, end = self._starts
        with self.path.open("rb") as file:
            file.seek(lines)
            return Objects(
                file.read(references - lines),
                array("q", file.read(streams - references)),
                array("Q", file.read(end - streams)),
            )


def _fields(record: Any) -> dict[str, Any]:
    return {one.name: getattr(record, one.name) for one in fields(record)}


def _fragment(found: Any) -> Fragment:
    return found[0], tuple(found[1])


def _marks(found: Sequence[Any]) -> tuple[Mark, ...]:
    return tuple(Mark(**{**one, "children": _marks(one["children"])}) for one in found)


def _layers(found: dict[str, Any]) -> Layers:
    lists = {key: _fragment(value) for key, value in found["lists"].items()}
    return Layers(groups=tuple(found["groups"]), lists=lists)


def _structure(found: dict[str, Any]) -> Structure:
    parents = tuple((key, _fragment(value)) for key, value in found["parents"])
    return Structure(
        kids=tuple(found["kids"]),
        parents=parents,
        keys=found["keys"],
        ids=tuple((id, number) for id, number in found["ids"]),
        language=found["language"],
    )
