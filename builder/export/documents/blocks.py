"""Markdown as blocks of runs: what the Word and PDF renderers share.

Only what our own templates use is known here; values in them are escaped, so whatever an author
wrote arrives as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

GAP = re.compile(r"\[(?:To be written by|To be confirmed by|Authors(?:, if so)?:)[^\[\]]*\]")
"""What somebody still has to write; shown so that nobody overlooks it."""

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text in one style."""

    text: str
    strong: bool = False
    emph: bool = False
    code: bool = False
    url: str = ""
    gap: bool = False
    """Whether somebody still has to write it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item is one or more blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its row of headings may be empty."""

    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]

    @property
    def lines(self) -> tuple[tuple[tuple[Run, ...], ...], ...]:
        """All rows that show something: the headings, where there are any, and the others."""
        return (self.head, *self.rows) if any(self.head) else self.rows

    @property
    def weights(self) -> tuple[float, ...]:
        """How wide columns are to each other: by what they hold, within reason."""
        columns = zip(self.head, *self.rows, strict=True)
        longest = (max(len("".join(r.text for r in cell)) for cell in column) for column in columns)
        return tuple(float(min(max(length, 8), 48)) for length in longest)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text to be copied as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on lines of its own."""

    source: str
    """As the text names it; whoever renders the document says which file that is."""


Block = Heading | Paragraph | Items | Table | Verbatim | Picture


@dataclass(frozen=True, slots=True)
class Document:
    """A document's blocks, in order."""

    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """Its first heading, or empty."""
        first = next((block for block in self.blocks if isinstance(block, Heading)), None)
        return "".join(run.text for run in first.runs) if first else ""


def read(markdown: str) -> Document:
    """The blocks of a Markdown text (CommonMark and tables)."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(clean(markdown)))
    return Document(tuple(_blocks(tree.children)))


def gaps(markdown: str) -> tuple[str, ...]:
    """What somebody still has to write, each once, without its brackets.

    Brackets in values are escaped (`letters.escape`), so nobody's title counts as a gap.
    """
    found = re.finditer(rf"(?<!\\){GAP.pattern}", markdown)
    return tuple(dict.fromkeys(re.sub(r"\\(?=\W)", "", match[0][1:-1]) for match in found))


def clean(text: str) -> str:
    """`text` without the characters that XML, and so Word, cannot hold."""
    return _ILLEGAL.sub("", text)


def _blocks(nodes: Sequence[SyntaxTreeNode]) -> Iterator[Block]:
    for node in nodes:
        match node.type:
            case "heading":
                yield Heading(int(node.tag[1:]), _runs(node))
            case "paragraph":
                shown = [image for image in node.walk() if image.type == "image"]
                yield from (Picture(str(image.attrs["src"])) for image in shown)
                if runs := _runs(node):
                    yield Paragraph(runs)
            case "bullet_list" | "ordered_list":
                items = tuple(tuple(_blocks(item.children)) for item in node.children)
                start = int(node.attrs.get("start", 1))
                yield Items(items, node.type == "ordered_list", start)
            case "table":
                yield _table(node)
            case "fence" | "code_block":
                yield Verbatim(node.content)
            case "blockquote":
                yield from _blocks(node.children)


def _table(node: SyntaxTreeNode) -> Table:
    rows = [
        tuple(_runs(cell) for cell in row.children)
        for part in node.children
        for row in part.children
    ]
    return Table(rows[0], tuple(rows[1:]))


def _runs(node: SyntaxTreeNode) -> tuple[Run, ...]:
    runs = [run for inline in node.children for run in _inline(inline.children, {})]
    return tuple(_marked(runs))


def _inline(nodes: Sequence[SyntaxTreeNode], style: dict[str, Any]) -> Iterator[Run]:
    for node in nodes:
        match node.type:
            case "text":
                yield Run(text=node.content, **style)
            case "code_inline":
                yield Run(text=node.content, **{**style, "code": True})
            case "softbreak":
                yield Run(text=" ", **style)
            case "hardbreak":
                yield Run(text="\n", **style)
            case "strong":
                yield from _inline(node.children, {**style, "strong": True})
            case "em":
                yield from _inline(node.children, {**style, "emph": True})
            case "image":
                pass  # a `Picture`
            case "link":
                yield from _inline(node.children, {**style, "url": str(node.attrs["href"])})
            case _:
                yield Run(text=node.content, **style)


def _marked(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs, cut where a gap begins and ends; a gap may hold runs of several styles."""
    found = GAP.finditer("".join(run.text for run in runs))
    gaps = [(match.start(), match.end()) for match in found]
    edges = sorted({edge for gap in gaps for edge in gap})
    at = 0
    for run in runs:
        end = at + len(run.text)
        cuts = [at, *(edge for edge in edges if at < edge < end), end]
        for first, last in pairwise(cuts):
            gap = any(start <= first and last <= stop for start, stop in gaps)
            yield replace(run, text=run.text[first - at : last - at], gap=gap)
        at = end
