"""Which papers are near each other: shared keywords and authors, and the words they use.

Words are weighed by TF-IDF (Salton and Buckley, 1988, "ltc"): what every paper says tells nothing.
The result depends on the edition alone, so two builds agree.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cache as once
from typing import TYPE_CHECKING, Any

from builder.site.subjects import identity
from builder.work import Cache

if TYPE_CHECKING:
    from builder.site.views import PaperView

_FORM = "2"
"""Raised whenever the same papers would be related otherwise."""
MOST = 4
"""Related papers of one paper."""
LEAST = 0.12
"""Nearness (a cosine, and the shares below) from which on two papers are called related."""
KEYWORD, AUTHOR = 0.25, 0.15
"""What a shared keyword or a shared author adds."""
_TERMS = 24
"""Heaviest terms of a paper that are compared."""
_COMMON = 150
"""Papers in which a term may occur at most: what is more common costs time and tells little."""
_BLUR = 1e-6
"""More than rounding changes a score by."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_NAME = "nearness"
"""One state is kept, the last."""

_Terms = tuple[tuple[str, ...], tuple[int, ...]]
"""What a paper says, and how often."""
_Groups = tuple[list[str], list[str]]
"""Its keywords and its authors, by id, sorted."""
_Vector = dict[str, float]
"""Heaviest terms of a paper, with what they weigh; of length 1."""


def kept(papers: Sequence[PaperView], cache: Cache) -> dict[str, tuple[PaperView, ...]]:
    """For each paper, by key, the papers nearest to it, nearest first.

    `cache` holds what the last build worked out. Where words changed, only papers whose neighbours
    may have changed with them are compared again; what comes of it is the same to the last bit.
    """
    told = [_told(view) for view in papers]
    before = _State.read(cache)
    now = before.after(papers, told) if before else None
    if now is None:
        now = _State.of(papers, told)
    if now is not before:
        # An edition of somebody else's may lie where nothing can be written.
        with contextlib.suppress(OSError):
            cache.store_data("related", _NAME, marshal.dumps(now.as_data()), ".bin")
    return {
        view.paper.key: tuple(papers[other] for other in near)
        for view, near in zip(papers, now.near, strict=True)
    }


def _told(view: PaperView) -> bytes:
    """Changes when anything does that nearness goes by."""
    ids = [byline.id for byline in view.bylines]
    said = repr((view.title, view.paper.keywords, view.abstract, ids))
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass
class _State:
    """How near papers are, and all that this is made of; everything by the papers' numbers."""

    keys: list[str]
    told: list[bytes]
    terms: list[_Terms]
    groups: list[_Groups]
    spread: dict[str, int]
    """In how many papers each term occurs."""
    vectors: list[_Vector]
    near: list[list[int]]
    """The papers nearest to each."""
    bars: list[float]
    """How near one more would have to be, to be called related."""

    @classmethod
    def of(cls, papers: Sequence[PaperView], told: list[bytes]) -> _State:
        """All worked out."""
        stems: dict[str, str] = {}
        terms = [_terms(view, stems) for view in papers]
        groups = [_groups(view) for view in papers]
        spread = dict(Counter(term for words, _ in terms for term in words))
        weights = {term: _rarity(many, len(papers)) for term, many in spread.items()}
        vectors = [_vector(one, weights) for one in terms]
        scores = _Scores(vectors, groups)
        rows = [scores.row(number) for number in range(len(papers))]
        return cls(
            keys=[view.paper.key for view in papers],
            told=told,
            terms=terms,
            groups=groups,
            spread=spread,
            vectors=vectors,
            near=[near for near, _ in rows],
            bars=[bar for _, bar in rows],
        )

    def after(self, papers: Sequence[PaperView], told: list[bytes]) -> _State | None:
        """What it is now that papers may say something else; `None`: all is to be worked out."""
        if self.keys != [view.paper.key for view in papers]:
            return None
        changed = [number for number, one in enumerate(told) if one != self.told[number]]
        if not changed:
            return self
        groups = {number: _groups(papers[number]) for number in changed}
        if any(groups[number] != self.groups[number] for number in changed):
            return None
        stems: dict[str, str] = {}
        terms, spread = list(self.terms), dict(self.spread)
        touched: set[str] = set()
        for number in changed:
            old, terms[number] = terms[number], _terms(papers[number], stems)
            for words, step in ((old[0], -1), (terms[number][0], 1)):
                touched.update(words)
                for word in words:
                    spread[word] = spread.get(word, 0) + step
        weights = {word: _rarity(many, len(papers)) for word, many in spread.items()}
        heavier = {
            word
            for word in touched
            if weights[word] != _rarity(self.spread.get(word, 0), len(papers))
        }
        for word in touched:
            if not spread[word]:
                del spread[word]
        vectors = list(self.vectors)
        for number, (words, _) in enumerate(terms):
            if number in groups or not heavier.isdisjoint(words):
                vectors[number] = _vector(terms[number], weights)
        moved = {number for number, one in enumerate(vectors) if one != self.vectors[number]}
        now = replace(self, told=told, terms=terms, spread=spread, vectors=vectors)
        return now._compared_again(moved) if moved else now

    def _compared_again(self, moved: set[int]) -> _State:
        """With the neighbours of `moved` papers, and of those that have them or may get them."""
        scores = _Scores(self.vectors, self.groups)
        again = {*moved, *(at for at, row in enumerate(self.near) if not moved.isdisjoint(row))}
        for number in moved:
            nearer = scores.of(number).items()
            again.update(other for other, score in nearer if score > self.bars[other] - _BLUR)
        near, bars = list(self.near), list(self.bars)
        for number in again:
            near[number], bars[number] = scores.row(number)
        return replace(self, near=near, bars=bars)

    @classmethod
    def read(cls, cache: Cache) -> _State | None:
        """What the last build kept, if anything."""
        file = cache.find("related", _NAME, ".bin")
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            form, *found = marshal.loads(file.read_bytes()) if file else ("",)  # noqa: S302
            if form == _FORM:
                return cls(*found)
        return None

    def as_data(self) -> tuple[Any, ...]:
        """For `read`."""
        return (_FORM, *(getattr(self, one.name) for one in fields(self)))


