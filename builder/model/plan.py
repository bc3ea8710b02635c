"""The pagination: which paper stands on which pages. Every page number comes from here."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPaper:
    """One printed paper and its pages."""

    key: str
    first: int
    """First page, as printed (arabic, from 1; front matter has roman numbers of its own)."""
    last: int
    """Last page, as printed; inclusive."""
    placeholder: bool = False
    """Draft only: its PDF is missing or unusable, and a labelled page stands in for it."""
    sha256: str = ""
    """Digest of the source PDF; empty for a placeholder."""
    volume: int = 0
    """In which volume it stands, from 1; 0 where there is only one."""

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return self.last - self.first + 1

    @property
    def range(self) -> str:
        """As printed in citations: `7–12` with an en dash, or `7` for one page."""
        return f"{self.first}–{self.last}" if self.last > self.first else str(self.first)


@dataclass(frozen=True)
class Plan:
    """The order and pages of all printed papers."""

    papers: tuple[PlannedPaper, ...] = ()
    """By volume and page."""
    start: int = 1
    """The first arabic page number; of a later volume it may be greater."""

    @property
    def volumes(self) -> tuple[int, ...]:
        """The numbers of the volumes, in order; `(0,)` where there is only one."""
        return tuple(sorted({planned.volume for planned in self.papers})) or (0,)

    def part(self, volume: int) -> Plan:
        """The plan of one volume."""
        papers = tuple(planned for planned in self.papers if planned.volume == volume)
        last = max((one.last for one in self.papers if one.volume < volume), default=0)
        # Where page numbers run on, they do so from the volume before.
        runs_on = papers and papers[0].first > last
        return Plan(papers, last + 1 if runs_on else 1)

    def of(self, key: str) -> PlannedPaper | None:
        """Where the paper of that key stands, or `None` if the volume does not print it."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, PlannedPaper]:
        # Asked for every paper, many times; of two rows of one key the first counts.
        return {planned.key: planned for planned in reversed(self.papers)}

    @property
    def last_page(self) -> int:
        """The last arabic page number, 0 for an empty volume."""
        return max((planned.last for planned in self.papers), default=self.start - 1)

    @property
    def complete(self) -> bool:
        """Whether every paper is really there."""
        return not any(planned.placeholder for planned in self.papers)

    @property
    def digest(self) -> str:
        """Identifies this pagination: booklet and site belong together only if theirs are equal."""
        rows = [
            [planned.key, planned.first, planned.last, planned.placeholder, planned.sha256]
            + ([planned.volume] if planned.volume else [])
            for planned in self.papers
        ]
        return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()
