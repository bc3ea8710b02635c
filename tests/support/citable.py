"""Small editions to cite from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from builder.model import Contributor, Event, Markup, Name, Paper, Plan, PlannedPaper, Volume

PLAN = Plan((PlannedPaper(key="liu25", first=7, last=12),))

PEOPLE = (
    Name(given="Laurens", particle="van der", family="Maaten"),
    Name(given="John", family="Smith", suffix="Jr."),
    Name(given="Łukasz", family="Šťastný"),
    Name(literal="The ATLAS Collaboration", organisation=True),
    Name(literal="Plato"),
    Name(literal="李明"),
    Name(given="Ana", family="de Souza"),
    Name(literal="Sand and Sons, Inc.", organisation=True),
    Name(given="Foo", family="And"),
)


def paper(**fields: Any) -> Paper:
    given: dict[str, Any] = {
        "key": "liu25",
        "title": Markup.text("A mCLIP, U-Net and Vision-Language Model: 100% & more"),
        "contributors": tuple(Contributor(name=name) for name in PEOPLE),
        "openreview": "https://openreview.net/forum?id=a_b",
    }
    return Paper(**{**given, **fields})


def volume(*papers: Paper, archival: bool = False, **fields: Any) -> Volume:
    given: dict[str, Any] = {
        "event": Event(
            name="TerraBytes: Towards global datasets",
            short_name="TerraBytes 2025",
            start=dt.date(2025, 7, 19),
            place="Vancouver, Canada",
            host="ICML 2025",
        ),
        "title": "Proceedings of TerraBytes 2025" if archival else "TerraBytes 2025 Papers",
        "editors": (Contributor(name=Name(given="Pat", family="Poe")),) if archival else (),
        "publisher": "Example Press" if archival else "",
        "papers": papers,
        "archival": archival,
    }
    return Volume(**{**given, **fields})
