"""Digests are taken once, and taken again whenever a file may be another one."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from builder.work import Digests, share

LONG_AGO = 1_700_000_000_000_000_123


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def write(file: Path, text: str, time: int = LONG_AGO) -> Path:
    file.write_text(text, "utf-8")
    os.utime(file, ns=(time, time))
    return file


def test_what_was_read_before_is_not_read_again_not_even_by_the_next_run(tmp_path: Path) -> None:
    file = write(tmp_path / "a", "one")
    first = Digests(tmp_path / "known.json")
    assert first.of(file) == sha256("one")
    first.save()
    # Were it read, this would be seen.
    with file.open("r+b") as stream:
        stream.write(b"two")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    assert Digests(tmp_path / "known.json").of(file) == sha256("one")


@pytest.mark.parametrize("time", [LONG_AGO + 1, LONG_AGO])
def test_another_time_or_another_file_under_the_name_is_read(tmp_path: Path, time: int) -> None:
    file = write(tmp_path / "a", "one")
    digests = Digests(tmp_path / "known.json")
    assert digests.of(file) == sha256("one")
    write(tmp_path / "b", "two", time).replace(file)
    assert digests.of(file) == sha256("two")


def test_what_was_written_a_moment_ago_may_be_written_again_without_a_new_time(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a"
    digests = Digests(tmp_path / "known.json")
    for text in ("one", "two", "six"):
        file.write_text(text, "utf-8")
        assert digests.of(file) == sha256(text)


def test_a_file_that_is_still_to_be_moved_is_known_under_its_last_name(tmp_path: Path) -> None:
    staged = write(tmp_path / "staged", "one")
    digests = Digests(tmp_path / "known.json")
    assert digests.of(staged, tmp_path / "placed") == sha256("one")
    staged.replace(tmp_path / "placed")
    digests.save()
    assert list(json.loads((tmp_path / "known.json").read_text("utf-8"))) == [
        str(tmp_path / "placed")
    ]


def test_a_record_that_rotted_is_none(tmp_path: Path) -> None:
    file = write(tmp_path / "a", "one")
    for text in ("", "{", "[]", json.dumps({str(file): "x"}), json.dumps({str(file): [1]})):
        (tmp_path / "known.json").write_text(text, "utf-8")
        assert Digests(tmp_path / "known.json").of(file) == sha256("one")


def test_a_missing_file_has_no_digest(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Digests(tmp_path / "known.json").of(tmp_path / "none")


def test_two_names_share_a_file_and_replacing_one_leaves_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path / "a", "one")
    share(source, tmp_path / "b")
    assert (tmp_path / "b").read_text("utf-8") == "one"
    write(tmp_path / "new", "two").replace(tmp_path / "b")
    assert source.read_text("utf-8") == "one"
    with pytest.raises(FileExistsError):
        share(source, tmp_path / "b")

    def refused(*_: object) -> None:
        raise OSError("this disk knows no second names")

    monkeypatch.setattr("os.link", refused)
    share(source, tmp_path / "c")
    assert (tmp_path / "c").read_text("utf-8") == "one"


def test_a_second_name_of_a_known_file_is_known_and_another_file_is_not(tmp_path: Path) -> None:
    file, name = write(tmp_path / "a", "one"), tmp_path / "b"
    digests = Digests(tmp_path / "known.json")
    digests.of(file)
    share(file, name)
    # Were it read, this would be seen.
    with name.open("r+b") as stream:
        stream.write(b"two")
    os.utime(name, ns=(LONG_AGO, LONG_AGO))
    assert digests.of(name) == sha256("one")
    assert digests.of(write(tmp_path / "c", "two")) == sha256("two")


def test_a_known_file_stays_known_while_another_stands_under_its_last_name(tmp_path: Path) -> None:
    file = write(tmp_path / "a", "one")
    write(tmp_path / "last", "old")
    digests = Digests(tmp_path / "known.json")
    digests.of(file)
    share(file, tmp_path / "staged")
    share(file, tmp_path / "staged too")
    with file.open("r+b") as stream:
        stream.write(b"two")
    os.utime(file, ns=(LONG_AGO, LONG_AGO))
    assert digests.of(tmp_path / "staged", tmp_path / "last") == sha256("one")
    assert digests.of(tmp_path / "staged too", tmp_path / "beside") == sha256("one")
    assert digests.of(tmp_path / "last") == sha256("old")


def test_what_is_kept_may_be_rotten(tmp_path: Path) -> None:
    file = write(tmp_path / "a", "one")
    rotten = {str(file): [[1], {}, None, "no digest"], "b": 5, "c": [1, 2, 3, 4]}
    (tmp_path / "known.json").write_text(json.dumps(rotten), "utf-8")
    assert Digests(tmp_path / "known.json").of(file) == sha256("one")
