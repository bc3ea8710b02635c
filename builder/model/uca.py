"""The Unicode Collation Algorithm by pyuca, whose table is read as far as it is needed.

The whole table has 35,000 lines and takes a third of a second to read, which is more than all that
a volume of Latin names needs of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path

from pyuca import Collator
from pyuca.collator import COLL_ELEMENT_PATTERN
from pyuca.trie import Trie

Weights = list[list[int]]


class Table(Trie):  # type: ignore[misc]  # pyuca has no types
    """pyuca's table, into which a character's lines are read when it is first looked up."""

    def __init__(self, lines: dict[str, list[str]]) -> None:
        super().__init__()
        self._lines = lines

    def find_prefix(
        self, key: Sequence[int]
    ) -> tuple[Sequence[int], Weights | None, Sequence[int]]:
        """As pyuca has it: the longest known beginning of `key`, its weights, and the rest."""
        for line in self._lines.pop(f"{key[0]:04X}", ()) if key else ():
            codes, _, rest = line.partition(";")
            weights = COLL_ELEMENT_PATTERN.finditer(rest.partition("#")[0])
            self.add(
                [int(code, 16) for code in codes.split()],
                [[int(weight, 16) for weight in one.groups()] for one in weights],
            )
        found: tuple[Sequence[int], Weights | None, Sequence[int]] = super().find_prefix(key)
        return found


class Plain(dict[str, tuple[tuple[int, ...], ...]]):
    """The weights of single characters, level by level, those that count."""

    def __init__(self, collator: Collator) -> None:
        super().__init__()
        self._collator = collator

    def __missing__(self, char: str) -> tuple[tuple[int, ...], ...]:
        """Asked of the table when a character is first met."""
        elements = self._collator.collation_elements(char)
        self[char] = tuple(
            tuple(one[level] for one in elements if len(one) > level and one[level])
            for level in range(4)
        )
        return self[char]


class LazyCollator(Collator):  # type: ignore[misc]  # pyuca has no types
    """pyuca's collator, quick to begin with, and with ASCII."""

    def sort_key(self, string: str) -> tuple[int, ...]:
        """As pyuca has it. Plain letters never combine, so each stands for its own weights."""
        if not string.isascii():
            key: tuple[int, ...] = super().sort_key(string)
            return key
        levels = zip(*map(self._plain.__getitem__, string), strict=True) if string else [()] * 4
        first, *others = (chain.from_iterable(level) for level in levels)
        return (*first, *chain.from_iterable((0, *level) for level in others))

    @cached_property
    def _plain(self) -> Plain:
        return Plain(self)

    def load(self, filename: str) -> None:
        """Sorts the table's lines by the character that they begin with, and reads none of them."""
        lines: dict[str, list[str]] = {}
        for line in Path(filename).read_text("utf-8").split("\n"):
            if line.startswith("@implicitweights"):
                block, base = line.partition("#")[0].removeprefix("@implicitweights").split(";")
                first, last = block.split("..")
                self.implicit_weights.append([int(first, 16), int(last, 16), int(base, 16)])
            elif line and line[0] not in "@#":
                lines.setdefault(line[: line.index(" ")], []).append(line)
        self.table = Table(lines)
