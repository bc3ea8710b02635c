"""Findings as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from builder.model import Finding, Report, Severity

if TYPE_CHECKING:
    from rich.console import Console

_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def summary(report: Report) -> str:
    """`2 errors, 1 warning, 3 notes`."""
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    return ", ".join(
        f"{(number := report.count(severity))} {word}{'' if number == 1 else 's'}"
        for severity, word in words.items()
    )


def print_report(console: Console, report: Report, titles: dict[str, str], verbose: int) -> None:
    """Prints findings grouped by subject; notes only when `verbose`, else their number."""
    shown = report.findings if verbose else report.at_least(Severity.WARNING)
    _print_groups(console, shown, titles)
    if shown:
        console.print()
    hidden = len(report.findings) - len(shown)
    more = " (see the notes with -v)" if hidden else ""
    console.print(f"{summary(report)}{more}", markup=False)


def print_errors(console: Console, report: Report, titles: dict[str, str]) -> None:
    """Prints errors alone: what somebody who asked for quiet must still be told."""
    _print_groups(console, report.at_least(Severity.ERROR), titles)


def _print_groups(console: Console, shown: Sequence[Finding], titles: dict[str, str]) -> None:
    subject: str | None = None
    for finding in shown:
        if finding.subject != subject:
            subject = finding.subject
            heading = f"{subject}  {titles.get(subject, '')}".rstrip() if subject else "The edition"
            console.print()
            console.print(Text(heading, style="bold"), overflow="ellipsis", no_wrap=True)
        _print(console, finding)


def _print(console: Console, finding: Finding) -> None:
    line = Text("  ")
    line.append(finding.severity.label, style=_STYLE[finding.severity])
    line.append(f" {finding.message}")
    console.print(line, soft_wrap=True)
    details = [str(finding.where)] if finding.where else []
    details.append(f"[{finding.code}]")
    if finding.hint:
        console.print(Text(f"    {finding.advice}"), soft_wrap=True)
    console.print(Text("    " + " ".join(details), style="dim"), soft_wrap=True)
