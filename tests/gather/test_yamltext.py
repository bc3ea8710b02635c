"""YAML is edited in place: what is not meant stays byte for byte."""

from __future__ import annotations

from typing import Any

import pytest

from builder.gather.leaves import ABSENT, Put, merge
from builder.gather.yamldump import CannotEdit, Row, dump
from builder.gather.yamltext import edited, read

FILE = """# remarks stay
event:
  name: "Old"   # the name
  contacts: []
  empty:
tracks:
  - {id: long, name: Long, page_limit: 8}   # eight
  - id: short
    name: Short

x-own: 1   # ours
text: |
  a
  b

end: z"""


def apply(text: str, theirs: Any, base: Any = ABSENT, untouched: Any = ABSENT) -> tuple[str, Any]:
    outcome = merge(read(text), base, theirs, untouched=untouched, prune=True)
    result, failed = edited(text, outcome.edits)
    assert failed == []
    return result, outcome


def test_new_values_are_added_and_every_other_byte_stays() -> None:
    theirs = {
        "event": {"place": "Here: there", "empty": "full", "contacts": [Row(name="A, B")]},
        "tracks": [{"id": "demo", "name": "Demos"}],
        "new": {"deep": ["a", "b"]},
    }
    result, outcome = apply(FILE, theirs)
    assert outcome.conflicts == []
    data = read(result)
    assert data["event"]["place"] == "Here: there"
    assert data["event"]["contacts"] == [{"name": "A, B"}]
    assert [track["id"] for track in data["tracks"]] == ["long", "short", "demo"]
    for line in FILE.splitlines():
        if not line.strip().startswith(("contacts", "empty", "end")):
            assert line in result.splitlines()


def test_a_second_merge_changes_nothing() -> None:
    theirs = {"event": {"place": "Here"}, "tracks": [{"id": "demo", "name": "Demos"}]}
    result, outcome = apply(FILE, theirs)
    again, second = apply(result, theirs, base=outcome.base)
    assert again == result
    assert second.edits == []


def test_unedited_values_are_updated_edited_ones_stay_and_both_is_a_conflict() -> None:
    base = {"event": {"name": "Old", "place": "X", "town": "T"}}
    ours = "event:\n  name: Old   # remark\n  place: Mine\n  town: Mine\n"
    theirs = {"event": {"name": "New", "place": "X", "town": "Theirs"}}
    result, outcome = apply(ours, theirs, base=base)
    assert result == "event:\n  name: New   # remark\n  place: Mine\n  town: Mine\n"
    assert [conflict.path for conflict in outcome.conflicts] == [("event", "town")]
    assert outcome.base["event"]["town"] == "T"  # the conflict stays open


def test_what_editors_deleted_stays_deleted() -> None:
    base = {"a": {"b": "1", "c": "2"}}
    result, outcome = apply("a:\n  c: 2\n", {"a": {"b": "1", "c": "3"}}, base=base)
    assert result == "a:\n  c: 3\n"
    assert outcome.conflicts == []


def test_what_the_source_dropped_goes_only_if_nobody_edited_it() -> None:
    base = {"a": {"b": "1", "c": "2", "d": "3"}}
    result, outcome = apply("a:\n  b: 1\n  c: mine\n  d: 3\n", {"a": {"d": "3"}}, base=base)
    assert result == "a:\n  c: mine\n  d: 3\n"
    assert outcome.removed == [("a", "c")]


def test_a_scaffold_counts_as_unedited() -> None:
    scaffold = "volume:\n  title: My Workshop\n"
    untouched = read(scaffold)
    result, _ = apply(scaffold, {"volume": {"title": "Real"}}, untouched=untouched)
    assert result == "volume:\n  title: Real\n"


def test_remarks_inside_a_list_are_never_lost() -> None:
    text = "chairs:\n  # keep me\n  - a\nother: 1\n"
    outcome = merge(read(text), {"chairs": ["a"]}, {"chairs": ["b"]}, prune=False)
    # The remark stands before the list begins, so it can stay.
    result, failed = edited(text, outcome.edits)
    assert "# keep me" in result
    text = "chairs:\n  - a   # keep me\n  - c\nother: 1\n"
    outcome = merge(read(text), {"chairs": ["a", "c"]}, {"chairs": ["b"]}, prune=False)
    result, failed = edited(text, outcome.edits)
    assert result == text
    assert len(failed) == 1


def test_windows_line_ends_stay() -> None:
    result, _ = apply("event:\r\n  name: Old\r\n", {"event": {"place": "Here"}})
    assert result == "event:\r\n  name: Old\r\n  place: Here\r\n"


def test_flow_style_and_files_without_a_last_line_end() -> None:
    result, _ = apply("event: {name: Old}\nlist: [a]", {"event": {"place": "A, B"}, "z": "1"})
    assert read(result) == {"event": {"name": "Old", "place": "A, B"}, "list": ["a"], "z": "1"}
    assert result.startswith("event: {name: Old, place: 'A, B'}\nlist: [a]\n")


def test_anchors_and_broken_files_are_left_alone() -> None:
    with pytest.raises(CannotEdit):
        edited("a: &x {b: 1}\nc: *x\n", [Put(("d",), "1", add=True)])
    with pytest.raises(CannotEdit):
        read("a: [")
    with pytest.raises(CannotEdit):
        read("a: 1\na: 2\n")


def test_text_is_written_so_that_it_is_read_as_typed() -> None:
    value = {"a": ["NO", "12:30", "0012", "", "- x", "a: b", "# no", "é", "one\n\ntwo\n", "'"]}
    assert read(dump(value)) == value
