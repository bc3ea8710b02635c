"""Which papers are near each other: shared keywords and authors, and the words they use.

Words are weighed by TF-IDF (Salton and Buckley, 1988, "ltc"): what every paper says tells nothing.
The result depends on the edition alone, so two builds agree.
"""

from __future__ import annotations

import contextlib
import json
import math
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache as once
from typing import TYPE_CHECKING

from builder.site.subjects import identity
from builder.work import Cache

if TYPE_CHECKING:
    from builder.site.views import PaperView

_FORM = "1"
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


def kept(papers: Sequence[PaperView], cache: Cache) -> dict[str, tuple[PaperView, ...]]:
    """For each paper, by key, the papers nearest to it, nearest first.

    They are worked out again only if what nearness goes by changed: not for a link or an award, and
    not for a word that no other paper has. `cache` is for this alone: yesterday's answer is not
    kept beside today's.
    """
    told = ((view.title, view.paper.keywords, view.abstract, _ids(view)) for view in papers)
    key = cache.key(_FORM, *(view.paper.key for view in papers), *map(repr, told))
    if (found := _known(papers, cache, key)) is not None:
        return found
    nearness = _Nearness(papers)
    deeper = cache.key(_FORM, *(view.paper.key for view in papers), nearness.told())
    found = _known(papers, cache, deeper)
    if found is None:
        found = _views(papers, nearness.nearest())
    rows = {key: [view.paper.key for view in near] for key, near in found.items()}
    # An edition of somebody else's may lie where nothing can be written.
    with contextlib.suppress(OSError):
        shutil.rmtree(cache.folder, ignore_errors=True)
        for name in (key, deeper):
            cache.store_text("related", name, json.dumps(rows))
    return found


class _Nearness:
    """How near papers are, and all that this is made of."""

    def __init__(self, papers: Sequence[PaperView]) -> None:
        self._vectors = _vectors(papers)
        self._shares = (
            _Shares(KEYWORD, [{identity(word) for word in view.paper.keywords} for view in papers]),
            _Shares(AUTHOR, [{byline.id for byline in view.bylines} for view in papers]),
        )

    def told(self) -> str:
        """The same as text: where it is equal, so are the papers nearest to each."""
        return repr((list(self._vectors), [share.told() for share in self._shares]))

    def nearest(self) -> Iterator[list[int]]:
        """For each paper the numbers of the papers nearest to it."""
        # One paper after the other: the nearness of all to all would not fit into memory.
        for number, vector in enumerate(self._vectors):
            scores = _near(number, vector, self._vectors.postings)
            for share in self._shares:
                share.add(number, scores)
            near = ((other, score) for other, score in scores.items() if score > LEAST - _BLUR)
            best = sorted((round(-score, 9), other) for other, score in near)
            yield [other for score, other in best[:MOST] if -score >= LEAST]


def _views(
    papers: Sequence[PaperView], nearest: Iterable[list[int]]
) -> dict[str, tuple[PaperView, ...]]:
    rows = zip(papers, nearest, strict=True)
    return {view.paper.key: tuple(papers[other] for other in near) for view, near in rows}


def _known(
    papers: Sequence[PaperView], cache: Cache, key: str
) -> dict[str, tuple[PaperView, ...]] | None:
    by_key = {view.paper.key: view for view in papers}
    with contextlib.suppress(ValueError, LookupError, TypeError, AttributeError):
        known = json.loads(cache.find_text("related", key) or "")
        return {key: tuple(by_key[other] for other in known[key]) for key in by_key}
    return None


def _ids(view: PaperView) -> list[str]:
    return [byline.id for byline in view.bylines]


class _Vectors(list[dict[str, float]]):
    """Unit vectors of terms, one per paper, and where each term occurs."""

    def __init__(self) -> None:
        super().__init__()
        self.postings: dict[str, list[tuple[int, float]]] = {}


def _vectors(papers: Sequence[PaperView]) -> _Vectors:
    stems: dict[str, str] = {}
    counts = []
    for view in papers:
        terms = _terms(view, stems)
        # A table for each paper, and each word again in each, would be most of what is in memory.
        counts.append((tuple(terms), tuple(terms.values())))
    spread = Counter(term for terms, _ in counts for term in terms)
    # In a small volume a word of four papers may be one of the language's, not of the subject.
    ceiling = min(_COMMON, max(3, len(papers) // 4))
    rare = {
        term: math.log(len(papers) / many) for term, many in spread.items() if 1 < many <= ceiling
    }
    vectors = _Vectors()
    for number, (words, times) in enumerate(counts):
        weights = {
            term: _damped(many) * rare[term]
            for term, many in zip(words, times, strict=True)
            if term in rare
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        heaviest = sorted((-weight, term) for term, weight in weights.items())[:_TERMS]
        vector = {term: -weight / length for weight, term in heaviest}
        vectors.append(vector)
        for term, weight in vector.items():
            vectors.postings.setdefault(term, []).append((number, weight))
    return vectors


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

    def __init__(self, weight: float, groups: list[set[str]]) -> None:
        self._weight = weight
        self._groups = groups
        self._members: dict[str, list[int]] = {}
        for number, group in enumerate(groups):
            for one in group:
                self._members.setdefault(one, []).append(number)

    def told(self) -> list[list[str]]:
        """Who has what."""
        return [sorted(group) for group in self._groups]

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


def _terms(view: PaperView, stems: dict[str, str]) -> dict[str, int]:
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
    return found


def _stem(word: str, stems: dict[str, str]) -> str:
    # English plurals are one word; what this does to other languages, it does to all.
    term = word[:-1] if word[-1] == "s" and word[-2:] != "ss" else word
    stems[word] = stems.setdefault(term, term)
    return stems[word]
