from __future__ import annotations

from pathlib import Path

import pytest

from builder.site.items import NAME, Items


def never() -> str:
    pytest.fail("made again")


def test_an_item_is_made_again_only_when_its_paper_changed(tmp_path: Path) -> None:
    first = Items(tmp_path, "frame", {"a": "1", "b": "1"})
    assert first.of("a", "later", lambda: "<li>a") == "<li>a"
    assert first.of("b", "later", lambda: "<li>b") == "<li>b"
    first.write()
    second = Items(tmp_path, "frame", {"a": "1", "b": "2"})
    assert second.of("a", "later", never) == "<li>a"
    assert second.of("b", "later", lambda: "<li>new") == "<li>new"
    assert second.of("a", "inline", lambda: "<li>another shape") == "<li>another shape"


def test_what_no_list_shows_any_more_is_forgotten(tmp_path: Path) -> None:
    one = Items(tmp_path, "frame", {"a": "1"})
    one.of("a", "", lambda: "old")
    one.write()
    Items(tmp_path, "frame", {"a": "2"}).write()
    assert Items(tmp_path, "frame", {"a": "1"}).of("a", "", lambda: "new") == "new"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"frame": "frame", "items": 3}'])
def test_another_frame_or_a_broken_file_makes_every_item_anew(tmp_path: Path, text: str) -> None:
    one = Items(tmp_path, "frame", {"a": "1"})
    one.of("a", "", lambda: "old")
    one.write()
    assert Items(tmp_path, "other", {"a": "1"}).of("a", "", lambda: "new") == "new"
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    assert Items(tmp_path, "frame", {"a": "1"}).of("a", "", lambda: "new") == "new"
