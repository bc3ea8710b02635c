"""Collecting what is wrong, on the way in and while it is merged."""

from __future__ import annotations

from builder.model import Finding, Severity, Where


class Reporting:
    """What finds faults while it works; `findings` holds them in the order of their discovery."""

    findings: list[Finding]

    def report(
        self,
        code: str,
        message: str,
        *,
        severity: Severity = Severity.WARNING,
        subject: str = "",
        where: Where | None = None,
        hint: str = "",
    ) -> None:
        """Adds a finding."""
        finding = Finding(
            code=code, severity=severity, message=message, subject=subject, where=where, hint=hint
        )
        self.findings.append(finding)
