"""What a journal asks for: facts that change, each with its source and the date it was read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import yaml

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
class Profile:
    """One journal."""

    id: str
    name: str
    short: str
    facts: dict[str, Fact]
    questions: tuple[str, ...]
    """What is unknown and has to be asked of the journal."""

    def value(self, fact: str) -> str:
        """The fact's value, empty where it is unknown; raises `KeyError` for no fact of ours."""
        return self.facts[fact].value

    def number(self, fact: str) -> int | None:
        """The fact's value as a number, or `None` where it is unknown or not stated."""
        value = self.facts[fact].value if fact in self.facts else ""
        return int(value) if value else None


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
    )
