"""Papers as the list of all of them shows them, kept between builds by what they are made of."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

from builder.site import record
from builder.work import write_if_changed

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
        told = {"frame": self._frame, "items": self._now}
        write_if_changed(self._file, f"{json.dumps(told)}\n")

    def _read(self) -> dict[str, str]:
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
            found = json.loads(self._file.read_text(encoding="utf-8"))
            if found["frame"] == self._frame:
                return {str(digest): str(html) for digest, html in found["items"].items()}
        return {}
