"""Values of fields: braces, quotation marks, numbers, strings, joined by `#`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

MONTHS = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
"""The strings that every bibliography style defines."""

_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\s{}\"#%(),=']+")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_QUOTES = re.compile(r"\\.|[{}\"]", re.DOTALL)
_NEXT_FIELD = re.compile(r"\s*([A-Za-z][\w:.+/-]*)\s*=\s*")


@dataclass(frozen=True, slots=True)
class Value:
    """A value, and what follows it where nothing should."""

    text: str
    end: int
    """Offset, in what was read, of the first character after the value."""
    content: int | None
    """Offset of `text`, if it stands there as it is."""
    undefined: tuple[tuple[str, int], ...] = ()
    """Bare words that are no defined string, with their offsets."""
    rest: str = ""
    """What stands between the value and the end of the field: empty, or a fault."""


def evaluate(raw: str, strings: Mapping[str, str]) -> Value:
    """The value written as `raw`, its strings looked up in `strings` (names in lower case)."""
    parts: list[str] = []
    undefined: list[tuple[str, int]] = []
    content: int | None = None
    at = _skip(raw, 0)
    end = at
    while at < len(raw):
        begin = at
        if raw[at] == "{":
            at = _closing(raw, at)
            parts.append(raw[begin + 1 : at - 1])
            content = begin + 1
        elif raw[at] == '"':
            at = _closing_quote(raw, at)
            parts.append(raw[begin + 1 : at - 1])
            content = begin + 1
        elif match := _WORD.match(raw, at):
            at = match.end()
            word = match[0]
            if word.isdigit():
                parts.append(word)
            elif (known := strings.get(word.lower(), MONTHS.get(word.lower()))) is not None:
                parts.append(known)
            else:
                parts.append(word)
                undefined.append((word, begin))
            content = begin if parts[-1] == word else None
        else:
            break
        end = at
        at = _skip(raw, at)
        if at >= len(raw) or raw[at] != "#":
            break
        at = _skip(raw, at + 1)
    if len(parts) != 1:
        content = None
    return Value("".join(parts), end, content, tuple(undefined), raw[end:].strip())


def next_field(raw: str, at: int) -> tuple[str, int, int] | None:
    """A field that begins at `at` without a comma before it: name, its offset, its value's."""
    match = _NEXT_FIELD.match(raw, at)
    return (match[1], match.start(1), match.end()) if match else None


def _skip(raw: str, at: int) -> int:
    match = _SPACE.match(raw, at)
    return match.end() if match else at


def _closing(raw: str, at: int) -> int:
    """Offset after the brace that closes the one at `at`; the end where none does."""
    depth = 0
    for match in _BRACES.finditer(raw, at):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return len(raw) + 1


def _closing_quote(raw: str, at: int) -> int:
    depth = 0
    for match in _QUOTES.finditer(raw, at + 1):
        if match[0] == '"' and depth == 0:
            return match.end()
        depth += {"{": 1, "}": -1}.get(match[0], 0)
    return len(raw) + 1
