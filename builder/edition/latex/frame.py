"""A group of LaTeX while it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from builder.model.markup import Node, Style, Styled, Text


@dataclass
class Frame:
    """A group that is being read: what it holds so far, and the style of what follows."""

    nodes: list[Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    declared: list[tuple[Style, int]] = field(default_factory=list)

    def flush(self) -> None:
        """End a run of text: what comes next is no part of it."""
        if self.text:
            self.nodes.append(Text("".join(self.text)))
            self.text = []

    def add(self, node: Node) -> None:
        """Put a node after what was read."""
        self.flush()
        self.nodes.append(node)

    def closed(self) -> tuple[Node, ...]:
        """What the group held, with its declarations applied; nothing is added after that."""
        self.flush()
        # A declaration (\bf) reaches to the end of its group; the innermost came last.
        for style, at in reversed(self.declared):
            if inner := self.nodes[at:]:
                self.nodes[at:] = [Styled(style, tuple(inner))]
        return tuple(self.nodes)
