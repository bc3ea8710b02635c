"""What a run comes to: outputs, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from builder.model import Plan, Report


class Refused(Exception):
    """A final output was asked for while errors stand; nothing but the report was replaced."""

    def __init__(self, message: str, findings: Report) -> None:
        super().__init__(message)
        self.report = findings


@dataclass(frozen=True, slots=True)
class Made:
    """What one run made."""

    report: Report
    outputs: tuple[Path, ...]
    """What to open, in the order of interest."""
    plan: Plan
    failed: tuple[str, ...] = ()
    """Outputs that were asked for and could not be made; the previous ones stay."""
