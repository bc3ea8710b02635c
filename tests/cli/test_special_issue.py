"""`proceedings special-issue`, as a guest editor uses it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def desk(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs the command on the edition in `root`, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "builder", "special-issue", *words, "-C", str(root)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )


@pytest.fixture
def edition(fictional: Path) -> Path:
    shutil.rmtree(fictional / "build", ignore_errors=True)
    return fictional


def outside(root: Path) -> dict[str, bytes]:
    """Every file but those in `private/` and the cache."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.relative_to(root).parts[0] not in {"private", "build"}
    }


def test_select_says_why_in_words_and_as_json(edition: Path) -> None:
    said = desk(edition, "select", "dmlr")
    assert said.returncode == 0, said.stderr
    assert "yes alder24norms" in said.stdout
    assert "overruled: track" in said.stdout
    assert "Jane Doe, proposed as guest editor: doe24contours: same person" in said.stdout
    document = json.loads(desk(edition, "select", "dmlr", "--json").stdout)
    rows = {row["paper"]: row for row in document["targets"]["dmlr"]}
    assert rows["alder24norms"]["decision"] == "yes"
    assert rows["vandermeer24particles"]["decisive"] == ["consent"]
    assert rows["accents24tex"]["overruled"] == ["track", "extension"]
    assert rows["script24alert"]["decisive"] == ["editors"]
    assert rows["zhang24scripts"]["decision"] == "ask"
    assert {row["basis"] for row in document["conflicts"]} >= {"person", "orcid", "name"}


def test_terrabytes_is_asked_about_without_writing_anything(
    repository: Path, tmp_path: Path
) -> None:
    root = tmp_path / "terrabytes"
    for folder in ("proceedings", "papers"):
        shutil.copytree(repository / folder, root / folder)
    document = json.loads(desk(root, "select", "--json").stdout)
    for target in ("dmlr", "jstars", "pmlr"):
        rows = document["targets"][target]
        verdicts = [row["decision"] for row in rows]
        assert (verdicts.count("ask"), verdicts.count("no")) == (11, 13)
        assert all(row["decisive"] == ["track"] for row in rows if row["decision"] == "no")
    own = {(row["who"], row["basis"]) for row in document["conflicts"] if row["basis"] == "name"}
    assert own == {
        ("Valentin Barriere", "name"),
        ("Javiera Castillo Navarro", "name"),
        ("Mikolaj Czerkawski", "name"),
    }
    assert not (root / "private").exists()


def test_status_is_a_table_and_a_private_page(edition: Path) -> None:
    before = outside(edition)
    said = desk(edition, "status", "--html")
    assert said.returncode == 0, said.stderr
    assert "minor revision" in said.stdout
    assert "authors: send manuscript" in said.stdout
    page = (edition / "private/special-issue.html").read_text("utf-8")
    assert "Confidential" not in page
    assert "A confidential remark: the second reviewer" in page
    assert outside(edition) == before
    assert not list((edition / "build").rglob("*.html"))


def test_compare_measures_manuscripts_and_drafts_statements(edition: Path) -> None:
    document = json.loads(desk(edition, "compare", "--json").stdout)
    found = {
        f"{target}/{key}": measured["new_percent"]
        for target, papers in document["targets"].items()
        for key, measured in papers.items()
    }
    assert found["dmlr/alder24norms"] > 50
    assert 25 < found["dmlr/doe24contours"] < 35
    assert found["dmlr/accents24tex"] < 25
    draft = edition / "private/letters-out/dmlr/differences/alder24norms.md"
    assert "- A Longer Voyage: [Authors: what it adds.]" in draft.read_text("utf-8")
    same = json.loads(
        desk(
            edition, "compare", "dmlr", "--json", "--paper", "alder24norms",
            "--manuscript", str(edition / "papers/alder24norms.pdf"),
        ).stdout
    )  # fmt: skip
    assert same["targets"]["dmlr"]["alder24norms"]["new_percent"] == 0


