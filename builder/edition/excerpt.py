"""Parts of a file that are read without the rest, and where in the file they stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from builder.edition.source import Source
from builder.model import Where


@dataclass(frozen=True)
class Excerpt(Source):
    """Parts of a file, read as if they were all of it; places are those in the file."""

    whole: Source = field(default_factory=lambda: Source("", ""))
    begins: tuple[int, ...] = ()
    """Where each part begins in this text."""
    offsets: tuple[int, ...] = ()
    """Where each part begins in the whole."""

    def line(self, at: int) -> int:
        """The line in the whole file."""
        return self.whole.line(self._there(at))

    def where(self, at: int) -> Where:
        """The place in the whole file."""
        return self.whole.where(self._there(at))

    def byte(self, at: int) -> int:
        """The offset in this text: nobody edits a file by an excerpt."""
        return at

    def _there(self, at: int) -> int:
        part = bisect_right(self.begins, at) - 1
        return self.offsets[part] + at - self.begins[part]
