"""Conflicts of interest: guest editors who wrote a paper, wrote with its authors, or work there.

Identity is known by ids only; what a name says is a question, never a statement.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from builder.model import Affiliation, Contributor, Finding, Name, Paper, Severity, Volume
from builder.model.collation import sort_key

Basis = Literal["person", "orcid", "openreview", "name", "coauthor", "affiliation"]

OWN = frozenset({"person", "orcid", "openreview", "name"})
"""Bases on which an editor is, or may be, an author of the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Somebody who may come to handle a paper to which they are (perhaps) too near."""

    editor: Contributor
    role: str
    """Why they are looked at, see `Candidates`."""
    paper: Paper
    author: Contributor
    """The author of `paper` to whom the editor is tied."""
    basis: Basis
    """What ties the two together."""
    certain: bool
    """Whether identifiers, or an affiliation as printed, say so; else it is a question."""
    via: str = ""
    """Key of the paper that the two wrote together, or the affiliation that both have."""

    @property
    def own(self) -> bool:
        """Whether the editor is, or may be, an author of the paper."""
        return self.basis in OWN

    @property
    def how(self) -> str:
        """What is known, in words for a table."""
        author, sure = self.author.name.full, self.certain
        match self.basis:
            case "name":
                return "same name only: are they one person?"
            case "coauthor":
                asked = "" if sure else ", if the same names are the same people"
                return f"wrote {self.via} with {author}{asked}"
            case "affiliation":
                return f"same affiliation as {author}{'' if sure else ', perhaps'}: {self.via}"
            case "person":
                return "same person"
            case "orcid":
                return "same ORCID"
            case _:
                return "same OpenReview profile"


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
    """Every conflict between `candidates(volume)` and the authors of `papers`, in that order.

    Where an editor is an author, nothing more is said of that paper; else the firmest tie of each
    other kind. Co-authors are looked for within the volume, withdrawn papers apart.
    """
    who, papers = candidates(volume), tuple(papers)
    crowd = _Crowd(volume, (*papers, *(p for p in volume.shown if p not in papers)))
    found = []
    for editor in who.people:
        ties: dict[str, list[Conflict]] = defaultdict(list)
        mine = crowd.same(editor)
        for paper, author, basis in mine:
            tie = Conflict(
                editor=editor, role=who.role, paper=paper, author=author, basis=basis,
                certain=basis != "name",
            )  # fmt: skip
            ties[paper.key].append(tie)
        wrote = set(ties)
        others = [*crowd.together(editor, who.role, mine), *crowd.housed(editor, who.role)]
        for tie in sorted(others, key=lambda tie: not tie.certain):
            if tie.paper.key in wrote or tie.basis in {t.basis for t in ties[tie.paper.key]}:
                continue
            ties[tie.paper.key].append(tie)
        found += [tie for paper in papers for tie in ties.get(paper.key, ())]
    return tuple(found)


def findings(found: Iterable[Conflict]) -> Iterator[Finding]:
    """Each conflict as a finding; uncertain ones only as questions."""
    for conflict in found:
        editor, paper = conflict.editor.name.full, conflict.paper
        where = conflict.author.where or paper.where
        if not conflict.own:
            yield Finding(
                code="export-conflict-near",
                severity=Severity.WARNING if conflict.certain else Severity.INFO,
                message=f"{editor}, {conflict.role}, and {paper.key}: {conflict.how}",
                subject=paper.key,
                where=where,
                hint="let somebody else handle this paper, or ask the journal whether it minds",
            )
        elif conflict.certain:
            yield Finding(
                code="export-conflict",
                severity=Severity.WARNING,
                message=f"{editor}, {conflict.role}, is an author of {paper.key}",
                subject=paper.key,
                where=where,
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
                where=where,
                hint="give both the same `person:` id if so; give the author an ORCID if not",
            )


Key = tuple[str, object]


class _Crowd:
    """The authors of many papers, found by what identifies them and by where they work."""

    def __init__(self, volume: Volume, papers: Iterable[Paper]) -> None:
        self.volume = volume
        self.by_key: dict[Key, list[tuple[Paper, Contributor]]] = defaultdict(list)
        self.by_place: dict[str, list[tuple[Paper, Contributor, Affiliation]]] = defaultdict(list)
        for paper in papers:
            for author in paper.contributors:
                for key in _keys(volume, author):
                    self.by_key[key].append((paper, author))
                for place in author.affiliations:
                    for line in _lines(place):
                        self.by_place[line].append((paper, author, place))

    def same(self, one: Contributor) -> list[tuple[Paper, Contributor, Basis]]:
        """Where somebody is, or may be, an author."""
        near = {
            (paper.key, id(author)): (paper, author)
            for key in sorted(_keys(self.volume, one), key=str)
            for paper, author in self.by_key.get(key, ())
        }
        return [
            (paper, author, basis)
            for paper, author in near.values()
            if (basis := _basis(self.volume, one, author))
        ]

    def together(
        self, editor: Contributor, role: str, mine: list[tuple[Paper, Contributor, Basis]]
    ) -> Iterator[Conflict]:
        """Papers by people with whom the editor wrote another paper of the volume."""
        for wrote, myself, how in mine:
            for coauthor in wrote.contributors:
                if coauthor is myself:
                    continue
                for paper, author, basis in self.same(coauthor):
                    if paper.key != wrote.key:
                        yield Conflict(
                            editor=editor,
                            role=role,
                            paper=paper,
                            author=author,
                            basis="coauthor",
                            certain="name" not in (how, basis),
                            via=wrote.key,
                        )

    def housed(self, editor: Contributor, role: str) -> Iterator[Conflict]:
        """Papers by people with the editor's affiliation, as both are printed."""
        for mine in editor.affiliations:
            for line in _lines(mine):
                for paper, author, place in self.by_place.get(line, ()):
                    if _folded(mine.name) != _folded(place.name) and not line.startswith("https:"):
                        # One of the two says more, a town perhaps; or it is another department.
                        if line not in (_folded(mine.name), _folded(place.name)):
                            continue
                        certain = False
                    else:
                        certain = True
                    yield Conflict(
                        editor=editor,
                        role=role,
                        paper=paper,
                        author=author,
                        basis="affiliation",
                        certain=certain,
                        via=place.name,
                    )


