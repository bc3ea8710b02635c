"""What authors still have to send before their paper can be handed in, in words for a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.export.overlap import Overlap, enough
from builder.export.profile import threshold
from builder.model import Contributor, Paper, PdfKind, Volume

if TYPE_CHECKING:
    from builder.edition.private import Private

FEW = 12
"""Names in one line; of more, the first ones and how many there are besides."""


def missing(
    volume: Volume,
    paper: Paper,
    target: str,
    private: Private,
    manuscript: Overlap | None,
) -> tuple[str, ...]:
    """Everything that is not recorded, one line each; empty where nothing is missing."""
    found = []
    if paper.specimen or paper.pdf is not PdfKind.LOCAL:
        found.append("the PDF of the workshop paper")
    if not paper.abstract:
        found.append("the abstract")
    if not paper.keywords:
        found.append("keywords")
    if not any(author.corresponding for author in paper.contributors):
        found.append("which of you is the corresponding author")
    found += [
        f"{what} of {_names(people)}"
        for what, people in (
            ("the e-mail address", _without_mail(paper, private)),
            ("the affiliation", [a for a in paper.contributors if not a.affiliations]),
            ("the ORCID iD", [a for a in _people(paper) if not _orcid(volume, a)]),
            *_asked(volume, paper, target),
        )
        if people
    ]
    found += _manuscript(volume, target, manuscript)
    return tuple(found)


def _manuscript(volume: Volume, target: str, manuscript: Overlap | None) -> list[str]:
    if manuscript is None:
        return ["the manuscript, as a PDF"]
    asked, _ = threshold(volume, target)
    if manuscript.percent is not None and asked is not None:
        verdict = enough(manuscript, asked)
        share = f"about {manuscript.percent} % of its text is new, {target.upper()} asks for"
        if verdict == "no":
            return [f"a manuscript with more new material ({share} at least {asked} %)"]
        if verdict == "ask":
            return [f"a word on how much of the manuscript is new ({share} {asked} %)"]
    return []


def _asked(volume: Volume, paper: Paper, target: str) -> tuple[tuple[str, list[Contributor]], ...]:
    """What one journal alone asks for."""
    if target == "dmlr":
        people = [a for a in _people(paper) if not _registered(volume, a, "openreview")]
        return (("the OpenReview profile", people),)
    if target == "jstars":
        people = [a for a in _people(paper) if not _registered(volume, a, "biography")]
        return (("a short biography", people),)
    return ()


def _people(paper: Paper) -> list[Contributor]:
    return [author for author in paper.contributors if not author.name.organisation]


def _without_mail(paper: Paper, private: Private) -> list[Contributor]:
    return [a for a in _people(paper) if not private.email(paper.key, a.name.full)]


def _orcid(volume: Volume, author: Contributor) -> str:
    return _registered(volume, author, "orcid")


def _registered(volume: Volume, author: Contributor, field: str) -> str:
    person = volume.person(author.person) if author.person else None
    return getattr(author, field) or (getattr(person, field) if person else "")


def _names(people: list[Contributor]) -> str:
    names = [author.name.full for author in people]
    if len(names) > FEW:
        names = [*names[:FEW], f"{len(names) - FEW} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
