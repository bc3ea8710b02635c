"""Small questions about LaTeX and about nodes of `Markup`, and the white space between them."""

from __future__ import annotations

import re
import unicodedata

from builder.model.markup import Break, Link, Markup, Node, Styled, Text

SPACE = re.compile(r"[ \t\r\n\f\v]+")
"""White space as TeX knows it: a no-break space is a character."""
PARAGRAPH = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*\n[ \t\r\n\f\v]*")
"""A blank line."""
_WRITTEN = re.compile(r"[\\{}$]")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\"<>]+\Z", re.IGNORECASE)


def unstyled(text: str) -> Markup:
    """Text without any LaTeX, as markup."""
    nodes: list[Node] = []
    for paragraph in PARAGRAPH.split(text):
        if words := SPACE.sub(" ", paragraph).strip(" "):
            nodes += [Break()] if nodes else []
            nodes.append(Text(unicodedata.normalize("NFC", words)))
    return Markup(tuple(nodes))


def unescape_address(tex: str) -> str:
    r"""An address out of LaTeX: `\_`, `\%`, `\#`, `\&` and `\~{}` are the characters themselves."""
    if not _WRITTEN.search(tex):
        return tex.strip(" \t\r\n")
    tex = re.sub(r"\\(?:textasciitilde|sim)\s*(?:\{\})?|\\~(?:\{\})?", "~", tex)
    tex = re.sub(r"\$\s*~\s*\$", "~", tex)
    return re.sub(r"\\([_%#&{}$^-])", r"\1", tex).replace("\\url{", "").strip(" \t\r\n{}")


def link(url: str, nodes: tuple[Node, ...]) -> Node:
    """Text that leads to an address, or the text alone where we must not link to it."""
    if _ADDRESS.match(url):
        return Link(url, nodes)
    if url.startswith("www."):
        return Link(f"https://{url}", nodes)
    return nodes[0] if len(nodes) == 1 else Styled("protected", nodes)


def balanced(tex: str) -> bool:
    """Whether the braces of a formula match."""
    depth = 0
    for match in re.finditer(r"\\.|[{}]", tex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0:
            return False
    return depth == 0


def inner_text(nodes: tuple[Node, ...]) -> str:
    """The text outside formulas."""
    parts = []
    for node in nodes:
        if isinstance(node, Text):
            parts.append(node.text)
        elif isinstance(node, Styled | Link):
            parts.append(inner_text(node.children))
    return "".join(parts)


def tidy(nodes: tuple[Node, ...], *, strip: bool = True) -> tuple[Node, ...]:
    """White space as LaTeX sets it, neighbouring texts joined, NFC, no empty paragraphs."""
    joined: list[Node] = []
    for node in nodes:
        if isinstance(node, Styled):
            node = Styled(node.style, tidy(node.children, strip=False))  # noqa: PLW2901
            if not node.children:
                continue
        elif isinstance(node, Link):
            node = Link(node.url, tidy(node.children, strip=False))  # noqa: PLW2901
        if isinstance(node, Text) and joined and isinstance(last := joined[-1], Text):
            joined[-1] = Text(last.text + node.text)
        elif isinstance(node, Break) and (not joined or isinstance(joined[-1], Break)):
            continue
        else:
            joined.append(node)
    tidied: list[Node] = []
    for at, node in enumerate(joined):
        if isinstance(node, Text):
            text = SPACE.sub(" ", unicodedata.normalize("NFC", node.text))
            before = joined[at - 1] if at else None
            after = joined[at + 1] if at + 1 < len(joined) else None
            if isinstance(before, Break) or (strip and before is None):
                text = text.lstrip(" ")
            if isinstance(after, Break) or (strip and after is None):
                text = text.rstrip(" ")
            if text:
                tidied.append(Text(text))
        else:
            tidied.append(node)
    while strip and tidied and isinstance(tidied[-1], Break):
        tidied.pop()
    while strip and tidied and isinstance(tidied[0], Break):
        tidied.pop(0)
    return tuple(tidied)
