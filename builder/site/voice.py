"""Findings in Sphinx's voice, and Sphinx's warnings as findings."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable
from pathlib import Path

from sphinx.util import logging

from builder.model import Finding, Severity, Where

logger = logging.getLogger(__name__)

_ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(
    r"(?:(?P<file>\S.*?)(?::(?P<line>\d+))?: )?(?P<level>WARNING|ERROR|CRITICAL): (?P<text>.*)",
    re.DOTALL,
)
_KIND = re.compile(r"\s*\[(?P<kind>[a-z_]+(?:\.[\w-]+)?)\]\s*\Z")


def say(finding: Finding) -> None:
    """A finding in Sphinx's own voice; editors silence it as `proceedings.<code>`."""
    place = f"{finding.where}: " if finding.where else ""
    hint = f" {finding.hint}" if finding.hint else ""
    text = f"{place}{finding.message}.{hint}"
    if finding.severity is Severity.INFO:
        logger.info("%s", text)
    elif finding.severity is Severity.WARNING:
        logger.warning("%s", text, type="proceedings", subtype=finding.code)
    else:
        logger.error("%s", text, type="proceedings", subtype=finding.code)


def failed(findings: Iterable[Finding]) -> bool:
    """Whether Sphinx gave up, so that what it left in its folder is no whole site."""
    return any(finding.code == "site-failed" for finding in findings)


class Voice(io.StringIO):
    """Sphinx's warnings, each of which arrives as one piece of text."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root.resolve()
        self.findings: list[Finding] = []

    def write(self, text: str, /) -> int:
        """Hears one piece of text."""
        said = _ESCAPES.sub("", text).strip()
        if (heard := _WARNING.fullmatch(said)) and (finding := self._finding(heard)):
            self.findings.append(finding)
        return len(text)

    def failed(self, message: str) -> None:
        """Sphinx gave up."""
        self.findings.append(
            Finding(
                code="site-failed",
                severity=Severity.ERROR,
                message=f"The site could not be made: {message}",
                hint="Mend what the message names, then make the site again.",
            )
        )

    def _finding(self, heard: re.Match[str]) -> Finding | None:
        text = heard["text"].strip()
        kind = _KIND.search(text)
        # Those are findings already, by another way: the edition's, or the site's own.
        name = kind["kind"] if kind else ""
        if name.startswith("proceedings.") and name != "proceedings.prose-unknown-reference":
            return None
        # Sphinx names files by where they lie on this machine, which is nobody else's business.
        message = " ".join(_KIND.sub("", text).replace(f"{self._root}{os.sep}", "").split())
        return Finding(
            code="prose-unknown-reference" if name.startswith("proceedings.") else "site-prose",
            severity=Severity.ERROR if heard["level"] != "WARNING" else Severity.WARNING,
            message=message,
            where=self._where(heard["file"], heard["line"]),
            hint="Correct the page's source." if heard["file"] else "",
        )

    def _where(self, file: str | None, line: str | None) -> Where | None:
        if not file:
            return None
        path = Path(file)
        if path.is_absolute() and path.is_relative_to(self._root):
            path = path.relative_to(self._root)
        shown = path.as_posix() if not path.is_absolute() else path.name
        return Where(file=shown, line=int(line) if line else None)
