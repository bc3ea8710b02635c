"""What an audit saw, so that the next one need not: papers that stand in a volume as they stood.

Assembling copies; two volumes of nearly the same papers are nearly the same bytes. A paper whose
objects are, byte for byte, those of a paper that was found sound, and whose pages are the same
objects, is as sound as that one, whatever stands around it. Offsets come from pypdf's reading of
the cross-reference stream, bytes from the file, and pages from pypdf's and qpdf's reading of the
page tree: nothing is taken from the assembler but which numbers belong to a paper, and a paper is
only noted if all that the audit read of it has such a number.
"""

from __future__ import annotations

import bisect
import contextlib
import hashlib
import json
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from builder.pdf.links import annotations_of
from builder.pdf.readers import readers
from builder.pdf.reviewing import Review
from builder.work.notes import note, recall

_FORM = "1"
"""Raised whenever the audit looks at more than before."""

Rows = list[Any]
"""A paper's own outline: title, index of the page in the paper, children."""


class Ledger:
    """Identities of papers that were found sound, with what else the audit has to know of them.

    A file that is damaged or of another form counts as empty.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._sound: dict[str, Rows] = {}
        if path is not None:
            with contextlib.suppress(ValueError):
                self._sound = json.loads(recall(path, f"{_FORM} {readers()}") or "{}")

    def find(self, identity: str) -> Rows | None:
        """The outline of a paper that was found sound, or `None`."""
        return self._sound.get(identity)

    def note(self, sound: Mapping[str, Rows]) -> None:
        """Remember these papers, and no others."""
        if self._path is not None:
            note(self._path, f"{_FORM} {readers()}", json.dumps(sound, ensure_ascii=False))


def identities(
    review: Review, numbers: Sequence[tuple[int, int]], common: tuple[int, int]
) -> dict[int, str]:
    """What tells each paper of a volume from any other, by its place among the parts.

    `numbers` are, for each part, the first of its object numbers and the one after the last;
    `common` are those of objects that several share. Papers are left out whose pages have other
    numbers, or whose objects do not stand together.
    """
    offsets: Mapping[int, int] = review.volume.reader.xref.get(0, {})
    held: Mapping[int, tuple[int, int]] = review.volume.reader.xref_objStm
    starts = sorted(offsets.values())
    found: dict[int, str] = {}
    with review.file.open("rb") as file:

        def digest(first: int, last: int) -> bytes | None:
            """The objects with numbers from `first` up to `last`, wherever they stand."""
            own = [offsets[number] for number in range(first, last) if number in offsets]
            start = min(own, default=0)
            rows = array("q")
            for number in range(first, last):
                if number in held:
                    rows.extend((number, *held[number]))
                elif number in offsets:
                    rows.extend((number, offsets[number] - start, -1))
            total = hashlib.sha256(rows.tobytes())
            if own:
                at = bisect.bisect_left(starts, start)
                if starts[at : at + len(own)] != sorted(own) or at + len(own) == len(starts):
                    return None
                file.seek(start)
                left = starts[at + len(own)] - start
                while left:
                    data = file.read(min(left, 1 << 20))
                    if not data:
                        return None
                    total.update(data)
                    left -= len(data)
            return total.digest()

        shared = digest(*common)
        for index, (part, offset) in enumerate(review.parts):
            first, last = numbers[index]
            pages = review.volume.numbers[offset : offset + part.pages]
            if not part.key or shared is None or not all(first <= one < last for one in pages):
                continue
            objects = digest(first, last)
            if objects is not None:
                whole = bytes.fromhex(part.digest) or _digest(part.path)
                wanted = repr((pages, part.pages, part.stamps)).encode()
                total = hashlib.sha256(shared + objects + whole + wanted)
                found[index] = total.hexdigest()
    return found


def _digest(path: Path) -> bytes:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").digest()


def stands_alone(review: Review, index: int) -> bool:
    """Whether what the audit reads of a paper has numbers of its own, but for shared fonts."""
    if index not in review.numbers:
        return False
    first, last = review.numbers[index]
    offset = review.offsets[index]
    return all(
        annotation.objgen[0] == 0 or first <= annotation.objgen[0] < last
        for sheet in range(offset, offset + review.expected.parts[index].pages)
        for annotation in annotations_of(review.written.pages[sheet])
    )
