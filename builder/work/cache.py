"""What was worked out once: stored under a digest of everything that it was made from."""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Callable
from pathlib import Path

from builder.work.digests import Digests
from builder.work.writing import beside
from builder.work.writing import write as write_atomically


class Cache:
    """A folder of results; it may vanish at any time, and a damaged entry is no entry.

    An entry is a file beside which its digest stands; it counts only if the two agree.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._place = folder

    def within(self, *names: str) -> Cache:
        """A cache in a folder of this one, to be emptied by itself; what is known is shared."""
        cache = Cache(self.folder.joinpath(*names))
        cache._place = self._place
        return cache

    @property
    def digests(self) -> Digests:
        """What is known of files, of the cache's own and of any other."""
        return _digests(self._place)

    def key(self, *parts: str | bytes | Path) -> str:
        """A digest of `parts`; a `Path` stands for the bytes of that file.

        Each part enters with its kind and length, so that ("ab", "c") and ("a", "bc") differ.
        Raises `OSError` if a file cannot be read.
        """
        total = hashlib.sha256()
        for part in parts:
            match part:
                case Path():
                    digest, kind = bytes.fromhex(self.digests.of(part)), b"file"
                case bytes():
                    digest, kind = hashlib.sha256(part).digest(), b"bytes"
                case _:
                    text = part.encode("utf-8", "surrogatepass")
                    digest, kind = hashlib.sha256(text).digest(), b"text"
            total.update(kind + b":" + digest)
        return total.hexdigest()

    def find(self, kind: str, key: str, suffix: str) -> Path | None:
        """The stored file, or `None` if there is none or it is damaged.

        It belongs to the cache: copy it, never change it.
        """
        path = self._path(kind, key, suffix)
        try:
            stored = path.with_name(path.name + ".sha256").read_text("ascii").strip()
            intact = self.digests.of(path) == stored
        except (OSError, ValueError):
            return None
        return path if intact else None

    def store(self, kind: str, key: str, suffix: str, write: Callable[[Path], None]) -> Path:
        """Store what `write` writes to the path it is given; atomic; returns the stored file.

        Raises what `write` raises (nothing is stored then), and `OSError`.
        """
        path = self._path(kind, key, suffix)
        with beside(path) as temporary:
            write(temporary)
            digest = self.digests.of(temporary, path)
            # Without its digest the entry does not count: nobody sees new content, old digest.
            path.with_name(path.name + ".sha256").unlink(missing_ok=True)
        write_atomically(path.with_name(path.name + ".sha256"), digest + "\n")
        return path

    def find_text(self, kind: str, key: str, suffix: str = ".json") -> str | None:
        """The stored text, or `None`; as `find`, for callers that want the content at once."""
        path = self.find(kind, key, suffix)
        if path is not None:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                return path.read_bytes().decode()
        return None

    def store_data(self, kind: str, key: str, data: str | bytes, suffix: str = ".json") -> Path:
        """Store bytes, or a text for `find_text` in UTF-8; otherwise as `store`."""
        content = data.encode() if isinstance(data, str) else data
        return self.store(kind, key, suffix, lambda path: _write(path, content))

    def _path(self, kind: str, key: str, suffix: str) -> Path:
        return self.folder / kind / key[:2] / f"{key[2:]}{suffix}"


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


@functools.cache
def _digests(folder: Path) -> Digests:
    """One for each folder, whoever asks."""
    return Digests(folder / "digests.json")
