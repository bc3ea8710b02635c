"""The tokens that a field's LaTeX is made of."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"""
    \\(?P<command>[A-Za-z]+\*?)[ \t]*(?:\r?\n[ \t]*)?
  | \\(?P<symbol>[^A-Za-z]|$)
  | (?P<brace>[{}])
  | (?P<dollars>\$\$?)
  | (?P<paragraph>[ \t\r\f\v]*\n[ \t\r\f\v]*\n[ \t\r\n\f\v]*)
  | (?P<ligature>---?|``|''|`|'|~|%)
  | (?P<text>(?:[^\\{}$~%`'\n-]|\n(?![ \t\r\f\v]*\n)|-(?!-))+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0"}
DOLLAR = re.compile(r"((?:[^$\\]|\\.)*?)\$", re.DOTALL)
DISPLAY = re.compile(r"((?:[^$\\]|\\.|\$(?!\$))*?)\$\$", re.DOTALL)
QUOTED = re.compile(r"[^`'\n]*[^\s`']'(?!\w)")
OPTION = re.compile(r"\s*\[[^\]\n]*\]")
MATH_ENVIRONMENTS = frozenset(
    ["math", "displaymath", "equation", "align", "gather", "multline", "eqnarray", "flalign"]
)
BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
