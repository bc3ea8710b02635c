"""Dates and times in words, the same in every locale of the machine that builds."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from builder.model import dates as english
from builder.site.words import speech

clock = english.clock


def day(date: dt.date) -> str:
    """`19 July 2025`, `19. Juli 2025`."""
    return speech().day(date)


def weekday(date: dt.date) -> str:
    """`Saturday, 19 July 2025`."""
    return speech().weekday(date)


def span(start: dt.date | None, end: dt.date | None) -> str:
    """`19–21 July 2025`, `30 June – 2 July 2025`, one day alone, or nothing."""
    return speech().span(start, end)


def hours(start: dt.time | None, end: dt.time | None) -> str:
    """`9:00–9:10`, `9:00` where no end is known, `until 9:10`, or nothing."""
    return speech().hours(start, end)


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
