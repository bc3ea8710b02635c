"""The authors on page 1 against the metadata."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from builder.check.byline import Byline
from builder.check.facts import Facts, pdf_page
from builder.check.versions import anonymous
from builder.check.wording import spoken
from builder.model import Finding, Name, Paper, Severity


def mismatches(facts: Facts) -> Iterator[Finding]:
    """Authors on page 1 unlike the metadata: missing, too many, in another order or spelling."""
    for paper, inspection in facts.seen:
        if paper.key in facts.strays or not paper.contributors or anonymous(inspection):
            continue  # told already, and more would only confuse
        if paper.key not in facts.firsts:
            continue
        byline = Byline.of(inspection)
        names = [c.name for c in paper.contributors if not c.name.organisation]
        former = _former(facts, paper)
        printed = {
            name: ""
            if any(byline.spelling(old) == "" for old in former.get(name, ()))
            else byline.spelling(name)
            for name in names
        }
        absent = [name.full for name, spelling in printed.items() if spelling is None]
        known = [*names, *(old for olds in former.values() for old in olds)]
        surplus = byline.strangers(known, facts.titles.get(paper.key, ""), inspection.title_seen)
        otherwise = {name.full: text for name, text in printed.items() if text}
        surplus = [name for name in surplus if name not in otherwise.values()]
        if absent or surplus:
            yield Finding(
                code="authors-mismatch",
                severity=Severity.WARNING,
                message=_told(absent, surplus, len(names)),
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint="Compare page 1 with papers.bib; indexes and citations follow papers.bib.",
            )
        elif order := _other_order(byline, names):
            yield Finding(
                code="authors-order",
                severity=Severity.WARNING,
                message=f"page 1 gives the authors in another order: {spoken(order, 20)}",
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint="Ask the authors which order is right.",
            )
        if otherwise:
            pairs = [f"“{seen}” for {name}" for name, seen in otherwise.items()]
            yield Finding(
                code="author-spelling",
                severity=Severity.WARNING,
                message=f"page 1 spells names otherwise: {spoken(pairs)}",
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint="Ask the authors which is right.",
            )


def _former(facts: Facts, paper: Paper) -> dict[Name, tuple[Name, ...]]:
    """Names that authors had before: whoever is printed under one is recognised, and not told."""
    people = {c.name: facts.volume.person(c.person) for c in paper.contributors if c.person}
    return {name: person.former_names for name, person in people.items() if person}


def _told(absent: Sequence[str], surplus: Sequence[str], total: int) -> str:
    parts = []
    if absent and len(absent) == total:
        parts.append(f"none of the authors stands on page 1 ({spoken(absent)})")
    elif absent:
        parts.append(f"page 1 does not name {spoken(absent)}")
    if surplus:
        are = "is" if len(surplus) == 1 else "are"
        parts.append(f"page 1 names {spoken(surplus)}, who {are} not in papers.bib")
    return "; ".join(parts)


def _other_order(byline: Byline, names: Sequence[Name]) -> list[str]:
    """The names in the page's order, where all were found and that order is another one."""
    places = [byline.place(name) for name in names]
    known = [place for place in places if place is not None]
    if len(known) < len(names) or len(set(known)) < len(known) or known == sorted(known):
        return []
    pairs = sorted(zip(known, names, strict=True), key=lambda pair: pair[0])
    return [name.full for _, name in pairs]
