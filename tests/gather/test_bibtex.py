"""A `.bib` file, with what lies beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import edition
from builder.gather import FORMATS, merge


def test_entries_come_over_evaluated_with_files_beside_them(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "x.bib").write_text(
        """@string{v = "Vol"}
@proceedings{P, booktitle = {Proceedings of X}, name = {The X Conference}, shortname = {X},
  year = 2025, start = {2025-07-01}, end = {2025-07-02}, address = {Town}, editor = {Doe, Jane}}
@inproceedings{doe25, title = {One {GAN}}, author = {Doe, Jane and {The Team}}, series = v # { 3},
  crossref = {P}}
@article{a/../b, title = {Two}, author = {Roe, R.}}
""",
        encoding="utf-8",
    )
    for name in ("doe25.pdf", "doe25-supp.zip", "doe25-supp-poster.pdf", "doe256-supp.zip"):
        (source / name).write_bytes(name.encode())
    (tmp_path / "b.pdf").write_bytes(b"outside")
    gathered = FORMATS["bibtex"](source)
    first, second = gathered.papers
    assert first.fields["series"] == "Vol 3"
    assert "crossref" not in first.fields
    assert first.pdf is not None
    assert sorted(one.source.name for one in first.supplements) == [
        "doe25-supp-poster.pdf",
        "doe25-supp.zip",
    ]
    assert second.key == "a-.-b"
    assert second.pdf is None
    root = tmp_path / "edition"
    edition.scaffold(root)
    merge(root, gathered)
    volume = edition.load(root).volume
    assert volume is not None
    assert volume.event.name == "The X Conference"
    assert volume.event.short_name == "X 2025"
    assert volume.title == "Proceedings of X"
    assert [editor.name.full for editor in volume.editors] == ["Jane Doe"]
    assert [paper.key for paper in volume.papers] == ["doe25", "a-.-b"]
    assert {one.file for one in volume.papers[0].supplements} == {
        "papers/doe25-supp.zip",
        "papers/doe25-supp-poster.pdf",
    }


@pytest.mark.shared
def test_every_readable_entry_of_a_damaged_file_comes_over_with_its_faults_told(
    shared: Path, tmp_path: Path
) -> None:
    gathered = FORMATS["bibtex"](shared / "corpora" / "bibtex" / "malformed.bib")
    lines = {finding.where.line for finding in gathered.findings if finding.where}
    assert {11, 22, 28, 32, 35, 39, 42, 56} <= lines
    merge(tmp_path, gathered)
    entries = edition.bibtex.read(tmp_path / "papers" / "papers.bib")
    assert entries.findings == ()
    assert len(entries.entries) == len(gathered.papers)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"@", b"@article{", b"{" * 5000, b"\x00"])
def test_files_that_are_no_bibliography(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.bib"
    file.write_bytes(data)
    gathered = FORMATS["bibtex"](file)
    assert gathered.papers == ()
    assert gathered.findings


def test_a_folder_without_exactly_one_bibliography(tmp_path: Path) -> None:
    assert [one.code for one in FORMATS["bibtex"](tmp_path).findings] == ["gather-unreadable"]
    missing = FORMATS["bibtex"](tmp_path / "no.bib")
    assert missing.papers == ()
    assert missing.findings
