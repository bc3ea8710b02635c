"""The file of locked pages: read strictly, written so that it merges."""

from __future__ import annotations

from pathlib import Path

from builder.edition import lock
from builder.model import Plan, PlannedPaper


def given(root: Path, text: str) -> Path:
    file = root / lock.FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return root


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    plan = Plan(
        (
            PlannedPaper(key="liu25", first=1, last=8),
            PlannedPaper(key="conf/x/Doe25", first=9, last=9),
            PlannedPaper(key="25", first=10, last=12),
        )
    )
    text = lock.text(plan, {"gone25": (20, 21)})
    assert text.splitlines()[-4:] == [
        "liu25: 1-8",
        '"conf/x/Doe25": 9',
        '"25": 10-12',
        "gone25: 20-21",
    ]
    keys = {"liu25", "conf/x/Doe25", "25", "gone25"}
    found, findings = lock.read(given(tmp_path, text), keys)
    assert findings == ()
    assert found == {"liu25": (1, 8), "conf/x/Doe25": (9, 9), "25": (10, 12), "gone25": (20, 21)}


def test_no_file_locks_nothing(tmp_path: Path) -> None:
    assert lock.read(tmp_path, {"a"}) == ({}, ())


def test_every_bad_line_is_a_finding_and_the_others_hold(tmp_path: Path) -> None:
    text = "a: 1-8\n<<<<<<< ours\nb: 8-9\na: 20\nnobody: 30\nc: 9-8\nd: 10\n"
    found, findings = lock.read(given(tmp_path, text), {"a", "b", "c", "d"})
    assert found == {"a": (1, 8), "d": (10, 10)}
    assert [f.where.line for f in findings if f.where] == [2, 3, 4, 5, 6]
    assert {f.code for f in findings} == {"lock-malformed"}
