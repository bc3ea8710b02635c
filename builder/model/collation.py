"""Alphabetical order for every script: the Unicode Collation Algorithm's root order.

Stripping accents is wrong (it puts Łukasik, Øster and Đurić after Z); see UTS #10.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from builder.model.name import Name

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def _key_function() -> Callable[[str], tuple[int, ...]]:
    # Loading the table takes a quarter of a second, so only who sorts pays for it.
    from pyuca import Collator

    function: Callable[[str], tuple[int, ...]] = Collator().sort_key
    return function


@cache
def sort_key(text: str) -> tuple[int, ...]:
    """Sort key of `text` in Unicode root collation."""
    return _key_function()(text)


def name_key(name: Name) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Sort key of a name: family name with its particle, then given names, then suffix."""
    return (sort_key(name.family_or_literal), sort_key(name.given), sort_key(name.suffix))
