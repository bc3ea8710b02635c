"""Guest editors who are authors of the papers they would handle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from builder.model import Contributor, Finding, Name, Paper, Severity, Volume
from builder.model.collation import sort_key

Basis = Literal["person", "orcid", "openreview", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody who may come to handle a paper that they (perhaps) wrote."""

    editor: Contributor
    role: str
    """Why they are looked at, see `Candidates`."""
    paper: Paper
    author: Contributor
    basis: Basis
    """What ties the two together; by `name` alone it is a question, never a statement."""

    @property
    def certain(self) -> bool:
        """Whether an identifier says so."""
        return self.basis != "name"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may come to handle papers, and why they are looked at."""

    people: tuple[Contributor, ...]
    role: str
    """`proposed as guest editor`, `editor of the volume` or `organizer`."""


def candidates(volume: Volume) -> Candidates:
    """The proposed guest editors; while none are proposed, the volume's editors or organizers."""
    issue = volume.special_issue
    proposed = tuple(guest.contributor for guest in issue.guest_editors) if issue else ()
    if proposed:
        return Candidates(proposed, "proposed as guest editor")
    if volume.editors:
        return Candidates(volume.editors, "editor of the volume")
    organizers = (c for c in volume.committees if re.search("organi[sz]", c.id + c.title.lower()))
    people = tuple(member for committee in organizers for member in committee.members)
    return Candidates(tuple(dict.fromkeys(people)), "organizer")


def conflicts(volume: Volume, papers: Iterable[Paper]) -> tuple[Conflict, ...]:
    """Every conflict between `candidates(volume)` and the authors of `papers`, in that order."""
    who = candidates(volume)
    papers = tuple(papers)
    return tuple(
        Conflict(editor=editor, role=who.role, paper=paper, author=author, basis=basis)
        for editor in who.people
        for paper in papers
        for author in paper.contributors
        if (basis := _basis(volume, editor, author))
    )


def findings(found: Iterable[Conflict]) -> Iterator[Finding]:
    """Each conflict as a finding; those by name only as questions."""
    for conflict in found:
        editor, paper = conflict.editor.name.full, conflict.paper
        if conflict.certain:
            yield Finding(
                code="export-conflict",
                severity=Severity.WARNING,
                message=f"{editor}, {conflict.role}, is an author of {paper.key}",
                subject=paper.key,
                where=conflict.author.where or paper.where,
                hint="let somebody else handle this paper, and say so in the proposal; "
                "some journals forbid guest editors' own papers in their issue",
            )
        else:
            yield Finding(
                code="export-conflict-question",
                severity=Severity.INFO,
                message=f"{editor}, {conflict.role}, and an author of {paper.key} have the same "
                "name: are they one person?",
                subject=paper.key,
                where=conflict.author.where or paper.where,
                hint="give both the same `person:` id if so; give the author an ORCID if not",
            )


def _basis(volume: Volume, editor: Contributor, author: Contributor) -> Basis | None:
    for basis in ("person", "orcid", "openreview"):
        mine, theirs = _identifier(volume, editor, basis), _identifier(volume, author, basis)
        if mine and theirs:
            if mine == theirs:
                return basis
            if basis != "openreview":  # people may have two profiles, but one id and one ORCID
                return None
    return "name" if _names(volume, editor) & _names(volume, author) else None


def _identifier(volume: Volume, contributor: Contributor, basis: Basis) -> str:
    if basis == "person":
        return contributor.person
    person = volume.person(contributor.person) if contributor.person else None
    if basis == "orcid":
        return contributor.orcid or (person.orcid if person else "")
    return contributor.openreview or (person.openreview if person else "")


def _names(volume: Volume, contributor: Contributor) -> frozenset[tuple[int, ...]]:
    person = volume.person(contributor.person) if contributor.person else None
    known = [contributor.name, *((person.name, *person.former_names) if person else ())]
    return frozenset(_letters(name) for name in known)


def _letters(name: Name) -> tuple[int, ...]:
    """The name's letters alone: what collation compares first (UTS #10, level 1).

    So `Łucja Đurić` may be `Lucja Duric`; stripping accents would not tell.
    """
    return tuple(takewhile(bool, sort_key(" ".join(name.full.split()))))
