"""What was seen in one PDF, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """One page as a reader sees it."""

    width: float
    """Points, after CropBox, Rotate and UserUnit."""
    height: float
    rotation: int = 0
    """Degrees clockwise: 0, 90, 180 or 270."""
    text: str = ""
    """Its text in reading order as the engine gives it."""
    top: str = ""
    """Text in the top margin (the outermost 8 % of the height)."""
    bottom: str = ""
    """Text in the bottom margin."""
    left: str = ""
    """Text in the left margin (where arXiv prints its side stamp, where line numbers stand)."""
    ink: tuple[tuple[float, float, float, float], ...] = ()
    """What is printed in the upper and lower 64 points, as boxes (left, bottom, right, top) in
    points from the page's lower left corner as it is seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """One font that pages use."""

    name: str
    kind: str
    """PDF subtype: `Type1`, `TrueType`, `Type0`, `Type3`, …"""
    embedded: bool
    subset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """Facts about one PDF; judging them is `check`'s work. Serialises to JSON and back."""

    sha256: str
    size: int
    """Bytes."""
    pages: tuple[PageSeen, ...] = ()
    counts: tuple[tuple[str, int | None], ...] = ()
    """Page count that each engine reports (`qpdf`, `pypdf`, `pdfium`); `None` where it fails."""
    problem: str = ""
    """Why the file cannot be used at all, in words for an editor; empty when it can."""
    encryption: Literal["none", "blank", "password"] = "none"
    """`blank`: opens without a password but is encrypted."""
    repairs: tuple[str, ...] = ()
    """What the reader had to mend or guess, in its words."""
    version: str = ""
    fonts: tuple[Font, ...] = ()
    title: str = ""
    """Title in the document's own metadata."""
    title_seen: str = ""
    """The text set largest in the upper half of page 1, where it can be told."""
    tagged: bool = False
    language: str = ""
    links: int = 0
    """Link annotations that lead inside the document."""
    uris: int = 0
    """Link annotations that lead outside."""
    broken_links: int = 0
    """Links inside the document whose target does not exist, as the paper came."""
    destinations: int = 0
    """Named destinations."""
    outlines: int = 0
    attachments: tuple[str, ...] = ()
    javascript: bool = False
    launches: int = 0
    """Launch, submit and import actions."""
    open_action: bool = False
    form_fields: int = 0
    annotations: tuple[tuple[str, int], ...] = ()
    """Other annotations, by subtype, with how many there are (comments, stamps, …)."""
    line_numbers: bool = False
    """Whether a column of consecutive numbers runs down a margin, as review versions have."""
    references_page: int | None = None
    """Page, from 1, on which the list of references begins; `None` where none was found."""
    references_at: float | None = None
    """How far down that page it begins, 0 (top) to 1 (bottom)."""
    xmp: str = ""

    @property
    def page_count(self) -> int:
        """Pages that can be used."""
        return len(self.pages)

    @property
    def usable(self) -> bool:
        """Whether it can be printed in a volume."""
        return not self.problem and bool(self.pages)
