"""Markup as LaTeX, for BibTeX and journals' front matter; nothing in it runs as a command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from builder.model.markup import mathml
from builder.model.markup.html import address
from builder.model.markup.tree import Break, Link, Markup, Math, Node, Styled, Text

_SPECIALS = {
    "\\": r"\textbackslash{}",
    # Not `\{`: BibTeX counts braces, whatever stands before them.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    "\u00a0": "~",
    "\u00ad": r"\-",
    "\u200b": "",
    "\u2060": "",
    "\ufeff": "",
    "\t": " ",
    "\n": " ",
}
_ORDINARY = re.compile(r"(?:[A-Za-z0-9 .,:;()/?!]|-(?!-))*")
"""What LaTeX prints as it stands: most names and titles, which need not be looked at by letters."""
_BRACES = {r"\{": r"\lbrace ", r"\}": r"\rbrace "}
_COMMANDS = {
    "emph": r"\emph{",
    "strong": r"\textbf{",
    "code": r"\texttt{",
    "smallcaps": r"\textsc{",
    "underline": r"\underline{",
    "sup": r"\textsuperscript{",
    "sub": r"\textsubscript{",
    "protected": "{",
}


def render(markup: Markup, *, ascii: bool = False) -> str:
    """`markup` as LaTeX; paragraphs are separated by a blank line.

    With `ascii=True` characters beyond ASCII are written as commands wherever LaTeX has one; see
    `beyond_ascii` for those that have none. A formula is passed on only if `mathml.tree` can
    account for every command in it; any other is shown as its escaped TeX.
    """
    return "\n\n".join(_nodes(nodes, ascii) for nodes in markup.paragraphs)


def escape(text: str, *, ascii: bool = False) -> str:
    """Plain text as LaTeX that prints exactly that text."""
    if _ORDINARY.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text)
    # Two hyphens or two apostrophes in a row are ligatures in most fonts.
    escaped = re.sub(r"(?<=-)(?=-)|(?<=')(?=')", "{}", "".join(_char(char) for char in text))
    return _commands(escaped) if ascii and not escaped.isascii() else escaped


def beyond_ascii(text: str) -> tuple[str, ...]:
    """The characters of `text` for which `escape(…, ascii=True)` knows no command, each once."""
    return tuple(dict.fromkeys(char for char in escape(text, ascii=True) if not char.isascii()))


def formula(tex: str, display: bool = False) -> str:
    """A formula with its delimiters, or its TeX as escaped type where we cannot account for it."""
    if mathml.tree(tex, display) is None or _comment(tex):
        return rf"\texttt{{{escape(tex)}}}"
    # A blank line inside a formula is an error to TeX.
    body = re.sub(r"\\\\|\\[{}]", lambda m: _BRACES.get(m[0], m[0]), " ".join(tex.split()))
    return rf"\[{body}\]" if display else f"${body}$"


def _comment(tex: str) -> bool:
    return re.search(r"(?<!\\)(?:\\\\)*%", tex) is not None


def _char(char: str) -> str:
    if char in _SPECIALS:
        return _SPECIALS[char]
    return "" if unicodedata.category(char) in {"Cc", "Cs"} else char


def _nodes(nodes: Iterable[Node], ascii: bool) -> str:
    return "".join(_node(node, ascii) for node in nodes)


def _node(node: Node, ascii: bool) -> str:
    match node:
        case Text(text):
            return escape(text, ascii=ascii)
        case Math(tex, display):
            return formula(tex, display)
        case Styled(style, children):
            return f"{_COMMANDS[style]}{_nodes(children, ascii)}}}"
        case Link(url, children):
            inner = _nodes(children, ascii)
            target = address(url)
            return rf"\href{{{_url(target)}}}{{{inner}}}" if target else inner
        case Break():
            return "\n\n"


def _url(url: str) -> str:
    # Inside \href hyperref takes these as they are when escaped, and no others can harm.
    return re.sub(r"[\\{}^~`|\s]", lambda m: f"%{ord(m[0]):02X}", url).translate(
        {ord("#"): r"\#", ord("%"): r"\%", ord("&"): r"\&", ord("_"): r"\_"}
    )


def _commands(text: str) -> str:
    table = _table()
    result = []
    for char in unicodedata.normalize("NFC", text):
        if char.isascii():
            result.append(char)
        elif unicodedata.combining(char) and char in _MARKS and result:
            result.append(rf"{_MARKS[char]}{{{_last_letter(result)}}}")
        else:
            result.append(table.get(ord(char)) or _decomposed(char))
    return "".join(result)


def _last_letter(result: list[str]) -> str:
    last = result.pop()
    return {"i": r"\i", "j": r"\j"}.get(last, last)


def _decomposed(char: str) -> str:
    parts = unicodedata.normalize("NFD", char)
    if len(parts) == 1 or any(mark not in _MARKS for mark in parts[1:]):
        return char
    letter = {"i": r"\i", "j": r"\j"}.get(parts[0], parts[0])
    if not letter.isascii():
        return char
    for mark in parts[1:]:
        letter = rf"{_MARKS[mark]}{{{letter}}}"
    return f"{{{letter}}}"


_MARKS = {
    "\u0300": r"\`",
    "\u0301": r"\'",
    "\u0302": r"\^",
    "\u0303": r"\~",
    "\u0304": r"\=",
    "\u0306": r"\u",
    "\u0307": r"\.",
    "\u0308": r"\"",
    "\u030a": r"\r",
    "\u030b": r"\H",
    "\u030c": r"\v",
    "\u0323": r"\d",
    "\u0327": r"\c",
    "\u0328": r"\k",
    "\u0331": r"\b",
}


@cache
def _table() -> dict[int, str]:
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    known: dict[int, str] = {
        code: command
        for code, command in get_builtin_uni2latex_dict().items()
        if code > 0x7F
        and not unicodedata.decomposition(chr(code)).split("<")[0].strip()
        # A Greek capital is not the Latin letter that looks like it.
        and not (command.isalpha() and "LATIN" not in unicodedata.name(chr(code), ""))
    }
    return {
        code: command if command.startswith(r"\ensuremath") else f"{{{command}}}"
        for code, command in known.items()
    } | _CORRECTIONS


# Where that table writes mathematics, another letter, or nothing at all.
_CORRECTIONS = {
    0x0126: "",
    0x0127: "",
    0x0218: r"{\textcommabelow{S}}",
    0x0219: r"{\textcommabelow{s}}",
    0x021A: r"{\textcommabelow{T}}",
    0x021B: r"{\textcommabelow{t}}",
    0x2013: "--",
    0x2014: "---",
    0x2018: "`",
    0x2019: "'",
    0x201C: "``",
    0x201D: "''",
}
