"""Dates and times in English words, the same in every locale of the machine that builds."""

from __future__ import annotations

import datetime as dt

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(date: dt.date) -> str:
    """`19 July 2025`."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def weekday(date: dt.date) -> str:
    """`Saturday, 19 July 2025`."""
    return f"{WEEKDAYS[date.weekday()]}, {day(date)}"


def span(start: dt.date | None, end: dt.date | None) -> str:
    """`19–21 July 2025`, `30 June – 2 July 2025`, one day alone, or nothing."""
    if start is None:
        return ""
    if end is None or end <= start:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS[start.month - 1]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def clock(time: dt.time) -> str:
    """`9:00`, as programs print it."""
    return f"{time.hour}:{time.minute:02d}"


def hours(start: dt.time | None, end: dt.time | None) -> str:
    """`9:00–9:10`, `9:00` where no end is known, `until 9:10`, or nothing."""
    if start is None:
        return f"until {clock(end)}" if end else ""
    return f"{clock(start)}–{clock(end)}" if end else clock(start)
