"""Who is who: one person under several spellings, several people under one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from builder.check.facts import Facts, Mention
from builder.check.names import case_fault
from builder.check.wording import spoken, squeezed, words
from builder.model import Finding, Name, Severity, author_id

_LONG = 10
"""Letters of a name from which on one differing letter is more likely a slip than a namesake."""
_TELL_APART = (
    "If they are two people, register both in people.yaml and give each paper's author the right"
    " id in authors.yaml (`person: id`)."
)
_VAGUE = frozenset(
    [
        "university",
        "of",
        "the",
        "institute",
        "technology",
        "department",
        "school",
        "college",
        "and",
        "for",
        "de",
    ]
)


def variants(facts: Facts) -> Iterator[Finding]:
    """Names so alike that they may be one person's; each pair once, as a question."""
    named = _by_name(facts)
    places = {name: at for at, name in enumerate(named)}
    told: set[frozenset[str]] = set()
    for one, other, severity, how in _pairs(named):
        pair = frozenset((one, other))
        if pair in told or _settled(named[one], named[other], facts):
            continue
        told.add(pair)
        first, second = (named[name][0] for name in sorted((one, other), key=places.__getitem__))
        yield Finding(
            code="name-variants",
            severity=severity,
            message=f"“{first.contributor.name.full}” (in {first.place}) and"
            f" “{second.contributor.name.full}” (in {second.place}) {how}",
            subject=second.subject or first.subject,
            where=second.where,
            hint="If they are one person, spell the name one way, or give both the same `person`.",
        )


def _by_name(facts: Facts) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in facts.mentions:
        if not mention.contributor.name.organisation:
            found[mention.contributor.name.full].append(mention)
    return dict(found)


def _settled(one: Sequence[Mention], other: Sequence[Mention], facts: Facts) -> bool:
    """Whether the editors said who these are, or a former name is involved, which is never told."""
    ids = ({m.contributor.person for m in one}, {m.contributor.person for m in other})
    if "" not in ids[0] | ids[1]:
        return True
    former = {old.full for person in facts.volume.people for old in person.former_names}
    return one[0].contributor.name.full in former or other[0].contributor.name.full in former


def _pairs(named: dict[str, list[Mention]]) -> Iterator[tuple[str, str, Severity, str]]:
    names = {full: mentions[0].contributor.name for full, mentions in named.items()}
    for group in _groups(names, lambda name: squeezed(name.full)):
        for one, other in _neighbours(group):
            if case_fault(names[one]) or case_fault(names[other]):
                continue  # told as a fault of case, with the other spelling
            same = re.sub(r"[\s.,’'-]", "", one) == re.sub(r"[\s.,’'-]", "", other)
            yield (
                (one, other, Severity.INFO, "differ only in dots, hyphens or spaces")
                if same
                else (one, other, Severity.WARNING, "differ only in accents or case")
            )
    for group in _groups(names, lambda name: " ".join(sorted(words(name.full)))):
        for one, other in _neighbours(group):
            if words(one) != words(other):
                yield one, other, Severity.WARNING, "have given and family name exchanged"
    for group in _groups(names, lambda name: squeezed(name.family) if name.given else ""):
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                if how := _shortened(names[one], names[other]):
                    yield one, other, Severity.INFO, how
    yield from _slips(names)


def _groups(names: dict[str, Name], key: object) -> Iterator[list[str]]:
    assert callable(key)
    found: dict[str, list[str]] = defaultdict(list)
    for full, name in names.items():
        if folded := key(name):
            found[folded].append(full)
    for group in found.values():
        if len(group) > 1:
            yield group


