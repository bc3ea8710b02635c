"""What a journal asks for: facts that change, each with its source and the date it was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import yaml

from builder.model import Volume

YEAR = 365
"""Days after which a fact may have changed."""

Grade = Literal["primary", "secondary", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact about a journal."""

    value: str
    """Empty where nobody knows."""
    grade: Grade
    source: str
    read: str
    """The day it was read, as `2026-11-22`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step from the call for papers to publication, as this or a sister journal counts."""

    id: str
    what: str
    weeks: int
    after: str
    """Id of the step before it, or `event`."""
    grade: Grade
    source: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One journal."""

    id: str
    name: str
    short: str
    facts: dict[str, Fact]
    questions: tuple[str, ...]
    """What is unknown and has to be asked of the journal."""
    schedule: tuple[Step, ...] = ()
    """The steps of a special issue; empty where the target has none."""

    def value(self, fact: str) -> str:
        """The fact's value, empty where it is unknown; raises `KeyError` for no fact of ours."""
        return self.facts[fact].value

    def number(self, fact: str) -> int | None:
        """The fact's value as a number, or `None` where it is unknown or not stated."""
        value = self.facts[fact].value if fact in self.facts else ""
        return int(value) if value else None

    def outdated(self, day: dt.date) -> tuple[str, ...]:
        """The facts that were read more than a year before `day`."""
        return tuple(
            name
            for name, fact in self.facts.items()
            if (day - dt.date.fromisoformat(fact.read)).days > YEAR
        )


def reference(volume: Volume, consents: Iterable[dt.date | None] = ()) -> dt.date | None:
    """The latest day that the edition itself knows of, with which a fact's age is compared.

    Nothing reads the clock, so that equal input gives equal packages: the volume's date, the
    event's last day, the special issue's dates up to its call for papers, and recorded answers.
    """
    issue = volume.special_issue
    called = [line.date for line in issue.timeline if "call" in line.what.lower()] if issue else []
    event = volume.event
    days = [volume.date, event.start, event.end, *called, *consents]
    return max((day for day in days if day), default=None)


@cache
def load(id: str) -> Profile:
    """The profile of that name from `profiles/`."""
    file = resources.files("builder.export").joinpath("profiles", f"{id}.yaml")
    # Values stay what was typed: BaseLoader makes text of everything.
    data = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds text only
    return Profile(
        id=id,
        name=data["name"],
        short=data["short"],
        facts={name: Fact(**fact) for name, fact in data["facts"].items()},
        questions=tuple(data["questions"]),
        schedule=tuple(
            Step(**{**step, "weeks": int(step["weeks"])}) for step in data.get("schedule", ())
        ),
    )


def said(target: str, name: str) -> tuple[str, str]:
    """A fact of the journal's profile and its source; empty where there is none."""
    try:
        fact = load(target).facts.get(name)
    except FileNotFoundError:  # a target without a profile
        return "", ""
    return (fact.value, fact.source) if fact else ("", "")


def threshold(volume: Volume, target: str) -> tuple[int | None, str]:
    """Per cent of new text that a journal asks for, and who says so; `None` where nobody knows."""
    issue = volume.special_issue
    if issue and target in issue.new_content:
        return issue.new_content[target], "special-issue.yaml"
    percent, source = said(target, "new_content_percent")
    return (int(percent), source) if percent else (None, source)
