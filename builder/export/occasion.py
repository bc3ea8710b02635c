"""Everything that is known about the papers' way to one journal: what the desk works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.export.decision import Decision
from builder.export.overlap import Overlap
from builder.model import SpecialIssue, Volume

if TYPE_CHECKING:
    from builder.edition.private import Private


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One target, and what editors and files say about each paper."""

    volume: Volume
    target: str
    private: Private
    root: Path
    """The edition's root, where templates of the editors' own may lie."""
    decisions: tuple[Decision, ...] = ()
    """On every shown paper, in the volume's order."""
    manuscripts: Mapping[str, Overlap] = field(default_factory=dict)
    """By paper, how much of the manuscript that came is new."""
    packaged: frozenset[str] = frozenset()
    """Keys of the papers that a package without previews holds."""

    @property
    def issue(self) -> SpecialIssue:
        """The special issue, empty where nothing is written about one."""
        return self.volume.special_issue or SpecialIssue()

    def agreed(self, key: str) -> bool:
        """Whether the authors of a paper want it handed in here, as far as is noted."""
        answer = self.private.consent(self.target, key)
        noted = self.private.on_its_way(self.target, key)
        return bool(noted.accepted) or (answer is not None and answer.given)

    def declined(self, key: str) -> bool:
        """Whether the authors of a paper said no."""
        answer = self.private.consent(self.target, key)
        noted = self.private.on_its_way(self.target, key)
        return bool(noted.declined) or (answer is not None and not answer.given)

    def promised(self, key: str) -> tuple[str, ...]:
        """The other targets that the authors of a paper agreed to."""
        return tuple(
            consent.target
            for consent in self.private.consents
            if consent.paper == key and consent.given and consent.target != self.target
        )
