"""Papers as the list of all of them shows them, kept between builds by what they are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from builder.site import record
from builder.work.notes import note, recall

NAME = "proceedings-items.json"


class Items:
    """The items of one list: those of the last build in this place, and those of this one."""

    def __init__(self, state: Path, frame: str, origins: Mapping[str, str]) -> None:
        """`frame` changes when any item may; `origins` has a digest for each paper, by its key.

        `state` is Sphinx's folder for its own state, which may be deleted at any time.
        """
        self._file = state / NAME
        self._frame = frame
        self._origins = origins
        self._before = self._read()
        self._now: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"<Items: {len(self._before)} kept>"

    def of(self, key: str, how: str, make: Callable[[], str]) -> str:
        """The item of the paper called `key` as HTML; `how` says which of its shapes."""
        digest = record.digest(key, how, self._origins[key])
        known = self._before.get(digest)
        self._now[digest] = make() if known is None else known
        return self._now[digest]

    def write(self) -> None:
        """Remembers the items of this build, and no others."""
        if self._now != self._before:
            note(self._file, self._frame, json.dumps(self._now))

    def _read(self) -> dict[str, str]:
        text = recall(self._file, self._frame)
        return json.loads(text) if text else {}
