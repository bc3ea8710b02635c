"""The authors on page 1 against the metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.check.facts import Facts, pdf_page
from builder.check.titles import mistaken
from builder.check.versions import anonymous
from builder.check.wording import spoken, squeezed
from builder.model import Contributor, Finding, Inspection, Name, Severity
from builder.model.likeness import FirstPage

_ABSTRACT = re.compile(r"^\W*(?:\d\.?\s*)?a\s?b\s?s\s?t\s?r\s?a\s?c\s?t\b", re.I | re.M)
_HEAD = 2500
"""Characters of page 1 that can hold title, authors and affiliations."""
_LONG = 6
"""Letters from which on a family name alone is rare enough to be recognised by."""
_SPLIT = re.compile(r"[,;&|·•∗*†‡§¶♠♣♦♥☆★⋆◇△⊕\d{}\[\]()⁰-⁹¹²³]+|\band\b|\s{2,}")
_NO_PERSON = re.compile(
    r"universit|institut|laborator|\blabs?\b|department|dept|school|college|faculty|academy|"
    r"research|center|centre|science|technolog|inc\b|ltd|gmbh|corp|company|group|team|division|"
    r"hospital|ministry|agency|council|foundation|google|microsoft|amazon|facebook|meta\b|nvidia|"
    r"\bibm\b|\bieee\b|member|fellow|student|author|contribut|correspond|email|e-mail|street|road|"
    r"avenue|\busa\b|\buk\b|china|germany|france|japan|india|italy|canada|spain|korea|sweden|"
    r"kingdom|states|australia|netherlands|switzerland|singapore|\bai\b|data|computer|language|"
    r"engineering|informati|system|school|studies|software|equal|abstract|draft|version|http|www|"
    r"\b(of|for|the|de la|in|at|on|und|et)\b",
    re.I,
)
_WORD = re.compile(r"^[^\W\d_][\w'’‐-]*$")
_INITIAL = re.compile(r"^[^\W\d_]\.?$")


@dataclass(frozen=True, slots=True)
class Byline:
    """What page 1 says about who wrote the paper."""

    head: str
    """Page 1 as far as the abstract."""
    letters: str
    """All of page 1, squeezed, digits dropped."""
    head_letters: str
    words: frozenset[str]

    @classmethod
    def of(cls, inspection: Inspection) -> Byline:
        """The byline of a PDF."""
        text = inspection.pages[0].text.replace("\r\n", "\n").replace("\r", "\n")
        found = _ABSTRACT.search(text)
        head = text[: found.start()] if found and found.start() > 20 else text[:_HEAD]
        words = {_undigited(squeezed(word)) for word in re.split(r"[\s,;&()]+", head)}
        return cls(
            head,
            _undigited(squeezed(text)),
            _undigited(squeezed(head)),
            frozenset(words),
        )

    def place(self, name: Name) -> int | None:
        """Where the name stands in the head (in letters), or `None`."""
        places = [at for form in forms(name) if (at := self.head_letters.find(form)) >= 0]
        return min(places) if places else None

    def names(self, name: Name) -> bool:
        """Whether the name stands on page 1 in any of its forms."""
        if any(form in self.letters for form in forms(name)):
            return True
        family = squeezed(name.family_or_literal)
        last = squeezed(name.family)
        if name.family_or_literal and family in self.words:
            return True
        return len(last) >= _LONG and last in self.head_letters


def forms(name: Name) -> tuple[str, ...]:
    """How a name may be printed, squeezed: in full, without middle names, with initials, family
    name first.
    """
    if name.literal:
        return (squeezed(name.literal),)
    family = squeezed(f"{name.particle}{name.family}")
    given = name.given.split()
    if not given or not family:
        return (squeezed(name.full),)
    first, initials = squeezed(given[0]), "".join(squeezed(part)[:1] for part in given)
    every = "".join(squeezed(part) for part in given)
    usual = [every + family, first + family, family + every]
    if len(family) > 3:  # one letter and a short name stand in any text by chance
        usual += [initials + family, initials[:1] + family]
    return tuple(dict.fromkeys(form for form in usual if form))


def _undigited(text: str) -> str:
    return "".join(char for char in text if not char.isdigit())


def mismatches(facts: Facts) -> Iterator[Finding]:
    """Authors on page 1 unlike the metadata: missing, one too many, or in another order."""
    wrong = mistaken(facts)
    for paper, inspection in facts.seen:
        if paper.key in wrong or not paper.contributors or anonymous(inspection):
            continue
        if not FirstPage.of(inspection).readable:
            continue
        byline = Byline.of(inspection)
        people = [c for c in paper.contributors if not c.name.organisation]
        absent = [c.name.full for c in people if not byline.names(c.name)]
        surplus = extras(byline, people, facts.titles.get(paper.key, ""))
        if absent or surplus:
            yield Finding(
                code="authors-mismatch",
                severity=Severity.WARNING,
                message=_told(absent, surplus, len(people)),
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint="Compare page 1 with papers.bib; indexes and citations follow papers.bib.",
            )
        elif printed := _other_order(byline, people):
            yield Finding(
                code="authors-order",
                severity=Severity.WARNING,
                message=f"page 1 gives the authors in another order: {spoken(printed, 20)}",
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint="Ask the authors which order is right.",
            )


def _told(absent: Sequence[str], surplus: Sequence[str], total: int) -> str:
    if absent and len(absent) == total:
        text = f"none of the authors stands on page 1 ({spoken(absent)})"
    elif absent:
        text = f"page 1 does not name {spoken(absent)}"
    else:
        text = ""
    if surplus:
        more = f"page 1 names {spoken(surplus)}, who {'is' if len(surplus) == 1 else 'are'} not in papers.bib"
        text = f"{text}; {more}" if text else more
    return text


def extras(byline: Byline, people: Sequence[Contributor], title: str) -> list[str]:
    """Names on lines that also name authors, but are nobody of `people`.

    Only such lines are believed: elsewhere a capitalised pair of words is an affiliation.
    """
    known = {form for c in people for form in forms(c.name)}
    found: list[str] = []
    heading = squeezed(title)
    for line in byline.head.split("\n"):
        if "@" in line or (squeezed(line) and squeezed(line) in heading):
            continue
        if not any(form in _undigited(squeezed(line)) for form in known):
            continue
        for segment in _SPLIT.split(line):
            found += _strangers(segment, people, known)
    return [name for name in dict.fromkeys(found) if _undigited(squeezed(name)) not in heading]


def _strangers(segment: str, people: Sequence[Contributor], known: set[str]) -> list[str]:
    words = [word for word in segment.split() if squeezed(word)]
    if _NO_PERSON.search(segment):
        return []
    rest: list[list[str]] = [[]]
    at = 0
    while at < len(words):
        taken = _taken(words[at:], known)
        if taken:
            rest.append([])
            at += taken
        else:
            rest[-1].append(words[at])
            at += 1
    names = []
    parts = {squeezed(part) for c in people for part in c.name.full.split()}
    for group in rest:
        full = [word for word in group if _WORD.match(word) and len(squeezed(word)) > 1]
        plausible = all(_WORD.match(w) or _INITIAL.match(w) for w in group)
        if 2 <= len(group) <= 4 and len(full) >= 2 and plausible:
            if all(word[0].isupper() for word in full) and not any(
                squeezed(word) in parts for word in group
            ):
                names.append(" ".join(group))
    return names


def _taken(words: Sequence[str], known: set[str]) -> int:
    """How many of the first words make up a known name."""
    for count in range(min(7, len(words)), 0, -1):
        if _undigited(squeezed("".join(words[:count]))) in known:
            return count
    return 0


def _other_order(byline: Byline, people: Sequence[Contributor]) -> list[str]:
    """The names in the page's order, where all were found and that order is another one."""
    places = [byline.place(c.name) for c in people]
    known = [place for place in places if place is not None]
    if len(known) < len(people) or len(set(known)) < len(known) or known == sorted(known):
        return []
    pairs = sorted(zip(known, people, strict=True), key=lambda pair: pair[0])
    return [c.name.full for _, c in pairs]
