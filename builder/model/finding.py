"""The only currency of trouble: a `Finding`, and a `Report` of many."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How much a finding matters; comparable, so that `>= Severity.WARNING` reads as it says."""

    INFO = 10
    """Worth knowing; nothing needs doing."""
    WARNING = 20
    """Probably a fault; the output can be published as it is."""
    ERROR = 30
    """A fault; a final build refuses until it is mended."""

    @property
    def label(self) -> str:
        """The word that users read and type: `info`, `warning` or `error`."""
        return self.name.lower()

    @classmethod
    def from_label(cls, label: str) -> Severity:
        """The severity that `label` names; raises `KeyError` for any other word."""
        return cls[label.upper()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The place a finding is about: a position in a text file, a page of a PDF, or a box on it."""

    file: str
    """Path relative to the edition's root, with forward slashes; or a name a person knows."""
    line: int | None = None
    """Line, from 1."""
    column: int | None = None
    """Column, from 1."""
    page: int | None = None
    """Page of a PDF, from 1."""
    box: tuple[float, float, float, float] | None = None
    """Left, bottom, right, top in points on that page as it is seen (after crop and rotation)."""

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        text = ":".join(parts)
        return f"{text}, page {self.page}" if self.page is not None else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong or worth knowing, said so that an editor can act on it."""

    code: str
    """Stable, kebab-case, with a page of its own in `check/codes/` (`proceedings explain CODE`)."""
    severity: Severity
    message: str
    """What is wrong, in one sentence without a final full stop being required."""
    subject: str = ""
    """What it is about: a paper's key, a person's id, a session's id; empty for the edition."""
    where: Where | None = None
    hint: str = ""
    """What to do about it; how people read it is `advice`."""

    @property
    def advice(self) -> str:
        """The hint as a sentence, however its rule wrote it; what may be code stays as it is."""
        hint = self.hint
        if re.match(r"(?!proceedings )[a-z]+(?:[,;:]? (?!=)|$)", hint):
            hint = hint[0].upper() + hint[1:]
        return hint if not hint or hint[-1] in ".?!…:" else f"{hint}."

    @property
    def order(self) -> tuple[str, int, str, int, int, str, str]:
        """Sort key: by subject, worst first, then by place, then by code and message."""
        where = self.where
        return (
            self.subject,
            -self.severity,
            where.file if where else "",
            (where.line or where.page or 0) if where else 0,
            (where.column or 0) if where else 0,
            self.code,
            self.message,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in a stable order, each once."""

    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(cls, *groups: Iterable[Finding]) -> Report:
        """One report of all `groups`, sorted by `Finding.order`, repetitions dropped."""
        unique = {finding: None for group in groups for finding in group}
        return cls(tuple(sorted(unique, key=lambda finding: finding.order)))

    @property
    def worst(self) -> Severity | None:
        """The highest severity present, or `None` when there is no finding."""
        return max((finding.severity for finding in self.findings), default=None)

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of that severity or a higher one."""
        return tuple(finding for finding in self.findings if finding.severity >= severity)

    def about(self, subject: str) -> tuple[Finding, ...]:
        """The findings about one subject (a paper's key, say)."""
        return tuple(finding for finding in self.findings if finding.subject == subject)

    def count(self, severity: Severity) -> int:
        """How many findings have exactly that severity."""
        return sum(1 for finding in self.findings if finding.severity is severity)
