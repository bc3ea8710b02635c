"""Markup as HTML: everything escaped, formulas as MathML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from builder.model.markup import mathml
from builder.model.markup.tree import Break, Link, Markup, Math, Node, Styled, Text

_TAGS = {
    "emph": ("<em>", "</em>"),
    "strong": ("<strong>", "</strong>"),
    "code": ("<code>", "</code>"),
    "smallcaps": ('<span class="smallcaps">', "</span>"),
    "underline": ("<u>", "</u>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "protected": ("", ""),
}


def render(markup: Markup, *, inline: bool = True) -> str:
    """`markup` as HTML that may stand anywhere phrasing content may.

    With `inline=False` every paragraph is a `<p>`; otherwise paragraphs are divided by line breaks.
    A formula that cannot be converted is shown as its TeX in `<code class="tex">`.
    """
    paragraphs = [_nodes(nodes) for nodes in markup.paragraphs]
    if inline:
        return "<br><br>".join(paragraphs)
    return "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def unconverted(markup: Markup) -> tuple[str, ...]:
    """The TeX of every formula that `render` shows as code, in order, each once."""
    lost = (math.tex for math in markup.math if mathml.tree(math.tex, math.display) is None)
    return tuple(dict.fromkeys(lost))


def address(url: str) -> str:
    """`url` where it is of a kind that a page may link to (http, https, mailto, doi), else empty.

    `doi:10.5555/x` becomes the address of its resolver.
    """
    url = url.strip()
    if not url:
        return ""
    if re.match(r"doi:10\.", url, re.IGNORECASE):
        return f"https://doi.org/{url[4:]}"
    return url if re.match(r"(?:https?://|mailto:)[^\s<>\"]+\Z", url, re.IGNORECASE) else ""


def _nodes(nodes: Iterable[Node]) -> str:
    return "".join(_node(node) for node in nodes)


def _node(node: Node) -> str:
    match node:
        case Text(text):
            return escape(text)
        case Math(tex, display):
            shown = mathml.serialise(tex, display)
            return shown if shown is not None else f'<code class="tex">{escape(tex)}</code>'
        case Styled(style, children):
            before, after = _TAGS[style]
            return f"{before}{_nodes(children)}{after}"
        case Link(url, children):
            target = address(url)
            inner = _nodes(children)
            return f'<a href="{escape(target)}">{inner}</a>' if target else inner
        case Break():
            return "<br><br>"
