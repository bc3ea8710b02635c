"""Everything that a package may say about one paper: gathered once, rendered many times."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.cite import facts
from builder.export import photos
from builder.export.conflicts import Conflict
from builder.export.decision import Decision
from builder.export.overlap import Overlap
from builder.export.profile import Profile
from builder.export.target import Request
from builder.model import Affiliation, Contributor, Inspection, Paper, Plan, SpecialIssue, Volume
from builder.model.markup import plain

if TYPE_CHECKING:
    from builder.edition.private import Private

PREVIEW = "preview, consent not recorded"
"""What every file of a package says while an author's answer is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One paper on its way to one journal."""

    volume: Volume
    plan: Plan
    paper: Paper
    profile: Profile
    decision: Decision
    preview: bool
    name: str
    """The paper's file name, safe on every system."""
    seen: Inspection | None = None
    pdf: Path | None = None
    lost: bool = False
    """Whether there was a PDF that could not be used; a finding says why."""
    supplements: tuple[Path, ...] = ()
    private: Private | None = None
    conflicts: tuple[Conflict, ...] = ()
    manuscript: Path | None = None
    """The manuscript that came for the journal."""
    manuscript_seen: Inspection | None = None
    faces: Mapping[str, Path] = field(default_factory=dict)
    """The photos of authors that the journal shows, by their path in `proceedings/`."""
    overlap: Overlap | None = None
    """The manuscript against the workshop's paper; `None` while none came."""

    @property
    def issue(self) -> SpecialIssue:
        """The special issue, empty where nothing is written about one."""
        return self.volume.special_issue or SpecialIssue()

    @property
    def issue_name(self) -> str:
        """The special issue's title, as it stands after the words "special issue"."""
        return topic(self.issue)

    @property
    def pdf_name(self) -> str:
        """What the PDF is called in the package."""
        return f"{self.name}{'-preview' if self.preview else ''}.pdf"

    @property
    def manuscript_name(self) -> str:
        """What the manuscript is called in the package."""
        return f"{self.name}{'-preview' if self.preview else ''}-manuscript.pdf"

    @property
    def title(self) -> str:
        """The title as plain text."""
        return plain.render(self.paper.title)

    @property
    def abstract(self) -> str:
        """The abstract as plain text, or empty."""
        return plain.render(self.paper.abstract) if self.paper.abstract else ""

    @property
    def track(self) -> str:
        """The track's name, or empty."""
        track = self.volume.track(self.paper.track)
        return track.name if track else self.paper.track

    @property
    def pages(self) -> int:
        """How many pages the workshop's version has; 0 where nobody can tell."""
        seen = self.seen
        return seen.page_count if seen and seen.usable and not self.paper.specimen else 0

    @property
    def address(self) -> str:
        """Where the workshop's version can be read, or empty."""
        return facts.address(self.paper)

    def email(self, author: Contributor) -> str:
        """The author's recorded e-mail address, or empty."""
        return self.private.email(self.paper.key, author.name.full) if self.private else ""

    def orcid(self, author: Contributor) -> str:
        """The author's ORCID as printed, or as registered, or empty."""
        person = self.volume.person(author.person) if author.person else None
        return author.orcid or (person.orcid if person else "")

    def biography(self, author: Contributor) -> str:
        """What the editors have as the author's biography, or empty."""
        person = self.volume.person(author.person) if author.person else None
        return author.biography or (person.biography if person else "")

    def photo(self, author: Contributor) -> Path | None:
        """The author's photo, where the journal shows one and it can be shown."""
        return self.faces.get(photos.of(self.volume, author))

    @property
    def corresponding(self) -> Contributor | None:
        """Who is marked as corresponding author; nobody is made one."""
        return next((author for author in self.paper.contributors if author.corresponding), None)

    @property
    def affiliations(self) -> tuple[Affiliation, ...]:
        """Every affiliation of its authors once, in order of appearance."""
        everyone = (a for author in self.paper.contributors for a in author.affiliations)
        return tuple(dict.fromkeys(everyone))


def gather(
    request: Request,
    profile: Profile,
    decision: Decision,
    *,
    preview: bool,
    name: str,
    conflicts: tuple[Conflict, ...],
    overlap: Overlap | None = None,
    faces: Mapping[str, Path] = {},
) -> Dossier:
    """The dossier of the paper that `decision` is about; `name` is its safe file name."""
    paper = request.volume.paper(decision.key)
    assert paper is not None
    pdf = request.papers.get(paper.key)
    manuscript = request.manuscripts.get(paper.key)
    return Dossier(
        volume=request.volume,
        plan=request.plan,
        paper=paper,
        profile=profile,
        decision=decision,
        seen=request.inspections.get(paper.key),
        pdf=pdf if pdf and pdf.is_file() else None,
        supplements=tuple(
            file for s in paper.supplements if (file := request.root / s.file).is_file()
        ),
        private=request.private,
        preview=preview,
        name=name,
        conflicts=tuple(c for c in conflicts if c.paper.key == paper.key),
        manuscript=manuscript if manuscript and manuscript.is_file() else None,
        manuscript_seen=request.seen.get(paper.key),
        overlap=overlap,
        faces=faces,
    )


def topic(issue: SpecialIssue) -> str:
    """The title without "Special issue:" before it."""
    return re.sub(r"(?i)^special issue\s*(:|on|of)\s*", "", issue.title)


def shortened(title: str, most: int = 60) -> str:
    """A running title: the part before the colon, or as many whole words as fit."""
    before = title.split(":", maxsplit=1)[0].strip()
    if len(title) <= most:
        return title
    if 3 <= len(before) <= most:
        return before
    words = title[:most].rsplit(" ", 1)[0].rstrip(" ,;:-–—")
    return f"{words or title[:most]}…"


def running_authors(authors: tuple[Contributor, ...]) -> str:
    """`Doe`, `Doe and Roe`, `Doe et al.`"""
    families = [author.name.family_or_literal or author.name.full for author in authors]
    if len(families) > 2:
        return f"{families[0]} et al."
    return " and ".join(families)


def initials(author: Contributor) -> str:
    """`J. Q. Doe`, `J.-P. Roe`; names that are not written in Latin letters stay whole."""
    name = author.name
    if name.literal or not name.given or not _latin(name.given):
        return name.full
    short = " ".join(
        "-".join(f"{part[0]}." for part in word.split("-") if part) for word in name.given.split()
    )
    family = " ".join(part for part in (short, name.particle, name.family) if part)
    return f"{family}, {name.suffix}" if name.suffix else family


def _latin(text: str) -> bool:
    return all(
        "LATIN" in unicodedata.name(char, "")
        for char in text
        if unicodedata.category(char)[0] == "L"
    )
