"""The program and what it is built on: what another release worked out need not hold."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parents[1]
"""The folder of the program: its rooms stand below it."""


def release(*rooms: str) -> Iterator[str]:
    """Lines that change with every release of Python, of a package, and of these rooms, or of all.

    Files of the program count by size and time, so that a developer's change counts, too.
    """
    yield sys.version
    yield sys.platform
    yield from _packages()
    for room in rooms or ("",):
        yield from _code(HOUSE / room)


@functools.cache
def _packages() -> tuple[str, ...]:
    """Every package that is installed, with its version: the name of a folder says both."""
    folders = [folder for folder in map(Path, sys.path) if folder.is_dir()]
    return tuple(
        name for one in folders for name in sorted(found.name for found in one.glob("*.dist-info"))
    )


def _code(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _code(Path(entry.path))
            else:
                seen = entry.stat()
                yield f"{entry.name} {seen.st_size} {seen.st_mtime_ns}"
