"""Page counts against the tracks' limits, references not counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.check.facts import Facts, pdf_page
from builder.check.wording import number, read, words
from builder.model import Finding, Inspection, Severity

_HEADING = re.compile(
    r"^[^\w\n]{0,20}(?:\d+\.?\s*)?(?:references|bibliography|literature(?: cited)?)[^\w\n]{0,20}$",
    re.I | re.M,
)
_FEW_WORDS = 25
"""A running head and a page number above the list of references are no content."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How long a paper is, and how that was counted."""

    pages: int
    """Pages that count against a limit."""
    total: int
    how: str
    """For messages."""
    certain: bool = True


def counted(inspection: Inspection, *, references_counted: bool = False) -> Counted:
    """The pages of a paper that count: up to the list of references unless these count too.

    A page on which references begin counts if anything but a running head stands above them.
    What follows the references (appendices) is not counted.
    """
    total = inspection.page_count
    if references_counted:
        return Counted(total, total, "references counted")
    start = inspection.references_page
    if start is None:
        return Counted(total, total, "no list of references was found, so all pages count", False)
    above = _stands_above(inspection, start)
    pages = start if above else start - 1
    rest = total - pages
    how = f"references begin {'on' if above else 'at the top of'} page {start}"
    if rest:
        how += f"; {number(rest, 'page')} from there on not counted, appendices included"
    return Counted(pages, total, how)


def _stands_above(inspection: Inspection, page: int) -> bool:
    text = read(inspection.pages[page - 1].text)
    if heading := _HEADING.search(text):
        return len(words(text[: heading.start()])) > _FEW_WORDS
    return (inspection.references_at or 0.0) > 0.15  # below the top margin and a running head


def over_length(facts: Facts) -> Iterator[Finding]:
    """A paper longer than its track allows."""
    for paper, inspection in facts.seen:
        track = facts.volume.track(paper.track)
        if track is None or track.page_limit is None:
            continue
        length = counted(inspection, references_counted=track.references_counted)
        if length.pages <= track.page_limit:
            continue
        yield Finding(
            code="over-length",
            severity=Severity.WARNING,
            message=f"{number(length.pages, 'page')} where {track.name} may have"
            f" {track.page_limit} ({length.how}; {number(length.total, 'page')} in all)",
            subject=paper.key,
            where=pdf_page(paper, track.page_limit + 1),
            hint="Ask the authors to shorten it, or accept it."
            if length.certain
            else "Look where its references begin; then ask the authors or accept it.",
        )
