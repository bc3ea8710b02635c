"""Findings as plain data, for `--json`, `report.json` and the next run; and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder.model.finding import Finding, Severity, Where


def as_data(finding: Finding) -> dict[str, Any]:
    """A finding as JSON can hold it."""
    where = finding.where
    place = (
        {
            name: value
            for name, value in (
                ("file", where.file),
                ("line", where.line),
                ("column", where.column),
                ("page", where.page),
                ("box", list(where.box) if where.box else None),
            )
            if value is not None
        }
        if where
        else None
    )
    return {
        "code": finding.code,
        "severity": finding.severity.label,
        "subject": finding.subject,
        "message": finding.message,
        "hint": finding.hint,
        "where": place,
    }


def from_data(data: Mapping[str, Any]) -> Finding:
    """The finding again; raises `LookupError` or `TypeError` for what `as_data` never gave."""
    place = data["where"]
    where = (
        Where(**{**place, "box": tuple(place["box"]) if "box" in place else None})
        if place
        else None
    )
    return Finding(
        code=data["code"],
        severity=Severity.from_label(data["severity"]),
        message=data["message"],
        subject=data["subject"],
        where=where,
        hint=data["hint"],
    )
