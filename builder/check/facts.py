"""What every rule is handed: the volume, what was seen in its PDFs, and which files exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from builder.check.files import Files
from builder.check.matching import strays
from builder.model import Committee, Contributor, Inspection, Paper, PdfKind, Volume, Where
from builder.model.likeness import FirstPage
from builder.model.markup import plain

if TYPE_CHECKING:
    from builder.edition.bibtex import Bibliography


@dataclass(frozen=True)
class Facts:
    """The material of one check; rules are pure functions of it."""

    volume: Volume
    inspections: Mapping[str, Inspection] = field(default_factory=dict)
    """By paper key; PDFs that belong to no paper may stand here under their path."""
    files: Files = field(default_factory=Files)
    untouched: tuple[str, ...] = ()
    """Pages of prose that still say what a new edition says."""
    typed: frozenset[str] = frozenset()
    """Keys of all entries that begin in `papers.bib`, whether or not they could be read."""
    bibliography: Bibliography | None = None
    """`papers.bib` as it was typed; read only where a profile judges the typing itself."""
    owners: Mapping[str, str | None] | None = None
    """What `strays` are, where that was told from more papers than these."""

    def alone(self, papers: Collection[Paper]) -> Facts:
        """What a rule is shown that judges each of these papers by itself.

        Of the volume that is what it is called, where and when it is, and who is who.
        """
        keys = {paper.key for paper in papers}
        return Facts(
            volume=Volume(
                event=self.volume.event,
                title=self.volume.title,
                people=self.volume.people,
                papers=tuple(papers),
            ),
            inspections={key: seen for key, seen in self.inspections.items() if key in keys},
            owners={key: owner for key, owner in self.strays.items() if key in keys},
        )

    @cached_property
    def seen(self) -> tuple[tuple[Paper, Inspection], ...]:
        """The shown papers whose local PDF could be read, with what was seen in it."""
        return tuple(
            (paper, inspection)
            for paper in self.volume.shown
            if paper.pdf is PdfKind.LOCAL
            and (inspection := self.inspections.get(paper.key)) is not None
            and inspection.usable
        )

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Plain titles by key, of shown papers that have one."""
        found = {paper.key: plain.render(paper.title).strip() for paper in self.volume.shown}
        return {key: title for key, title in found.items() if title}

    @cached_property
    def firsts(self) -> Mapping[str, FirstPage]:
        """First pages that hold text to compare with, by key."""
        pages = {paper.key: FirstPage.of(inspection) for paper, inspection in self.seen}
        return {key: page for key, page in pages.items() if page.readable}

    @cached_property
    def strays(self) -> Mapping[str, str | None]:
        """Papers whose PDF is not theirs, with whose it is (see `matching.strays`)."""
        return strays(self.titles, self.firsts) if self.owners is None else self.owners

    @cached_property
    def abstracts(self) -> Mapping[str, str]:
        """Plain abstracts by key, of shown papers that have one."""
        found = {
            paper.key: plain.render(paper.abstract).strip()
            for paper in self.volume.shown
            if paper.abstract
        }
        return {key: text for key, text in found.items() if text}

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Everybody named anywhere in the edition, in a fixed order of places."""
        return tuple(_mentions(self.volume))


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in one place."""

    contributor: Contributor
    place: str
    """For messages: `the authors of liu25`, `Program committee`."""
    subject: str = ""
    """Key of the paper, or empty."""
    paper: Paper | None = None
    committee: Committee | None = None

    @property
    def where(self) -> Where | None:
        """The best place known: the name's own, else the paper's or committee's."""
        owner = self.paper or self.committee
        return self.contributor.where or (owner.where if owner else None)


def _mentions(volume: Volume) -> Iterator[Mention]:
    for paper in volume.shown:
        for author in paper.contributors:
            yield Mention(author, f"the authors of {paper.key}", paper.key, paper=paper)
    for editor in volume.editors:
        yield Mention(editor, "the editors")
    for committee in volume.committees:
        for member in committee.members:
            yield Mention(member, f"“{committee.title}”", committee=committee)
    for talk in volume.program.talks:
        for speaker in (*talk.speakers, *talk.moderators):
            yield Mention(speaker, f"the talk “{talk.title or talk.id}”")
    for session in volume.program.walk():
        for chair in session.chairs:
            yield Mention(chair, f"the chairs of “{session.title}”")
    if volume.special_issue:
        for guest in volume.special_issue.guest_editors:
            yield Mention(guest.contributor, "the guest editors")


def pdf_page(paper: Paper, page: int | None = None) -> Where:
    """A place in a paper's PDF."""
    return Where(file=paper.pdf_file or f"papers/{paper.key}.pdf", page=page)
