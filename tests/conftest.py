"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


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


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where everything needed should be there (in CI), a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("PROCEEDINGS_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("skipped tests fail this run (PROCEEDINGS_NO_SKIPS)", red=True)