def test_letters_are_written_below_private_and_an_edited_one_stays(edition: Path) -> None:
    before = outside(edition)
    said = desk(edition, "invite", "dmlr", "--letter", "reminder", "--date", "2024-11-01")
    assert said.returncode == 0, said.stderr
    assert "nothing was sent" in said.stderr
    folder = edition / "private/letters-out/dmlr/reminder"
    assert {path.name for path in folder.iterdir()} == {
        "zhang24scripts.txt", "zhang24scripts.eml", "zhang24south.txt", "zhang24south.eml",
    }  # fmt: skip
    draft = (folder / "zhang24scripts.eml").read_bytes()
    assert b"Date: Fri, 01 Nov 2024 12:00:00 +0000" in draft
    assert b"To: Wei Zhang <north.secret@example.org>" in draft
    assert outside(edition) == before
    letter = folder / "zhang24scripts.txt"
    letter.write_text("Subject: My words\n\nDear Wei,\n\nwell?\n", encoding="utf-8")
    assert desk(edition, "invite", "dmlr", "--letter", "reminder").returncode == 0
    assert letter.read_text("utf-8") == "Subject: My words\n\nDear Wei,\n\nwell?\n"
    draft = (folder / "zhang24scripts.eml").read_bytes()
    assert b"Subject: My words" in draft
    assert b"well?" in draft
    assert b"Date:" not in draft


def test_a_letter_that_is_no_longer_due_is_taken_away(edition: Path) -> None:
    desk(edition, "invite", "dmlr", "--letter", "reminder")
    status = edition / "private/status.yaml"
    text = status.read_text("utf-8")
    status.write_text(text.replace("reminded: 2024-10-20", "declined: 2024-10-25"), "utf-8")
    desk(edition, "invite", "dmlr", "--letter", "reminder")
    folder = edition / "private/letters-out/dmlr/reminder"
    assert {path.stem for path in folder.iterdir()} == {"zhang24south"}


def test_equal_input_gives_equal_letters(edition: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "place"
    shutil.copytree(edition, other)
    for root in (edition, other):
        desk(root, "invite", "--letter", "missing")
        desk(root, "status", "--html")
    made = [
        {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in (root / "private").rglob("*")
            if path.is_file()
        }
        for root in (edition, other)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("select", "dlmr"), "Did you mean 'dmlr'?"),
        (("invite", "--paper", "alder24norm"), "Did you mean 'alder24norms'?"),
        (("invite", "--date", "tomorrow"), "is no date"),
        (("compare", "--manuscript", __file__), "exactly one --paper"),
    ],
)
def test_wrong_use_is_answered_with_the_right_one(
    edition: Path, words: tuple[str, ...], said: str
) -> None:
    done = desk(edition, *words)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_manuscript_that_is_no_pdf_is_told_and_stops_nobody(edition: Path) -> None:
    folder = edition / "private/manuscripts/dmlr"
    (folder / "alder24norms.pdf").write_bytes(b"MZ not a PDF at all")
    (folder / "somebody.pdf").write_bytes(b"%PDF-1.7\n")
    document = json.loads(desk(edition, "compare", "dmlr", "--json").stdout)
    found = document["targets"]["dmlr"]
    assert found["alder24norms"]["new_percent"] is None
    assert "cannot be read" in found["alder24norms"]["problem"]
    assert found["doe24contours"]["new_percent"] is not None
    assert "manuscript-unknown" in {finding["code"] for finding in document["findings"]}
    rows = json.loads(desk(edition, "select", "dmlr", "--json").stdout)["targets"]["dmlr"]
    verdicts = {row["paper"]: row["decision"] for row in rows}
    assert verdicts["alder24norms"] == "ask"


def test_slips_in_private_files_are_told_with_their_place(edition: Path) -> None:
    status = edition / "private/status.yaml"
    status.write_text("dmlr:\n  alder24norm: {invited: yes}\n", encoding="utf-8")
    said = desk(edition, "status", "dmlr")
    assert said.returncode == 0, said.stderr
    assert "did you mean `alder24norms`?" in said.stdout
    assert "private/status.yaml:2" in said.stdout
