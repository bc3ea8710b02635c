"""Whether front and back matter could be made to the standard that the edition asks for."""

from __future__ import annotations

from collections.abc import Iterable

from builder.booklet.typeset import Typeset
from builder.model import Finding, Severity, Volume, Where
from builder.pdf import Obstacle

NAMES = {"ua-1": "PDF/UA-1", "a-3b": "PDF/A-3b", "a-3b+ua-1": "PDF/A-3b and PDF/UA-1"}
"""Settings to what the standards are called."""


def of_volume(obstacles: Iterable[Obstacle]) -> tuple[Finding, ...]:
    """What keeps the joined volume from being PDF/A-3b, though each of its parts is."""
    return tuple(
        Finding(
            code="pdf-standard-obstacle",
            severity=Severity.WARNING,
            message=f"The volume cannot be PDF/A-3b: {one.told}",
            hint="Please report it: papers and front matter are each made to the standard.",
        )
        for one in obstacles
    )


def findings(volume: Volume, made: Iterable[Typeset]) -> tuple[Finding, ...]:
    """One finding per obstacle; none where no standard is asked for."""
    name = NAMES.get(volume.booklet.pdf_standard, "")
    obstacles = dict.fromkeys(one.obstacle for one in made if one.obstacle)
    return tuple(
        Finding(
            code="pdf-standard-obstacle",
            severity=Severity.WARNING,
            message=f"A part of the booklet cannot be made to {name}: {obstacle}",
            where=Where(file="proceedings/edition.yaml"),
            hint="Most often a page of prose has a picture without a description, or a heading "
            "that skips a level. The part was made without the standard.",
        )
        for obstacle in obstacles
    )
