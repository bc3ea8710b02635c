"""What a volume is made of: parts, bookmarks, attachments; and what is told of the finished one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Relationship = Literal["Supplement", "Data", "Source", "Alternative", "Unspecified"]
"""What the file is to the document (ISO 19005-3, annex E)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of the volume: front matter, a prepared paper, back matter."""

    path: Path
    key: str = ""
    """The paper's key; empty for what we typeset. Only such parts may use `x-proc:`."""
    segment: Path | None = None
    """The paper as `prepare` kept it, and its stamps: with both, `path` need not be read."""
    overlay: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the volume's outline."""

    title: str
    target: str = ""
    """An address as in links, without `x-proc:` (`paper/liu25`, `page/7`, `section/preface`,
    `sheet/3` for the third sheet whatever its label); empty for a mere heading. The first entry
    of each paper is given the paper's own outline."""
    children: tuple[Entry, ...] = ()
    open: bool = False
    """Whether its children are shown at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What was written."""

    pages: int
    first_sheets: tuple[int, ...] = ()
    """First sheet of each part, from 1."""
    links: int = 0
    """Links inside papers that lead somewhere."""
    uris: int = 0
    """Links of papers that lead outside."""
    broken: int = 0
    """Links of papers that led nowhere already when they came; kept as they are."""
    resolved: int = 0
    """Links of front and back matter that became links to pages."""
    unresolved: tuple[str, ...] = ()
    """Addresses in front matter, outline or targets that mean nothing; their links were removed."""
    numbers: tuple[tuple[int, int], ...] = field(default=(), compare=False)
    """Object numbers of each part: the first, and the one after the last."""
    common: tuple[int, int] = field(default=(0, 0), compare=False)
    """Those of the fonts that stamps share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file to be embedded."""

    path: Path
    name: str
    """What readers save it as: ASCII, safe on every system, different from all others."""
    mime: str
    """Media type: `application/zip`."""
    description: str = ""
    relationship: Relationship = "Supplement"
