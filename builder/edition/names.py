"""Names, divided as BibTeX divides them and kept as they are printed.

The rules are BibTeX's (btxdoc, section 4; “Tame the BeaST”, section 11): `First von Last`,
`von Last, First`, `von Last, Jr, First`; a word belongs to the particle ("von") if its first
letter outside braces is lower-case. What follows them but was hardly meant is not mended here:
`oddities` in `builder.edition.authors` asks about it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from builder.edition.latex import plain
from builder.model import Name
from builder.model.name import family_leads

_SPECIAL = re.compile(r"[\\{}~]")
_LATEX = re.compile(r"[\\{}$~%`]|--|''|[\x00-\x1f\x7f]")
_SPLIT = re.compile(r"\\[A-Za-z]+[ \t]*|\\.|[{},]|[\s~]+", re.DOTALL)
ORGANISATION = re.compile(
    r"(?:^|[\s-])(team|collaboration|consortium|group|committee|association|society|project|"
    r"initiative|institute|university|laborator(?:y|ies)|labs?|agency|alliance|network|"
    r"foundation|organi[sz]ation|centre|center|department|council|company|inc\.?|ltd\.?|gmbh)\s*$",
    re.IGNORECASE,
)
"""Words with which the names of organisations end."""
_NATIVE = re.compile(r"(?P<name>[^{}()（）]+)[(（](?P<native>[^(){}（）]+)[)）]\s*")
"""A name with something in parentheses at its end; a name wholly in braces is left alone."""

_SHORT = re.compile(r"\S+(?: \S+)?(?<!.{8})")
"""At most two words and six characters: a person's name, in Chinese, Japanese or Korean script."""
_ORGANISATION_EAST = re.compile(
    r"(?:[学學]会|[学學]會|大[学學]|委[员員]会|[协協]会|会社|公司|대학교|학회|협회|팀)$"
)


@lru_cache(maxsize=20_000)  # many people write several papers
def parse(text: str) -> Name:
    """One name by BibTeX's rules, LaTeX decoded, in NFC.

    A name wholly in braces, or of one word, has only a `literal`. With more than two commas,
    which no rule divides, the whole text is the literal. An empty text gives an empty name.
    Two things BibTeX does not know: names in Chinese, Japanese or Korean script begin with the
    family name (`山田 太郎`), and the same name in another script may follow in parentheses.
    """
    if (found := _NATIVE.fullmatch(text)) and _other_script(found["name"], found["native"]):
        return replace(parse(found["name"]), native=_text(found["native"]))
    parts, words = _divide(text)
    if not words:
        return Name()
    if len(parts) == 1 and len(words) == 1 and _braced(words[0]):
        literal = _text(words[0][1:-1])
        return Name(literal=literal, organisation=_is_organisation(literal), whole=True)
    if len(parts) > 3:
        texts = [_text(" ".join(part)) for part in parts]
        return Name(literal=", ".join(text for text in texts if text))
    if len(parts) == 1:
        if len(words) > 1 and family_leads(_text(" ".join(words))):
            return _named(words[1:], [], words[:1], [])
        given, particle, family = _first_von_last(words)
        return _named(given, particle, family, [])
    particle, family = _von_last(parts[0])
    suffix, given = (parts[1], parts[2]) if len(parts) == 3 else ([], parts[1])
    return _named(given, particle, family, suffix)


def of(value: str | Mapping[str, str | bool]) -> Name:
    """A name as it stands in YAML: one line by the same rules, or its parts by their names.

    Parts are taken as they are: `{given:, particle:, family:, suffix:}` or
    `{literal:, organisation: true}`, either with `native:`.
    """
    if isinstance(value, str):
        return parse(value)
    parts = {
        key: _normal(str(value.get(key) or ""))
        for key in ("given", "particle", "family", "suffix", "literal", "native")
    }
    return Name(
        given=parts["given"],
        particle=parts["particle"],
        family=parts["family"],
        suffix=parts["suffix"],
        literal=parts["literal"],
        organisation=bool(value.get("organisation")),
        native=parts["native"],
        whole=bool(parts["literal"]),
    )