class _Scores:
    """How near any two papers are."""

    def __init__(self, vectors: list[_Vector], groups: list[_Groups]) -> None:
        self._vectors = vectors
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for number, vector in enumerate(vectors):
            for term, weight in vector.items():
                self._postings.setdefault(term, []).append((number, weight))
        self._shares = (
            _Shares(KEYWORD, [keywords for keywords, _ in groups]),
            _Shares(AUTHOR, [authors for _, authors in groups]),
        )

    def of(self, number: int) -> dict[int, float]:
        """Of one paper to all that have something in common with it."""
        found = _near(number, self._vectors[number], self._postings)
        for share in self._shares:
            share.add(number, found)
        return found

    def row(self, number: int) -> tuple[list[int], float]:
        """The papers nearest to one, and how near another would have to be."""
        # One paper after the other: the nearness of all to all would not fit into memory.
        near = ((other, score) for other, score in self.of(number).items() if score > LEAST - _BLUR)
        best = sorted((round(-score, 9), other) for other, score in near)[:MOST]
        found = [(other, -score) for score, other in best if -score >= LEAST]
        return [other for other, _ in found], found[-1][1] if len(found) == MOST else LEAST


def _rarity(many: int, papers: int) -> float:
    """What a term weighs that occurs in so `many` of all `papers`; 0: it is not compared."""
    # In a small volume a word of four papers may be one of the language's, not of the subject.
    ceiling = min(_COMMON, max(3, papers // 4))
    return _logarithm(papers / many) if 1 < many <= ceiling else 0.0


def _vector(terms: _Terms, weights: dict[str, float]) -> _Vector:
    """The heaviest terms, as a vector of length 1."""
    words, times = terms
    found = {
        term: _damped(many) * weight
        for term, many in zip(words, times, strict=True)
        if (weight := weights[term])
    }
    length = math.sqrt(sum(weight * weight for weight in found.values())) or 1.0
    heaviest = sorted((-weight, term) for term, weight in found.items())[:_TERMS]
    return {term: -weight / length for weight, term in heaviest}


def _groups(view: PaperView) -> _Groups:
    keywords = {identity(word) for word in view.paper.keywords}
    return sorted(keywords), sorted({byline.id for byline in view.bylines})


_logarithm = once(math.log)


@once
def _damped(times: int) -> float:
    return 1 + math.log(times)


def _near(
    number: int, vector: dict[str, float], postings: dict[str, list[tuple[int, float]]]
) -> dict[int, float]:
    found: dict[int, float] = {}
    known = found.get
    for term, weight in vector.items():
        for other, theirs in postings[term]:
            found[other] = known(other, 0.0) + weight * theirs
    found.pop(number, None)
    return found


class _Shares:
    """What several papers have in common, and what that adds to their nearness."""

    def __init__(self, weight: float, groups: list[list[str]]) -> None:
        self._weight = weight
        self._groups = groups
        self._members: dict[str, list[int]] = {}
        for number, group in enumerate(groups):
            for one in group:
                self._members.setdefault(one, []).append(number)

    def add(self, number: int, scores: dict[int, float]) -> None:
        """Adds to the `scores` of one paper."""
        # A keyword that half of the volume has relates nobody to anybody.
        most = max(6, min(_COMMON, len(self._groups) // 4))
        for one in self._groups[number]:
            members = self._members[one]
            if len(members) > most:
                continue
            for other in members:
                if other != number:
                    scores[other] = scores.get(other, 0.0) + self._weight


def _terms(view: PaperView, stems: dict[str, str]) -> _Terms:
    """How often a paper says what; `stems` has the terms of words that were met before."""
    found: dict[str, int] = {}
    for text, weight in (
        (view.title, 3),
        (" ".join(view.paper.keywords), 2),
        (view.abstract, 1),
    ):
        for word, times in Counter(_WORD.findall(text.casefold())).items():
            term = stems.get(word) or _stem(word, stems)
            found[term] = found.get(term, 0) + times * weight
    # A table for each paper, and each word again in each, would be most of what is in memory.
    return tuple(found), tuple(found.values())


def _stem(word: str, stems: dict[str, str]) -> str:
    # English plurals are one word; what this does to other languages, it does to all.
    term = word[:-1] if word[-1] == "s" and word[-2:] != "ss" else word
    stems[word] = stems.setdefault(term, term)
    return stems[word]
