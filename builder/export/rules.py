"""What each rule says about one paper and a journal, with the fact that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from builder.check.lengths import counted
from builder.export.conflicts import Conflict
from builder.export.decision import Reason, Verdict
from builder.export.overlap import Overlap, enough
from builder.export.profile import said, threshold
from builder.model import Include, Inspection, Paper, SpecialIssue, Volume

if TYPE_CHECKING:
    from builder.edition.private import Private

PROCEEDINGS = frozenset({"pmlr"})
"""Targets that are archival proceedings: a paper published there is published, and a journal takes
it only with new material (proceedings.mlr.press, "Proceedings of Machine Learning Research")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rules look at."""

    volume: Volume
    target: str
    inspections: Mapping[str, Inspection]
    private: Private | None
    manuscripts: Mapping[str, Overlap]
    guests: Mapping[str, tuple[Conflict, ...]] = field(default_factory=dict)
    """By paper, the proposed guest editors who are, or may be, among its authors."""

    @property
    def issue(self) -> SpecialIssue:
        """What special-issue.yaml says; empty where there is none."""
        return self.volume.special_issue or SpecialIssue()

    @property
    def name(self) -> str:
        """The journal, as people call it."""
        return self.target.upper()


def reasons(case: Case, paper: Paper) -> Iterator[Reason]:
    """What every rule that has something to say says, in the order in which people ask."""
    yield _printed(paper)
    yield from _excluded(case, paper)
    yield _track(case.volume, case.issue, paper)
    yield _published(case, paper)
    yield from _length(case.issue, paper, case.inspections.get(paper.key))
    yield from _elsewhere(case, paper)
    yield from _extension(case, paper)
    yield from _own(case, paper)
    yield _consent(case.target, paper, case.private)
    yield from _ruling(case, paper)


def _printed(paper: Paper) -> Reason:
    if paper.status == "retracted":
        evidence = "papers.bib says that it was retracted"
        return Reason(rule="printed", verdict="no", evidence=evidence)
    if paper.include is Include.VOLUME:
        return Reason(rule="printed", verdict="yes", evidence="the volume prints it")
    return Reason(
        rule="printed",
        verdict="no",
        evidence="papers.bib has it in the program only, so it is no paper of this volume",
    )


def _excluded(case: Case, paper: Paper) -> Iterator[Reason]:
    if paper.key in case.issue.excluded:
        why = case.issue.excluded[paper.key] or "no reason is given"
        evidence = f"special-issue.yaml excludes it: {why}"
        yield Reason(rule="excluded", verdict="no", evidence=evidence)


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


def _published(case: Case, paper: Paper) -> Reason:
    """The call may have let authors summarize what they published elsewhere."""
    issue = case.issue
    if paper.published:
        return Reason(
            rule="published",
            verdict=issue.previously_published,
            evidence=f"papers.bib says that it was published before: {paper.published}",
        )
    if paper.track and paper.track in issue.published_tracks:
        evidence = (
            f"papers of the track {_named(case.volume, paper.track)} may have been published "
            "elsewhere before (special-issue.yaml); whether this one was is not recorded"
        )
        verdict = "ask" if issue.previously_published != "yes" else "yes"
        return Reason(rule="published", verdict=verdict, evidence=evidence)  # type: ignore[arg-type]
    return Reason(
        rule="published", verdict="yes", evidence="papers.bib names no earlier publication"
    )


def _length(issue: SpecialIssue, paper: Paper, seen: Inspection | None) -> Iterator[Reason]:
    least = issue.minimum_pages
    if least is None:
        return
    if paper.specimen:
        evidence = "its PDF is a specimen, so its length says nothing about the paper"
        yield Reason(rule="length", verdict="ask", evidence=evidence)
        return
    if seen is None or not seen.usable:
        evidence = f"no usable PDF to count; special-issue.yaml asks for {least} pages"
        yield Reason(rule="length", verdict="ask", evidence=evidence)
        return
    length = counted(seen)
    has = "1 page" if length.pages == 1 else f"{length.pages} pages"
    evidence = f"it has {has} ({length.how}); special-issue.yaml asks for {least}"
    enough_pages: Verdict = "yes" if length.pages >= least else "no"
    yield Reason(rule="length", verdict=enough_pages, evidence=evidence)


def _elsewhere(case: Case, paper: Paper) -> Iterator[Reason]:
    """One paper, one archival publication: another one that was chosen stands against it.

    Archival proceedings bar journals unless there is enough new material.
    """
    if case.target in PROCEEDINGS and paper.archival and not _theirs(case):
        publisher = case.volume.publisher or "a publisher that edition.yaml does not name"
        evidence = f"this volume is its archival publication ({publisher}); ask {case.name} first"
        yield Reason(rule="elsewhere", verdict="ask", evidence=evidence)
    if case.private is None:
        return
    here = case.private.consent(case.target, paper.key)
    for other in _others(case):
        progress = case.private.on_its_way(other, paper.key)
        consent = case.private.consent(other, paper.key)
        rejected = "reject" in progress.decision.lower() or "withdr" in progress.decision.lower()
        if progress.submitted and not rejected:
            number = f" as {progress.journal_id}" if progress.journal_id else ""
            what = f"submitted to {other.upper()}{number} (private/status.yaml)"
            yield from _bar(case, paper, what, other, firm=True)
        elif not (consent and consent.given) or rejected:
            continue
        elif other in PROCEEDINGS or (here and here.given):
            what = f"promised to {other.upper()} (private/consents.yaml)"
            yield from _bar(case, paper, what, other, firm=other in PROCEEDINGS)


def _theirs(case: Case) -> bool:
    """Whether the volume itself is what the proceedings publish."""
    publisher = case.volume.publisher.casefold()
    return case.target in publisher or "machine learning research" in publisher


def _bar(case: Case, paper: Paper, what: str, other: str, *, firm: bool) -> Iterator[Reason]:
    if other in PROCEEDINGS:
        measured = case.manuscripts.get(paper.key)
        if measured and enough(measured, threshold(case.volume, case.target)[0]) == "yes":
            evidence = f"it is {what}, but {measured.percent} % of the manuscript's text is new"
            yield Reason(rule="elsewhere", verdict="yes", evidence=evidence)
            return
        evidence = f"it is {what}, which is archival: {case.name} would need new material"
    else:
        evidence = f"it is {what}; it can go to one of them only"
    yield Reason(rule="elsewhere", verdict="no" if firm else "ask", evidence=evidence)


def _others(case: Case) -> Iterable[str]:
    assert case.private is not None
    known = [item.target for item in case.private.consents]
    known += [item.target for item in case.private.progress]
    return (target for target in dict.fromkeys(known) if target != case.target)


def _extension(case: Case, paper: Paper) -> Iterator[Reason]:
    measured = case.manuscripts.get(paper.key)
    if measured is None:
        return
    asked, source = threshold(case.volume, case.target)
    if measured.percent is None:
        evidence = f"how much of the manuscript is new cannot be told: {measured.problem}"
        yield Reason(rule="extension", verdict="ask", evidence=evidence)
        return
    evidence = f"about {measured.percent} % of the manuscript's text is new; {case.name} asks for "
    evidence += "an unknown share" if asked is None else f"{asked} % ({source})"
    verdict = enough(measured, asked)
    if verdict == "no" and not paper.archival:
        verdict = "ask"
        evidence += "; ask whether the rule holds for a paper that is not archival"
    yield Reason(rule="extension", verdict=verdict, evidence=evidence)


def _own(case: Case, paper: Paper) -> Iterator[Reason]:
    """Several journals forbid guest editors' own papers in their issue."""
    found = case.guests.get(paper.key, ())
    if not found:
        return
    allowed = case.issue.own_papers.get(case.target) or said(case.target, "own_papers")[0]
    for conflict in found:
        who = conflict.editor.name.full
        evidence = f"{who}, {conflict.role}, is an author" if conflict.certain else (
            f"{who}, {conflict.role}, and an author have the same name"
        )  # fmt: skip
        verdict: Verdict = "yes"
        if allowed == "no":
            evidence += f"; {case.name} takes no papers of its guest editors"
            verdict = "no" if conflict.certain else "ask"
        elif allowed == "yes":
            evidence += f"; {case.name} takes them if somebody else handles them"
        else:
            evidence += f"; ask {case.name} whether it takes papers of its guest editors"
            verdict = "ask" if allowed == "ask" else "yes"
        yield Reason(rule="guests", verdict=verdict, evidence=evidence)


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


def _ruling(case: Case, paper: Paper) -> Iterator[Reason]:
    ruling = case.private.ruling(case.target, paper.key) if case.private else None
    if ruling is None:
        return
    who = ruling.by or "the editors"
    day = f" on {ruling.date.isoformat()}" if ruling.date else ""
    yield Reason(
        rule="editors",
        verdict=ruling.decision,
        evidence=f"{who} decided {ruling.decision}{day}: {ruling.reason} (private/decisions.yaml)",
    )
