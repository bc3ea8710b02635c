"""A draft never replaces final outputs without a word."""

from __future__ import annotations

import json
from pathlib import Path

from builder.press import finality, make_booklet, open_desk


def test_a_draft_over_a_final_volume_says_what_is_a_draft_now() -> None:
    staged = ["booklet.pdf", "papers", "site", "report.html"]
    (found,) = finality.lost(["booklet.pdf", "handbook.pdf", "papers"], staged)
    assert found.code == "draft-over-final"
    assert "booklet.pdf and papers were final" in found.message
    assert "build --final" in found.hint


def test_a_draft_over_a_draft_says_nothing() -> None:
    assert finality.lost([], ["booklet.pdf", "papers"]) == ()
    assert finality.lost(["booklet.pdf"], ["site"]) == ()


def test_a_draft_over_a_final_booklet_is_told_once(workshop: Path) -> None:
    for name in ("about.md", "preface.md"):
        (workshop / "proceedings" / name).unlink()
    with (workshop / "proceedings" / "edition.yaml").open("a", encoding="utf-8") as file:
        file.write("\naccept: {placeholder-left: '*'}\n")
    codes = []
    for final in (True, False, False):
        made = make_booklet(open_desk(workshop), final=final)
        codes.append("draft-over-final" in {finding.code for finding in made.report.findings})
        kept = json.loads((workshop / "build" / "manifest.json").read_text("utf-8"))["final"]
        assert kept == (["booklet.pdf", "front-matter.pdf", "papers"] if final else [])
    assert codes == [False, True, False]
