"""What an edition says about its booklet: parts, looks, stamps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Own = Literal["stamp", "keep", "cover"]
"""What to do where a paper prints page numbers of its own: print the volume's all the same, keep
the paper's and print none, or cover the paper's and print the volume's."""

Keeping = Literal["none", "beside", "attach"]
"""What becomes of supplements: nothing, a copy beside the volume, or embedded in it."""

Standard = Literal["", "ua-1", "a-3b", "a-3b+ua-1"]
"""What the booklet is checked against: PDF/UA-1 (front and back matter), PDF/A-3b (everything)."""

Look = Literal["contours", "bands", "type", "frame", "image"]
"""How the cover looks."""

Layout = Literal["columns", "list", "paragraph"]
"""How the members of a committee stand: in columns, each name above its affiliation; one to a
line, names left and affiliations right; or running on, which holds the most on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """Templates of what is printed on paper pages; fields in braces, see `booklet.stamps`."""

    first_page: str = ""
    """The volume's line at the foot of each paper's first page; empty for the default line."""
    page_numbers: bool = True
    first_header: str = ""
    """Line at the head of first pages; empty for none."""
    header: str = ""
    """Line at the head of the following pages; empty for none."""
    footer: str = ""
    """Line at the foot of the following pages; empty for none."""
    numbers: Own = "stamp"
    """What to do with papers that print page numbers of their own."""
    papers: Mapping[str, Own] = field(default_factory=dict)
    """The same for single papers, by key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeOf:
    """One of several volumes, as the editors compose it."""

    title: str = ""
    tracks: tuple[str, ...] = ()
    """Ids of the tracks whose papers it prints."""
    papers: tuple[str, ...] = ()
    """Keys of papers that it prints."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volumes:
    """How the papers are divided among several volumes: by one of the first three."""

    by_track: bool = False
    """Whether each track is a volume."""
    pages: int = 0
    """Pages that a volume has at most (one paper may have more); 0 for no such limit."""
    listed: tuple[VolumeOf, ...] = ()
    numbering: Literal["restart", "continue"] = "restart"
    """Whether each volume begins with page 1, or goes on where the one before ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletSettings:
    """What the booklet holds and how it looks."""

    page: Literal["a4", "letter"] = "a4"
    """Size of front matter pages; papers keep their own."""
    scale: Literal["keep", "fit"] = "keep"
    """Whether papers' pages keep their size, or are fitted onto that of the front matter."""
    front_matter: tuple[str, ...] = (
        "cover",
        "imprint",
        "sponsors",
        "prose",
        "committees",
        "talks",
        "program",
        "contents",
    )
    """Sections in order. `prose` stands for all prose pages, or name one: `preface.md`; or a
    committee by its id."""
    back_matter: tuple[str, ...] = ("author-index",)
    contents: Literal["tracks", "sessions", "flat"] = "tracks"
    stamps: Stamps = field(default_factory=Stamps)
    color: str = "#1f4e79"
    """Accent colour of cover and headings, as `#rrggbb`."""
    cover: Look = "contours"
    cover_image: str = ""
    """For a cover that is an image: its path relative to `proceedings/`."""
    logos: tuple[str, ...] = ()
    """Images on the cover, paths relative to `proceedings/`."""
    dividers: bool = False
    """Whether a page stands before the papers of each track or session."""
    committees: Mapping[str, Layout] = field(default_factory=dict)
    """How committees are set, by id; those that are not named stand in columns."""
    particles: Literal["sorted", "ignored"] = "sorted"
    """Author index: `van der Maaten` under V (`sorted`) or under M (`ignored`)."""
    linearized: bool = False
    """Whether volumes are arranged for browsers that show a page before they have the rest."""
    volumes: Volumes | None = None
    """How the papers are divided among several volumes; `None` for one."""
    supplements: Mapping[str, Keeping] = field(default_factory=dict)
    """What becomes of supplements by their kind; `other` is for the kinds that are not named."""
    handbook: tuple[str, ...] = (
        "cover",
        "prose",
        "committees",
        "talks",
        "program",
        "abstracts",
        "author-index",
    )
    """Sections of the handbook, in order."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Headings and labels in other words than the usual ones, see `booklet.wording`."""
    pdf_standard: Standard = ""

    def keeping(self, kind: str) -> Keeping:
        """What becomes of supplements of a kind."""
        return self.supplements.get(kind, self.supplements.get("other", "none"))

    @property
    def archival_form(self) -> bool:
        """Whether the booklet is to be PDF/A-3b."""
        return self.pdf_standard.startswith("a-3b")
