"""One reference, formatted in the styles that readers are asked for most.

Written for what this tool cites, a paper of an edition, and for nothing else: no style is complete.
Titles keep the capitals that their authors gave them (lowering or raising them needs a person who
knows which words are names), containers are not abbreviated, and words are English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from builder.cite.styles import apa, chicago, ieee, mla
from builder.cite.styles.parts import Source
from builder.model import Markup, Paper, Plan, Volume

__all__ = ["STYLES", "Style", "all_formatted", "formatted"]


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style."""

    name: str
    """As people call it, with its edition."""
    write: Callable[[Source], Markup]


STYLES: Mapping[str, Style] = {
    "apa": Style("APA 7", apa.reference),
    "ieee": Style("IEEE", ieee.reference),
    "chicago": Style("Chicago 18", chicago.reference),
    "mla": Style("MLA 9", mla.reference),
}
"""By the word that addresses and options use."""


def all_formatted(volume: Volume, paper: Paper, plan: Plan | None = None) -> dict[str, Markup]:
    """The reference to `paper` in every style, by the style's word."""
    source = Source.of(volume, paper, plan)
    return {word: style.write(source) for word, style in STYLES.items()}


def formatted(volume: Volume, paper: Paper, plan: Plan | None = None, *, style: str) -> Markup:
    """The reference to `paper` in a style of `STYLES`; raises `KeyError` for any other word."""
    return STYLES[style].write(Source.of(volume, paper, plan))
