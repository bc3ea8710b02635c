"""Alphabetical order for every script: the Unicode Collation Algorithm's root order.

Stripping accents is wrong (it puts Łukasik, Øster and Đurić after Z); see UTS #10.
"""

from __future__ import annotations

import string
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from builder.model.name import Name

if TYPE_CHECKING:
    from collections.abc import Callable


_SCRIPTS = {"CJK": "漢字", "HIRAGANA": "かな", "KATAKANA": "かな", "HANGUL": "한글"}
"""Scripts of too many signs for a heading each, or whose lists have one for all."""


@cache
def _key_function() -> Callable[[str], tuple[int, ...]]:
    # Only who sorts pays for the table.
    from builder.model.uca import LazyCollator

    function: Callable[[str], tuple[int, ...]] = LazyCollator().sort_key
    return function


@cache
def sort_key(text: str) -> tuple[int, ...]:
    """Sort key of `text` in Unicode root collation."""
    return _key_function()(text)


def name_key(name: Name) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Sort key of a name: family name with its particle, then given names, then suffix."""
    return (filing_key(name.family_or_literal), sort_key(name.given), sort_key(name.suffix))


def filing_key(text: str) -> tuple[int, ...]:
    """Sort key of `text` from its first letter or digit on: `'t Hooft` is filed under T.

    Root order puts signs before all letters, where nobody would look for a name or a keyword.
    """
    return sort_key(text[next((at for at, char in enumerate(text) if char.isalnum()), 0) :])


def initial(name: str) -> str:
    """The mark under which a list files `name`: a letter, or for East Asia the name of its script.

    Latin letters fold as the collation folds them (Łukasik and Øster under L and O), so that
    marks and order agree; letters of other alphabets stand for themselves.
    """
    char = next((char for char in name if char.isalnum()), "")
    if not char.isalpha():
        return "#"
    primary = sort_key(char)[0]
    if primary in _latin():
        return _latin()[primary]
    script = unicodedata.name(char, "").split(" ")[0]
    if script in _SCRIPTS:
        return _SCRIPTS[script]
    return unicodedata.normalize("NFD", char)[0].upper()


@cache
def _latin() -> dict[int, str]:
    return {sort_key(letter)[0]: letter for letter in string.ascii_uppercase}
