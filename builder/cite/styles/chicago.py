"""Chicago, 18th edition, author–date: chapters 13 (names) and 14 (papers at meetings)."""

from __future__ import annotations

from builder.cite.styles.parts import (
    Source,
    address,
    american,
    emph,
    listed,
    markup,
    quoted,
    sentences,
)
from builder.model import Markup, Name

MOST, KEPT = 6, 3
"""Names that are printed; of more, the first three and `et al.` (section 13.107)."""


def reference(source: Source) -> Markup:
    """`Doe, Jane, and B. Roe. 2025. “Title.” In *Proceedings*, edited by Pat Poe, 1–8. Press.`."""
    title = quoted(source.title, ".")
    year = markup(source.year)
    authors = _authors(source.authors)
    opening = [markup(authors), year, title] if authors else [title, year]
    if source.published:
        editors = f", edited by {_several([name.upright for name in source.editors])}"
        inside = markup(
            "In ",
            emph(source.container),
            editors if source.editors else "",
            f", {source.pages}" if source.pages else "",
        )
        rest = [inside, markup(source.publisher)]
    else:
        kind = "Paper presented" if source.archival else "Non-archival paper presented"
        heard = f"{kind} at {source.container}"
        rest = [
            markup(", ".join(part for part in (heard, source.place, american(source.days)) if part))
        ]
    return sentences([*opening, *rest, address(source.address)])


def _authors(names: tuple[Name, ...]) -> str:
    # The first is turned round for the alphabet, all others are written as they are read.
    return _several(
        [(name.upright if place else name_first(name)) for place, name in enumerate(names)]
    )


def _several(written: list[str]) -> str:
    if len(written) > MOST:
        return ", ".join(written[:KEPT]) + ", et al."
    if len(written) == 2 and "," in written[0]:
        return f"{written[0]}, and {written[1]}"
    return listed(written, "and")


def name_first(name: Name) -> str:
    """`Maaten`-style inversion as catalogues do it, suffix last: `Smith, John, Jr.`."""
    if name.literal:
        return name.literal
    parts = (name.family_or_literal, name.given, name.suffix)
    return ", ".join(part for part in parts if part)
