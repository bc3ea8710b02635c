"""Markup as plain text: for PDF metadata, matching, indexes and everywhere that has no styles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from builder.model.markup import mathml
from builder.model.markup.tree import Break, Link, Markup, Math, Node, Styled, Text

SUPERSCRIPTS = str.maketrans("0123456789+-−=()nid", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵈ")
SUBSCRIPTS = str.maketrans("0123456789+-−=()aeoxijnmkpt", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓᵢⱼₙₘₖₚₜ")


def render(markup: Markup) -> str:
    """`markup` without styles; paragraphs are separated by one blank line.

    Formulas are spelled with Unicode where that is readable (`CO₂`, `x²`), else as their TeX.
    """
    return "\n\n".join(text for nodes in markup.paragraphs if (text := _nodes(nodes).strip()))


def _nodes(nodes: Iterable[Node]) -> str:
    return "".join(_node(node) for node in nodes)


def _node(node: Node) -> str:
    match node:
        case Text(text):
            return text
        case Math(tex):
            return math(tex)
        case Styled("sup", children):
            return _shifted(_nodes(children), SUPERSCRIPTS, "")
        case Styled("sub", children):
            return _shifted(_nodes(children), SUBSCRIPTS, "")
        case Styled(_, children) | Link(_, children):
            return _nodes(children)
        case Break():
            return "\n\n"


def math(tex: str) -> str:
    """A formula in one line of Unicode, or its TeX where that cannot be told."""
    tree = mathml.tree(tex)
    if tree is None:
        return tex.strip()
    return re.sub(r"\s+", " ", _formula(tree)).strip()


def _formula(element: Element) -> str:
    children = list(element)
    match element.tag:
        case "mi" | "mn" | "mtext" | "mo":
            text = _unstyled(element.text or "")
            if element.tag == "mo" and text in mathml.RELATIONS:
                return f" {text} "
            return f" {text} " if len(text) > 1 and element.tag != "mn" else text
        case "mspace":
            return " "
        case "mphantom":
            return ""
        case "mfrac" if element.get("linethickness") == "0":
            return " over ".join(_formula(child) for child in children)
        case "mfrac":
            return "/".join(_grouped(child) for child in children)
        case "msqrt":
            return f"√{_group(''.join(_formula(child) for child in children))}"
        case "mroot":
            degree = _shifted(_formula(children[1]), SUPERSCRIPTS, "^")
            return f"{degree}√{_group(_formula(children[0]))}"
        case "mover" | "munder" if mathml.is_mark(children[1]) and not mathml.combining(element):
            return _formula(children[0])
        case "msup" | "mover":
            if element.tag == "mover" and (mark := mathml.combining(element)):
                return unicodedata.normalize("NFC", _formula(children[0]).strip() + mark)
            return _formula(children[0]) + _shifted(_formula(children[1]), SUPERSCRIPTS, "^")
        case "msub" | "munder":
            return _formula(children[0]) + _shifted(_formula(children[1]), SUBSCRIPTS, "_")
        case "msubsup" | "munderover":
            base, low, high = (_formula(child) for child in children)
            return base + _shifted(low, SUBSCRIPTS, "_") + _shifted(high, SUPERSCRIPTS, "^")
        case "mtable":
            rows = [", ".join(_formula(cell).strip() for cell in row) for row in children]
            return "; ".join(rows)
        case _:
            return "".join(_formula(child) for child in children)


def _unstyled(text: str) -> str:
    # Bold and calligraphic letters are letters: whoever searches for "O(n)" types an O.
    return "".join(
        unicodedata.normalize("NFKC", char) if "\U0001d400" <= char <= "\U0001d7ff" else char
        for char in text
    )


def _shifted(text: str, table: dict[int, int], mark: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    if text in {"′", "″", "‴", "⁗", "∘", "°"}:
        return "°" if text == "∘" else text
    if text and all(ord(char) in table for char in text):
        return text.translate(table)
    return f"{mark}{_group(text)}" if mark else text


def _grouped(element: Element) -> str:
    return _group(_formula(element))


def _group(text: str) -> str:
    text = text.strip()
    return text if len(text) < 2 or text.isalnum() else f"({text})"
