"""A three-way merge of plain data: what was received last, what is received now, what stands there.

Tables are merged key by key, lists of things with ids thing by thing, everything else as a whole.
A value that nobody edited is updated; one that the editors edited stays; where both changed it
differently the editors' stays and there is a `Conflict`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple


class _Absent:
    """The type of `ABSENT`."""

    def __repr__(self) -> str:
        return "ABSENT"

    def __deepcopy__(self, memo: object) -> _Absent:
        return self


ABSENT: Final = _Absent()
"""Nothing stands in that place."""

Path = tuple[str | int, ...]
"""Keys from the root; an integer is the place in a list as it stands in the file now."""


@dataclass(frozen=True, slots=True)
class Put:
    """Something to be written: a new value, a new key of a table, or a new item (`add`)."""

    path: Path
    value: Any
    add: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """A key that nobody edited and the source no longer has."""

    path: Path


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both sides changed a value differently; the editors' stays."""

    path: Path
    ours: Any
    theirs: Any


@dataclass(slots=True)
class Merge:
    """The outcome of one merge."""

    edits: list[Put | Drop] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    """What the source no longer has and is kept (only ids' things; see `merge`)."""
    base: Any = ABSENT
    """What to remember as received: `theirs`, but for conflicts, which stay open until settled."""


def merge(ours: Any, base: Any, theirs: Any, *, untouched: Any = ABSENT, prune: bool) -> Merge:
    """Merges `theirs` into `ours`.

    `untouched` is what stood there before any editor came (a scaffold): a value equal to it counts
    as unedited. With `prune`, keys that the source no longer has are dropped where unedited.
    """
    outcome = Merge()
    outcome.base = _merge((), _Sides(ours, base, theirs, untouched), prune, outcome)
    return outcome


class _Sides(NamedTuple):
    """One place as each side has it."""

    ours: Any
    base: Any
    theirs: Any
    untouched: Any


def _merge(path: Path, sides: _Sides, prune: bool, outcome: Merge) -> Any:
    ours, base, theirs, untouched = sides
    if theirs is ABSENT:
        if base is not ABSENT and ours is not ABSENT:
            if prune and same(ours, base):
                outcome.edits.append(Drop(path))
                return ABSENT
            outcome.removed.append(path)
            return base
        return ABSENT
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        return _tables(path, sides, prune, outcome)
    if _has_ids(ours) and _has_ids(theirs) and ours and not same(ours, untouched):
        return _things(path, sides, prune, outcome)
    if same(ours, theirs):
        return theirs
    if ours is ABSENT:
        if base is ABSENT:
            outcome.edits.append(Put(path, theirs, add=True))
            return theirs
        if same(base, theirs):  # deleted by the editors, and nothing new came
            return theirs
    elif same(ours, base) or same(ours, untouched) or ours in (None, "", [], {}):
        outcome.edits.append(Put(path, theirs))
        return theirs
    elif same(base, theirs):
        return theirs
    outcome.conflicts.append(Conflict(path, ours, theirs))
    return base


def _tables(path: Path, sides: _Sides, prune: bool, outcome: Merge) -> dict[str, Any]:
    ours, base, theirs, untouched = (side if isinstance(side, Mapping) else {} for side in sides)
    result = {}
    for key in [*theirs, *(key for key in base if key not in theirs)]:
        inner = _Sides(*(side.get(key, ABSENT) for side in (ours, base, theirs, untouched)))
        remembered = _merge((*path, key), inner, prune, outcome)
        if remembered is not ABSENT:
            result[key] = remembered
    return result


def _things(path: Path, sides: _Sides, prune: bool, outcome: Merge) -> list[Any]:
    places = {item["id"]: at for at, item in enumerate(sides.ours)}
    ours, base, theirs, untouched = (
        {item["id"]: item for item in side} if _has_ids(side) else {} for side in sides
    )
    result = []
    for id in [*theirs, *(id for id in base if id not in theirs)]:
        inner = _Sides(*(side.get(id, ABSENT) for side in (ours, base, theirs, untouched)))
        place: Path = (*path, places.get(id, len(places)))
        remembered = _merge(place, inner, prune, outcome)
        if remembered is not ABSENT:
            result.append(remembered)
    return result


def _has_ids(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(_ids(value))


def _ids(value: Sequence[Any]) -> Iterator[bool]:
    seen = set()
    for item in value:
        id = item.get("id") if isinstance(item, Mapping) else None
        yield isinstance(id, str) and id not in seen
        seen.add(id)


def same(one: Any, other: Any) -> bool:
    """Whether two values say the same; white space in text does not count."""
    if one is ABSENT or other is ABSENT:
        return one is other
    if isinstance(one, str) and isinstance(other, str):
        return one == other or one.split() == other.split()
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