def _neighbours(group: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((group[0], other) for other in group[1:])


def _shortened(one: Name, other: Name) -> str:
    """How two names with the same family name may be one: a middle name or an initial more."""
    mine, theirs = (
        [squeezed(p) for p in name.given.replace(".", ". ").split()] for name in (one, other)
    )
    mine, theirs = [p for p in mine if p], [p for p in theirs if p]
    if not mine or not theirs or mine == theirs or one.suffix != other.suffix:
        return ""
    if (
        len(mine) != len(theirs)
        and (len(mine[0]) > 1 or len(theirs[0]) > 1)
        and mine[0] == theirs[0]
    ):
        short, long = sorted((mine, theirs), key=len)
        rest = [part[:1] for part in long]
        if all(part[:1] in rest for part in short):
            return "differ in a middle name"
    if len(mine) == len(theirs):
        fits = all(
            a == b or (a[0] == b[0] and 1 in (len(a), len(b)))
            for a, b in zip(mine, theirs, strict=True)
        )
        if fits:
            return "differ in how much is abbreviated"
    return ""


def _slips(names: dict[str, Name]) -> Iterator[tuple[str, str, Severity, str]]:
    """Long names that differ in one letter, found by what remains when a letter is left out."""
    remains: dict[str, set[str]] = defaultdict(set)
    folded = {full: squeezed(full) for full in names}
    for full, text in folded.items():
        if len(text) >= _LONG:
            for rest in {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}:
                remains[rest].add(full)
    found = {
        (one, other)
        for group in remains.values()
        for one in group
        for other in group
        if one < other and folded[one] != folded[other]
    }
    for one, other in sorted(found):
        if min(len(word) for word in set(words(one)) ^ set(words(other)) or {""}) < 3:
            continue  # initials that differ are two people
        yield one, other, Severity.INFO, "differ in one letter"


def orcids(facts: Facts) -> Iterator[Finding]:
    """One ORCID under different names, or one name under different ORCIDs."""
    by_orcid: dict[str, dict[str, Mention]] = defaultdict(dict)
    by_name: dict[str, dict[str, Mention]] = defaultdict(dict)
    former = {old.full for person in facts.volume.people for old in person.former_names}
    for mention in facts.mentions:
        who = mention.contributor
        if who.orcid and who.name.full not in former:
            by_orcid[who.orcid].setdefault(squeezed(who.name.full), mention)
            by_name[who.name.full].setdefault(who.orcid, mention)
    for orcid, found in by_orcid.items():
        people = list(found.values())
        if len(people) > 1 and not _all_variants([m.contributor.name for m in people]):
            yield Finding(
                code="orcid-shared",
                severity=Severity.WARNING,
                message=f"the ORCID {orcid} is given to"
                f" {spoken([f'{m.contributor.name.full} ({m.place})' for m in people])}",
                subject=people[-1].subject,
                where=people[-1].where,
                hint="An ORCID belongs to one person; ask whose it is.",
            )
    for name, given in by_name.items():
        people = list(given.values())
        ids = {m.contributor.person for m in people}
        if len(people) > 1 and ("" in ids or len(ids) < len(people)):
            yield Finding(
                code="orcid-conflict",
                severity=Severity.WARNING,
                message=f"{name} has different ORCIDs:"
                f" {spoken([f'{m.contributor.orcid} ({m.place})' for m in people])}",
                subject=people[-1].subject,
                where=people[-1].where,
                hint=f"{_TELL_APART} Else correct the ORCID.",
            )


def _all_variants(names: Sequence[Name]) -> bool:
    families = {squeezed(name.family) for name in names}
    return len(families) == 1 and len({squeezed(name.given)[:1] for name in names}) == 1


def homonyms(facts: Facts) -> Iterator[Finding]:
    """One name on several papers: under different profiles, or from institutions far apart."""
    profiles = list(_profiles(facts))
    told = {mention.contributor.name.full for people in profiles for mention in people}
    for people in profiles:
        last = people[-1]
        said = spoken([f"{m.contributor.openreview} ({m.subject})" for m in people])
        yield Finding(
            code="homonym",
            severity=Severity.WARNING,
            message=f"{last.contributor.name.full} has different OpenReview profiles, yet one"
            f" author page is made: {said}",
            subject=last.subject,
            where=last.where,
            hint=_TELL_APART,
        )
    for name, mentions in _by_name(facts).items():
        if name in told:
            continue
        papers = [m for m in mentions if m.paper and m.contributor.affiliations]
        if len({m.subject for m in papers}) < 2 or any(m.contributor.person for m in papers):
            continue
        if len({m.contributor.orcid for m in papers} - {""}) == 1 and all(
            m.contributor.orcid for m in papers
        ):
            continue
        if len({m.contributor.openreview or str(at) for at, m in enumerate(papers)}) == 1:
            continue
        first, *others = papers
        base = _places(first)
        strange = next((m for m in others if base and _places(m) and not base & _places(m)), None)
        if strange:
            yield Finding(
                code="homonym",
                severity=Severity.INFO,
                message=f"is {name} of {first.contributor.affiliations[0].name}"
                f" ({first.subject}) the"
                f" same person as {name} of {strange.contributor.affiliations[0].name}"
                f" ({strange.subject})?",
                subject=strange.subject,
                where=strange.where,
                hint=f"One author page is made for both. {_TELL_APART}",
            )


def _profiles(facts: Facts) -> Iterator[list[Mention]]:
    """Authors who share a page but not an OpenReview profile, one mention for each profile.

    Whoever has one ORCID is one person with two profiles; different ORCIDs are told already.
    """
    pages: dict[str, dict[str, Mention]] = defaultdict(dict)
    for mention in facts.mentions:
        who = mention.contributor
        if mention.paper and who.openreview and not who.person and not who.name.organisation:
            pages[author_id(who)].setdefault(who.openreview, mention)
    for found in pages.values():
        people = list(found.values())
        if len(people) > 1 and any(not m.contributor.orcid for m in people):
            yield people


def _places(mention: Mention) -> set[str]:
    return {
        word
        for place in mention.contributor.affiliations
        for word in words(f"{place.name} {place.city}")
        if word not in _VAGUE
    }
