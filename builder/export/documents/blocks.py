"""Markdown as blocks of runs: what the Word and PDF renderers share.

Only what our own templates use is known here; values in them are escaped, so whatever an author
wrote arrives as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

GAP = re.compile(r"\[(?:To be written by|To be confirmed by|Authors:)[^\[\]]*\]")
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
    """A table with one row of headings."""

    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text to be copied as it stands."""

    text: str


Block = Heading | Paragraph | Items | Table | Verbatim


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
                yield Paragraph(_runs(node))
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
    return tuple(piece for run in _joined(runs) for piece in _split(run))


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
            case "link":
                yield from _inline(node.children, {**style, "url": str(node.attrs["href"])})
            case _:
                yield Run(text=node.content, **style)


def _joined(runs: list[Run]) -> Iterator[Run]:
    """Neighbours of one style as one run, so that a gap is found whole."""
    held: Run | None = None
    for run in runs:
        if held and _style(held) == _style(run):
            held = Run(text=held.text + run.text, **_style(run))
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _style(run: Run) -> dict[str, Any]:
    return {"strong": run.strong, "emph": run.emph, "code": run.code, "url": run.url}


def _split(run: Run) -> Iterator[Run]:
    at = 0
    for match in GAP.finditer(run.text):
        if match.start() > at:
            yield Run(text=run.text[at : match.start()], **_style(run))
        yield Run(text=match[0], gap=True, **_style(run))
        at = match.end()
    if at < len(run.text):
        yield Run(text=run.text[at:], **_style(run))
