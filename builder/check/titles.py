"""Whether each PDF is the paper that its entry says: the title on page 1 against the metadata."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from builder.check.byline import Byline, folded
from builder.check.facts import Facts, pdf_page
from builder.check.matching import folded_words
from builder.check.wording import excerpt, read, squeezed
from builder.model import Finding, Inspection, Name, Paper, Severity
from builder.model.likeness import letters

_SHIFT = 3
"""So many neighbours in a row make a shift, not an accident."""
_SHORT = 4
"""Letters of a family name up to which it stands inside other words by chance."""


def mismatches(facts: Facts) -> Iterator[Finding]:
    """A PDF that shows another title than its entry; swapped and shifted files are named."""
    owners = facts.strays
    shifted = _shifted(owners, [paper.key for paper in facts.volume.shown])
    for paper, inspection in facts.seen:
        if paper.key not in owners:
            continue
        owner = owners[paper.key]
        seen = _readable(inspection.title_seen or inspection.pages[0].text[:200])
        hint = "Rename the files, or correct the title."
        severity = Severity.ERROR
        if owner is None and _foreign(paper, inspection, facts.titles[paper.key]):
            message = (
                f"page 1 shows neither this paper's title nor any of its authors; it reads “{seen}”"
            )
            hint = "Most likely it is another paper's file: ask the authors for the right one."
        elif owner is None:
            severity = Severity.WARNING
            message = f"page 1 does not show this paper's title; it reads “{seen}”"
            hint = "Correct the title, or ask the authors for the right file."
        elif paper.key in shifted:
            step = "next" if shifted[paper.key] > 0 else "previous"
            message = f"the PDF is that of {owner}: several in a row are the {step} paper's"
            hint = "The files were numbered with one too many or too few; rename them in a row."
        elif owners.get(owner) == paper.key:
            message = f"the PDFs of {paper.key} and {owner} are swapped"
            hint = f"Exchange the names of {paper.key}.pdf and {owner}.pdf."
        else:
            message = f"the PDF is that of {owner}: page 1 reads “{seen}”"
        yield Finding(
            code="title-mismatch",
            severity=severity,
            message=message,
            subject=paper.key,
            where=pdf_page(paper, 1),
            hint=hint,
        )


def _foreign(paper: Paper, inspection: Inspection, title: str) -> bool:
    """Whether page 1 names none of the authors either, so that the file is hardly this paper's.

    Family names count in the head only: below the abstract others are cited. Where page and entry
    are written in different scripts, nothing can be told.
    """
    byline = Byline.of(inspection)
    names = [author.name for author in paper.contributors]
    if not names or _latin(inspection.pages[0].text) != _latin(title):
        return False
    words = {folded(word) for text in byline.texts for word in re.split(r"[^\w'’-]+", text)}
    return not any(
        _family(name, byline.head, words) or byline.place(name) is not None for name in names
    ) and not any(byline.spelling(name) is not None for name in names)


def _family(name: Name, head: str, words: Collection[str]) -> bool:
    """Whether a family name stands in the head: short ones as words, for they stand in others."""
    family = folded(name.family_or_literal)
    return family in words or (len(family) > _SHORT and family in head)


def _latin(text: str) -> bool:
    """Whether most of its letters are of the Latin alphabet."""
    found = [char for char in text[:2000] if char.isalpha()]
    return 2 * sum(char < "\u0250" for char in found) >= len(found)


def _shifted(owners: Mapping[str, str | None], order: Sequence[str]) -> dict[str, int]:
    """Papers in a row of at least `_SHIFT` whose files all belong to the next (or previous) one."""
    found: dict[str, int] = {}
    at = {key: place for place, key in enumerate(order)}
    for step in (1, -1):
        row: list[str] = []
        for key in [*order, ""]:
            owner = owners.get(key)
            if owner is not None and at.get(owner, -9) - at[key] == step:
                row.append(key)
                continue
            if len(row) >= _SHIFT:
                found |= dict.fromkeys(row, step)
            row = []
    return found


def differing(facts: Facts) -> Iterator[Finding]:
    """A title that is worded a little otherwise in the PDF: often the PDF has the newer one."""
    for paper, inspection in facts.seen:
        title = facts.titles.get(paper.key, "")
        seen = inspection.title_seen
        if not title or not seen or paper.key in facts.strays or paper.key not in facts.firsts:
            continue
        if squeezed(title) in squeezed(read(inspection.pages[0].text)) or not _comparable(
            title, seen
        ):
            continue
        yield Finding(
            code="title-differs",
            severity=Severity.WARNING,
            message=f"the title in the PDF is worded otherwise: “{_readable(seen)}”",
            subject=paper.key,
            where=pdf_page(paper, 1),
            hint="Ask the authors which is right; the metadata goes into every index.",
        )


def _comparable(title: str, seen: str) -> bool:
    """Whether what is set largest is a whole title, and differs in words, not in formulas."""
    mine, theirs = set(folded_words(title)), set(folded_words(seen))
    if "$" in title or "\\" in title or len(squeezed(seen)) < 0.7 * len(squeezed(title)):
        return False
    return bool(mine ^ theirs) and squeezed(title) != squeezed(seen)


def _readable(seen: str) -> str:
    """The words of what is set largest; accents and dashes of the same size are left behind."""
    return excerpt(" ".join(word for word in seen.split() if letters(word)), 200)
