"""One formatted reference in plain text, for who only wants to paste it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from builder.cite import facts
from builder.model import Paper, Plan, Volume
from builder.model.language import Speech
from builder.model.markup import plain

MOST = 20
"""Names that are printed; of more, the first nineteen and the last (APA 7, section 9.8)."""


_ENGLISH = Speech()


def text(volume: Volume, paper: Paper, plan: Plan | None = None, speech: Speech = _ENGLISH) -> str:
    """`Jane Doe and Bob Roe. 2025. Title. In Proceedings …, pages 1–8, Town. Publisher. https://…`."""
    archival = facts.published(volume, paper)
    date = facts.date(volume, archival=archival)
    if archival:
        pages = facts.pages(plan, paper.key)
        several = pages is not None and pages.pages > 1
        said = speech.say("pages {pages}") if several else speech.say("page {pages}")
        printed = _fill(said, pages=pages.range) if pages else ""
        number = facts.number(pages)
        within = _fill(speech.say("Volume {number}"), number=number) if number else ""
        title = _fill(speech.say("In {volume}"), volume=volume.title)
        source = ", ".join(part for part in (title, within, printed, volume.event.place) if part)
    else:
        event = volume.event
        said = speech.say("Presented at {event}")
        if event.host:
            said = speech.say("Presented at {event} ({host} workshop)")
        presented = _fill(said, event=event.short_name, host=event.host)
        source = ", ".join(part for part in (presented, event.place) if part)
        source += "" if paper.archival else f"; {speech.say('non-archival')}"
    parts = [
        listed([person.name.full for person in paper.contributors], speech),
        str(date.year) if date else "",
        plain.render(paper.title),
        source,
        volume.publisher if archival else "",
    ]
    sentences = [part if part[-1] in ".?!" else f"{part}." for part in parts if part]
    return " ".join([*sentences, facts.address(paper)]).strip()


def listed(names: Sequence[str], speech: Speech = _ENGLISH) -> str:
    """`A`, `A and B`, `A, B, and C`; of more than `MOST`, an ellipsis before the last."""
    if len(names) > MOST:
        return ", ".join(names[: MOST - 1]) + f", … {names[-1]}"
    return speech.joined(names)


def _fill(text: str, **values: str) -> str:
    """`text` with `values` in its places; what they hold is no place again."""
    return re.sub(r"{(\w+)}", lambda place: values.get(place[1], place[0]), text)
