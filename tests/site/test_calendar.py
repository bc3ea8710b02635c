"""The program as calendars read it, checked by a parser that is not ours."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from builder.model import Event, Program, Session
from builder.site.calendar import escape, fold

icalendar = pytest.importorskip("icalendar")


def parsed(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_the_whole_program_is_one_calendar(plain: Any) -> None:
    text = (plain.out / "program.ics").read_bytes().decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    events = {str(event["SUMMARY"]): event for event in parsed(text)}
    # A session that only holds others is none, nor is one whose time nobody said.
    assert set(events) == {"Opening", "Keynote", "Session 1A", "Session 1B"}
    first = events["Session 1A"]
    # 9:00 in Vancouver, in July.
    assert first.start == dt.datetime(2025, 7, 20, 16, tzinfo=dt.UTC)
    assert first.end == dt.datetime(2025, 7, 20, 17, tzinfo=dt.UTC)
    assert str(first["LOCATION"]) == "Hall A, Vancouver, Canada"
    assert str(first["URL"]) == "https://example.org/2025/program.html#session-1a"
    assert "Grace Hopper" in str(events["Keynote"]["DESCRIPTION"])
    assert len({str(event["UID"]) for event in events.values()}) == 4


def test_without_a_zone_times_mean_the_readers_clock(make: Any, editions: ModuleType) -> None:
    volume = editions.volume()
    late = Session(
        id="late",
        title="Social, with dinner; and\nmore \\ " + "ö" * 60,
        date=dt.date(2025, 7, 19),
        start=dt.time(22),
        end=dt.time(1),
    )
    event = Event(name="W", short_name="W")
    built = make(replace(volume, event=event, program=Program(sessions=(late,))))
    text = (built.out / "program.ics").read_bytes().decode()
    (found,) = parsed(text)
    assert found.start == dt.datetime(2025, 7, 19, 22)
    assert found.end == dt.datetime(2025, 7, 20, 1)  # after midnight
    assert str(found["SUMMARY"]) == "Social, with dinner; and more \\ " + "ö" * 60
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_text_is_escaped_and_lines_are_folded_between_letters() -> None:
    assert escape("a,b;c\\d\ne\r\x00") == "a\\,b\\;c\\\\d\\ne"
    folded = fold("SUMMARY:" + "語" * 80)
    assert folded.endswith("\r\n")
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "").strip() == "SUMMARY:" + "語" * 80


def test_no_title_becomes_a_line_of_its_own(attacked: Any, make: Any, editions: ModuleType) -> None:
    volume = editions.hostile()
    (session,) = volume.program.sessions
    timed = replace(
        session,
        title="x\r\nATTACH:https://example.org/x\r\nBEGIN:VALARM",
        date=dt.date(2025, 7, 19),
        start=dt.time(9),
    )
    built = make(replace(volume, program=replace(volume.program, sessions=(timed,))))
    (found,) = parsed((built.out / "program.ics").read_bytes().decode())
    assert "ATTACH" not in found
    assert "ATTACH:https" in str(found["SUMMARY"])


def test_a_program_without_times_has_no_calendar(make: Any, editions: ModuleType) -> None:
    volume = editions.volume()
    session = Session(id="s", title="S")
    built = make(replace(volume, program=Program(sessions=(session,))))
    assert not (built.out / "program.ics").exists()
    assert "data-proc-program" not in built.read("program.html")
