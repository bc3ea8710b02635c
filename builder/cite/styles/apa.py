"""APA, 7th edition: chapters 9 and 10 (10.3 for a chapter, 10.5 for a conference)."""

from __future__ import annotations

from builder.cite.styles.parts import (
    Source,
    address,
    american,
    emph,
    ends,
    initials,
    listed,
    markup,
    sentences,
)
from builder.model import Markup, Name

MOST = 20
"""Names that are printed; of more, the first nineteen and the last (section 9.8)."""


def reference(source: Source) -> Markup:
    """`Doe, J., & Roe, B. (2025). Title. In P. Poe (Ed.), *Proceedings* (pp. 1–8). Press. …`."""
    authors = _authors(source.authors)
    if source.published:
        title, rest = markup(source.title), [_inside(source), markup(source.publisher)]
        when = source.year
    else:
        kind = "Paper presentation" if source.archival else "Non-archival paper presentation"
        title = markup(emph(source.title), f" [{kind}]")
        rest = [markup(", ".join(part for part in (source.container, source.place) if part))]
        days = american(source.days)
        when = f"{source.year}, {days}" if days else source.year
    date = markup(f"({when})")
    # Without an author the title takes the author's place (section 9.12).
    opening = [markup(f"{authors} ", date), title] if authors else [title, date]
    url = address(source.address)
    return markup(sentences([*opening, *rest]), " " if url.nodes else "", url)


def _inside(source: Source) -> Markup:
    editors = ""
    if source.editors:
        named = listed([_upright(name) for name in source.editors], "&")
        editors = f"{named} ({'Eds.' if len(source.editors) > 1 else 'Ed.'}), "
    mark = "pp." if "–" in source.pages else "p."
    pages = f" ({mark} {source.pages})" if source.pages else ""
    return markup(f"In {editors}", emph(source.container), pages)


def _authors(names: tuple[Name, ...]) -> str:
    written = [_inverted(name) for name in names]
    if len(written) > MOST:
        text = ", ".join(written[: MOST - 1]) + f", … {written[-1]}"
    elif len(written) == 2:
        text = f"{written[0]}, & {written[1]}"
    else:
        text = listed(written, "&")
    return text if not text or ends(markup(text).nodes) == "." else f"{text}."


def _inverted(name: Name) -> str:
    if name.literal:
        return name.literal
    parts = (name.family_or_literal, initials(name.given), name.suffix)
    return ", ".join(part for part in parts if part)


def _upright(name: Name) -> str:
    if name.literal or name.family_first:
        return name.upright
    text = " ".join(part for part in (initials(name.given), name.family_or_literal) if part)
    return f"{text}, {name.suffix}" if name.suffix else text
