"""What the user sees: people's text on stderr and stdout, or one JSON document on stdout."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder import __version__
from builder.cli.exits import Exit

if TYPE_CHECKING:
    from rich.console import Console

    from builder.model import Finding, Report
    from builder.work import Progress


@dataclass
class Session:
    """The options that every verb shares, and the ways to speak."""

    root: Path = field(default_factory=Path.cwd)
    json: bool = False
    verbose: int = 0
    quiet: bool = False
    debug: bool = False
    command: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    """What goes into the JSON document besides findings and outputs."""
    findings: list[Finding] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)

    @property
    def out(self) -> Console:
        """Where results go: stdout, or stderr while stdout is kept for the JSON document."""
        return _console(stderr=self.json)

    @property
    def err(self) -> Console:
        """Where everything else goes."""
        return _console(stderr=True)

    def say(self, text: str, *, style: str = "") -> None:
        """A line for people, unless they asked for quiet."""
        if not self.quiet:
            self.err.print(text, style=style or None, markup=False, highlight=False, soft_wrap=True)

    def fail(self, text: str, hint: str = "") -> None:
        """A line about what went wrong; never silenced."""
        console = self.err
        console.print("error", style="bold red", end=" ", markup=False)
        console.print(text, markup=False, highlight=False, soft_wrap=True)
        if hint:
            console.print(f"      {hint}", markup=False, highlight=False, soft_wrap=True)

    def progress(self) -> Progress:
        """Bars on a terminal, silence elsewhere."""
        from builder.work import Silent

        if self.quiet or self.json or not sys.stderr.isatty():
            return Silent()
        from builder.cli.progress import bars

        return bars(self.err)

    def made(self, paths: Sequence[Path]) -> None:
        """Names the outputs to open."""
        for path in paths:
            self.outputs.append(path.as_posix())
            self.say(f"  {_relative(path)}", style="bold")

    def show(self, report: Report, *, titles: dict[str, str] | None = None) -> None:
        """Findings grouped by paper; informative ones only with `-v`."""
        from builder.model import Severity

        self.findings.extend(report.findings)
        if self.quiet and not report.count(Severity.ERROR):
            return
        from builder.cli.findings import print_errors, print_report

        console = self.err if self.json or self.quiet else self.out
        if self.quiet:
            print_errors(console, report, titles or {})
        else:
            print_report(console, report, titles or {}, self.verbose)

    def document(self, code: Exit, message: str = "") -> str:
        """The one JSON document that `--json` puts on stdout."""
        from builder.press.findings import as_data

        return json.dumps(
            {
                "version": __version__,
                "command": self.command,
                "ok": code is Exit.OK,
                "exit_code": int(code),
                "message": message,
                "outputs": self.outputs,
                "findings": [as_data(finding) for finding in self.findings],
                **self.data,
            },
            indent=1,
            ensure_ascii=False,
        )


def _console(*, stderr: bool) -> Console:
    # rich honours NO_COLOR and whether the stream is a terminal by itself.
    from rich.console import Console

    return Console(stderr=stderr, highlight=False)


def _relative(path: Path) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive, on Windows
        return str(path)


@contextmanager
def stdout_reserved() -> Iterator[None]:
    """Sends everything that anybody prints to stderr, so that stdout holds one document.

    At the level of file descriptors, because libraries and child processes print too.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)
