"""Where a volume's objects are, as pypdf found it, in a tenth of the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pypdf

_NONE = -1


class Offsets(Mapping[int, int]):
    """Offset in the file of each object that stands by itself, by its number."""

    def __init__(self, given: Mapping[int, int]) -> None:
        self._row = _row(max(given, default=_NONE), given.items())
        self._count = len(given)

    def __getitem__(self, number: int) -> int:
        if number not in self:
            raise KeyError(number)
        return self._row[number]

    def __contains__(self, number: object) -> bool:
        # A mapping's own way would be to catch an error for each of very many that are not here.
        return _holds(self._row, number)

    def __iter__(self) -> Iterator[int]:
        return (number for number, offset in enumerate(self._row) if offset != _NONE)

    def __len__(self) -> int:
        return self._count


class Packed(Mapping[int, tuple[int, int]]):
    """Stream, and place in it, of each object that stands in one with others, by its number."""

    def __init__(self, given: Mapping[int, tuple[int, int]]) -> None:
        last = max(given, default=_NONE)
        self._streams = _row(last, ((number, stream) for number, (stream, _) in given.items()))
        self._places = _row(last, ((number, place) for number, (_, place) in given.items()))
        self._count = len(given)

    def __getitem__(self, number: int) -> tuple[int, int]:
        if number not in self:
            raise KeyError(number)
        return self._streams[number], self._places[number]

    def __contains__(self, number: object) -> bool:
        return _holds(self._streams, number)

    def __iter__(self) -> Iterator[int]:
        return (number for number, stream in enumerate(self._streams) if stream != _NONE)

    def __len__(self) -> int:
        return self._count


def compact(reader: pypdf.PdfReader) -> None:
    """Keeps what the reader knows of places in less memory.

    Afterwards it cannot mend them, as it does where a file is damaged; then it raises `TypeError`.
    """
    known: Any = reader
    known.xref = {generation: Offsets(table) for generation, table in reader.xref.items()}
    known.xref_objStm = Packed(reader.xref_objStm)


def _row(last: int, given: Iterable[tuple[int, int]]) -> array[int]:
    row = array("q", [_NONE]) * (last + 1)
    for number, value in given:
        row[number] = value
    return row


def _holds(row: array[int], number: object) -> bool:
    return isinstance(number, int) and 0 <= number < len(row) and row[number] != _NONE
