"""IEEE: the Reference Guide's forms for conference proceedings and for presented papers."""

from __future__ import annotations

from builder.cite.styles.parts import (
    Piece,
    Source,
    address,
    emph,
    initials,
    listed,
    markup,
    quoted,
    sentences,
)
from builder.model import Markup, Name

MOST = 6
"""Names that are printed; of more, the first and `et al.`."""

_MONTHS = (
    "Jan.",
    "Feb.",
    "Mar.",
    "Apr.",
    "May",
    "Jun.",
    "Jul.",
    "Aug.",
    "Sep.",
    "Oct.",
    "Nov.",
    "Dec.",
)


def reference(source: Source) -> Markup:
    """`J. Doe and B. Roe, “Title,” in *Proceedings*, Town, Jul. 2025, pp. 1–8, doi: 10.5555/x.`"""
    authors = _authors(source.authors)
    opening = markup(f"{authors}, " if authors else "", quoted(source.title, ","))
    where: list[Piece | Markup] = (
        [" in ", emph(source.container)]
        if source.published
        else [f" presented at {source.container}"]
    )
    month = _MONTHS[source.date.month - 1] if source.date else ""
    mark = "pp." if "–" in source.pages else "p."
    rest = [
        source.place,
        f"{month} {source.year}".strip(),
        "" if source.published or source.archival else "non-archival",
        f"{mark} {source.pages}" if source.pages else "",
        f"doi: {source.doi}" if source.doi else "",
    ]
    text = sentences([markup(opening, *where, *(f", {part}" for part in rest if part))])
    if source.doi or not source.address:
        return text
    return markup(text, " [Online]. Available: ", address(source.address))


def _authors(names: tuple[Name, ...]) -> str:
    written = [_upright(name) for name in names]
    if len(written) > MOST:
        return f"{written[0]} et al."
    return listed(written, "and")


def _upright(name: Name) -> str:
    if name.literal or name.family_first:
        return name.upright
    # The suffix follows without a comma (`W. Strunk Jr.`).
    parts = (initials(name.given), name.family_or_literal, name.suffix)
    return " ".join(part for part in parts if part)
