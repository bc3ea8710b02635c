"""One formatted reference in plain text, for who only wants to paste it."""

from __future__ import annotations

from collections.abc import Sequence

from builder.cite import facts
from builder.model import Paper, Plan, Volume
from builder.model.markup import plain

MOST = 20
"""Names that are printed; of more, the first nineteen and the last (APA 7, section 9.8)."""


def text(volume: Volume, paper: Paper, plan: Plan | None = None) -> str:
    """`Jane Doe and Bob Roe. 2025. Title. In Proceedings …, pages 1–8, Town. Publisher. https://…`."""
    archival = facts.published(volume, paper)
    date = facts.date(volume, archival=archival)
    if archival:
        pages = facts.pages(plan, paper.key)
        printed = f"page{'s' if pages.pages > 1 else ''} {pages.range}" if pages else ""
        number = facts.number(pages)
        within = f"Volume {number}" if number else ""
        source = ", ".join(
            part for part in (f"In {volume.title}", within, printed, volume.event.place) if part
        )
    else:
        presented = facts.presented(volume.event, archival=True)
        source = ", ".join(part for part in (presented, volume.event.place) if part)
        source += "" if paper.archival else "; non-archival"
    parts = [
        listed([person.name.full for person in paper.contributors]),
        str(date.year) if date else "",
        plain.render(paper.title),
        source,
        volume.publisher if archival else "",
    ]
    sentences = [part if part[-1] in ".?!" else f"{part}." for part in parts if part]
    return " ".join([*sentences, facts.address(paper)]).strip()


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B, and C`; of more than `MOST`, an ellipsis before the last."""
    if len(names) > MOST:
        return ", ".join(names[: MOST - 1]) + f", … {names[-1]}"
    if len(names) < 3:
        return " and ".join(names)
    return ", ".join(names[:-1]) + f", and {names[-1]}"
