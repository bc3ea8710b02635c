"""SHA-256 of files, worked out once while a file's size, time and inode stay as they were."""

# A site has thousands of files; a Path for each costs more than the look at it.
# ruff: noqa: PTH100, PTH116, PTH123

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path

from builder.work.writing import write_if_changed

_FINE = 20_000_000
_COARSE = 2_000_000_000
"""Nanoseconds within which a file may change without a new time: kernels count in steps of up to
10 ms, FAT in steps of 2 s."""


class Digests:
    """What is known of files, kept in a file of its own, which may vanish or rot at any time.

    Git's way to judge an index: a file whose size, modification time and inode are as they were
    is the same; one that was changed only just before it was read may change again without a new
    time, so it is read again the next time. A second name of a known file (`share`) is known, too.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, list[int | str]] | None = None
        self._names: dict[tuple[int | str, ...], str] = {}
        """A name of each known file, by what tells files apart."""
        self._new = False

    def of(self, path: str | Path, name: str | Path = "") -> str:
        """The digest of `path`, in hexadecimal; raises `OSError` if it cannot be read.

        `name` is the path that the file will have in the end, where it is to be moved.
        """
        known, key = self._read(), os.path.abspath(name or path)
        before = os.stat(path)
        stamp = [before.st_size, before.st_mtime_ns, before.st_ino]
        entry = known.get(key)
        if entry is not None and entry[:-1] == stamp:
            return str(entry[-1])
        known.pop(key, None)
        if digest := self._shared(stamp, before):
            self._keep(key, stamp, digest, here=not name)
            return digest
        with open(path, "rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        step = _FINE if before.st_mtime_ns % 1_000_000_000 else _COARSE
        if time.time_ns() - before.st_mtime_ns > step:
            self._keep(key, stamp, digest, here=not name)
        return digest

    def _shared(self, stamp: list[int], seen: os.stat_result) -> str:
        """The digest of the same file under another name; empty where there is none."""
        name = self._names.get(tuple(stamp))
        entry = self._read().get(name) if name else None
        if not name or not entry or entry[:-1] != stamp:
            return ""
        try:
            same = os.path.samestat(os.stat(name), seen)
        except OSError:
            return ""
        return str(entry[-1]) if same else ""

    def _keep(self, key: str, stamp: list[int], digest: str, *, here: bool) -> None:
        self._read()[key] = [*stamp, digest]
        # Under a name that it will have in the end, another file may stand until then.
        if here or tuple(stamp) not in self._names:
            self._names[tuple(stamp)] = key
        self._new = True

    def save(self) -> None:
        """Keeps what is known for the next run; a folder that may not be written is no fault."""
        if not self._new or self._known is None:
            return
        lasting = {key: entry for key, entry in self._known.items() if os.path.lexists(key)}
        with contextlib.suppress(OSError):
            write_if_changed(self._file, json.dumps(lasting, separators=(",", ":")))
            self._new = False

    def _read(self) -> dict[str, list[int | str]]:
        if self._known is None:
            self._known = {}
            with contextlib.suppress(OSError, ValueError):
                found = json.loads(self._file.read_text("utf-8"))
                if isinstance(found, dict):
                    self._known = {
                        key: entry
                        for key, entry in found.items()
                        if isinstance(entry, list)
                        and [type(part) for part in entry] == [int, int, int, str]
                    }
            self._names = {tuple(entry[:-1]): key for key, entry in self._known.items()}
        return self._known
