"""`report.json` and `report.html`: what was found, for machines and for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from builder.model import Finding, Report, Severity, Volume
from builder.model.markup import plain
from builder.press.findings import as_data


def counts(report: Report) -> dict[str, int]:
    """How many findings of each severity."""
    return {severity.label: report.count(severity) for severity in reversed(Severity)}


def as_json(report: Report, extra: Mapping[str, Any] | None = None) -> str:
    """The report as one JSON document."""
    data = {
        "counts": counts(report),
        **(extra or {}),
        "findings": [as_data(finding) for finding in report.findings],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def as_html(report: Report, volume: Volume) -> str:
    """The report as one page, the findings grouped by what they are about."""
    titles = {paper.key: plain.render(paper.title) for paper in volume.papers}
    groups: dict[str, list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault(finding.subject, []).append(finding)
    environment = Environment(
        loader=PackageLoader("builder.press", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        volume=volume,
        groups=groups,
        titles=titles,
        counts=counts(report),
    )
