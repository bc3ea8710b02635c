"""What the last build wrote: so that pages which did not change stay, and stale ones go."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from builder.work import write_if_changed

NAME = "proceedings-pages.json"
PROSE = "prose"
"""Stands for the digest of a page that Sphinx makes of a file of the editors."""


@dataclass(frozen=True, slots=True)
class Made:
    """One file that was made."""

    digest: str = ""
    """Of what it was made of; empty for what is no page."""
    size: int = 0
    """Bytes."""
    time: int = 0
    """When it was written, in nanoseconds: another file in its place is not what was made."""


def digest(*parts: str) -> str:
    """A short digest that changes when any part does."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:24]


def made(digest: str, file: str | Path) -> Made:
    """That `file` was made of what has that digest. Raises `OSError` if there is no such file."""
    seen = os.stat(file)  # noqa: PTH116  # asked of every page, for which a Path costs more
    return Made(digest, seen.st_size, seen.st_mtime_ns)


def stands(known: Made | None, digest: str, file: str | Path) -> bool:
    """Whether `file` is what was made of what has that digest."""
    if known is None or known.digest != digest:
        return False
    with contextlib.suppress(OSError):
        return made(digest, file) == known
    return False


def read(state: Path, out: Path) -> dict[str, Made]:
    """What the last build made in `out`, by path.

    `state` is Sphinx's folder for its own state, which may be deleted at any time.
    """
    try:
        found = json.loads((state / NAME).read_text(encoding="utf-8"))
        if found["out"] != str(out):
            return {}
        return {
            str(path): Made(str(digest), int(size), int(time))
            for path, (digest, size, time) in found["made"].items()
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def remembered(state: Path, out: Path) -> tuple[str, ...]:
    """What the last build made in `out` and the next one need not make again, by path.

    Pages of prose are not among them: Sphinx would write into what stands there.
    """
    return tuple(
        path
        for path, one in read(state, out).items()
        if one.digest != PROSE and ".." not in Path(path).parts
    )


def write(state: Path, out: Path, made: Mapping[str, Made]) -> None:
    """Remembers what stands in `out` now."""
    rows = {path: [one.digest, one.size, one.time] for path, one in sorted(made.items())}
    text = json.dumps({"out": str(out), "made": rows}, separators=(",", ":"))
    write_if_changed(state / NAME, f"{text}\n")


def sweep(out: Path, before: Collection[str], now: Collection[str]) -> None:
    """Removes files that an earlier build made and this one does not."""
    root = out.resolve()
    for path in set(before) - set(now):
        stale = (root / path).resolve()
        # The record lies where anybody may edit it: nothing outside the site is ever removed.
        if not stale.is_relative_to(root):
            continue
        stale.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            stale.parent.rmdir()
