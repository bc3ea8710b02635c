"""Lists of authors: who is in them, and the names that were hardly meant as they stand.

Nothing is mended: a name is taken as BibTeX takes it, and the editor is asked. Braces around a
name say "this is right as it is" and end the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from builder.edition import names
from builder.edition.suggest import listed
from builder.model import Finding, Name, Severity, Where

PARTICLES = frozenset(
    [
        "a",
        "ab",
        "abu",
        "af",
        "al",
        "auf",
        "aus",
        "av",
        "ben",
        "bin",
        "bint",
        "d",
        "da",
        "dal",
        "dalla",
        "das",
        "de",
        "degli",
        "dei",
        "del",
        "dela",
        "della",
        "dello",
        "dem",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "en",
        "het",
        "ibn",
        "in",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "of",
        "op",
        "san",
        "st",
        "te",
        "ten",
        "ter",
        "'t",
        "to",
        "tot",
        "und",
        "van",
        "vande",
        "vanden",
        "vander",
        "vd",
        "vom",
        "von",
        "y",
        "zu",
        "zum",
        "zur",
        "'de",
        "'s",
    ]
)
"""Words that stand in lower case before a family name."""

_SUFFIX = re.compile(r"(?:jr|sr|jnr|snr|ii|iii|iv|2nd|3rd|filho|neto|júnior|junior)\.?", re.I)
_PREFIXED = re.compile(r"(?:[a-zà-ÿ]{1,3}['’ʼ‘-]\w|al-|el-)", re.IGNORECASE)
_ODD = re.compile(r"[0-9*†‡§¶@#^_|<>\[\]=:;?!\"\\&/]")
_BRACED = re.compile(r"\{(?!\\)")  # braces around an accent say nothing about the name
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\s+al\.?)", re.IGNORECASE)

Place = Callable[[int], Where]
"""The place in its file of a character of the field."""


def read(field: str, key: str, place: Place) -> tuple[list[tuple[Name, Where]], list[Finding]]:
    """The names in an author or editor field, each with its place, and what is odd about them."""
    findings: list[Finding] = []
    people: list[tuple[Name, Where]] = []
    split = names.split(field)
    pieces = [(part, at + offset) for piece, at in split for part, offset in _at_semicolons(piece)]
    if len(pieces) > len(split):
        findings.append(
            Finding(
                code="name-separator",
                severity=Severity.ERROR,
                message="the authors are separated by semicolons; BibTeX takes them for one person",
                subject=key,
                where=place(0),
                hint="write ` and ` between two authors (they are read that way here)",
            )
        )
    if len(pieces) == 1 and not pieces[0][0]:
        return [], []
    inverted = [len(names.words(piece)) > 1 for piece, _ in pieces]
    for piece, at in pieces:
        where = place(at)
        if not piece:
            findings.append(
                _finding(
                    "two `and` with nobody between them",
                    key,
                    where,
                    "delete one of them, or add the missing author",
                    code="name-empty",
                )
            )
            continue
        if _OTHERS.fullmatch(piece):
            findings.append(
                _finding(
                    f"`{piece}` is nobody's name: it is left out, and the list is incomplete",
                    key,
                    where,
                    "write out all the authors",
                    code="name-and-others",
                )
            )
            continue
        name = names.parse(piece)
        if not name.full:
            findings.append(
                _finding(
                    f"`{piece}` names nobody",
                    key,
                    where,
                    "delete it, or write the author's name",
                    code="name-empty",
                )
            )
            continue
        people.append((name, where))
        # “Jane Doe, John Roe and Kim Poe” is how a sentence lists three people.
        alone = len(pieces) == 1 or (len(pieces) == 2 and inverted == [True, False])
        findings += oddities(piece, name, key, where, alone=alone)
    return people, findings


def oddities(
    text: str, name: Name, key: str, where: Where, *, alone: bool = False
) -> Iterator[Finding]:
    """Questions about one name, as it is written in `text` and was read as `name`.

    `alone`: no other name of the list shows that family names stand first in it.
    """
    parts = names.words(text)
    words = [word for part in parts for word in part]
    quoted = f"`{text}`"
    if problem := _several(parts, alone=alone):
        certain = len(parts) > 2
        yield Finding(
            code="name-separator",
            severity=Severity.ERROR if certain else Severity.WARNING,
            message=f"{quoted} looks like {problem}; BibTeX takes it for one person",
            subject=key,
            where=where,
            hint="write ` and ` between two authors; a family name of several words can be put "
            "in braces: `{García López}, Juan Carlos`",
        )
    elif odd := _ODD.findall(name.full):
        yield _finding(
            f"the name {quoted} holds {listed(dict.fromkeys(odd))}",
            key,
            where,
            "delete footnote marks, numbers, addresses and codes",
            code="name-odd-character",
        )
    elif (names.ORGANISATION.search(name.full) and not name.organisation and len(words) > 1) or (
        len(parts) == 1 and len(words) > 1 and _partly_braced(words)
    ):
        yield _organisation(name, quoted, key, where)
    elif name.literal and not name.organisation and not text.startswith("{") and _cased(name):
        yield _finding(
            f"{quoted} is one word: a given name or a family name is missing, or no space or "
            "comma stands between them",
            key,
            where,
            f"write `Family, Given`; if it is the whole name, put it in braces: `{{{name.full}}}`",
            code="name-single-word",
        )
    elif suffix := _misplaced_suffix(name):
        yield _finding(
            f"{quoted} is read with the family name `{name.family}`",
            key,
            where,
            f"write `Family, {suffix}, Given`",
            code="name-suffix",
        )
    elif (tail := _trailing_particle(name)) and len(parts) == 2:
        yield _finding(
            f"{quoted} has `{tail}` behind the given names, where it is printed and sorted with "
            "them",
            key,
            where,
            f"write `{tail} {name.family}, {name.given[: -len(tail)].strip()}`",
            code="name-particle",
        )
    elif (lower := _lower_case(name)) and not _BRACED.search(text):
        verb = "begins" if len(lower) == 1 else "begin"
        yield _finding(
            f"{quoted}: {listed(lower)} {verb} in lower case",
            key,
            where,
            "write it as the author does; if that is how, put it in braces",
            code="name-lower-case",
        )
    elif _capitals(name) and "{" not in text:
        yield Finding(
            code="name-capitals",
            severity=Severity.INFO,
            message=f"{quoted} is written in capitals, and will be printed so",
            subject=key,
            where=where,
            hint="write it in upper and lower case, unless the author wants it so",
        )


def _finding(message: str, key: str, where: Where, hint: str, *, code: str) -> Finding:
    return Finding(
        code=code, severity=Severity.WARNING, message=message, subject=key, where=where, hint=hint
    )


def _organisation(name: Name, quoted: str, key: str, where: Where) -> Finding:
    who = f"{name.given} {name.particle}".strip()
    return _finding(
        f"{quoted} is read as a person with the given name `{who}` and the family name "
        f"`{name.family}`; is it an organisation?",
        key,
        where,
        f"put the whole name in braces: `{{{name.full}}}`",
        code="name-organisation",
    )


def _at_semicolons(piece: str) -> list[tuple[str, int]]:
    """`piece` divided at semicolons outside braces; one of `&eacute;` divides nothing."""
    if ";" not in piece:
        return [(piece, 0)]
    parts, depth, begin = [], 0, 0
    for match in re.finditer(r"\\.|&#?\w+;|[{};]", piece, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match[0] == ";" and depth == 0:
            parts.append((piece[begin : match.start()], begin))
            begin = match.end()
    if parts and not piece[begin:].strip():
        pass  # a semicolon at the very end separates nobody
    else:
        parts.append((piece[begin:], begin))
    return [(part.strip(), at + len(part) - len(part.lstrip())) for part, at in parts]


def _several(parts: list[list[str]], *, alone: bool) -> str:
    if len(parts) > 3:
        return f"{len(parts)} people separated by commas"
    if len(parts) == 3 and not _SUFFIX.fullmatch(" ".join(parts[1])):
        return "several people separated by commas"
    if len(parts) == 2 and alone and all(len(part) > 1 for part in parts):
        family, initial = parts[0], len(parts[1][-1].strip(".")) == 1
        if not initial and not any("{" in word or word.lower() in PARTICLES for word in family):
            return "two people separated by a comma"
    return ""


def _partly_braced(words: list[str]) -> bool:
    """Whether a word is braced as a whole while others are not: `{ESA} Team`."""
    braced = [re.fullmatch(r"\{[^\\{}]*\}", word) is not None for word in words]
    return any(braced) and not all(braced)


def _cased(name: Name) -> bool:
    # A Chinese name in its own script is one "word".
    return any(char.lower() != char.upper() for char in name.full)


def _misplaced_suffix(name: Name) -> str:
    last = name.family.rsplit(" ", 1)[-1]
    return last if not name.suffix and _SUFFIX.fullmatch(last) and name.given else ""


def _trailing_particle(name: Name) -> str:
    words = name.given.split()
    tail: list[str] = []
    while len(words) > 1 and words[-1].islower() and words[-1] in PARTICLES:
        tail.insert(0, words.pop())
    return " ".join(tail)


def _lower_case(name: Name) -> list[str]:
    if name.literal:
        return []
    found = [word for word in name.particle.split() if not _particle(word)]
    first = name.family.split()[0] if name.family else ""
    if first[:1].islower() and not _particle(first):
        found.append(first)
    given = name.given.split()[0] if name.given else ""
    if given[:1].islower() and not _PREFIXED.match(given):
        found.append(given)
    return found


def _particle(word: str) -> bool:
    return word.lower() in PARTICLES or _PREFIXED.match(word) is not None


def _capitals(name: Name) -> bool:
    letters = "".join(char for char in name.family_or_literal if char.isalpha())
    return len(letters) > 1 and letters.isupper() and not name.organisation
