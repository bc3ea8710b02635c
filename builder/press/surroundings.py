"""What outputs depend on beside the edition: this program, what it is built on, the fonts."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

PROGRAM = Path(__file__).parents[1]

FONTS = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"),
    "win32": ("$WINDIR/Fonts", "$LOCALAPPDATA/Microsoft/Windows/Fonts"),
}
"""Where the typesetter looks for fonts of the system, by `sys.platform`."""

VARIABLES = ("SOURCE_DATE_EPOCH", "FONTCONFIG_FILE")
"""Sphinx heeds the one; where fonts are, the other says."""


def digest() -> str:
    """Changes with every release of this program or of a package, and with every new font.

    Files of the program count by size and time, so that a developer's change counts, too.
    """
    whole = hashlib.sha256()
    for line in (
        sys.version,
        sys.platform,
        *(os.environ.get(name, "") for name in VARIABLES),
        *_packages(),
        *_program(PROGRAM),
        *_fonts(),
    ):
        whole.update(line.encode("utf-8", "surrogateescape") + b"\0")
    return whole.hexdigest()


def _packages() -> Iterator[str]:
    """Every package that is installed, with its version: the name of a folder says both."""
    for folder in map(Path, sys.path):
        if folder.is_dir():
            yield from sorted(package.name for package in folder.glob("*.dist-info"))


def _program(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _program(Path(entry.path))
            else:
                seen = entry.stat()
                yield f"{entry.name} {seen.st_size} {seen.st_mtime_ns}"


def _fonts() -> Iterator[str]:
    """Folders of fonts by their times: a font that comes or goes changes its folder's."""
    for place in FONTS.get(sys.platform, ()):
        for folder, _, _ in os.walk(Path(os.path.expandvars(place)).expanduser()):
            yield f"{folder} {Path(folder).stat().st_mtime_ns}"