def _keys(volume: Volume, contributor: Contributor) -> set[Key]:
    keys: set[Key] = {
        (basis, found)
        for basis in ("person", "orcid", "openreview")
        if (found := _identifier(volume, contributor, basis))
    }
    return keys | {("name", letters) for letters in _names(volume, contributor)}


def _basis(volume: Volume, editor: Contributor, author: Contributor) -> Basis | None:
    bases: tuple[Literal["person", "orcid", "openreview"], ...] = ("person", "orcid", "openreview")
    for basis in bases:
        mine, theirs = _identifier(volume, editor, basis), _identifier(volume, author, basis)
        if mine and theirs:
            if mine == theirs:
                return basis
            if basis != "openreview":  # people may have two profiles, but one id and one ORCID
                return None
    return "name" if _names(volume, editor) & _names(volume, author) else None


def _identifier(volume: Volume, contributor: Contributor, basis: str) -> str:
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


@lru_cache(maxsize=20_000)
def _letters(name: Name) -> tuple[int, ...]:
    """The name's letters alone: what collation compares first (UTS #10, level 1).

    So `Łucja Đurić` may be `Lucja Duric`; stripping accents would not tell.
    """
    return tuple(takewhile(bool, sort_key(" ".join(name.full.split()))))


def _lines(place: Affiliation) -> tuple[str, ...]:
    """What an affiliation is found by: the whole line, what stands before its first comma, ROR."""
    found = (_folded(place.name), _folded(place.name.split(",", maxsplit=1)[0]), place.ror)
    return tuple(dict.fromkeys(line for line in found if line))


def _folded(line: str) -> str:
    plain = unicodedata.normalize("NFKC", line).casefold()
    return " ".join(word for word in re.findall(r"\w+", plain) if word != "the")
