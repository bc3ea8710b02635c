"""Whether each PDF is the paper that its entry says: the title on page 1 against the metadata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from builder.check.facts import Facts, pdf_page
from builder.check.wording import excerpt, squeezed
from builder.model import Finding, Paper, Severity
from builder.model.likeness import SAME, FirstPage, letters

_CLEARLY = 0.02
"""By how much another paper's title must fit better, where the own one fits too."""
_RELATED = 0.6
"""Share of common words from which on two titles are worth telling apart."""
_SHIFT = 3
"""So many neighbours in a row make a shift, not an accident."""


def mismatches(facts: Facts) -> Iterator[Finding]:
    """A PDF that shows another title than its entry; swapped and shifted files are named."""
    owners = _owners(facts)
    order = [paper.key for paper, _ in facts.seen]
    shifted = _shifted(owners, order)
    for paper, inspection in facts.seen:
        if paper.key not in owners:
            continue
        owner = owners[paper.key]
        seen = excerpt(inspection.title_seen or inspection.pages[0].text[:200])
        hint = "Rename the files, or correct the title."
        if owner is None:
            message = f"page 1 does not show this paper's title; it reads “{seen}”"
            hint = "Correct the title, or ask the authors for the right file."
        elif paper.key in shifted:
            step = "next" if shifted[paper.key] > 0 else "previous"
            message = (
                f"the PDF is that of {owner}: from here on each file is that of the {step} paper"
            )
            hint = "The files were numbered with one too many or too few; rename them in a row."
        elif owners.get(owner) == paper.key:
            message = f"the PDFs of {paper.key} and {owner} are swapped"
            hint = f"Exchange the names of {paper.key}.pdf and {owner}.pdf."
        else:
            message = f"the PDF is that of {owner}: page 1 reads “{seen}”"
        yield Finding(
            code="title-mismatch",
            severity=Severity.WARNING if owner is None else Severity.ERROR,
            message=message,
            subject=paper.key,
            where=pdf_page(paper, 1),
            hint=hint,
        )


def _owners(facts: Facts) -> dict[str, str | None]:
    """For each paper whose title is not on its page 1: the paper whose title is, or `None`."""
    titles = facts.titles
    runs = {key: frozenset(_words(title)) for key, title in titles.items()}
    found: dict[str, str | None] = {}
    for paper, inspection in facts.seen:
        page = FirstPage.of(inspection)
        if paper.key not in titles or not page.readable:
            continue
        own = page.likeness(titles[paper.key])
        rivals = titles if own < SAME else _related(paper.key, runs)
        best, score = _best(page, paper.key, rivals, titles)
        if own < SAME:
            found[paper.key] = best if score >= SAME and score > own else None
        elif best is not None and score >= own + _CLEARLY:
            found[paper.key] = best
    return found


def _best(
    page: FirstPage, own: str, rivals: Mapping[str, object], titles: Mapping[str, str]
) -> tuple[str | None, float]:
    best, score = None, 0.0
    for key in rivals:
        if key == own:
            continue
        wanted = letters(titles[key])
        known = sum(wanted[at : at + 3] in page.known for at in range(len(wanted) - 2))
        if not page.seen and known < SAME * max(1, len(wanted) - 2):
            continue  # cannot reach the threshold, so the slow comparison is spared
        if (likeness := page.likeness(titles[key])) > score:
            best, score = key, likeness
    return best, score


def _related(own: str, runs: Mapping[str, frozenset[str]]) -> dict[str, object]:
    mine = runs[own]
    return {
        key: None
        for key, theirs in runs.items()
        if key != own and 2 * len(mine & theirs) >= _RELATED * (len(mine) + len(theirs))
    }


def _words(title: str) -> list[str]:
    return [letters(word) for word in title.split()]


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
    owners = _owners(facts)
    for paper, inspection in facts.seen:
        title = facts.titles.get(paper.key, "")
        seen = inspection.title_seen
        page = FirstPage.of(inspection)
        if not title or not seen or paper.key in owners or not page.readable:
            continue
        if squeezed(title) in squeezed(inspection.pages[0].text) or not _comparable(title, seen):
            continue
        yield Finding(
            code="title-differs",
            severity=Severity.WARNING,
            message=f"the title in the PDF is worded otherwise: “{excerpt(seen, 200)}”",
            subject=paper.key,
            where=pdf_page(paper, 1),
            hint="Ask the authors which is right; the metadata goes into every index.",
        )


def _comparable(title: str, seen: str) -> bool:
    """Whether what is set largest is a whole title, and differs in words, not in formulas."""
    mine, theirs = set(_words(title)), set(_words(seen))
    if "$" in title or "\\" in title or len(squeezed(seen)) < 0.7 * len(squeezed(title)):
        return False
    return bool(mine ^ theirs) and squeezed(title) != squeezed(seen)


def mistaken(facts: Facts) -> frozenset[str]:
    """Papers whose PDF is not theirs: further questions about its page 1 would mislead."""
    return frozenset(_owners(facts))


def own_page(facts: Facts, paper: Paper) -> bool:
    """Whether page 1 of the paper's PDF can be asked about its authors."""
    return paper.key not in mistaken(facts)
