"""Characters that Markdown would take for more than characters."""

from __future__ import annotations

import re


def escape(text: str) -> str:
    """Plain text as MyST which says exactly that, wherever on a line it comes to stand."""
    return line_starts(inline(text))


def inline(text: str) -> str:
    """Plain text as MyST, but for what matters only at the beginning of a line."""
    text = re.sub(r"([\\`*_\[\]<>$|~^{}])", r"\\\1", text)
    return re.sub(r"&(?=#?\w+;)", r"\\&", text)


def line_starts(text: str) -> str:
    """Text whose lines begin no heading, list, rule, comment or target of Markdown."""
    text = re.sub(r"(?m)^(\s*)([#%+=:-])", r"\1\\\2", text)  # headings, comments, lists, rules
    text = re.sub(r"(?m)^(\s*)\((?=[^()\n]*\)=)", r"\1\\(", text)  # a target: (name)=
    return re.sub(r"(?m)^(\s*\d+)([.)])(?=\s|$)", r"\1\\\2", text)
