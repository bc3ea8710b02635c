"""Where each paper stands on its way to a journal: what editors noted, and what can be seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import jinja2

from builder.export.decision import Decision
from builder.export.occasion import Occasion
from builder.export.overlap import Overlap, enough
from builder.export.profile import threshold
from builder.model import Finding, Severity, Volume
from builder.model.markup import plain

if TYPE_CHECKING:
    from builder.edition.private import Day, Progress

PAGE = "private/special-issue.html"
"""The table as a page, for the editors alone; never below `build/`."""

STEPS = (
    ("invited", "invited"),
    ("accepted", "agreed"),
    ("received", "manuscript"),
    ("checked", "checked"),
    ("packaged", "packaged"),
    ("submitted", "submitted"),
    ("decided", "decision"),
)
"""Keys of status.yaml in the order in which things happen, and their heads in the table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of one paper."""

    name: str
    """Head of its column."""
    state: Literal["noted", "seen", "refused", "open"]
    """`noted` in status.yaml, `seen` where only a file or a consent says so."""
    when: str = ""
    """A date, or what was seen; empty where nobody noted one."""

    @property
    def said(self) -> str:
        """The step in a word."""
        return "declined" if self.state == "refused" else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One paper on its way to one journal."""

    target: str
    key: str
    title: str
    verdict: str
    """`yes`, `no` or `ask`: whether it may be handed in."""
    why: str
    """What decided that."""
    consent: str
    """`yes`, `no` or empty."""
    steps: tuple[Step, ...]
    new: int | None
    """Per cent of the manuscript's text that is new, where it was measured."""
    threshold: int | None
    enough: str
    """`yes`, `no`, `ask`, or empty where nothing was measured."""
    journal_id: str
    outcome: str
    """What the journal decided, in the editors' words."""
    note: str
    next: str
    """What is to be done now, and by whom."""


def rows(occasion: Occasion) -> tuple[Row, ...]:
    """One row per shown paper, in the volume's order."""
    volume, target, private = occasion.volume, occasion.target, occasion.private
    found = []
    asked, _ = threshold(volume, target)
    for decision in occasion.decisions:
        paper = volume.paper(decision.key)
        if paper is None:
            continue
        noted = private.on_its_way(target, paper.key)
        answer = private.consent(target, paper.key)
        measured = occasion.manuscripts.get(paper.key)
        consent = "" if answer is None else "yes" if answer.given else "no"
        steps = tuple(_steps(noted, answer.date if answer else None, consent, measured,
                             packaged=paper.key in occasion.packaged))  # fmt: skip
        found.append(
            Row(
                target=target,
                key=paper.key,
                title=plain.render(paper.title),
                verdict=decision.verdict,
                why="; ".join(reason.evidence for reason in decision.telling),
                consent=consent,
                steps=steps,
                new=measured.percent if measured else None,
                threshold=asked,
                enough=enough(measured, asked) if measured else "",
                journal_id=noted.journal_id,
                outcome=noted.decision,
                note=noted.note,
                next=_next(occasion, noted, decision, steps),
            )
        )
    return tuple(found)


def findings(occasion: Occasion) -> Iterator[Finding]:
    """What in status.yaml does not fit together."""
    private, said = occasion.private, occasion.target.upper()
    for noted in private.progress:
        paper = occasion.volume.paper(noted.paper)
        if paper is None or noted.target != occasion.target:
            continue
        answer = private.consent(noted.target, paper.key)
        if (noted.submitted or noted.packaged) and not (answer and answer.given):
            what = "submitted" if noted.submitted else "packaged"
            how = "the authors declined" if answer else "no consent of its authors is recorded"
            yield Finding(
                code="status-without-consent",
                severity=Severity.WARNING,
                message=f"{paper.key} is noted as {what} for {said}, but {how}",
                subject=paper.key,
                where=noted.where,
                hint="record the authors' answer in private/consents.yaml; if there is none, "
                "ask them",
            )
        for problem, hint in _disorder(noted):
            yield Finding(
                code="status-order",
                severity=Severity.WARNING,
                message=f"{paper.key}, {said}: {problem}",
                subject=paper.key,
                where=noted.where,
                hint=hint,
            )
        if (noted.received or noted.checked) and paper.key not in occasion.manuscripts:
            yield Finding(
                code="manuscript-missing",
                severity=Severity.INFO,
                message=f"the manuscript of {paper.key} for {said} is noted as received, but it "
                f"is not in private/manuscripts/{noted.target}",
                subject=paper.key,
                where=noted.where,
                hint=f"put it there as {paper.key}.pdf, and it is compared with the workshop's "
                "paper",
            )


def as_html(volume: Volume, tables: Mapping[str, tuple[Row, ...]]) -> str:
    """The tables, by target, as one page that needs no other file and reaches for none."""
    issue = volume.special_issue
    return _environment().get_template("desk/status.html").render(
        volume=volume,
        title=(issue.title if issue else "") or volume.event.short_name,
        tables=tables,
        steps=[name for _, name in STEPS],
        language=volume.language,
    )  # fmt: skip


def _steps(
    noted: Progress,
    answered: dt.date | None,
    consent: str,
    measured: Overlap | None,
    *,
    packaged: bool,
) -> Iterator[Step]:
    seen = {
        "accepted": (answered.isoformat() if answered else "consent") if consent == "yes" else "",
        "received": "file" if measured else "",
        "packaged": "in build/export" if packaged else "",
    }
    for key, name in STEPS:
        day: Day = getattr(noted, key)
        if key == "decided" and noted.decision and not day:
            day = True
        if key == "accepted" and (noted.declined or consent == "no"):
            day = noted.declined or answered
            yield Step(name=name, state="refused", when=_when(day))
        elif day:
            yield Step(name=name, state="noted", when=_when(day))
        elif seen.get(key):
            yield Step(name=name, state="seen", when=seen[key])
        else:
            yield Step(name=name, state="open")


def _when(day: Day) -> str:
    return "" if day is None or day is True else day.isoformat()


def _next(occasion: Occasion, noted: Progress, decision: Decision, steps: tuple[Step, ...]) -> str:
    done = {step.name for step in steps if step.state in {"noted", "seen"}}
    if occasion.declined(decision.key):
        return "nothing: declined"
    if "decision" in done:
        return "nothing: decided"
    if "submitted" in done:
        return "journal: decide"
    if decision.verdict == "no":
        return "nothing: not eligible"
    if "agreed" not in done and (others := occasion.promised(decision.key)):
        return f"nothing: promised to {', '.join(others).upper()}"
    if "agreed" not in done:
        return "authors: answer" if noted.invited else "editors: invite them"
    if occasion.private.consent(occasion.target, decision.key) is None:
        return "editors: record consent"
    if "manuscript" not in done:
        return "authors: send manuscript"
    if "checked" not in done:
        return "editors: look it through"
    if "packaged" not in done:
        return "editors: make package"
    return "authors: submit it"


def _disorder(noted: Progress) -> Iterator[tuple[str, str]]:
    """What is noted earlier than what has to come before it, with what to do."""
    days: list[tuple[str, dt.date]] = []
    for key, name in STEPS:
        day: Day = getattr(noted, key)
        if isinstance(day, dt.date):
            days.append((name, day))
    for (first, one), (second, other) in pairwise(days):
        if other < one:
            said = f"“{second}” ({other.isoformat()}) is noted earlier than “{first}” ({one})"
            yield said, "correct one of the two days"
    if noted.declined and noted.accepted:
        yield (
            "the invitation is noted as accepted and as declined",
            "delete the one that does not hold",
        )


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("builder.export"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
