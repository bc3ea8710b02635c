"""Markup as data for Typst: text travels as JSON, and only formulas as (closed) Typst source."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from builder.model.markup import mathml
from builder.model.markup.html import address
from builder.model.markup.tree import Break, Link, Markup, Math, Node, Styled, Text


def to_data(markup: Markup) -> list[dict[str, Any]]:
    """`markup` as nodes that serialise to JSON; the template walks them, nothing is evaluated.

    `{"t": "text", "s": …}`, `{"t": "emph", "c": […]}` (and the other styles by their names),
    `{"t": "link", "u": …, "c": […]}`, `{"t": "break"}` and
    `{"t": "math", "s": TeX, "typst": source or None, "display": bool}`.
    """
    return _nodes(markup.nodes)


def _nodes(nodes: Iterable[Node]) -> list[dict[str, Any]]:
    made = [data for node in nodes for data in _node(node)]
    # A displayed formula stands on lines of its own: no space is left at the head of the next.
    for before, after in itertools.pairwise(made):
        if before.get("display") and after["t"] == "text":
            after["s"] = after["s"].lstrip(" \n")
    return made


def _node(node: Node) -> list[dict[str, Any]]:
    match node:
        case Text(text):
            return [{"t": "text", "s": text}]
        case Math(tex, display):
            return [{"t": "math", "s": tex, "typst": math(tex, display), "display": display}]
        case Styled("protected", children):
            return _nodes(children)
        case Styled(style, children):
            return [{"t": style, "c": _nodes(children)}]
        case Link(url, children):
            target = address(url)
            inner = _nodes(children)
            return [{"t": "link", "u": target, "c": inner}] if target else inner
        case Break():
            return [{"t": "break"}]


def math(tex: str, display: bool = False) -> str | None:
    """A formula as source for Typst's mathematics mode, or `None` where it cannot be told.

    The source is closed: letters stand alone, every run of text is a quoted string, every mark a
    symbol on our list or escaped, and the only functions are those named in `_CALLS`; so no TeX,
    however hostile, can make Typst evaluate anything. `_closed` proves that of each result.
    """
    tree = mathml.tree(tex, display)
    if tree is None:
        return None
    try:
        source = _sequence(list(tree))
    except _UntoldError:
        return None
    return source if _closed(source) else None


class _UntoldError(ValueError):
    """An element that has no counterpart here."""


_CALLS = (
    "attach", "frac", "sqrt", "root", "op", "mat", "lr", "limits", "upright", "bold", "italic",
    "cal", "frak", "bb", "sans", "mono", "hat", "tilde", "macron", "overline", "dot",
    "dot.double", "breve", "caron", "acute", "grave", "arrow", "circle", "underline",
    "overbrace", "underbrace", "overbracket", "underbracket", "class",
)  # fmt: skip
_TOKEN = re.compile(
    r"""\s+
    | "(?:[^"\\\n]|\\["\\])*"          # quoted text
    | (?:CALLS)\(                      # one of our functions
    | (?:t|b|delim|align|limits):   # one of their named arguments
    | \#(?:none|left|true)(?!\w)
    | \\[!-/:-@\[-`{-~]                # an escaped mark
    | [0-9]+(?:\.[0-9]+)?
    | [A-Za-z](?![A-Za-z0-9.(])        # one letter
    | (?:thin|med|thick|quad|wide|space)(?![\w.(])
    | [),;]
    | [^\x00-\x7f]
    """.replace("CALLS", "|".join(re.escape(call) for call in _CALLS)),
    re.VERBOSE,
)


def _closed(source: str) -> bool:
    place = 0
    while place < len(source):
        token = _TOKEN.match(source, place)
        if token is None:
            return False
        place = token.end()
    return True


_ACCENTS = {
    "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "¯": "macron", "―": "overline",
    "˙": "dot", "¨": "dot.double", "˘": "breve", "ˇ": "caron", "´": "acute", "`": "grave",
    "→": "arrow", "˚": "circle", "⏞": "overbrace", "⎴": "overbracket",
}  # fmt: skip
_UNDER = {
    "⏟": "underbrace",
    "⎵": "underbracket",
    "_": "underline",
    "―": "underline",
    "¯": "underline",
}
_NOTHING = '""'
_MARKS = {"-": "−", "*": "∗", "'": "′"}
_ALPHABETS = (
    (0x1D400, 0x1D433, "bold({})", "upright"), (0x1D7CE, 0x1D7D7, "bold({})", ""),
    (0x1D434, 0x1D467, "italic({})", ""), (0x1D468, 0x1D49B, "bold({})", ""),
    (0x1D49C, 0x1D4CF, "cal({})", ""), (0x1D4D0, 0x1D503, "bold(cal({}))", ""),
    (0x1D504, 0x1D537, "frak({})", ""), (0x1D538, 0x1D56B, "bb({})", ""),
    (0x1D56C, 0x1D59F, "bold(frak({}))", ""), (0x1D5A0, 0x1D5D3, "sans({})", ""),
    (0x1D5D4, 0x1D607, "bold(sans({}))", ""), (0x1D670, 0x1D6A3, "mono({})", ""),
    (0x1D7D8, 0x1D7E1, "bb({})", ""), (0x1D7E2, 0x1D7EB, "sans({})", ""),
    (0x1D7F6, 0x1D7FF, "mono({})", ""), (0x1D6A8, 0x1D6E1, "bold({})", "upright"),
    (0x1D71C, 0x1D755, "bold({})", ""),
)  # fmt: skip


def _sequence(elements: list[Element]) -> str:
    if len(elements) > 1 and _is_fence(elements[0], "prefix"):
        return f"lr({_joined(map(_element, elements))})"
    parts: list[str] = []
    for place, element in enumerate(elements):
        part = _element(element)
        if parts and place > 1 and element.tag == "mo" and _is_stack(elements[place - 1]):
            # The parentheses around a matrix or a binomial grow with it.
            part = f"lr({_joined([parts.pop(-2), parts.pop(), part])})"
        parts.append(part)
    return _joined(parts)


def _is_fence(element: Element, form: str) -> bool:
    return element.tag == "mo" and element.get("form") == form


def _is_stack(element: Element) -> bool:
    return element.tag == "mtable" or (
        element.tag == "mfrac" and element.get("linethickness", "").startswith("0")
    )


def _joined(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


def _argument(element: Element) -> str:
    return _element(element) or _NOTHING


def _element(element: Element) -> str:
    children = list(element)
    match element.tag:
        case "mi":
            return _identifier(element.text or "", upright=element.get("mathvariant") == "normal")
        case "mn":
            return _number(element.text or "")
        case "mo":
            return _operator(element)
        case "mtext":
            words = _quoted(element.text or "")
            style = {"bold": "bold", "italic": "italic"}.get(element.get("mathvariant", ""))
            return f"{style}({words})" if style else words
        case "mrow" | "mstyle" | "mpadded" | "math" | "mtd":
            return _sequence(children)
        case "mspace":
            return _space(element.get("width", ""))
        case "mfrac" if element.get("linethickness", "").startswith("0"):
            return f"mat(delim: #none, {_argument(children[0])}; {_argument(children[1])})"
        case "mfrac":
            return f"frac({_argument(children[0])}, {_argument(children[1])})"
        case "msqrt":
            return f"sqrt({_sequence(children) or _NOTHING})"
        case "mroot":
            return f"root({_argument(children[1])}, {_argument(children[0])})"
        case "msub":
            return f"attach({_argument(children[0])}, b: {_argument(children[1])})"
        case "msup":
            return f"attach({_argument(children[0])}, t: {_argument(children[1])})"
        case "msubsup":
            base, low, high = map(_argument, children)
            return f"attach({base}, b: {low}, t: {high})"
        case "mover":
            return _over(*children)
        case "munder":
            return _under(*children)
        case "munderover":
            base, low, high = map(_argument, children)
            return f"attach(limits({base}), b: {low}, t: {high})"
        case "mtable":
            rows = "; ".join(", ".join(_argument(cell) for cell in row) for row in children)
            aligned = any(cell.get("columnalign") == "left" for cell in element.iter("mtd"))
            return f"mat(delim: #none, {'align: #left, ' if aligned else ''}{rows})"
        case _:
            raise _UntoldError(element.tag)


def _over(base: Element, over: Element) -> str:
    accent = _ACCENTS.get((over.text or "").strip()) if over.tag == "mo" else None
    if accent:
        return f"{accent}({_argument(base)})"
    return f"attach(limits({_argument(base)}), t: {_argument(over)})"


def _under(base: Element, under: Element) -> str:
    accent = _UNDER.get((under.text or "").strip()) if under.tag == "mo" else None
    if accent:
        return f"{accent}({_argument(base)})"
    if base.tag == "mo" and base.get("movablelimits") == "true":
        return f"attach({_argument(base)}, b: {_argument(under)})"
    return f"attach(limits({_argument(base)}), b: {_argument(under)})"


def _identifier(text: str, *, upright: bool = False) -> str:
    if len(text) > 1:
        return f"op({_quoted(text)})" if text.isalpha() else _quoted(text)
    return f"upright({_char(text)})" if upright and text.isalpha() else _char(text)


def _operator(element: Element) -> str:
    text = element.text or ""
    if len(text) > 1:
        limits = ", limits: #true" if element.get("movablelimits") == "true" else ""
        return f"op({_quoted(text)}{limits})"
    # Typst takes these for relations and sets space around them; TeX does not.
    return f'class("normal", {_char(text)})' if text in {"|", "‖"} else _char(text)


def _number(text: str) -> str:
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        return text
    return _joined(_char(char) for char in text)


def _char(char: str) -> str:
    if not char or char.isspace():
        return "space" if char else ""
    char = _MARKS.get(char, char)
    if char.isascii():
        return char if char.isalnum() else f"\\{char}"
    for first, last, call, inner in _ALPHABETS:
        if first <= ord(char) <= last:
            letter = unicodedata.normalize("NFKC", char)
            return call.format(f"{inner}({letter})" if inner else letter)
    if unicodedata.category(char)[0] in "LSPN":
        return char
    raise _UntoldError(char)


def _quoted(text: str) -> str:
    words = "".join(char if char.isprintable() else " " for char in text)
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _space(width: str) -> str:
    match = re.match(r"(-?[0-9.]+)em", width)
    size = float(match[1]) if match else 0.0
    if size <= 0:
        return ""
    limits = ((0.2, "thin"), (0.24, "med"), (0.5, "thick"), (1.5, "quad"))
    return next((name for limit, name in limits if size <= limit), "wide")
