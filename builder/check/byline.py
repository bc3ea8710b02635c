"""Who wrote a paper, as page 1 says: names found in the text above the abstract.

What a PDF gives as text is uneven: accents stand beside their letters (`Gasiˇ c´`), footnote marks
cling to names (`Gauder1,2`) or stand on lines of their own, columns run into one line. So names are
compared as letters alone, and what cannot be told for certain is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from builder.check.wording import read, squeezed, unmarked
from builder.edition.authors import PARTICLES
from builder.model import Inspection, Name

_ABSTRACT = re.compile(r"^[^\w\n]{0,20}(?:\d\.?\s*)?a\s?b\s?s\s?t\s?r\s?a\s?c\s?t\b", re.I | re.M)
_HEAD = 4000
"""Characters of page 1 that can hold title, authors and affiliations."""
_ALIKE = 0.84
"""Likeness from which on a printed name is another spelling of one: `Subhasis(h) Ghosh`."""
_MOST_WORDS = 7
_GAP = 14
"""Letters of middle names that metadata may leave out."""
_SPLIT = re.compile(r"[,;&|·•∗*†‡§¶♠♣♦♥☆★⋆◇△⊕\d{}\[\]()⁰-⁹¹²³]+|\band\b|\s{2,}")
_GOES_ON = re.compile(r"(?:[,;&]|\band)\s*$")
_CONTINUES = re.compile(r"^\s*(?:[,;&]|and\b|[\d\W]+$)")
_NO_PERSON = re.compile(
    r"universi|institut|laborator|\blabs?\b|department|dept|school|college|faculty|academy|"
    r"academia|research|center|centre|centro|scien[ct]|technolog|\binc\b|\bltd|gmbh|\bcorp|"
    r"company|group|team|division|hospital|ministry|agency|council|foundation|google|microsoft|"
    r"amazon|facebook|\bmeta\b|nvidia|\bibm\b|\bieee\b|\bcnrs\b|member|fellow|student|author|"
    r"contribut|correspond|e-?mail|street|road|avenue|\busa\b|\buk\b|china|germany|france|japan|"
    r"india|italy|canada|spain|korea|sweden|kingdom|states|australia|netherlands|switzerland|"
    r"singapore|\bai\b|data|comput|language|engineer|informati|system|studies|software|equal|"
    r"abstract|draft|version|http|www|intelligen|learning|"
    r"\b(?:of|for|the|in|at|on|und|by|with|from|to)\b",
    re.I,
)
_DECIMALS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_][\w'’‐.-]*")


@dataclass(frozen=True, slots=True)
class Byline:
    """The text of page 1 in which authors are looked for."""

    segments: tuple[tuple[str, ...], ...]
    """Words between separators, line by line, in order."""
    lines: tuple[int, ...]
    """For each segment, the line in which it stands."""
    texts: tuple[str, ...]
    """The lines themselves."""
    head: str
    """Everything above the abstract, as letters alone."""
    page: str
    """All of page 1, as letters alone."""

    @classmethod
    def of(cls, inspection: Inspection) -> Byline:
        """The byline of a PDF that has pages."""
        text = unmarked(read(inspection.pages[0].text))
        found = _ABSTRACT.search(text)
        head = text[: found.start()] if found and found.start() > 20 else text
        head = head[:_HEAD]
        lines = tuple(_joined(head.split("\n")))
        segments: list[tuple[str, ...]] = []
        numbers: list[int] = []
        for number, line in enumerate(lines):
            if "@" in line:
                continue
            for segment in _SPLIT.split(line):
                words = tuple(word for word in segment.split() if folded(word))
                if words:
                    segments.append(words)
                    numbers.append(number)
        return cls(tuple(segments), tuple(numbers), lines, folded(head), folded(text))

    def place(self, name: Name) -> int | None:
        """Where the name stands in the head, in letters; `None` where that cannot be told."""
        found = re.search(_pattern(name), self.head)
        return found.start() if found else None

    def spelling(self, name: Name) -> str | None:
        """How page 1 prints the name; empty if as expected, `None` if it does not."""
        if any(_stands(form, self.page) for form in forms(name, initials=False)):
            return ""
        if any(
            _taken(segment[start:], [name])
            for segment in self.segments
            for start in range(len(segment))
        ):
            return ""
        best, score = None, _ALIKE
        wanted = folded(name.full)
        for segment in self.segments:
            for window in _runs(segment):
                likeness = SequenceMatcher(None, wanted, folded("".join(window))).ratio()
                if likeness >= score and len(window) > 1:
                    best, score = " ".join(window), likeness + 0.001
        if best is None and self.place(name) is not None:
            return ""  # divided by a line's end, with a middle name between
        return best

    def strangers(self, names: Sequence[Name], *titles: str) -> list[str]:
        """Names printed among or like those of `names` that are none of them.

        Believed only where the layout says that they are authors: on the line of a known author,
        or alone on a line between an address and an institution as the known ones are. None of
        the `titles` is: the one in the metadata, and what page 1 has for one.
        """
        heading = " ".join(folded(title) for title in titles)
        known = [folded(name.full) for name in names]
        rests = [list(_remaining(segment, names)) for segment in self.segments]
        familiar = {
            self.lines[at]
            for at, segment in enumerate(self.segments)
            if rests[at] != [list(segment)] and not _heading(self.texts[self.lines[at]], heading)
        }
        found: list[str] = []
        for at, groups in enumerate(rests):
            line = self.lines[at]
            # Between a title and the line of a known author stands the title's last line.
            alone = line + 1 not in familiar and self._like_a_block(at, heading)
            if line not in familiar and not alone:
                continue
            for group in groups:
                printed = " ".join(group)
                if (
                    _is_person(group)
                    and not _NO_PERSON.search(" ".join(self.segments[at]))
                    and not _stands(folded(printed), heading)
                    and not any(_like(folded(printed), name) for name in known)
                ):
                    found.append(printed)
        return list(dict.fromkeys(found))

    def _like_a_block(self, at: int, heading: str) -> bool:
        """Whether a segment is a line of its own that opens a block: name, institution, address."""
        line = self.lines[at]
        if self.lines.count(line) != 1 or _heading(self.texts[line], heading):
            return False
        before = self.texts[line - 1] if line else ""
        after = self.texts[line + 1] if line + 1 < len(self.texts) else ""
        opens = "@" in before or (_heading(before, heading) and bool(before))
        return opens and bool(_NO_PERSON.search(after)) and "@" not in after


@lru_cache(maxsize=16384)  # the same words are asked about by every author
def folded(text: str) -> str:
    """Letters alone; umlauts and their spelling with an e are one (`Köhn`, `Koehn`).

    The e goes between words as well (`Anna Ek`), for words are not kept apart; folding what was
    folded in parts gives the same as folding the whole.
    """
    letters = _DECIMALS.sub("", squeezed(text))
    if not letters.isascii():  # there are digits that are no decimals
        letters = "".join(char for char in letters if not char.isdigit())
    return re.sub(r"([aou])e+", r"\1", letters)


def _sought(form: str) -> str:
    """The pattern that finds a folded form; its first e is gone where a, o or u stands before."""
    if not form.startswith("e"):
        return re.escape(form)
    return f"(?:e|(?<=[aou])){re.escape(form[1:])}"


def _stands(form: str, text: str) -> bool:
    """Whether a folded form stands in a folded text."""
    return form in text or (form.startswith("e") and re.search(_sought(form), text) is not None)


@lru_cache(maxsize=4096)
def forms(name: Name, *, initials: bool = True) -> tuple[str, ...]:
    """How a name may be printed: in full, without middle names, family first, with `initials`."""
    if name.literal:
        return (folded(name.literal),)
    family = folded(f"{name.particle}{name.family}")
    given = [folded(part) for part in name.given.split() if folded(part)]
    if not given or not family:
        return (folded(name.full),)
    every = "".join(given)
    usual = [every + family, given[0] + family, family + every]
    if initials:
        usual += ["".join(part[0] for part in given) + family, given[0][0] + family]
    return tuple(dict.fromkeys(folded(form) for form in usual if form))


def _pattern(name: Name) -> str:
    # One letter and a short name stand in any text by chance.
    usual = forms(name, initials=len(folded(name.family)) > 3)
    whole = "|".join(_sought(form) for form in sorted(usual, key=len, reverse=True))
    family, given = folded(f"{name.particle}{name.family}"), folded((name.given.split() or [""])[0])
    if len(given) < 3 or len(family) < 4:
        return whole
    return f"{whole}|{_sought(given)}[^\\W\\d_]{{1,{_GAP}}}?{_sought(family)}"


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """Lines as they are meant: footnote marks and commas that stand alone go on with the last."""
    current = ""
    for line in lines:
        if current and (_GOES_ON.search(current) or _CONTINUES.match(line)):
            current += f" {line}"
            continue
        if current:
            yield current
        current = line
    if current:
        yield current


def _taken(words: Sequence[str], names: Sequence[Name]) -> int:
    """How many of the first words are one of `names`, middle names and initials added or not."""
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        text = folded("".join(words[:count]))
        for name in names:
            if text in forms(name):
                return count
            family, given = (
                folded(f"{name.particle}{name.family}"),
                folded((name.given.split() or [""])[0]),
            )
            if (
                2 < count < 6
                and given
                and folded(words[0]) == given
                and re.search(f"{_sought(family)}$", text)
                and folded(words[count - 1]) in (family, folded(name.family))
            ):
                return count
    return 0


def _remaining(segment: Sequence[str], names: Sequence[Name]) -> Iterator[list[str]]:
    """What is left of a segment when the known names are taken out."""
    group: list[str] = []
    at = 0
    while at < len(segment):
        if taken := _taken(segment[at:], names):
            if group:
                yield group
            group = []
            at += taken
        else:
            group.append(segment[at])
            at += 1
    if group:
        yield group


def _is_person(words: Sequence[str]) -> bool:
    whole = [word for word in words if len(folded(word)) > 1 and word not in PARTICLES]
    return (
        2 <= len(words) <= 5
        and 2 <= len(whole) <= 4
        and all(_WORD.fullmatch(word) for word in words)
        and all(word[0].isupper() and not word.isupper() for word in whole)
    )


def _like(printed: str, name: str) -> bool:
    return SequenceMatcher(None, printed, name).ratio() >= _ALIKE


def _heading(line: str, heading: str) -> bool:
    text = folded(line)
    return bool(text) and _stands(text, heading)


def _runs(segment: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(len(segment)):
        for end in range(start + 1, min(start + _MOST_WORDS, len(segment)) + 1):
            yield segment[start:end]
