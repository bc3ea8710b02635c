"""The program for calendars (RFC 5545): times in UTC, so that no calendar has to know the zone.

Where nobody said which zone the program's clocks follow, times are "floating" (3.3.5, form 1):
they mean the clock of whoever reads them, as on paper.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from builder.model import Session
from builder.site import facets, schedule, scholarly
from builder.site.addresses import session_fragment
from builder.site.schedule import SessionView, session_id, slot_id
from builder.site.views import Shelf

FILE = "program.ics"
END = "END:VCALENDAR\r\n"


def texts(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """The calendar of the whole program, and the script from which a reader's own is made."""
    parts = events(shelf)
    if not parts:
        return
    whole = {id: text for id, text in parts.items() if "/" not in id}
    start = head(shelf)
    yield FILE, start + "".join(whole.values()) + END
    data: dict[str, Any] = {"head": start, "events": parts, "tail": END}
    yield facets.CALENDAR, facets.script("calendar", data)


def head(shelf: Shelf) -> str:
    """What stands before the events."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//proceedings-builder//program//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape(shelf.volume.event.short_name)}",
    )
    return "".join(fold(line) for line in lines)


def events(shelf: Shelf) -> Mapping[str, str]:
    """One `VEVENT` per session and per slot whose time is known.

    Ids are those of `schedule.session_id` and `schedule.slot_id`. A session that only holds others
    is none. A slot without a time of its own takes its session's.
    """
    found: dict[str, str] = {}
    for day in schedule.days(shelf.volume):
        for top in day.sessions:
            for view in _flat(top):
                _add(found, view, shelf)
    return found


def escape(text: str) -> str:
    """A value of type TEXT (3.3.11)."""
    clean = "".join(char for char in text if char == "\n" or char.isprintable())
    for char in ("\\", ";", ","):
        clean = clean.replace(char, f"\\{char}")
    return clean.replace("\n", "\\n")


def fold(line: str) -> str:
    """A content line, broken so that none has more than 75 octets (3.1), and its line break."""
    pieces: list[str] = []
    piece, room = "", 75
    for char in line:
        size = len(char.encode("utf-8", "replace"))
        if size > room:
            pieces.append(piece)
            # The blank that continues a line counts.
            piece, room = " ", 74
        piece += char
        room -= size
    return "\r\n".join([*pieces, piece]) + "\r\n"


def _flat(view: SessionView) -> Iterator[SessionView]:
    if not view.frame:
        yield view
    for inner in view.sessions:
        yield from _flat(inner)


def _add(found: dict[str, str], view: SessionView, shelf: Shelf) -> None:
    session = view.session
    if view.begins and "T" in view.begins:
        people = [named.name.full for named in (view.talk.speakers if view.talk else ())]
        about = [", ".join(people), view.talk.title if view.talk else "", session.note]
        found[session_id(session)] = _event(
            shelf, session, session_id(session), session.title, (view.begins, view.ends), about
        )
    for entry in view.slots:
        begins, ends = (entry.begins, entry.ends) if entry.slot.start else (view.begins, view.ends)
        if "T" not in begins:
            continue
        paper = shelf.by_key.get(entry.slot.paper)
        if paper:
            authors = ", ".join(byline.contributor.name.full for byline in paper.bylines)
            about = [authors, session.title]
        else:
            about = [session.title]
        title = paper.title if paper else schedule.turn(entry.slot, shelf.volume)
        id = slot_id(session, entry.slot)
        found[id] = _event(shelf, session, id, title, (begins, ends), about)


def _event(  # noqa: PLR0917 - private, and each is named where it is called
    shelf: Shelf, session: Session, id: str, title: str, time: tuple[str, str], about: list[str]
) -> str:
    begins, ends = time
    volume = shelf.volume
    name = volume.event.short_name
    uid = hashlib.sha256(f"{name}\0{id}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    # When the entry was last revised (3.8.7.2): a builder without a clock knows the edition's date.
    stamp = volume.date or volume.event.start or dt.date.fromisoformat(begins[:10])
    place = ", ".join(part for part in (session.room, volume.event.place) if part)
    site = scholarly.site_url(volume)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid}@proceedings.invalid",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        f"DTSTART:{_moment(begins)}",
        f"DTEND:{_moment(ends)}" if "T" in ends else "",
        f"SUMMARY:{escape(' '.join(title.split()))}",
        f"LOCATION:{escape(place)}" if place else "",
        f"DESCRIPTION:{escape(chr(10).join(filter(None, about)))}" if any(about) else "",
        f"URL:{site}program.html#{session_fragment(session.id)}" if site else "",
        "END:VEVENT",
    ]
    return "".join(fold(line) for line in lines if line)


def _moment(iso: str) -> str:
    moment = dt.datetime.fromisoformat(iso)
    if moment.tzinfo is None:
        return f"{moment:%Y%m%dT%H%M%S}"
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
