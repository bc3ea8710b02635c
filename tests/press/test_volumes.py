"""Several volumes in `build/`: each under its number, and nothing of another division stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builder import edition
from builder.press import make_booklet, open_desk
from papers import paper

KEYS = ("doe25", "roe25")


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    root = tmp_path / "ws"
    edition.scaffold(root)
    entries = [
        f"@inproceedings{{{key},\n  title = {{Rivers {key}}},\n  author = {{Doe, Jane}},\n}}\n"
        for key in KEYS
    ]
    (root / "papers" / "papers.bib").write_text("\n".join(entries), "utf-8")
    for key in KEYS:
        paper(root / "papers" / f"{key}.pdf", title=f"Rivers {key}")
    return root


def say(root: Path, line: str) -> None:
    """Puts a line below `booklet:` in edition.yaml."""
    file = root / "proceedings" / "edition.yaml"
    kept = [row for row in file.read_text("utf-8").splitlines() if "volumes:" not in row]
    at = kept.index("booklet:")
    file.write_text("\n".join([*kept[: at + 1], f"  {line}", *kept[at + 1 :]]) + "\n", "utf-8")


def test_a_division_makes_numbered_files_and_removes_those_of_another(workshop: Path) -> None:
    build = workshop / "build"
    say(workshop, "volumes: {pages: 1}")
    made = make_booklet(open_desk(workshop), final=False, imposed=True)
    names = sorted(file.name for file in build.glob("*.pdf"))
    assert names == [
        *(f"booklet-{number}{kind}.pdf" for number in (1, 2) for kind in ("-imposed", "")),
        "front-matter-1.pdf",
        "front-matter-2.pdf",
    ]
    assert build / "booklet-2.pdf" in made.outputs
    assert sorted(file.name for file in (build / "papers").iterdir()) == ["doe25.pdf", "roe25.pdf"]
    plan = json.loads((build / "report.json").read_text("utf-8"))["plan"]
    assert [(row["key"], row["volume"], row["first"]) for row in plan] == [
        ("doe25", 1, 1),
        ("roe25", 2, 1),
    ]
    say(workshop, "volumes:")
    make_booklet(open_desk(workshop), final=False)
    left = {file.name for file in build.glob("*.pdf") if "imposed" not in file.name}
    assert left == {"booklet.pdf", "front-matter.pdf"}
    outputs = json.loads((build / "manifest.json").read_text("utf-8"))["outputs"]
    assert "booklet-1.pdf" not in outputs
