"""Trees of a PDF that is being written: of pages, of names, of numbers.

ISO 32000-2, 7.7.3.2, 7.9.6 and 7.9.7. Their nodes have few children, so that a reader finds one
entry among many thousands without unpacking all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from builder.pdf.output import Output, string

_FAN = 64
"""Children of one node."""

_T = TypeVar("_T")

Leaf = tuple[bytes, bytes, bytes, bytes]
"""Least and greatest key, kind, content."""


def page_tree(output: Output, level: Sequence[tuple[int, int, Sequence[int]]]) -> int:
    """Write a page tree from its lowest nodes: number, count of pages, children; its root."""
    while len(level) > 1:
        above = []
        for group in _groups(level):
            number = output.reserve()
            for node, count, kids in group:
                output.add(node, _node(count, kids, number))
            above.append(
                (number, sum(count for _, count, _ in group), tuple(n for n, _, _ in group))
            )
        level = above
    ((root, count, kids),) = level
    output.add(root, _node(count, kids, 0))
    # Many readers unpack every object that stands beside one they want.
    output.flush()
    return root


def name_tree(output: Output, rows: Sequence[tuple[bytes, bytes]]) -> int:
    """Write a tree of names, in their order, and what they mean; its root."""
    leaves = []
    for group in _groups(rows):
        least, most = string(group[0][0]), string(group[-1][0])
        row = b" ".join(b"%s %s" % (string(name), value) for name, value in group)
        leaves.append((least, most, b"/Names", row))
    return _keys(output, leaves)


def number_tree(output: Output, rows: Sequence[tuple[int, bytes]]) -> int:
    """Write a tree of numbers, in their order, and what they mean; its root."""
    leaves = []
    for group in _groups(rows):
        least, most = (b"%d" % group[at][0] for at in (0, -1))
        leaves.append((least, most, b"/Nums", b" ".join(b"%d %s" % each for each in group)))
    return _keys(output, leaves or [(b"0", b"0", b"/Nums", b"")])


def _groups(items: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """As many items as one node may hold, and so on."""
    for start in range(0, len(items), _FAN):
        yield items[start : start + _FAN]


def _keys(output: Output, level: Sequence[Leaf]) -> int:
    while len(level) > 1:
        above = []
        for group in _groups(level):
            kids = []
            for least, most, kind, content in group:
                number = output.reserve()
                output.add(
                    number, b"<< /Limits [ %s %s ] %s [ %s ] >>" % (least, most, kind, content)
                )
                kids.append(b"%d 0 R" % number)
            above.append((group[0][0], group[-1][1], b"/Kids", b" ".join(kids)))
        level = above
    number = output.reserve()
    output.add(number, b"<< %s [ %s ] >>" % level[0][2:])
    return number


def _node(count: int, kids: Sequence[int], parent: int) -> bytes:
    above = b"/Parent %d 0 R " % parent if parent else b""
    row = b" ".join([b"%d 0 R" % kid for kid in kids])
    return b"<< /Type /Pages %s/Count %d /Kids [ %s ] >>" % (above, count, row)
