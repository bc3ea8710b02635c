"""Writing below `private/`: what we made may be made anew, what an editor changed stays."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from builder.work import write_if_changed

LEDGER = "private/.made.json"
"""Digests of what we wrote last, by path: what differs from them was written by an editor."""


class Keeper:
    """Remembers what was made in `private/`, so that nobody's own words are ever overwritten."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._made: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError):
            stored = json.loads((root / LEDGER).read_text("utf-8"))
            if isinstance(stored, dict):
                self._made = {str(path): str(digest) for path, digest in stored.items()}

    def read(self, path: str) -> str | None:
        """The text that an editor wrote at `path`, or `None` where there is only ours, or none."""
        file = self.root / path
        if not self.edited(path):
            return None
        return file.read_text("utf-8", errors="replace")

    def edited(self, path: str) -> bool:
        """Whether what stands at `path` is not what we wrote there."""
        try:
            content = (self.root / path).read_bytes()
        except FileNotFoundError:
            return False
        return hashlib.sha256(content).hexdigest() != self._made.get(path)

    def write(self, path: str, data: str | bytes) -> bool:
        """Writes `data` to `path` below the edition's root, unless an editor wrote there.

        Whether it stands there now. Raises `OSError`.
        """
        content = data.encode() if isinstance(data, str) else data
        file = self.root / path
        same = file.is_file() and file.read_bytes() == content
        if self.edited(path) and not same:
            return False
        self._guard()
        write_if_changed(file, content)
        self._made[path] = hashlib.sha256(content).hexdigest()
        return True

    def remove(self, path: str) -> bool:
        """Takes away what we made at `path` and nobody changed; whether there was such a file."""
        if path not in self._made or self.edited(path):
            return False
        (self.root / path).unlink(missing_ok=True)
        del self._made[path]
        return True

    def close(self) -> None:
        """Writes down what was made; call it when everything is written."""
        if self._made:
            kept = {path: self._made[path] for path in sorted(self._made)}
            write_if_changed(self.root / LEDGER, json.dumps(kept, indent=1) + "\n")

    def _guard(self) -> None:
        # The folder keeps itself out of git, whatever the edition's own .gitignore says.
        ignored = self.root / "private" / ".gitignore"
        if not ignored.exists():
            write_if_changed(ignored, "*\n")


@contextlib.contextmanager
def keeper(root: Path) -> Iterator[Keeper]:
    """A `Keeper` that writes down what was made, also after an error."""
    one = Keeper(root)
    try:
        yield one
    finally:
        one.close()
