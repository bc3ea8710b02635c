"""What the last build wrote: so that pages which did not change stay, and stale ones go."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path

from builder.work import write_if_changed

NAME = "proceedings-pages.json"


def digest(*parts: str) -> str:
    """A short digest that changes when any part does."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:24]


def read(state: Path, out: Path) -> dict[str, str]:
    """Path of every file that the last build made in `out`, with a digest of what it was made of.

    `state` is Sphinx's folder for its own state, which may be deleted at any time.
    """
    try:
        found = json.loads((state / NAME).read_text(encoding="utf-8"))
        if found["out"] != str(out):
            return {}
        return {str(path): str(sum) for path, sum in found["made"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def write(state: Path, out: Path, made: Mapping[str, str]) -> None:
    """Remembers what stands in `out` now."""
    found = {"out": str(out), "made": dict(sorted(made.items()))}
    write_if_changed(state / NAME, json.dumps(found, indent=0) + "\n")


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
