"""What outputs depend on beside the edition: this program, what it is built on, the fonts."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from builder.work.program import release

FONTS = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts"),
    "win32": ("$WINDIR/Fonts", "$LOCALAPPDATA/Microsoft/Windows/Fonts"),
}
"""Where the typesetter looks for fonts of the system, by `sys.platform`."""

VARIABLES = ("SOURCE_DATE_EPOCH", "FONTCONFIG_FILE")
"""Sphinx heeds the one; where fonts are, the other says."""


def digest() -> str:
    """Changes with every release of this program or of a package, and with every new font."""
    whole = hashlib.sha256()
    for line in (
        *(os.environ.get(name, "") for name in VARIABLES),
        *release(),
        *_fonts(),
    ):
        whole.update(line.encode("utf-8", "surrogateescape") + b"\0")
    return whole.hexdigest()


def _fonts() -> Iterator[str]:
    """Folders of fonts by their times: a font that comes or goes changes its folder's."""
    for place in FONTS.get(sys.platform, ()):
        for folder, _, _ in os.walk(Path(os.path.expandvars(place)).expanduser()):
            yield f"{folder} {Path(folder).stat().st_mtime_ns}"
