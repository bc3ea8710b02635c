"""Markup as JATS (Publishing 1.3): what stands inside `article-title`, `p` and their like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from builder.model.markup.html import address
from builder.model.markup.tree import Break, Link, Markup, Math, Node, Styled, Text

_ELEMENTS = {
    "emph": "italic",
    "strong": "bold",
    "code": "monospace",
    "smallcaps": "sc",
    "underline": "underline",
    "sup": "sup",
    "sub": "sub",
}

# Characters that no XML document may contain (XML 1.0, production 2).
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(markup: Markup) -> str:
    """`markup` as a fragment of inline elements; paragraphs are divided by a space.

    The prefix `xlink` must be bound where it is put. Formulas are `inline-formula` (a title may
    hold no `disp-formula`) with their TeX, delimiters included, in `tex-math`.
    """
    return " ".join(_nodes(nodes, inline=True) for nodes in markup.paragraphs)


def paragraphs(markup: Markup) -> str:
    """`markup` as one `p` element per paragraph."""
    return "".join(f"<p>{_nodes(nodes, inline=False)}</p>" for nodes in markup.paragraphs)


def text(value: str) -> str:
    """Plain text as XML character data: escaped, without characters that XML forbids."""
    return escape(_ILLEGAL.sub("", value))


def _nodes(nodes: Iterable[Node], *, inline: bool) -> str:
    return "".join(_node(node, inline) for node in nodes)


def _node(node: Node, inline: bool) -> str:
    match node:
        case Text(words):
            return text(words)
        case Math(tex, display):
            kind, mark = (
                ("disp-formula", "$$") if display and not inline else ("inline-formula", "$")
            )
            return f"<{kind}><tex-math>{text(mark + tex + mark)}</tex-math></{kind}>"
        case Styled("protected", children):
            return _nodes(children, inline=inline)
        case Styled(style, children):
            tag = _ELEMENTS[style]
            return f"<{tag}>{_nodes(children, inline=inline)}</{tag}>"
        case Link(url, children):
            inner = _nodes(children, inline=inline)
            target = _ILLEGAL.sub("", address(url))
            if not target:
                return inner
            return (
                f'<ext-link ext-link-type="uri" xlink:href={quoteattr(target)}>{inner}</ext-link>'
            )
        case Break():
            return " "
