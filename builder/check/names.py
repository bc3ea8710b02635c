"""Names of people as they are typed.

Authors' names are looked at where they are read (`edition.authors`), which knows how they were
typed in `papers.bib`; here it is everybody else, under the same codes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from builder.check.facts import Facts, Mention
from builder.check.wording import excerpt, muttered, shouted, squeezed
from builder.model import Finding, Name, Severity

_ODD = (
    (re.compile(r"@"), "holds an e-mail address"),
    (re.compile(r"https?:|www\.", re.I), "holds an address"),
    (re.compile(r"\d"), "holds a digit"),
    (re.compile(r"[*†‡§¶∗#]"), "holds a footnote mark"),
    (re.compile(r"[{}\\$~^_<>]"), "holds markup"),
    (re.compile(r"[()\[\]]"), "holds brackets"),
    (re.compile(r"[;/|]|,\s*,"), "holds a separator: are these several people?"),
    (re.compile(r"^(?:dr|prof|professor|mr|mrs|ms)\b\.?\s", re.I), "begins with a title"),
    (re.compile(r"\b(?:ph\.?\s?d|m\.sc)\b\.?$", re.I), "ends in an academic title"),
    (
        re.compile(r"\bet\.?\s+al\b|^(?:and\s+)?others$", re.I),
        "stands for people who are not named",
    ),
    (re.compile(r"\band\b|&"), "holds “and”: are these two people?"),
    (re.compile(r"\ufffd|Ã[©¨¼¶¤±³¡]"), "holds misread characters"),
)
_RUN_TOGETHER = re.compile(r"[A-Z][a-zà-ÿ]+[A-Z][a-zà-ÿ]+")
_TEAM = re.compile(
    r"\b(?:team|collaboration|consortium|working group|initiative|committee|agency|university|"
    r"institute|foundation|alliance|network|society)\b",
    re.I,
)


def odd(facts: Facts) -> Iterator[Finding]:
    """Names that hold something no name holds."""
    for mention in _typed_in_yaml(facts):
        name = mention.contributor.name
        if fault := _odd(name):
            yield Finding(
                code="name-odd-character",
                severity=Severity.WARNING,
                message=f"the name “{excerpt(name.full, 60)}” {fault} (in {mention.place})",
                subject=mention.subject,
                where=mention.where,
                hint="Give the name alone, as its bearer writes it.",
            )


def _odd(name: Name) -> str:
    return next((text for pattern, text in _ODD if pattern.search(name.full)), "")


def case(facts: Facts) -> Iterator[Finding]:
    """Names in capitals only, or without any, which no style can mend later."""
    spellings: dict[str, str] = {}
    for mention in facts.mentions:
        name = mention.contributor.name
        if not case_fault(name):
            spellings.setdefault(squeezed(name.full), name.full)
    for mention in _typed_in_yaml(facts):
        name = mention.contributor.name
        fault = case_fault(name)
        if not fault or name.whole or single(name) or _odd(name):
            continue
        elsewhere = spellings.get(squeezed(name.full))
        message = f"{fault}: “{name.full}” (in {mention.place})"
        hint = (
            f"Elsewhere it is “{elsewhere}”." if elsewhere else "Type it as its bearer writes it."
        )
        if "capitals" in fault:
            yield Finding(
                code="name-capitals",
                severity=Severity.WARNING if elsewhere else Severity.INFO,
                message=message,
                subject=mention.subject,
                where=mention.where,
                hint=hint,
            )
        else:
            yield Finding(
                code="name-lower-case",
                severity=Severity.WARNING,
                message=message,
                subject=mention.subject,
                where=mention.where,
                hint=hint,
            )


def case_fault(name: Name) -> str:
    """What is wrong with capitals in a name; empty when nothing is."""
    if name.organisation:
        return ""
    if name.literal:
        if shouted(name.literal) and len(squeezed(name.literal)) > 3:
            return "the name stands in capitals"
        return "the name has no capital" if _lower(name.literal) else ""
    family = shouted(name.family) and len(squeezed(name.family)) > 1
    given = shouted(name.given) and len(max(name.given.split(), key=len)) > 3
    if family and (given or not name.given):
        return "the name stands in capitals"
    if family:
        return "the family name stands in capitals"
    if given and "." not in name.given:
        return "the given name stands in capitals"
    if _lower(name.family) and (_lower(name.given) or not name.given):
        return "the name has no capital"
    if _lower(name.family):
        return "the family name has no capital"
    if _lower(name.given):
        return "the given name has no capital"
    return ""


def _lower(text: str) -> bool:
    # Georgian has capitals in Unicode that nobody writes names with.
    return muttered(text) and not any("\u10a0" <= char <= "\u10ff" for char in text)


def single(name: Name) -> bool:
    """Whether a person's name is one word in Latin letters, and nobody said that it is whole."""
    if name.organisation or name.whole or " " in name.full.strip() or not name.full:
        return False
    letters = [char for char in name.full if char.isalpha()]
    return bool(letters) and all("LATIN" in unicodedata.name(char, "") for char in letters)


