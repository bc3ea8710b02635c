"""What was worked out once is found again, unless it is damaged."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builder.work import Cache


def stored(cache: Cache, key: str, text: str = "result") -> Path:
    return cache.store("inspection", key, ".json", lambda path: path.write_text(text) and None)


def test_what_was_stored_is_found(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    key = cache.key("paper", b"1")
    assert cache.find("inspection", key, ".json") is None
    path = stored(cache, key)
    assert cache.find("inspection", key, ".json") == path
    assert cache.find_text("inspection", key) == "result"
    assert cache.find("other", key, ".json") is None


def test_a_text_is_found_as_it_was_stored(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    written = cache.store_data("record", cache.key("x"), "Łódź\r\n")
    assert written.read_bytes() == "Łódź\r\n".encode()
    assert cache.find_text("record", cache.key("x")) == "Łódź\r\n"
    cache.store_data("page", cache.key("x"), b"<p>", ".html")
    assert cache.find_text("page", cache.key("x"), ".html") == "<p>"


def test_a_key_depends_on_every_part_and_on_where_parts_end(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    file = tmp_path / "file"
    file.write_bytes(b"text")
    keys = {
        cache.key("ab", "c"),
        cache.key("a", "bc"),
        cache.key("abc"),
        cache.key(b"abc"),
        cache.key("text"),
        cache.key(b"text"),
        cache.key(file),
    }
    assert len(keys) == 7
    before = cache.key(file)
    file.write_bytes(b"other")
    assert cache.key(file) != before


def test_a_damaged_entry_is_no_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    key = cache.key("x")
    path = stored(cache, key)
    path.write_text("resulx")
    assert cache.find("inspection", key, ".json") is None
    stored(cache, key, "mended")
    assert cache.find_text("inspection", key) == "mended"
    path.with_name(path.name + ".sha256").write_bytes(b"\xff\xfe")
    assert cache.find("inspection", key, ".json") is None


def test_the_folder_may_vanish(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    key = cache.key("x")
    stored(cache, key)
    shutil.rmtree(tmp_path / "cache")
    assert cache.find("inspection", key, ".json") is None
    assert stored(cache, key).read_text() == "result"


def test_a_cache_within_another_is_emptied_alone_and_knows_what_the_other_knows(
    tmp_path: Path,
) -> None:
    outer = Cache(tmp_path / "cache")
    inner = outer.within("zips", "long")
    kept = stored(inner, "ab" * 32)
    assert kept.is_relative_to(tmp_path / "cache" / "zips" / "long")
    assert inner.digests is outer.digests
    outer.store_data("text", "cd" * 32, "two")
    shutil.rmtree(inner.folder)
    assert inner.find("inspection", "ab" * 32, ".json") is None
    assert outer.find_text("text", "cd" * 32) == "two"


def test_a_writer_that_fails_stores_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)

    def fail(path: Path) -> None:
        path.write_text("half")
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        cache.store("kind", "abcdef", ".txt", fail)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []
