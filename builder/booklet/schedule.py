"""The program as printed: days, sessions, parallel sessions, papers with their pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from builder.booklet.contents import entry
from builder.booklet.desk import Data, Desk, names, text
from builder.model import Session, Slot
from builder.model.markup.html import address


def program(desk: Desk, chosen: Iterable[Session] | None = None, date: str = "") -> Data:
    """The program by days; a session without a date stands on the day of the one before it."""
    sessions = list(desk.volume.program.sessions if chosen is None else chosen)
    days: list[tuple[dt.date | None, list[Data]]] = []
    today = _first_day(sessions) or desk.volume.event.start
    for session in sessions:
        today = session.date or _first_day([session]) or today
        if date and (today is None or today.isoformat() != date):
            continue
        if not days or days[-1][0] != today:
            days.append((today, []))
        days[-1][1].append(_session(desk, session, 0))
    return {
        "kind": "program",
        "title": desk.say("program"),
        "days": [
            {"title": desk.speech.weekday(day) if day else "", "sessions": held}
            for day, held in days
        ],
        "note": desk.say("local-times", zone=text(desk.volume.program.timezone))
        if desk.volume.program.timezone and _has_times(sessions)
        else "",
    }


def _session(desk: Desk, session: Session, depth: int) -> Data:
    talk = desk.volume.program.talk(session.talk) if session.talk else None
    inner = [_session(desk, one, depth + 1) for one in session.sessions]
    times = desk.speech.hours(session.start, session.end)
    if not times and session.parallel and inner and len({one["times"] for one in inner}) == 1:
        # Said once for all sessions that run side by side.
        times = inner[0]["times"]
        inner = [one | {"times": ""} for one in inner]
    speakers = (
        [
            {
                "name": text(one.name.full),
                "affiliation": "; ".join(text(a.name) for a in one.affiliations),
            }
            for one in talk.speakers
        ]
        if talk
        else []
    )
    return {
        "id": session.id,
        "title": text(session.title),
        "kind": session.kind,
        "times": times,
        "room": text(session.room),
        "chairs": names(session.chairs),
        "note": text(session.note),
        "talk": text(talk.title) if talk and talk.title != session.title else "",
        "speakers": speakers,
        "moderators": names(talk.moderators) if talk else [],
        "recording": address(session.recording or (talk.recording if talk else "")),
        "slots": [_slot(desk, slot) for slot in session.slots],
        "parallel": session.parallel and len(session.sessions) > 1,
        "sessions": inner,
        "depth": depth,
    }


def _slot(desk: Desk, slot: Slot) -> Data:
    paper = desk.volume.paper(slot.paper) if slot.paper else None
    data: Data
    if paper is None or not paper.shown:
        withdrawn = desk.say("withdrawn") if paper else slot.paper
        data = {
            "title": [{"t": "text", "s": text(slot.title or withdrawn)}],
            "authors": [],
            "page": "",
            "href": "",
            "awards": [],
        }
    else:
        data = entry(desk, paper)
    return data | {
        "times": desk.speech.hours(slot.start, slot.end),
        "presenter": text(slot.presenter),
        "remote": slot.remote,
    }


def _first_day(sessions: Iterable[Session]) -> dt.date | None:
    return next((one.date for session in sessions for one in session.walk() if one.date), None)


def _has_times(sessions: Iterable[Session]) -> bool:
    return any(one.start or one.end for session in sessions for one in session.walk())
