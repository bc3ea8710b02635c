"""Times on the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import ModuleType

import pytest

from builder.model import Program, Session, Volume
from builder.site import schedule


@pytest.fixture
def chatham(editions: ModuleType) -> Volume:
    """Two days in a zone whose clocks change in the night between them."""
    volume: Volume = editions.volume()
    first, second = dt.date(2024, 9, 28), dt.date(2024, 9, 29)
    event = replace(volume.event, start=first, end=second, timezone="Pacific/Chatham")
    sessions = tuple(
        Session(id=f"on-{day.day}", title="S", date=day, start=dt.time(9))
        for day in (first, second)
    )
    return replace(volume, event=event, program=Program(sessions=sessions))


def test_a_program_whose_clocks_change_says_when(chatham: Volume) -> None:
    assert schedule.zone(chatham) == (
        "Pacific/Chatham (UTC+12:45, from 29 September 2024 UTC+13:45)"
    )


def test_a_session_has_the_clock_of_its_own_day(chatham: Volume) -> None:
    first, second = chatham.program.sessions
    assert schedule.zone_of(first, chatham) == "Pacific/Chatham (UTC+12:45)"
    assert schedule.zone_of(second, chatham) == "Pacific/Chatham (UTC+13:45)"
    assert schedule.days(chatham)[1].sessions[0].begins == "2024-09-29T09:00+13:45"


def test_one_offset_is_said_once(editions: ModuleType) -> None:
    assert schedule.zone(editions.volume()) == "America/Vancouver (UTC−7)"
