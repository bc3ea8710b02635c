"""`report.json` and `report.html`: what was found, for machines and for people."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

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
    environment.filters["code"] = _code
    return environment.get_template("report.html").render(
        volume=volume,
        groups=groups,
        titles=titles,
        counts=counts(report),
    )


def _code(words: str) -> Markup:
    """What stands between backquotes as code; a lone backquote stays what it is."""
    parts = [escape(part) for part in words.split("`")]
    if len(parts) % 2 == 0:
        return escape(words)
    shown = Markup("<code>{}</code>")
    return Markup("").join(shown.format(p) if n % 2 else p for n, p in enumerate(parts))
