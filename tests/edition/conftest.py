"""A small edition that each test changes in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from builder import edition
from builder.edition import Loaded
from builder.model import Finding

EDITION = """\
event:
  name: Workshop on Examples
  short_name: WE 2026
  start: 2026-07-18
volume:
  title: WE 2026 Papers
"""

Load = Callable[..., Loaded]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Loads an edition of the given files; `edition`, `people`, … name the usual ones."""
    names = {
        "edition": "proceedings/edition.yaml",
        "people": "proceedings/people.yaml",
        "program": "proceedings/program.yaml",
        "special_issue": "proceedings/special-issue.yaml",
        "bib": "papers/papers.bib",
        "authors": "papers/authors.yaml",
    }

    def loaded(files: dict[str, str] | None = None, **usual: str | bytes) -> Loaded:
        contents: dict[str, str | bytes] = {"edition": EDITION, "bib": "", **usual}
        for name, text in {
            **{names[key]: value for key, value in contents.items()},
            **(files or {}),
        }.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return edition.load(tmp_path)

    return loaded


@pytest.fixture
def one() -> Callable[[Loaded, str], Finding]:
    """The one finding with a code; fails if there is none or more than one."""

    def of(loaded: Loaded, code: str) -> Finding:
        found = [finding for finding in loaded.findings if finding.code == code]
        assert len(found) == 1, [str(finding) for finding in loaded.findings]
        return found[0]

    return of
