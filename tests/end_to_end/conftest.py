"""The command as users run it, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def proceedings() -> Command:
    """Runs `proceedings` with these words and returns what it did."""

    def run(
        *words: str | Path, cwd: Path | None = None, timeout: float = 600
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-P", "-m", "builder", *map(str, words)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "NO_COLOR": "1"},
            cwd=cwd,
            timeout=timeout,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def codes() -> Callable[[Path], list[tuple[str, str]]]:
    """The findings of a build, from its report, as (code, subject)."""

    def read(root: Path) -> list[tuple[str, str]]:
        report: dict[str, Any] = json.loads((root / "build" / "report.json").read_text("utf-8"))
        return [(finding["code"], finding["subject"]) for finding in report["findings"]]

    return read
