"""An ISBN as the EAN-13 bars that bookshops read (ISO/IEC 15420, ISBN Users' Manual, section 9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

QUIET = (11, 7)
"""Modules that stay white left and right of the bars."""

_ODD = (
    "0001101", "0011001", "0010011", "0111101", "0100011",
    "0110001", "0101111", "0111011", "0110111", "0001011",
)  # fmt: skip
_PARITY = (
    "LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG",
    "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL",
)  # fmt: skip
"""Which of the left six digits are mirrored: that is how the first digit is told."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One black bar, in modules from the first bar's left edge."""

    x: int
    width: int
    guard: bool
    """Whether it reaches down between the digits."""


def ean(isbn: str) -> str:
    """The thirteen digits of an ISBN of ten or thirteen; empty if it is no valid ISBN."""
    plain = re.sub(r"[\s‐‑‒–-]", "", isbn).upper()
    if re.fullmatch(r"\d{9}[\dX]", plain):
        value = sum((10 - at) * (10 if char == "X" else int(char)) for at, char in enumerate(plain))
        plain = f"978{plain[:9]}" if value % 11 == 0 else ""
        return plain + _check(plain) if plain else ""
    if re.fullmatch(r"97[89]\d{10}", plain) and plain[12] == _check(plain[:12]):
        return plain
    return ""


def bars(digits: str) -> tuple[Bar, ...]:
    """The bars of thirteen digits, 95 modules wide."""
    pattern = modules(digits)
    found: list[Bar] = []
    for match in re.finditer("1+", pattern):
        at = match.start()
        found.append(Bar(at, len(match.group()), at < 3 or 45 <= at < 50 or at >= 92))
    return tuple(found)


def modules(digits: str) -> str:
    """The 95 modules of thirteen digits, `1` for black."""
    left = "".join(
        _ODD[int(digit)] if kind == "L" else _right(digit)[::-1]
        for digit, kind in zip(digits[1:7], _PARITY[int(digits[0])], strict=True)
    )
    return f"101{left}01010{''.join(_right(digit) for digit in digits[7:])}101"


def _right(digit: str) -> str:
    return _ODD[int(digit)].translate(str.maketrans("01", "10"))


def _check(twelve: str) -> str:
    weighted = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(twelve))
    return str(-weighted % 10)
