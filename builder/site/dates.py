"""Dates and times in words, the same in every locale of the machine that builds."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def day(date: dt.date) -> str:
    """`19 July 2025`."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def weekday(date: dt.date) -> str:
    """`Saturday, 19 July 2025`."""
    return f"{_DAYS[date.weekday()]}, {day(date)}"


def span(start: dt.date | None, end: dt.date | None) -> str:
    """`19–21 July 2025`, `30 June – 2 July 2025`, one day alone, or nothing."""
    if start is None:
        return ""
    if end is None or end <= start:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def clock(time: dt.time) -> str:
    """`9:00`, as programs print it."""
    return f"{time.hour}:{time.minute:02d}"


def hours(start: dt.time | None, end: dt.time | None) -> str:
    """`9:00–9:10`, `9:00` where no end is known, or nothing."""
    if start is None:
        return f"until {clock(end)}" if end else ""
    return f"{clock(start)}–{clock(end)}" if end else clock(start)


def moment(date: dt.date | None, time: dt.time | None, timezone: str) -> str:
    """Machine-readable, for `<time datetime>`: with the zone's offset where both are known."""
    if time is None:
        return date.isoformat() if date else ""
    if date is None:
        return time.isoformat("minutes")
    shift = _offset(date, time, timezone)
    zoned = dt.datetime.combine(date, time, dt.timezone(shift) if shift is not None else None)
    return zoned.isoformat(timespec="minutes")


def ending(date: dt.date | None, start: dt.time | None, end: dt.time | None, timezone: str) -> str:
    """As `moment`, of an end: what ends before it began ends on the next day. Empty without one."""
    if end is None:
        return ""
    overnight = date is not None and start is not None and end <= start
    return moment(date + dt.timedelta(days=1) if date and overnight else date, end, timezone)


def utc_offset(date: dt.date, timezone: str) -> str:
    """`UTC−7` at noon of that day, or nothing where the zone is not known here."""
    shift = _offset(date, dt.time(12), timezone)
    if shift is None:
        return ""
    minutes = int(shift.total_seconds()) // 60
    sign, (whole, rest) = "−" if minutes < 0 else "+", divmod(abs(minutes), 60)
    return f"UTC{sign}{whole}" + (f":{rest:02d}" if rest else "")


def _offset(date: dt.date, time: dt.time, timezone: str) -> dt.timedelta | None:
    if not timezone:
        return None
    try:
        return dt.datetime.combine(date, time, ZoneInfo(timezone)).utcoffset()
    # No zone of that name, or no database of zones on this machine.
    except (KeyError, ValueError, OSError):
        return None
