"""A paper, or the page that stands for it, ready to be joined; and how papers are kept."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from builder import pdf
from builder.booklet.typeset import Typeset
from builder.model import PlannedPaper
from builder.pdf import Prepared
from builder.pdf.readers import readers
from builder.work import Cache, share

_PREPARED: TypeAdapter[Prepared] = TypeAdapter(Prepared)
VERSIONS = (readers(), f"typst {version('typst')}")
"""What made a file belongs to what it was made from."""

FORM = "7"
"""Raised whenever the same input is to give other files than before."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One paper, ready to be joined."""

    key: str
    file: Path
    real: bool
    """Whether it is the paper itself, not a page that stands for it."""
    prepared: Prepared
    segment: Path | None = None
    """The paper without its stamps, as `pdf.join` likes it best; kept whatever its page numbers."""
    overlay: Path | None = None
    """Its stamps."""
    typeset: Typeset | None = None
    """For a page that stands for it: how setting it went."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A paper without its stamps, in the cache or yet to be made."""

    key: str
    path: Path
    kept: bool

    @classmethod
    def find(cls, cache: Cache, content: str, counts: Any, out: Path) -> Segment:
        """What is kept for a paper of this `content`, or where to make it, beside `out`."""
        key = cache.key("segment", pdf.SEGMENT_FORM, *VERSIONS, content, repr(counts))
        kept = cache.find("segment", key, ".segment")
        return cls(key, kept or out.with_suffix(".segment"), kept is not None)

    def keep(self, cache: Cache) -> Path:
        """Put it into the cache if it is new; where it is now."""
        if self.kept:
            return self.path
        return cache.store("segment", self.key, ".segment", self._move)

    def _move(self, path: Path) -> None:
        self.path.replace(path)


def kept(
    cache: Cache, key: str, planned: PlannedPaper, out: Path, segment: Segment
) -> Printed | None:
    """The paper as it was prepared before from the same input, copied to `out`.

    All of it or nothing: joined from its file alone it would share no fonts with other papers.
    """
    file, record = cache.find("paper", key, ".pdf"), cache.find_text("paper", key)
    overlay = cache.find("paper", key, ".overlay")
    if file is None or record is None or overlay is None or not segment.kept:
        return None
    try:
        prepared = _PREPARED.validate_json(record)
        if prepared.pages != planned.pages:
            return None
        share(file, out)
    except (ValueError, OSError):
        return None  # the cache may vanish or rot at any time
    return Printed(planned.key, out, True, prepared, segment.path, overlay)


def keep(cache: Cache, key: str, printed: Printed) -> None:
    """Puts a paper that was prepared into the cache."""
    cache.store("paper", key, ".pdf", lambda path: share(printed.file, path))
    if overlay := printed.overlay:
        cache.store("paper", key, ".overlay", lambda path: share(overlay, path))
    cache.store_data("paper", key, _PREPARED.dump_json(printed.prepared))