def split(text: str) -> list[tuple[str, int]]:
    """The names in an author field, each with its offset: `and` outside braces divides them."""
    names, depth, begin = [], 0, 0
    for match in _AND.finditer(text):
        sign = match[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
        elif depth == 0 and match["and"]:
            names.append((text[begin : match.start()], begin))
            begin = match.end()
    names.append((text[begin:], begin))
    return [(name.strip(), at + len(name) - len(name.lstrip())) for name, at in names]


# An `and` at either end divides too: it leaves an empty name behind, which is asked about.
_AND = re.compile(r"\\.|[{}]|(?P<and>(?:(?<=\s)|(?<![^\s]))and(?=\s|$))", re.DOTALL | re.IGNORECASE)


def words(text: str) -> list[list[str]]:
    """The words of a name, divided at the commas outside braces."""
    return _divide(text)[0]


def _divide(text: str) -> tuple[list[list[str]], list[str]]:
    """The words of a name between its commas, and all its words."""
    if not _SPECIAL.search(text):  # nearly every name
        simple = [part.split() for part in text.split(",")]
        return simple, [item for part in simple for item in part]
    parts: list[list[str]] = [[]]
    word: list[str] = []
    depth = at = 0

    def end_word() -> None:
        if word:
            parts[-1].append("".join(word))
            word.clear()

    for match in _SPLIT.finditer(text):
        word.append(text[at : match.start()]) if match.start() > at else None
        at, sign = match.end(), match[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
        elif depth == 0 and sign == ",":
            end_word()
            parts.append([])
            continue
        elif depth == 0 and not sign.startswith("\\"):
            end_word()
            continue
        word.append(sign)
    word.append(text[at:]) if at < len(text) else None
    end_word()
    return parts, [item for part in parts for item in part]


def _braced(word: str) -> bool:
    """Whether one pair of braces holds the whole word, and is not only there for an accent."""
    if not (word.startswith("{") and word.endswith("}")) or word.startswith("{\\"):
        return False
    depth = 0
    for at, match in ((match.end(), match[0]) for match in re.finditer(r"\\.|[{}]", word)):
        depth += {"{": 1, "}": -1}.get(match, 0)
        if depth == 0:
            return at == len(word)
    return False


def _is_particle(word: str) -> bool:
    """Whether BibTeX takes a word for part of the particle: its first letter is lower-case."""
    depth = 0
    at = 0
    while at < len(word):
        char = word[at]
        if char == "{":
            if word.startswith("{\\", at) and depth == 0:  # a special character: its letter counts
                return _text(word[at : _closing(word, at)])[:1].islower()
            depth += 1
        elif char == "}":
            depth -= 1
        elif depth == 0 and char == "\\":
            return _text(word[at:])[:1].islower()
        elif depth == 0 and char.isalpha():
            return char.islower()
        at += 1
    return False


def _closing(word: str, at: int) -> int:
    depth = 0
    for match in re.finditer(r"\\.|[{}]", word[at:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return at + match.end()
    return len(word)


def _first_von_last(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    particles = [at for at, word in enumerate(words[:-1]) if _is_particle(word)]
    if not particles:
        return words[:-1], [], words[-1:]
    first, last = particles[0], particles[-1] + 1
    return words[:first], words[first:last], words[last:]


def _von_last(words: list[str]) -> tuple[list[str], list[str]]:
    particles = [at for at, word in enumerate(words[:-1]) if _is_particle(word)]
    # The particle begins the part; "Garcia y Vega, Ana" has a family name of three words.
    if not particles or particles[0] != 0:
        return [], words
    last = particles[-1] + 1
    return words[:last], words[last:]


def _named(given: list[str], particle: list[str], family: list[str], suffix: list[str]) -> Name:
    parts = [_text(" ".join(words)) for words in (given, particle, family, suffix)]
    if sum(map(bool, parts)) == 1:  # one part alone is no division: a mononym
        literal = "".join(parts)
        return Name(literal=literal)
    return Name(given=parts[0], particle=parts[1], family=parts[2], suffix=parts[3])


def _is_organisation(literal: str) -> bool:
    """Whether a name in braces names an organisation rather than a person of one name."""
    if _SHORT.fullmatch(literal) and family_leads(literal):
        return bool(_ORGANISATION_EAST.search(literal))
    several = " " in literal
    capitals = sum(char.isupper() for char in literal)
    return several or capitals > 1 or ORGANISATION.search(literal) is not None


def _other_script(name: str, native: str) -> bool:
    """Whether one is in Latin letters and the other wholly is not: no nickname, no affiliation."""
    latin = [any("LATIN" in unicodedata.name(char, "") for char in text) for text in (name, native)]
    letters = all(any(char.isalpha() for char in text) for text in (name, native))
    # `李小明 (Google)` is no name: in Latin letters it has a given and a family name.
    spoken = re.fullmatch(r"[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){1,3}", native)
    return letters and latin[0] != latin[1] and (latin[0] or spoken is not None)


def _text(tex: str) -> str:
    return _normal(plain(tex) if _LATEX.search(tex) else tex)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
