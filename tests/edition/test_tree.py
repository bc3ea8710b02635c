"""YAML as texts that know their places."""

from __future__ import annotations

import pytest

from builder.edition import tree
from builder.edition.source import decode
from builder.edition.tree import Node
from builder.model import Finding


def parse(text: str | bytes) -> tuple[Node | None, list[Finding]]:
    data = text if isinstance(text, bytes) else text.encode()
    source, findings = decode(data, "x.yaml")
    root, more = tree.parse(source)
    return root, [*findings, *more]


def test_values_stay_what_was_typed() -> None:
    root, findings = parse("c: NO\nv: 1.10\nt: 12:30\nid: 0012\nd: 2025-07-19\nn:\nm: ~\n")
    assert root is not None
    assert root.plain() == {"c": "NO", "v": "1.10", "t": "12:30", "id": "0012", "d": "2025-07-19"}
    assert findings == []


def test_every_value_and_every_key_knows_its_place() -> None:
    root, _ = parse("a:\n  - {b: x, c: y}\n")
    assert root is not None
    value, key = root.at("a", 0, "c").where, root.key("a", 0, "c")
    assert (value.line, value.column) == (2, 15)
    assert (key.line, key.column) == (2, 12)


@pytest.mark.parametrize(
    ("text", "code", "line", "says"),
    [
        ("a: 1\na: 2\n", "yaml-duplicate-key", 2, "lines 1 and 2"),
        ("a:\n\t- b\n", "yaml-syntax", 2, "tab"),
        ("title: TerraBytes: Towards\n", "yaml-syntax", 1, "colon"),
        ("a: [b, c\nd: e\n", "yaml-syntax", None, "bracket"),
        ('a: 1\nb: "open\nc: 2\n', "yaml-syntax", 2, "quotation mark"),
        ("a:\n  - b: 1\n   - c: d\n", "yaml-syntax", 3, "does not fit"),
        ("a:\n  - b: 1\n - c: d\n", "yaml-syntax", 3, "does not fit"),
        ("a: @b\n", "yaml-syntax", 1, "special character"),
        ("a: *b\n", "yaml-syntax", 1, "anchor"),
        ("a: b\x07c\n", "yaml-syntax", 1, "U+0007"),
        (b"a: \xff\n", "file-encoding", 1, "UTF-8"),
        (b"\xef\xbb\xbfa: b\n", "file-byte-order-mark", 1, "byte order mark"),
        ("a: b".encode("utf-16"), "file-encoding", 1, "UTF-16"),
        ("a: &x [*x]\n", "yaml-too-complex", 1, "itself"),
        ("- " * 300 + "a", "yaml-too-complex", 1, "nesting"),
        ("[" * 5000, "yaml-too-complex", 1, "nesting"),
        ("a: !!python/object:os.system x\n", "yaml-unsupported", 1, "tag"),
        ("a: 1\n---\nb: 2\n", "yaml-unsupported", None, "second document"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "yaml-unsupported", 3, "merging"),
        ("? [a]\n: b\n", "yaml-unsupported", 1, "key"),
        ("a: Workshop #1\n", "yaml-comment", 1, "#1"),
        ("color: #1f4e79\n", "yaml-comment", 1, "#1f4e79"),
    ],
)
def test_each_fault_is_a_finding(text: str | bytes, code: str, line: int | None, says: str) -> None:
    _, findings = parse(text)
    assert [finding.code for finding in findings] == [code]
    (finding,) = findings
    assert says in finding.message + finding.hint
    assert finding.where is not None
    assert finding.where.line is not None
    if line is not None:
        assert finding.where.line == line


def test_remarks_are_no_fault() -> None:
    _, findings = parse("a: b  # remark\n# another\nc: d #\ne: 'f' # g\n")
    assert findings == []


def test_a_bomb_of_aliases_is_refused_without_being_built() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    root, (finding,) = parse("\n".join(lines))
    assert root is None
    assert finding.code == "yaml-too-complex"


def test_an_honest_alias_is_understood() -> None:
    root, findings = parse("a: &x {b: c}\nd: *x\n")
    assert root is not None
    assert root.plain()["d"] == {"b": "c"}
    assert findings == []


@pytest.mark.parametrize(
    "text",
    [
        "people: []\n# a remark\n\n  - id: jane\n",
        "people: []  # none\n- id: jane\n",
        "event:\n  name: X\n  contacts: [ ]\n    - {name: Jane}\n",
    ],
)
def test_items_below_an_empty_list_are_explained(text: str) -> None:
    _, findings = parse(text)
    assert [finding.code for finding in findings] == ["yaml-syntax"]
    assert "[]` says that the list is empty" in findings[0].message
    assert findings[0].hint.startswith("take away the `[]` behind `")
