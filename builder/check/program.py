"""The program: what it refers to, and when and where it takes place."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from builder.check.byline import folded, forms
from builder.check.facts import Facts
from builder.check.wording import meant, number, spoken, squeezed
from builder.model import Contributor, Finding, Include, Session, Severity, Volume, Where


@dataclass(frozen=True, slots=True)
class Placed:
    """A session with the day on which it takes place, which an outer session may say."""

    session: Session
    date: dt.date | None
    ancestors: tuple[Session, ...] = ()
    parallel: bool = False
    """Whether it runs beside its siblings."""


def placed(volume: Volume) -> Iterator[Placed]:
    """Every session at any depth, in order."""
    event = volume.event
    only = event.start if event.start and (event.end is None or event.end == event.start) else None

    def walk(
        session: Session, date: dt.date | None, above: tuple[Session, ...]
    ) -> Iterator[Placed]:
        own = session.date or date
        yield Placed(session, own, above, bool(above and above[-1].parallel))
        for inner in session.sessions:
            yield from walk(inner, own, (*above, session))

    for session in volume.program.sessions:
        yield from walk(session, only, ())


def references(facts: Facts) -> Iterator[Finding]:
    """Sessions that refer to papers and talks that do not exist, or to withdrawn papers."""
    volume = facts.volume
    papers = {paper.key: paper for paper in volume.papers}
    talks = {talk.id for talk in volume.program.talks}
    for session in volume.program.walk():
        for slot in session.slots:
            where = slot.where or session.where
            if not slot.paper:
                continue
            if not papers:
                continue  # told once, by `volume.papers`
            if slot.paper not in papers:
                yield Finding(
                    code="program-paper-unknown",
                    severity=Severity.ERROR,
                    message=f"“{session.title}” lists the paper “{slot.paper}”, which"
                    " papers.bib does not hold",
                    subject=session.id,
                    where=where,
                    hint=meant(slot.paper, papers)
                    or "Correct the key, or give a `title:` instead of a `paper:`.",
                )
            elif papers[slot.paper].include is Include.WITHDRAWN:
                yield Finding(
                    code="withdrawn-in-program",
                    severity=Severity.WARNING,
                    message=f"the paper is withdrawn, but “{session.title}” lists it",
                    subject=slot.paper,
                    where=where,
                    hint="Remove it from program.yaml, or correct `include` in papers.bib.",
                )
        if session.talk and session.talk not in talks:
            yield Finding(
                code="program-talk-unknown",
                severity=Severity.ERROR,
                message=f"“{session.title}” refers to the talk “{session.talk}”, which `talks`"
                " does not hold",
                subject=session.id,
                where=session.where,
                hint=meant(session.talk, talks) or "Add the talk, or correct its id.",
            )


def unscheduled(facts: Facts) -> Iterator[Finding]:
    """Papers and talks that no session holds, where the program lists papers and talks at all."""
    program = facts.volume.program
    listed = Counter(
        slot.paper for session in program.walk() for slot in session.slots if slot.paper
    )
    left = [paper.key for paper in facts.volume.shown if paper.key not in listed]
    if listed and left:
        yield Finding(
            code="paper-unscheduled",
            severity=Severity.INFO,
            message=f"{number(len(left), 'paper')} of {len(facts.volume.shown)} in no session:"
            f" {spoken(left)}",
            hint="Add them to program.yaml if they were presented.",
        )
    held = {session.talk for session in program.walk() if session.talk}
    idle = [talk.id for talk in program.talks if talk.id not in held]
    if program.sessions and idle:
        yield Finding(
            code="talk-unscheduled",
            severity=Severity.INFO,
            message=f"{number(len(idle), 'talk')} in no session: {spoken(idle)}",
            hint="Say `talk: id` in the session that holds it.",
        )


def repeated(facts: Facts) -> Iterator[Finding]:
    """A paper twice in one session."""
    for session in facts.volume.program.walk():
        times = Counter(slot.paper for slot in session.slots if slot.paper)
        for key, count in times.items():
            if count > 1:
                yield Finding(
                    code="slot-repeated",
                    severity=Severity.WARNING,
                    message=f"“{session.title}” lists {key} {count} times",
                    subject=key,
                    where=session.where,
                    hint="Remove one; a paper may stand in several sessions, but once in each.",
                )


def days(facts: Facts) -> Iterator[Finding]:
    """Sessions on no day, or on a day outside the event."""
    event = facts.volume.event
    if event.start is None:
        return
    end = event.end or event.start
    if end < event.start:
        return  # told as a fault of the event
    undated: list[str] = []
    for place in placed(facts.volume):
        session = place.session
        if place.date is None:
            if not place.ancestors:
                undated.append(session.title)
        elif not event.start <= place.date <= end and (session.date or not place.ancestors):
            days = f"{event.start}" if end == event.start else f"{event.start} to {end}"
            yield Finding(
                code="session-outside-event",
                severity=Severity.WARNING,
                message=f"“{session.title}” is on {place.date}, but the event is on {days}",
                subject=session.id,
                where=session.where,
                hint="Correct one of the dates.",
            )
    if undated:
        yield Finding(
            code="session-undated",
            severity=Severity.WARNING,
            message=f"the event has several days, but {number(len(undated), 'session')}"
            f" {'has' if len(undated) == 1 else 'have'} no date: {spoken(undated)}",
            where=Where(file="proceedings/program.yaml"),
            hint="Add `date:` to each.",
        )


def times(facts: Facts) -> Iterator[Finding]:
    """Sessions and slots that end before they begin, or lie outside what holds them."""
    for place in placed(facts.volume):
        session = place.session
        if session.start and session.end and session.end <= session.start:
            yield Finding(
                code="session-times",
                severity=Severity.WARNING,
                message=f"“{session.title}” ends at {session.end:%H:%M},"
                f" {'when' if session.end == session.start else 'before'} it begins"
                f" ({session.start:%H:%M})",
                subject=session.id,
                where=session.where,
                hint="Correct `start` or `end`.",
            )
            continue
        outer = place.ancestors[-1] if place.ancestors else None
        if (
            outer
            and outer.date == (session.date or outer.date)
            and _outside(session.start, session.end, outer.start, outer.end)
        ):
            yield Finding(
                code="session-times",
                severity=Severity.WARNING,
                message=f"“{session.title}” ({_span(session.start, session.end)}) is not within"
                f" “{outer.title}” ({_span(outer.start, outer.end)})",
                subject=session.id,
                where=session.where,
                hint="Correct one of the times.",
            )
        yield from _slot_times(session)


def _slot_times(session: Session) -> Iterator[Finding]:
    faults = []
    for slot in session.slots:
        name = slot.paper or slot.title
        if slot.start and slot.end and slot.end <= slot.start:
            faults.append(f"{name} ends before it begins ({_span(slot.start, slot.end)})")
        elif _outside(slot.start, slot.end, session.start, session.end):
            faults.append(f"{name} ({_span(slot.start, slot.end)}) lies outside it")
    timed = [slot for slot in session.slots if slot.start and slot.end]
    if session.kind != "posters":
        for before, after in pairwise(timed):
            if before.end and after.start and after.start < before.end:
                pair = f"{before.paper or before.title} and {after.paper or after.title}"
                faults.append(f"{pair} overlap or stand in the wrong order")
    if faults:
        yield Finding(
            code="slot-times",
            severity=Severity.WARNING,
            message=f"in “{session.title}” ({_span(session.start, session.end)}): {spoken(faults)}",
            subject=session.id,
            where=next((slot.where for slot in session.slots if slot.where), session.where),
            hint="Correct the times of these papers.",
        )


def _outside(
    start: dt.time | None, end: dt.time | None, first: dt.time | None, last: dt.time | None
) -> bool:
    if start and first and start < first:
        return True
    if last and first and last <= first:
        return False  # told as a fault of the session itself
    return bool((end and last and end > last) or (start and last and start > last))


def _span(start: dt.time | None, end: dt.time | None) -> str:
    parts = [f"{time:%H:%M}" if time else "?" for time in (start, end)]
    return "–".join(parts)


def overlaps(facts: Facts) -> Iterator[Finding]:
    """Two sessions at the same time in the same room, or with the same person in the chair."""
    timed = [p for p in placed(facts.volume) if p.session.start and p.session.end and p.date]
    for at, one in enumerate(timed):
        for other in timed[at + 1 :]:
            if one.session in other.ancestors or one.date != other.date or not _clash(one, other):
                continue
            room = one.session.room
            same_room = room and room.casefold() == other.session.room.casefold()
            shared = _shared_chairs(one.session, other.session)
            if same_room:
                what = f"are both in {room}"
            elif shared:
                what = f"are both chaired by {spoken(shared)}"
            else:
                continue
            yield Finding(
                code="session-overlap",
                severity=Severity.WARNING,
                message=f"“{one.session.title}” ({_span(one.session.start, one.session.end)}) and"
                f" “{other.session.title}” ({_span(other.session.start, other.session.end)})"
                f" overlap and {what}",
                subject=other.session.id,
                where=other.session.where,
                hint="Correct a time, the room or the chair.",
            )


def _clash(one: Placed, other: Placed) -> bool:
    a, b = one.session, other.session
    return bool(a.start and a.end and b.start and b.end and a.start < b.end and b.start < a.end)


def _shared_chairs(one: Session, other: Session) -> list[str]:
    theirs = {_identity(chair) for chair in other.chairs}
    return [chair.name.full for chair in one.chairs if _identity(chair) in theirs]


def _identity(who: Contributor) -> str:
    return who.person or squeezed(who.name.full)


def presenters(facts: Facts) -> Iterator[Finding]:
    """Presenters who are not among the paper's authors."""
    for session in facts.volume.program.walk():
        for slot in session.slots:
            paper = facts.volume.paper(slot.paper) if slot.paper else None
            if not paper or not slot.presenter or not paper.contributors:
                continue
            known = {form for author in paper.contributors for form in forms(author.name)}
            known |= {author.person for author in paper.contributors if author.person}
            if folded(slot.presenter) not in known and slot.presenter not in known:
                yield Finding(
                    code="presenter-unknown",
                    severity=Severity.INFO,
                    message=f"{slot.presenter} presents the paper in “{session.title}” but is"
                    " none of its authors",
                    subject=paper.key,
                    where=slot.where or session.where,
                    hint="Correct the name if it is a slip.",
                )
