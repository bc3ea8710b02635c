"""MLA, 9th edition: chapter 5, the template of core elements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from builder.cite.styles.chicago import name_first
from builder.cite.styles.parts import (
    Piece,
    Source,
    address,
    emph,
    markup,
    quoted,
    sentences,
)
from builder.model import Markup, Name
from builder.model.dates import MONTHS


def reference(source: Source) -> Markup:
    """`Doe, Jane, and Bob Roe. “Title.” *Proceedings*, edited by Pat Poe, Press, 2025, pp. 1–8.`"""
    authors = _authors(source.authors)
    opening = [markup(authors), quoted(source.title, ".")]
    if source.published:
        mark = "pp." if "–" in source.pages else "p."
        elements: list[Piece | Markup] = [
            emph(source.container),
            f"edited by {_edited(source.editors)}" if source.editors else "",
            source.publisher,
            source.year,
            f"{mark} {source.pages}" if source.pages else "",
        ]
        kind = ""
    else:
        elements = [source.container, _dates(source.days) or source.year, source.place]
        kind = (
            "Conference presentation"
            if source.archival
            else "Conference presentation, non-archival"
        )
    url = address(source.address)
    held = [*(element for element in elements if element), *([url] if url.nodes else [])]
    container = markup(
        *(part for place, element in enumerate(held) for part in (", " if place else "", element))
    )
    return sentences([*opening, container, markup(kind)])


def _authors(names: tuple[Name, ...]) -> str:
    if not names:
        return ""
    first = name_first(names[0])
    if len(names) > 2:
        return f"{first}, et al."
    return f"{first}, and {names[1].upright}" if len(names) == 2 else first


def _edited(names: tuple[Name, ...]) -> str:
    if len(names) > 2:
        return f"{names[0].upright} et al."
    return " and ".join(name.upright for name in names)


def _dates(days: Sequence[dt.date]) -> str:
    """`19–20 July 2025`; longer months are shortened (appendix 1)."""
    if not days:
        return ""
    first, last = days[0], days[-1]
    if first == last:
        return _day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    start = _day(first)
    return f"{start if first.year != last.year else start.rpartition(' ')[0]}–{_day(last)}"


def _day(day: dt.date) -> str:
    month = MONTHS[day.month - 1]
    short = month if len(month) < 5 else "Sept." if month == "September" else f"{month[:3]}."
    return f"{day.day} {short} {day.year}"
