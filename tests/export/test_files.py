from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from builder.export.files import Files, verify


@pytest.mark.parametrize("path", ["/a", "../a", "a/../../b", "c:\\a", "a\\b", "", "c:a"])
def test_no_path_leads_out_of_a_package(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="path"):
        Files(tmp_path / "p").text(path, "x", "x")


def test_two_files_may_not_differ_only_by_case(tmp_path: Path) -> None:
    files = Files(tmp_path / "p")
    files.text("a.txt", "x", "x")
    with pytest.raises(ValueError, match="two files"):
        files.text("A.txt", "x", "x")


def test_an_archive_that_was_tampered_with_is_noticed(tmp_path: Path) -> None:
    files = Files(tmp_path / "p")
    files.text("a.txt", "x", "x")
    files.manifest({})
    files.archive(tmp_path / "p.zip")
    assert verify(tmp_path / "p.zip", tmp_path / "p") == ()
    with zipfile.ZipFile(tmp_path / "q.zip", "w") as archive:
        archive.writestr("p/a.txt", "y")
        archive.writestr("../evil", "y")
    problems = " ".join(verify(tmp_path / "q.zip", tmp_path / "p"))
    assert "a.txt is not the file" in problems
    assert "leads out" in problems
    assert "does not hold" in problems
