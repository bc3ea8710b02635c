"""Rich text, parsed once: the tree that every renderer walks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Style = Literal["emph", "strong", "code", "smallcaps", "underline", "sup", "sub", "protected"]
"""`protected` is BibTeX's brace-protected case (`{GAN}`): seen only by the LaTeX renderer."""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain Unicode text in NFC."""

    text: str


@dataclass(frozen=True, slots=True)
class Math:
    """A formula, as TeX without its dollars."""

    tex: str
    display: bool = False


@dataclass(frozen=True, slots=True)
class Styled:
    """Text in a style."""

    style: Style
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address (http, https, mailto or doi)."""

    url: str
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Break:
    """The boundary between two paragraphs."""


Node = Text | Math | Styled | Link | Break


@dataclass(frozen=True, slots=True)
class Markup:
    """A title or an abstract. Renderers: `builder.model.markup.{plain,html,latex,jats,typst}`."""

    nodes: tuple[Node, ...] = ()

    @classmethod
    def text(cls, text: str) -> Markup:
        """Unstyled text; blank lines become paragraph boundaries."""
        nodes: list[Node] = []
        for paragraph in text.strip().split("\n\n"):
            if words := " ".join(paragraph.split()):
                if nodes:
                    nodes.append(Break())
                nodes.append(Text(words))
        return cls(tuple(nodes))

    @property
    def paragraphs(self) -> tuple[tuple[Node, ...], ...]:
        """The nodes, divided at each `Break`; never an empty paragraph."""
        if Break not in {*map(type, self.nodes)}:
            return (self.nodes,) if self.nodes else ()
        groups: list[list[Node]] = [[]]
        for node in self.nodes:
            if isinstance(node, Break):
                groups.append([])
            else:
                groups[-1].append(node)
        return tuple(tuple(group) for group in groups if group)

    @property
    def math(self) -> tuple[Math, ...]:
        """Every formula, in order."""

        def walk(nodes: Iterable[Node]) -> Iterable[Math]:
            for node in nodes:
                if isinstance(node, Math):
                    yield node
                elif isinstance(node, Styled | Link):
                    yield from walk(node.children)

        return tuple(walk(self.nodes))

    def __bool__(self) -> bool:
        return bool(self.nodes)
