"""What lies in an edition's folders: the only place of this room that looks at the disk."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

_FOLDERS = ("papers", "proceedings")
_SKIPPED = {"_build", "build", "node_modules", "__pycache__"}


@dataclass(frozen=True, slots=True)
class Files:
    """The files of `papers/` and `proceedings/` as their names are spelled on the disk."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    """Bytes, by path relative to the edition's root: forward slashes, NFC."""

    def __contains__(self, path: str) -> bool:
        return spelled(path) in self.sizes

    def size(self, path: str) -> int | None:
        """Bytes of the file, or `None` where there is none of exactly that name."""
        return self.sizes.get(spelled(path))

    def other_case(self, path: str) -> str | None:
        """A file whose name differs only in upper and lower case, if there is one."""
        wanted = spelled(path)
        return next(
            (p for p in self.sizes if p != wanted and p.casefold() == wanted.casefold()), None
        )

    def papers(self, suffix: str = "") -> tuple[str, ...]:
        """Paths of the files directly in `papers/` that end in `suffix`, whatever its case."""
        return tuple(
            path
            for path in sorted(self.sizes)
            if PurePosixPath(path).parent.as_posix() == "papers"
            and path.casefold().endswith(suffix)
        )


def spelled(path: str) -> str:
    """The one spelling of `path` that is compared: macOS hands out decomposed accents."""
    return unicodedata.normalize("NFC", path.replace("\\", "/"))


def look(root: Path) -> Files:
    """Lists the files below `root` that editors wrote; a folder that cannot be read is empty."""
    sizes: dict[str, int] = {}
    for name in _FOLDERS:
        for folder, inner, here in os.walk(root / name):
            inner[:] = sorted(d for d in inner if d not in _SKIPPED and not d.startswith("."))
            for file in sorted(here):
                path = Path(folder, file)
                try:
                    size = path.stat().st_size
                except OSError:  # a link that leads nowhere is no file
                    continue
                sizes[spelled(path.relative_to(root).as_posix())] = size
    return Files(sizes)
