"""The smallest edition there is: what `init` writes, and one paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import edition
from papers import paper


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    root = tmp_path / "ws"
    edition.scaffold(root)
    (root / "papers" / "papers.bib").write_text(
        "@inproceedings{doe25,\n  title = {Rivers from space},\n  author = {Doe, Jane},\n}\n",
        "utf-8",
    )
    paper(root / "papers" / "doe25.pdf", title="Rivers from space")
    return root
