"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the project; tests that need it are skipped without it."""
    folder = Path(os.environ.get("PROCEEDINGS_SHARED") or REPOSITORY.parent / "shared")
    if not folder.is_dir():
        pytest.skip("needs the reference material in ../shared (or PROCEEDINGS_SHARED)")
    return folder


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of this repository, which is also the edition TerraBytes 2025."""
    return REPOSITORY


@pytest.fixture
def fictional(tmp_path: Path) -> Path:
    """A private copy of the fictional edition, which exercises what TerraBytes does not."""
    root = tmp_path / "fictional"
    shutil.copytree(REPOSITORY / "tests" / "data" / "fictional", root)
    return root


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        pytest.skip("needs Chromium")
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield running
        running.close()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where everything needed should be there (in CI), a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("PROCEEDINGS_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("skipped tests fail this run (PROCEEDINGS_NO_SKIPS)", red=True)
