"""Dates, times, colours: small things that stand everywhere."""

from __future__ import annotations

import datetime as dt

import pytest

from builder.booklet import color, wording


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (None, None, ""),
        ("2025-07-19", None, "19 July 2025"),
        ("2025-07-19", "2025-07-19", "19 July 2025"),
        ("2020-07-01", "2020-07-03", "1–3 July 2020"),
        ("2020-06-30", "2020-07-02", "30 June – 2 July 2020"),
        ("2020-12-31", "2021-01-02", "31 December 2020 – 2 January 2021"),
        ("2025-07-19", "2025-07-18", "19 July 2025"),
    ],
)
def test_ranges_of_dates(start: str | None, end: str | None, text: str) -> None:
    first = dt.date.fromisoformat(start) if start else None
    last = dt.date.fromisoformat(end) if end else None
    assert wording.dates(first, last) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (dt.time(9), dt.time(9, 10), "9:00–9:10"),
        (dt.time(9, 5), None, "9:05"),
        (None, dt.time(17), "until 17:00"),
        (None, None, ""),
    ],
)
def test_times(start: dt.time | None, end: dt.time | None, text: str) -> None:
    assert wording.times(start, end) == text


def test_names_are_joined_as_people_write_them() -> None:
    assert wording.joined([]) == ""
    assert wording.joined(["a", "b"]) == "a and b"
    assert wording.joined(["a", "b", "c"]) == "a, b, and c"


@pytest.mark.parametrize(
    "accent", ["#1f4e79", "#ffee00", "#ffffff", "#000000", "#7f7f7f", "#e91e63"]
)
def test_whatever_the_accent_text_can_be_read(accent: str) -> None:
    colors = color.palette(accent)
    assert color.contrast(colors["ink"], "#ffffff") >= 4.5
    assert color.contrast(colors["paper"], colors["accent"]) >= 3
    assert colors["accent"] == accent


@pytest.mark.parametrize("broken", ["red", "#12", "", '#12345"'])
def test_a_colour_that_is_none_is_replaced(broken: str) -> None:
    assert color.palette(broken)["accent"] == color.DEFAULT
