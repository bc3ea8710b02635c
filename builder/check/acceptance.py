"""Findings that the editors looked at and accept (`accept:` in `edition.yaml`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from builder.check.explanations import codes
from builder.check.wording import meant, spoken
from builder.model import Finding, Severity, Volume

ALL = "*"
"""Stands for every subject of a code."""

NEEDED = frozenset({"pdf-missing", "pdf-unreadable", "pdf-encrypted", "pdf-empty", "pages-locked"})
"""The paper cannot be printed where it belongs: accepting these errors would hide a hole."""

OURS = "audit-"
"""Codes that begin so are faults of what we wrote: nobody but us can mend them."""

_MARK = " (accepted by the editors)"


def accept(findings: Iterable[Finding], volume: Volume) -> tuple[Finding, ...]:
    """`findings`, the accepted ones kept as remarks that say so and count for nothing.

    Nothing vanishes: next year's editors see what was decided. Errors in `NEEDED` stay errors.
    Applying it twice changes nothing.
    """
    return tuple(_accepted(finding, volume) for finding in findings)


def _accepted(finding: Finding, volume: Volume) -> Finding:
    if not _matches(finding, volume) or finding.message.endswith(_MARK):
        return finding
    refused = finding.code in NEEDED or finding.code.startswith(OURS)
    if refused and finding.severity >= Severity.ERROR:
        return finding
    return replace(finding, severity=Severity.INFO, message=finding.message + _MARK, hint="")


def _matches(finding: Finding, volume: Volume) -> bool:
    subjects = volume.accepted.get(finding.code, frozenset())
    return ALL in subjects or (finding.subject != "" and finding.subject in subjects)


def review(findings: Collection[Finding], volume: Volume, ran: Collection[str]) -> list[Finding]:
    """Findings about the acceptances themselves.

    `ran` holds the codes that could have been found: what other rooms find is not judged here.
    """
    found: list[Finding] = []
    known = codes()
    for code, subjects in sorted(volume.accepted.items()):
        if code not in known:
            found.append(
                Finding(
                    code="acceptance-unknown",
                    severity=Severity.WARNING,
                    message=f"`accept` names “{code}”, which is no finding's code",
                    where=volume.where,
                    hint=meant(code, known) or "`proceedings explain` lists all codes.",
                )
            )
            continue
        own = [finding for finding in findings if finding.code == code]
        if code in NEEDED and any(
            finding.severity >= Severity.ERROR and _matches(finding, volume) for finding in own
        ):
            found.append(
                Finding(
                    code="acceptance-refused",
                    severity=Severity.WARNING,
                    message=f"“{code}” cannot be accepted: there would be nothing to print",
                    where=volume.where,
                    hint="Add the PDF, or set `include` or `pdf` in papers.bib to say what is so.",
                )
            )
        if code not in ran:
            continue
        if ALL in subjects:
            unused = [] if own else [ALL]
        else:
            there = {finding.subject for finding in own}
            unused = sorted(subjects - there)
        if unused:
            found.append(
                Finding(
                    code="acceptance-unused",
                    severity=Severity.INFO,
                    message=f"`accept` lists “{code}” for {spoken(unused)}, but there is no"
                    " such finding",
                    where=volume.where,
                    hint="Remove it, so that a later fault of that kind is not overlooked.",
                )
            )
    return found
