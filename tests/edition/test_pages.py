"""Every code that reading an edition can report has its page."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from builder.edition.latex import problems

CODE = re.compile(r'code="([a-z]+(?:-[a-z]+)*)"|"((?:wrong|latex)-[a-z-]+)"')


def test_every_code_has_a_page_with_its_sections(repository: Path) -> None:
    found = set(problems._MESSAGES)
    for path in (repository / "builder/edition").rglob("*.py"):
        found |= {a or b for a, b in CODE.findall(path.read_text(encoding="utf-8"))}
    found -= {"latex-base", "latex-approximations"}  # groups of pylatexenc's table
    assert len(found) > 40
    pages = files("builder.check") / "codes"
    for code in sorted(found):
        page = (pages / f"{code}.md").read_text(encoding="utf-8")
        assert page.startswith(f"# {code}: ")
        for section in ("## What it means", "## Why it matters", "## What to do"):
            assert section in page
