"""A draft never replaces final outputs without a word."""

from __future__ import annotations

from builder.press import finality


def test_a_draft_over_a_final_volume_says_what_is_a_draft_now() -> None:
    staged = ["booklet.pdf", "papers", "site", "report.html"]
    (found,) = finality.lost(["booklet.pdf", "handbook.pdf", "papers"], staged)
    assert found.code == "draft-over-final"
    assert "booklet.pdf and papers were final" in found.message
    assert "build --final" in found.hint


def test_a_draft_over_a_draft_says_nothing() -> None:
    assert finality.lost([], ["booklet.pdf", "papers"]) == ()
    assert finality.lost(["booklet.pdf"], ["site"]) == ()
