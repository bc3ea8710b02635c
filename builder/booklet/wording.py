"""What the booklet says in its own words: headings, dates and times. English, in one place."""

from __future__ import annotations

import datetime as dt

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

LICENSES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0 International", "by/4.0"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0 International", "by-sa/4.0"),
    "CC-BY-NC-4.0": ("Creative Commons Attribution-NonCommercial 4.0 International", "by-nc/4.0"),
    "CC-BY-ND-4.0": ("Creative Commons Attribution-NoDerivatives 4.0 International", "by-nd/4.0"),
    "CC-BY-NC-SA-4.0": (
        "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International",
        "by-nc-sa/4.0",
    ),
    "CC-BY-NC-ND-4.0": (
        "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International",
        "by-nc-nd/4.0",
    ),
}
"""SPDX identifiers that editors use most: the licence's name, and its path below
`https://creativecommons.org/licenses/` (spdx.org/licenses, read 2025-10)."""

TALK_KINDS = {
    "keynote": "Keynote",
    "invited": "Invited talk",
    "panel": "Panel",
    "tutorial": "Tutorial",
    "talk": "Talk",
}
"""What a talk's kind is called."""


def date(day: dt.date, *, weekday: bool = False) -> str:
    """`19 July 2025`, or `Saturday, 19 July 2025`."""
    text = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_DAYS[day.weekday()]}, {text}" if weekday else text


def dates(start: dt.date | None, end: dt.date | None) -> str:
    """`19 July 2025`, `1–3 July 2020`, `30 June–2 July 2020`; empty without a start."""
    if start is None:
        return ""
    if end is None or end <= start:
        return date(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{date(end)}"
    if start.year == end.year:
        return f"{start.day} {_MONTHS[start.month - 1]}–{date(end)}"
    return f"{date(start)}–{date(end)}"


def clock(time: dt.time) -> str:
    """`9:10`."""
    return f"{time.hour}:{time.minute:02d}"


def times(start: dt.time | None, end: dt.time | None) -> str:
    """`9:10–9:50`, `9:10`, `until 9:50`, or empty where the source is silent."""
    if start and end:
        return f"{clock(start)}–{clock(end)}"
    if start:
        return clock(start)
    return f"until {clock(end)}" if end else ""


def joined(words: list[str]) -> str:
    """`a`, `a and b`, `a, b, and c`."""
    if len(words) <= 2:
        return " and ".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"
