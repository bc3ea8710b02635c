"""Which papers go into a package: rules that explain themselves. Consent is never assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from builder.model import Include, Inspection, Paper, SpecialIssue, Volume

if TYPE_CHECKING:
    from builder.edition.private import Private

Verdict = Literal["yes", "no", "ask"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What one rule said about one paper."""

    rule: str
    """`printed`, `track`, `length` or `consent`."""
    verdict: Verdict
    evidence: str
    """The fact that the verdict rests on, and where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether a paper may be handed in, and why."""

    key: str
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> Verdict:
        """`no` if any rule says so, else `ask` if any rule cannot tell, else `yes`."""
        verdicts = {reason.verdict for reason in self.reasons}
        return "no" if "no" in verdicts else "ask" if "ask" in verdicts else "yes"

    @property
    def decisive(self) -> tuple[Reason, ...]:
        """The reasons that made the verdict what it is."""
        return tuple(reason for reason in self.reasons if reason.verdict == self.verdict)


def decide(
    volume: Volume,
    target: str,
    inspections: Mapping[str, Inspection],
    private: Private | None,
) -> tuple[Decision, ...]:
    """The decision on every shown paper for the journal `target`, in the volume's order."""
    issue = volume.special_issue or SpecialIssue()
    return tuple(
        Decision(
            key=paper.key,
            reasons=(
                _printed(paper),
                _track(volume, issue, paper),
                *_length(issue, paper, inspections.get(paper.key)),
                _consent(target, paper, private),
            ),
        )
        for paper in volume.shown
    )


def _printed(paper: Paper) -> Reason:
    if paper.include is Include.VOLUME:
        return Reason(rule="printed", verdict="yes", evidence="the volume prints it")
    return Reason(
        rule="printed",
        verdict="no",
        evidence="papers.bib has it in the program only, so it is no paper of this volume",
    )


def _track(volume: Volume, issue: SpecialIssue, paper: Paper) -> Reason:
    if not issue.tracks:
        return Reason(rule="track", verdict="yes", evidence="special-issue.yaml selects no track")
    wanted = ", ".join(_named(volume, track) for track in issue.tracks)
    if not paper.track:
        evidence = f"papers.bib gives it no track; special-issue.yaml selects {wanted}"
        return Reason(rule="track", verdict="ask", evidence=evidence)
    fits = paper.track in issue.tracks
    evidence = f"its track is {_named(volume, paper.track)}"
    if not fits:
        evidence += f"; special-issue.yaml selects {wanted}"
    return Reason(rule="track", verdict="yes" if fits else "no", evidence=evidence)


def _named(volume: Volume, id: str) -> str:
    track = volume.track(id)
    return f"{id} ({track.name})" if track else id


def _length(issue: SpecialIssue, paper: Paper, seen: Inspection | None) -> tuple[Reason, ...]:
    least = issue.minimum_pages
    if least is None:
        return ()
    if paper.specimen:
        evidence = "its PDF is a specimen, so its length says nothing about the paper"
        return (Reason(rule="length", verdict="ask", evidence=evidence),)
    if seen is None or not seen.usable:
        evidence = f"no usable PDF to count; special-issue.yaml asks for {least} pages"
        return (Reason(rule="length", verdict="ask", evidence=evidence),)
    has = "1 page" if seen.page_count == 1 else f"{seen.page_count} pages"
    evidence = f"it has {has}; special-issue.yaml asks for {least}"
    enough = seen.page_count >= least
    return (Reason(rule="length", verdict="yes" if enough else "no", evidence=evidence),)


def _consent(target: str, paper: Paper, private: Private | None) -> Reason:
    recorded = private.consent(target, paper.key) if private else None
    if recorded is None:
        evidence = f"private/consents.yaml records no answer of its authors for {target}"
        return Reason(rule="consent", verdict="ask", evidence=evidence)
    said = "agreed" if recorded.given else "declined"
    evidence = f"{recorded.by or 'its authors'} {said}"
    if recorded.date:
        evidence += f" on {recorded.date.isoformat()}"
    return Reason(
        rule="consent",
        verdict="yes" if recorded.given else "no",
        evidence=f"{evidence} (private/consents.yaml)",
    )
