"""One bad PDF never stops the others: all of them as the papers of one draft."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.shared


def counts_said_by_engines(readme: Path) -> dict[str, list[int]]:
    """Page counts that the corpus' own README reports for each file."""
    said: dict[str, list[int]] = {}
    for line in readme.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and cells[0].endswith(".pdf"):
            said[cells[0]] = [
                int(count) for cell in cells[1:] for count in re.findall(r"ok:(\d+)", cell)
            ]
    return said


def test_a_draft_of_all_hostile_pdfs_is_built(tmp_path, shared, proceedings) -> None:
    corpus = shared / "corpora" / "pdf" / "hostile"
    root = tmp_path / "hostile"
    assert proceedings("init", root).returncode == 0
    said = counts_said_by_engines(corpus / "README.md")
    files = sorted(corpus.glob("*.pdf"))
    assert len(files) == 65
    entries = []
    by_key = {}
    for number, file in enumerate(files):
        key = f"p{number:02}"
        by_key[key] = file.name
        shutil.copyfile(file, root / "papers" / f"{key}.pdf")
        entries.append(
            f"@inproceedings{{{key},\n  title = {{Paper {number}}},\n"
            f"  author = {{Doe, Jane}},\n  year = {{2025}},\n}}\n"
        )
    (root / "papers" / "papers.bib").write_text("\n".join(entries), "utf-8")

    built = proceedings("build", "-C", root)
    assert built.returncode == 0, built.stderr
    assert "Traceback" not in built.stderr

    report = json.loads((root / "build" / "report.json").read_text("utf-8"))
    plan = {row["key"]: row for row in report["plan"]}
    assert set(plan) == set(by_key)
    told = {
        finding["subject"] for finding in report["findings"] if finding["code"].startswith("pdf-")
    }
    for key, name in by_key.items():
        best = max(said[name], default=0)
        row = plan[key]
        pages = row["last"] - row["first"] + 1
        if row["placeholder"]:
            assert key in told, f"{name} became a placeholder without a finding"
        elif best:
            assert pages >= best or key in told, f"{name}: {pages} pages, an engine reports {best}"