def one_word(facts: Facts) -> Iterator[Finding]:
    """People with a single name: some have one, most lost a space or a comma."""
    for mention in _typed_in_yaml(facts):
        name = mention.contributor.name
        if not single(name):
            continue
        run = _RUN_TOGETHER.fullmatch(name.full)
        guess = re.sub(r"([a-zà-ÿ])([A-Z])", r"\1 \2", name.full)
        yield Finding(
            code="name-single-word",
            severity=Severity.WARNING if run or muttered(name.full) else Severity.INFO,
            message=f"“{name.full}” is a single word (in {mention.place})",
            subject=mention.subject,
            where=mention.where,
            hint=f"Is it “{guess}”?"
            if run
            else f"Is a part of the name missing? If it is all, write {{literal: {name.full}}}.",
        )


def teams(facts: Facts) -> Iterator[Finding]:
    """Organisations that were typed as if they were people."""
    for mention in _typed_in_yaml(facts):
        name = mention.contributor.name
        if name.literal or not _TEAM.search(name.full):
            continue
        yield Finding(
            code="name-organisation",
            severity=Severity.WARNING,
            message=f"“{name.full}” looks like an organisation, but is taken for a person with the"
            f" family name {name.family_or_literal} (in {mention.place})",
            subject=mention.subject,
            where=mention.where,
            hint=f"Write name: {{literal: {name.full}, organisation: true}}.",
        )


def initials(facts: Facts) -> Iterator[Finding]:
    """Family names of one letter: usually given and family name were exchanged."""
    seen: set[str] = set()
    for mention in facts.mentions:
        name = mention.contributor.name
        if not name.family or not name.given or name.full in seen:
            continue
        seen.add(name.full)
        if re.fullmatch(r"[A-Za-z]\.?", name.family):
            yield Finding(
                code="name-initial",
                severity=Severity.INFO,
                message=f"the family name of “{name.full}” is a single letter (in {mention.place})",
                subject=mention.subject,
                where=mention.where,
                hint="If the letter is an initial of the given name, write “Family, Given”.",
            )


def repeated(facts: Facts) -> Iterator[Finding]:
    """The same author twice on one paper."""
    for paper in facts.volume.shown:
        seen: set[tuple[str, str]] = set()
        for author in paper.contributors:
            identity = (squeezed(author.name.full) or author.name.full, author.person)
            if identity in seen:
                yield Finding(
                    code="author-repeated",
                    severity=Severity.WARNING,
                    message=f"{author.name.full} stands twice among the authors",
                    subject=paper.key,
                    where=author.where or paper.where,
                    hint="Remove one, or say with `person` in authors.yaml that they are two"
                    " people.",
                )
            seen.add(identity)


def _typed_in_yaml(facts: Facts) -> Iterator[Mention]:
    """Each name outside `papers.bib` at its first place; a name's fault is told once."""
    seen: set[str] = set()
    for mention in facts.mentions:
        name = mention.contributor.name
        if mention.paper or name.organisation or name.full in seen:
            continue
        if name.literal and name.literal == mention.contributor.person:
            continue  # an id that nobody has stands in for the name; told as such
        seen.add(name.full)
        yield mention
