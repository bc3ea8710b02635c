"""Writing a PDF, object by object, into object streams and a cross-reference stream.

ISO 32000-2, 7.5.7 and 7.5.8. What is written is never read back into memory, so that the size of
a volume costs time and disk but no memory.
"""

from __future__ import annotations

import bisect
import hashlib
import itertools
import sys
import zlib
from array import array
from collections.abc import Sequence
from typing import IO

_PER_STREAM = 128
"""Objects in one object stream: small enough to be unpacked for one of them."""

_CHUNK = 1 << 20

_LEVEL = 4
"""How hard object streams are compressed: against 6, two thirds of the time and a thousandth more
of a volume's size."""

MOST_OBJECTS = 8_388_607
"""Highest object number that every reader knows (ISO 32000-1, annex C)."""


class Output:
    """One file being written. Numbers are reserved first and given their objects in any order."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._position = 0
        # One entry a number: kind, offset (or stream), generation (or index) in 1 + 5 + 2 bytes.
        self._rows = array("Q", [0xFFFF])
        self._loose: list[tuple[int, bytes]] = []
        self.digest = hashlib.sha256()
        """What the file's identifier is made of: all that is added, and what writers tell it of
        what they copy."""
        # Object streams need 1.5, UserUnit 1.6.
        self._put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self, count: int = 1) -> int:
        """The first of so many consecutive numbers."""
        first = len(self._rows)
        self._rows.extend([0] * count)
        if len(self._rows) > MOST_OBJECTS:
            raise ValueError("the volume has more objects than a PDF can have: divide it")
        return first

    def add(self, number: int, text: bytes) -> None:
        """Write an object that is no stream."""
        self.digest.update(text)
        self._loose.append((number, text))
        if len(self._loose) == _PER_STREAM:
            self.flush()

    def stream(self, number: int, dictionary: bytes, body: bytes) -> None:
        """Write a stream; its dictionary says everything, also its length."""
        self._rows[number] = 1 << 56 | self._position << 16
        self._put(b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, dictionary, body))

    def copy(
        self, number: int, dictionary: bytes, source: IO[bytes], start: int, length: int
    ) -> None:
        """Write a stream whose body stands in another file."""
        source.seek(start)
        if length <= _CHUNK:  # nearly all: one piece, written at once
            body = source.read(length)
            if len(body) < length:
                raise ValueError("a segment ends too early")
            self.stream(number, dictionary, body)
            return
        self._begin(number, dictionary)
        while length:
            chunk = source.read(min(_CHUNK, length))
            if not chunk:
                raise ValueError("a segment ends too early")
            self._put(chunk)
            length -= len(chunk)
        self._put(b"\nendstream\nendobj\n")

    def align(self, step: int) -> None:
        """Leave numbers unused up to the next that `step` divides."""
        self.reserve(-len(self._rows) % step)

    def block(
        self,
        loose: Sequence[tuple[int, bytes]],
        heads: Sequence[int] = (),
        packs: int = 0,
    ) -> None:
        """Write objects that are no streams, in order of their numbers.

        No object stream reaches beyond a number in `heads`. Object streams are numbered from
        `packs` on; see `most_packs`.
        """
        self.flush()
        ends = [bisect.bisect_left(loose, (head, b"")) for head in heads]
        for start, end in itertools.pairwise((0, *ends, len(loose))):
            for at in range(start, end, _PER_STREAM):
                self._pack(loose[at : min(at + _PER_STREAM, end)], packs)
                packs += 1 if packs else 0

    def flush(self) -> None:
        """Write the objects that wait for an object stream to be full."""
        loose, self._loose = self._loose, []
        for start in range(0, len(loose), _PER_STREAM):
            self._pack(loose[start : start + _PER_STREAM])

    def finish(self, root: int, info: int) -> None:
        """Write what is still waiting, and the cross-reference stream."""
        self.flush()
        id = self.digest.hexdigest()[:32].encode()
        number = self.reserve()
        position = self._position
        self._rows[number] = 1 << 56 | position << 16
        rows = array("Q", self._rows)
        if sys.byteorder == "little":
            rows.byteswap()
        body = zlib.compress(rows.tobytes())
        self._put(
            b"%d 0 obj\n<< /Type /XRef /Size %d /W [ 1 5 2 ] /Root %d 0 R /Info %d 0 R "
            b"/ID [ <%s> <%s> ] /Filter /FlateDecode /Length %d >>\nstream\n"
            % (number, len(rows), root, info, id, id, len(body))
        )
        self._put(body)
        self._put(b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % position)

    def _pack(self, objects: Sequence[tuple[int, bytes]], number: int = 0) -> None:
        number = number or self.reserve()
        rows, places, position = self._rows, [], 0
        for index, (each, text) in enumerate(objects):
            rows[each] = 2 << 56 | number << 16 | index
            places.append(b"%d %d" % (each, position))
            position += len(text) + 1
        head = b" ".join(places) + b"\n"
        body = zlib.compress(head + b"\n".join([text for _, text in objects]), _LEVEL)
        self.stream(
            number,
            b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>"
            % (len(objects), len(head), len(body)),
            body,
        )

    def _begin(self, number: int, dictionary: bytes) -> None:
        self._rows[number] = 1 << 56 | self._position << 16
        self._put(b"%d 0 obj\n%s\nstream\n" % (number, dictionary))

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._position += len(data)


def most_packs(objects: int, heads: Sequence[int]) -> int:
    """How many object streams a block may need at most."""
    return objects // _PER_STREAM + len(heads) + 1


def string(data: bytes) -> bytes:
    """A byte string as PDF (ISO 32000-2, 7.3.4)."""
    if data.isascii() and data.decode().isprintable():
        for special in (b"\\", b"(", b")"):
            data = data.replace(special, b"\\" + special)
        return b"(%s)" % data
    return b"<%s>" % data.hex().encode()


def text(value: str) -> bytes:
    """A text string as PDF (ISO 32000-2, 7.9.2.2): ASCII, or UTF-16 with its mark."""
    if value.isascii() and value.isprintable():
        return string(value.encode())
    return string(b"\xfe\xff" + value.encode("utf-16-be", "replace"))
