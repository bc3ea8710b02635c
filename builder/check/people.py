"""The registry of persons, the committees, and affiliations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.check.byline import folded, forms
from builder.check.facts import Facts, Mention
from builder.check.wording import excerpt, meant, muttered, number, shouted, spoken, squeezed, words
from builder.model import Finding, Person, Severity

_PART = re.compile(
    r"^(?:the\s+)?(?:department|dept\.?|faculty|division|chair|school|section|lab(?:oratory)?|group|institute)"
    r"\s+(?:of|for)\s+[\w\s,&-]+$|^[\w\s&-]+\s+(?:department|dept\.?|division|faculty)$|"
    r"^(?:phd\s+)?(?:student|professor|lecturer|postdoc|researcher|engineer|independent)$",
    re.I,
)
_WHOLE = re.compile(r"universi|hochschule|politecnico|max[- ]planck|national|royal|federal", re.I)
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")
_SUBJECTS = re.compile(
    r"comput|informat|mathemat|statist|physic|linguist|engineering|electric|mechanic|biolog|"
    r"chemist|geograph|geolog|econom|psycholog|medicine|humanities|sciences?\b|arts\b|law\b|data",
    re.I,
)


def unknown(facts: Facts) -> Iterator[Finding]:
    """Ids of persons that `people.yaml` does not hold."""
    known = {person.id for person in facts.volume.people}
    for mention in facts.mentions:
        id = mention.contributor.person
        if id and id not in known:
            yield Finding(
                code="person-unknown",
                severity=Severity.ERROR,
                message=f"the person “{id}” (in {mention.place}) is not in people.yaml",
                subject=mention.subject,
                where=mention.where,
                hint=meant(id, known) or "Add the person to people.yaml, or remove the id.",
            )


def unused(facts: Facts) -> Iterator[Finding]:
    """Registered people whom nothing names."""
    used = {m.contributor.person for m in facts.mentions}
    idle = [person.id for person in facts.volume.people if person.id not in used]
    if idle:
        yield Finding(
            code="person-unused",
            severity=Severity.INFO,
            message=f"people.yaml registers {number(len(idle), 'person', 'people')} whom nothing"
            f" refers to: {spoken(idle)}",
            hint="Refer to them with `person: id`, or remove them.",
        )


def renamed(facts: Facts) -> Iterator[Finding]:
    """A name tied to a person who is called otherwise."""
    for mention in facts.mentions:
        who = mention.contributor
        person = facts.volume.person(who.person) if who.person else None
        if person is None or _is(person, mention):
            continue
        yield Finding(
            code="person-name",
            severity=Severity.WARNING,
            message=f"“{who.name.full}” (in {mention.place}) is tied to “{person.id}”,"
            f" who is called {person.name.full}",
            subject=mention.subject,
            where=mention.where,
            hint="Correct the id. If the person had that name before, add it to `former_names`.",
        )


def _is(person: Person, mention: Mention) -> bool:
    name = mention.contributor.name
    known = [person.name, *person.former_names]
    said = {form for own in known for form in (*forms(own), folded(own.full))}
    if said & {*forms(name), folded(name.full)}:
        return True
    return any(set(words(name.full)) & set(words(own.full)) for own in known)


def repeated(facts: Facts) -> Iterator[Finding]:
    """The same member twice in one committee."""
    for committee in facts.volume.committees:
        seen: set[str] = set()
        for member in committee.members:
            identity = member.person or squeezed(member.name.full) or member.name.full
            if identity in seen:
                yield Finding(
                    code="member-repeated",
                    severity=Severity.WARNING,
                    message=f"{member.name.full} stands twice in “{committee.title}”",
                    where=member.where or committee.where,
                    hint="Remove one of the entries.",
                )
            seen.add(identity)


def affiliations(facts: Facts) -> Iterator[Finding]:
    """Affiliations that repeat themselves, name no institution, or shout."""
    seen: set[str] = set()
    for mention in facts.mentions:
        for place in mention.contributor.affiliations:
            text = place.name.strip()
            if not text or text in seen:
                continue
            seen.add(text)
            if twice := _twice(text):
                code_message = f"“{twice}” stands twice in the affiliation “{excerpt(text, 120)}”"
                yield Finding(
                    code="affiliation-repeated",
                    severity=Severity.WARNING,
                    message=f"{code_message} of {_who(mention)}",
                    subject=mention.subject,
                    where=mention.where,
                    hint="Remove the repetition.",
                )
            elif _vague(text) and not place.city:
                yield Finding(
                    code="affiliation-vague",
                    severity=Severity.WARNING,
                    message=f"the affiliation “{excerpt(text)}” of {_who(mention)} names no"
                    " institution",
                    subject=mention.subject,
                    where=mention.where,
                    hint="Add the university or the company.",
                )
            elif _oddly_cased(text):
                how = "stands in capitals" if shouted(text) else "has no capital"
                yield Finding(
                    code="affiliation-case",
                    severity=Severity.INFO,
                    message=f"the affiliation “{excerpt(text)}” of {_who(mention)} {how}",
                    subject=mention.subject,
                    where=mention.where,
                    hint="Type it as the institution does.",
                )
            elif "@" in text or re.search(r"https?://", text):
                yield Finding(
                    code="affiliation-odd",
                    severity=Severity.WARNING,
                    message=f"the affiliation “{excerpt(text)}” of {_who(mention)} holds an"
                    " address",
                    subject=mention.subject,
                    where=mention.where,
                    hint="Give the institution's name; e-mail addresses are not published.",
                )


def _oddly_cased(text: str) -> bool:
    """Whether it shouts (acronyms aside) or has no capital at all."""
    longest = max((len(word) for word in words(text)), default=0)
    return (shouted(text) and longest > 8) or (muttered(text) and len(text.split()) > 1)


def _who(mention: Mention) -> str:
    return f"{mention.contributor.name.full} (in {mention.place})"


def _twice(text: str) -> str:
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    folded = [part.casefold() for part in parts]
    for at, part in enumerate(folded):
        if part in folded[:at] and len(part) > 3:
            return parts[at]
    doubled = re.search(r"\b([^\W\d_]{2,})\s+\1\b", text, re.I)
    known = {"baden", "walla", "new", "pago", "wagga"}  # places: Baden Baden, Walla Walla
    return doubled.group() if doubled and doubled.group(1).casefold() not in known else ""


def _vague(text: str) -> bool:
    if not _PART.match(text) or _WHOLE.search(text) or _ACRONYM.search(text):
        return False
    parts = [part.strip() for part in text.split(",")]
    institute = re.match(r"(?:the\s+)?(?:institute|school|lab\w*)\b", text, re.I)
    if institute and not _SUBJECTS.search(text):
        return False  # "Institute of Example" may well be an institution's whole name
    return all(_PART.match(part) or _SUBJECTS.search(part) for part in parts)
