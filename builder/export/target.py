"""What a target is, what it is asked for, and what it hands back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.export.decision import Decision
from builder.export.profile import reference
from builder.model import Finding, Inspection, Plan, Volume
from builder.work import Cache

if TYPE_CHECKING:
    from builder.edition.private import Private


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the editors asked for beyond a target's own package."""

    style: Path | None = None
    """A copy of the journal's style file, where it may not be passed on with packages."""
    scholarone: str = ""
    """The client key of ScholarOne's deposit interface; empty for no deposit."""
    meca: bool = False
    """Whether each paper is packed for MECA (NISO RP-30) too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Everything a package is made from; what is not in here is in no package."""

    volume: Volume
    plan: Plan
    inspections: Mapping[str, Inspection]
    root: Path
    """The edition's root; supplements are found below it."""
    papers: Mapping[str, Path] = field(default_factory=dict)
    """By key, the PDF to hand in."""
    out: Path
    """The folder to write; the archive stands beside it (`<out>.zip`)."""
    preview: bool | None = None
    """`True`: papers without recorded consent too, and every file says so. `False`: only papers
    whose authors agreed. `None`: as `True` just while a consent is missing."""
    private: Private | None = None
    """Recorded consents and addresses; `None` is as if nothing were recorded."""
    manuscripts: Mapping[str, Path] = field(default_factory=dict)
    """By key, the manuscript that came for this journal."""
    seen: Mapping[str, Inspection] = field(default_factory=dict)
    """By key, what was seen in the manuscript."""
    options: Options = Options()
    cache: Cache | None = None
    """Where stamped copies are kept from one run to the next, if anywhere."""

    @property
    def day(self) -> dt.date | None:
        """The latest day that the edition knows of, see `profile.reference`."""
        consents = self.private.consents if self.private else ()
        return reference(self.volume, [consent.date for consent in consents])


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What was written."""

    folder: Path
    zip: Path
    findings: tuple[Finding, ...]
    selected: tuple[Decision, ...]
    """The decision on every shown paper, in the volume's order."""
    preview: bool
    """Whether it holds papers whose authors' consent is not recorded."""
    empty: bool
    """Whether no paper was chosen for it: a package that helps nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A journal or archive that packages can be made for."""

    name: str
    """Short and lower-case: the argument of `proceedings export`, the folder's name."""
    title: str
    build: Callable[[Request], Package]
