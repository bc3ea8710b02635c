"""A journal manuscript against its workshop paper: how much of the text is new.

"New" is measured, not judged: the share of the manuscript's words that stand in no run of `RUN`
consecutive words which the workshop's paper has too. A sentence that was only reworded counts as
new, a formula or a drawing does not count at all, and the order in which a PDF gives its text
costs a few runs at every column and page. Hence `MARGIN`: nearer than that to a journal's
threshold the figure decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from builder.export.body import body, folded
from builder.model import Inspection

RUN = 5
"""Words per run: five words in the same order are seldom chance, and one changed word costs no
more than itself, since the runs on both its sides still count."""
MARGIN = 5
"""Per cent within which the figure is no evidence for either side.

Papers of SIGDIAL 2020 against their own first halves are measured within three points of what the
second halves add, and set anew in one column they are not new at all."""
LEAST = 50
"""Words below which a PDF is taken to hold no text (a scan, say)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two versions of a paper have in common."""

    new: float | None
    """Share of the manuscript's words that are new, 0 to 1; `None` where `problem` says why."""
    kept: float | None = None
    """Share of the workshop paper's words that stand in the manuscript too."""
    words: tuple[int, int] = (0, 0)
    """Of the workshop's paper and of the manuscript; references and front matter left out."""
    pages: tuple[int, int] = (0, 0)
    figures: tuple[int, int] = (0, 0)
    tables: tuple[int, int] = (0, 0)
    added: tuple[str, ...] = ()
    """Headings of sections that only the manuscript has, as printed."""
    dropped: tuple[str, ...] = ()
    """Headings of sections that only the workshop's paper has."""
    problem: str = ""
    """Why the two cannot be compared."""

    @property
    def percent(self) -> int | None:
        """`new` in whole per cent, rounded down, so that nothing is claimed that is not there."""
        return None if self.new is None else int(self.new * 100 + 1e-9)


def compare(workshop: Inspection | None, manuscript: Inspection | None) -> Overlap:
    """The manuscript against the workshop's paper, by the text that was seen in both."""
    for seen, what in ((manuscript, "the manuscript"), (workshop, "the workshop's paper")):
        if seen is None:
            return Overlap(new=None, problem=f"{what} is missing")
        if not seen.usable:
            return Overlap(new=None, problem=f"{what} cannot be read: {seen.problem}")
    assert workshop is not None
    assert manuscript is not None
    before, after = body(workshop), body(manuscript)
    counted = (len(before.words), len(after.words))
    known, mine = ({folded(heading) for heading in one.headings} for one in (before, after))
    problem = ""
    for number, what in zip(counted, ("the workshop's paper", "the manuscript"), strict=True):
        if number < LEAST:
            problem = f"{what} holds hardly any text that can be read ({number} words)"
    same = workshop.sha256 == manuscript.sha256 != ""
    return Overlap(
        new=None if problem else 0.0 if same else new_share(before.words, after.words),
        kept=None if problem else 1 - new_share(after.words, before.words),
        words=counted,
        pages=(before.pages, after.pages),
        figures=(before.figures, after.figures),
        tables=(before.tables, after.tables),
        added=tuple(heading for heading in after.headings if folded(heading) not in known),
        dropped=tuple(heading for heading in before.headings if folded(heading) not in mine),
        problem=problem,
    )


def new_share(before: Sequence[str], after: Sequence[str], run: int = RUN) -> float:
    """Share of `after`'s words that stand in no run of `run` words which `before` has too.

    0 for equal texts, 1 for texts that share no run; 0 if `after` is empty. Texts shorter than a
    run are compared whole. Linear in both lengths.
    """
    if not after:
        return 0.0
    size = max(1, min(run, len(before), len(after)))
    known = {tuple(before[at : at + size]) for at in range(len(before) - size + 1)}
    found = bytearray(len(after))
    for at in range(len(after) - size + 1):
        if tuple(after[at : at + size]) in known:
            found[at : at + size] = b"\1" * size
    return 1 - sum(found) / len(after)


def enough(overlap: Overlap, threshold: int | None) -> Literal["yes", "no", "ask"]:
    """Whether the manuscript has as much new text as asked, `ask` where that cannot be told."""
    if overlap.new is None or threshold is None:
        return "ask"
    share = overlap.new * 100
    if abs(share - threshold) < MARGIN and threshold > 0:
        return "ask"
    return "yes" if share >= threshold else "no"
