"""The manifest names every output, and nothing that is no longer there."""

from __future__ import annotations

import hashlib
from pathlib import Path

from builder.press import manifest
from builder.work import Digests


def entry(*sources: str) -> dict[str, object]:
    return {"size": 1, "sha256": "0" * 64, "from": list(sources)}


def test_a_folder_is_described_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_bytes(b"hello")
    digests = Digests(tmp_path / "digests.json")
    found = manifest.describe(
        tmp_path, tmp_path, "site", lambda path: [f"papers/{path[-5:]}.bib"], digests
    )
    assert found == {
        "site/deep/a.txt": {
            "size": 5,
            "sha256": hashlib.sha256(b"hello").hexdigest(),
            "from": ["papers/a.txt.bib"],
        }
    }


def test_replacing_the_site_drops_its_old_pages_and_keeps_the_booklet() -> None:
    before = {
        "plan": "p1",
        "sources": {"a": "1", "b": "2"},
        "outputs": {"booklet.pdf": entry("a"), "site/old.html": entry("b"), "site.zip": entry("a")},
    }
    after = manifest.update(
        before,
        plan=None,
        sources={"b": "3"},
        sets={},
        replaced=["site"],
        outputs={"site/new.html": entry("b")},
    )
    assert list(after["outputs"]) == ["booklet.pdf", "site.zip", "site/new.html"]
    assert after["plan"] == "p1"
    assert after["final"] == []
    assert after["sources"] == {"a": "1", "b": "3"}


def test_sources_nothing_was_made_from_are_forgotten() -> None:
    after = manifest.update(
        {"plan": "", "sources": {"gone": "1"}, "outputs": {"x": entry("gone")}},
        plan="p",
        sources={"here": "2"},
        sets={},
        replaced=["x"],
        outputs={"x": entry("here")},
    )
    assert after["sources"] == {"here": "2"}


def test_what_many_outputs_are_made_of_is_written_once() -> None:
    name, members = manifest.collect(["b", "a", "b"])
    assert (name, members) == manifest.collect(["a", "b"])
    before = manifest.update(
        manifest.read(Path("none")),
        plan="p",
        sources={"a": "1", "b": "2"},
        sets={name: members},
        replaced=[],
        outputs={"x": entry(name), "y": entry(name)},
    )
    assert before["sets"] == {name: ["a", "b"]}
    assert before["sources"] == {"a": "1", "b": "2"}
    after = manifest.update(
        before, plan=None, sources={"b": "3"}, sets={}, replaced=["x", "y"], outputs={}
    )
    assert (after["sets"], after["sources"]) == ({}, {})


def test_a_torn_or_foreign_manifest_counts_as_none(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    for text in ("", "{", "[]", '{"outputs": 3}'):
        file.write_text(text, "utf-8")
        assert manifest.read(file)["outputs"] == {}
    assert manifest.read(tmp_path / "none.json")["outputs"] == {}


def test_it_is_written_the_same_way_every_time(tmp_path: Path) -> None:
    data = manifest.update(
        manifest.read(tmp_path / "none"),
        plan="p",
        sources={"b": "2", "a": "1"},
        sets={},
        replaced=[],
        outputs={"z": entry("b"), "y": entry("a")},
    )
    manifest.write(tmp_path / "one.json", data)
    manifest.write(tmp_path / "two.json", manifest.read(tmp_path / "one.json"))
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert b"\r" not in (tmp_path / "one.json").read_bytes()


def test_what_was_final_stays_so_until_it_is_replaced() -> None:
    before = {"outputs": {}, "final": ["booklet.pdf", "handbook.pdf"]}
    nothing = {"plan": "p", "sources": {}, "sets": {}, "outputs": {}}
    draft = manifest.update(before, replaced=["booklet.pdf"], **nothing)
    assert draft["final"] == ["handbook.pdf"]
    again = manifest.update(draft, replaced=["booklet.pdf"], final=["booklet.pdf"], **nothing)
    assert again["final"] == ["booklet.pdf", "handbook.pdf"]
