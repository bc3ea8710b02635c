"""The program as a page shows it: days, each with its sessions, times in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from builder.model import Session, Slot, Talk, Volume
from builder.site import dates
from builder.site.addresses import session_anchor
from builder.site.subjects import identity
from builder.site.words import say


@dataclass(frozen=True, slots=True)
class SlotView:
    """One turn within a session."""

    slot: Slot
    hours: str
    begins: str
    """For `<time datetime>`."""
    ends: str
    """The same of its end; empty where no end is known."""


@dataclass(frozen=True, slots=True)
class SessionView:
    """One session, with the sessions inside it."""

    session: Session
    anchor: str
    hours: str
    """`9:00–9:10`, or empty where the source is silent."""
    begins: str
    """For `<time datetime>`."""
    ends: str
    """The same of its end; empty where no end is known."""
    talk: Talk | None
    slots: tuple[SlotView, ...]
    sessions: tuple[SessionView, ...]

    def __repr__(self) -> str:
        return f"<SessionView {self.session.id!r}>"

    @property
    def frame(self) -> bool:
        """Whether it only holds other sessions (a morning, a block of parallel sessions)."""
        return bool(self.sessions)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the program."""

    date: dt.date | None
    title: str
    """`Saturday, 19 July 2025`, or empty where no date is known."""
    anchor: str
    sessions: tuple[SessionView, ...]
    timed: bool
    """Whether any session of the day has a time."""


def days(volume: Volume, *, date: str = "", only: tuple[str, ...] = ()) -> tuple[Day, ...]:
    """The program by day; restricted to one ISO date, or to some sessions, where given."""
    groups: dict[dt.date | None, list[Session]] = {}
    current = volume.event.start
    for session in volume.program.sessions:
        current = _date(session) or current
        groups.setdefault(current, []).append(session)
    if only:
        groups = {
            day: [found for session in group for found in _named(session, frozenset(only))]
            for day, group in groups.items()
        }
    return tuple(
        _day(day, group, volume)
        for day, group in groups.items()
        if group and (not date or (day and day.isoformat() == date))
    )


def zone(volume: Volume, on: dt.date | None = None) -> str:
    """Which clock the times follow, in words; empty where nobody said.

    `on` asks for one day. Without it, a program whose clocks change says when:
    `Pacific/Chatham (UTC+12:45, from 29 September 2024 UTC+13:45)`.
    """
    timezone = volume.program.timezone or volume.event.timezone
    if not timezone:
        return ""
    dated = [on] if on else sorted(_dates(volume))
    shifts: list[str] = []
    before = ""
    for date in dated:
        shift = dates.utc_offset(date, timezone)
        if shift and shift != before:
            later = say("from {day} {shift}").format(day=dates.day(date), shift=shift)
            shifts.append(later if before else shift)
            before = shift
    name = timezone.replace("_", " ")
    return f"{name} ({', '.join(shifts)})" if shifts else name


def zone_of(session: Session, volume: Volume) -> str:
    """`zone` on the day of one session, as `when` tells that day."""
    return zone(volume, session.date or volume.event.start)


def _dates(volume: Volume) -> set[dt.date]:
    days = {session.date for session in volume.program.walk() if session.date}
    return days | ({volume.event.start} if volume.event.start else set())


def when(session: Session, slot: Slot | None, volume: Volume) -> str:
    """Date and time of a session or a slot, in words, as far as they are known."""
    date = session.date or volume.event.start
    start, end = (slot.start, slot.end) if slot and slot.start else (session.start, session.end)
    parts = [dates.day(date) if date else "", dates.hours(start, end)]
    return ", ".join(part for part in parts if part)


def with_slots(volume: Volume) -> tuple[tuple[str, SessionView], ...]:
    """Every session that has turns, with its day in words, in the program's order."""

    def inside(day: Day, views: tuple[SessionView, ...]) -> Iterator[tuple[str, SessionView]]:
        for view in views:
            if view.slots:
                own = view.session.date
                yield dates.weekday(own) if own else day.title, view
            yield from inside(day, view.sessions)

    return tuple(found for day in days(volume) for found in inside(day, day.sessions))


def turn(slot: Slot, volume: Volume) -> str:
    """What a slot is called whose paper has no page: its own title, or what became of the paper."""
    return slot.title or (say("Withdrawn") if volume.paper(slot.paper) else slot.paper)


def session_id(session: Session) -> str:
    """Names a session in calendars and in what readers picked."""
    return session.id.replace("/", "-")


def slot_id(session: Session, slot: Slot) -> str:
    """Names one slot, the same in every build as long as its session and its paper stay."""
    return f"{session_id(session)}/{slot.paper or identity(slot.title)}"


def span(session: Session, slot: Slot | None, volume: Volume) -> tuple[str, str]:
    """Begin and end for machines, of what `when` says in words; empty where no time is known."""
    date, timezone = session.date or volume.event.start, volume.program.timezone
    own = slot if slot and slot.start else session
    if own.start is None or date is None:
        return "", ""
    timezone = timezone or volume.event.timezone
    return (
        dates.moment(date, own.start, timezone),
        dates.ending(date, own.start, own.end, timezone),
    )


def _date(session: Session) -> dt.date | None:
    return next((inner.date for inner in session.walk() if inner.date), None)


def _named(session: Session, ids: frozenset[str]) -> list[Session]:
    if session.id in ids:
        return [session]
    return [found for inner in session.sessions for found in _named(inner, ids)]


def _day(date: dt.date | None, sessions: list[Session], volume: Volume) -> Day:
    timezone = volume.program.timezone or volume.event.timezone
    return Day(
        date=date,
        title=dates.weekday(date) if date else "",
        anchor=f"day-{date.isoformat()}" if date else "day",
        sessions=tuple(_session(session, date, timezone, volume) for session in sessions),
        timed=any(inner.start for session in sessions for inner in session.walk()),
    )


def _session(session: Session, date: dt.date | None, timezone: str, volume: Volume) -> SessionView:
    date = session.date or date
    return SessionView(
        session=session,
        anchor=session_anchor(session.id),
        hours=dates.hours(session.start, session.end),
        begins=dates.moment(date, session.start, timezone),
        ends=dates.ending(date, session.start, session.end, timezone),
        talk=volume.program.talk(session.talk) if session.talk else None,
        slots=tuple(
            SlotView(
                slot,
                dates.hours(slot.start, slot.end),
                dates.moment(date, slot.start, timezone),
                dates.ending(date, slot.start, slot.end, timezone),
            )
            for slot in session.slots
        ),
        sessions=tuple(_session(inner, date, timezone, volume) for inner in session.sessions),
    )
