"""Softconf's table."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.gather import FORMATS

HEADER = (
    "Submission ID,Title,Authors,Track,Acceptance Status,Abstract,Submission Type,"
    "1: First Name,1: Middle Name,1: Last Name,1: Email,1: Affiliation,"
    "2: First Name,2: Middle Name,2: Last Name,2: Email,2: Affiliation\n"
)


def test_accepted_rows_become_papers(tmp_path: Path) -> None:
    file = tmp_path / "paper-metadata.csv"
    file.write_text(
        HEADER + '7,"Maps, 50% done",x,Area,Accept-Poster,"One.\nTwo.",long,'
        "Ada,B.,Example,ada@example.org,X University,Bo,,van Example,,\n"
        "8,Other,x,Area,Reject,,long,Cy,,Example,,,,,,,\n"
        "9,Open,x,Area,,,long,Cy,,Example,,,,,,,\n",
        encoding="utf-8",
    )
    gathered = FORMATS["softconf"](tmp_path)
    (paper,) = gathered.papers
    assert paper.key == "7"
    assert paper.entry["title"] == "Maps, 50\\% done"
    assert paper.entry["author"] == "Example, Ada B. and van Example, Bo"
    assert paper.fields["presentation"] == "poster"
    assert paper.fields["track"] == "long"
    assert paper.authors[0].details == {"affiliation": "X University"}
    assert paper.authors[0].email == "ada@example.org"
    assert gathered.withdrawn == ("8",)
    assert sorted(one.code for one in gathered.findings) == [
        "gather-not-accepted",
        "gather-undecided",
    ]


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"\xff", b'"', b"Submission ID\n\x00\n"])
def test_files_that_are_no_such_table(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(data)
    gathered = FORMATS["softconf"](file)
    assert gathered.papers == ()
    assert gathered.findings


@pytest.mark.shared
def test_a_real_export(shared: Path) -> None:
    gathered = FORMATS["softconf"](shared / "corpora" / "softconf" / "paper-metadata.csv")
    (paper,) = gathered.papers
    assert paper.entry["author"] == "Xiaobao Wu and Anh Tuan Luu and Xinshuai Dong"
    assert paper.fields["presentation"] == "poster"
    assert gathered.findings == ()
