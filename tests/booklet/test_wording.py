"""Words and colours: small things that stand everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.booklet import color
from builder.booklet.wording import WORDS


@pytest.mark.parametrize(
    "accent", ["#1f4e79", "#ffee00", "#ffffff", "#000000", "#7f7f7f", "#e91e63"]
)
def test_whatever_the_accent_text_can_be_read(accent: str) -> None:
    colors = color.palette(accent)
    assert color.contrast(colors["ink"], "#ffffff") >= 4.5
    assert color.contrast(colors["paper"], colors["accent"]) >= 3
    assert colors["accent"] == accent


@pytest.mark.parametrize("broken", ["red", "#12", "", '#12345"'])
def test_a_colour_that_is_none_is_replaced(broken: str) -> None:
    assert color.palette(broken)["accent"] == color.DEFAULT


def test_every_word_stands_in_the_manual(repository: Path) -> None:
    manual = (repository / "docs" / "booklet.md").read_text("utf-8")
    assert [word for word in WORDS if f"`{word}`" not in manual] == []
