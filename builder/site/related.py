"""Which papers are near each other: shared keywords and authors, and the words they use.

Words are weighed by TF-IDF (Salton and Buckley, 1988, "ltc"): what every paper says tells nothing.
The result depends on the edition alone, so two builds agree.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.model.markup import plain
from builder.site.subjects import identity

if TYPE_CHECKING:
    from builder.site.views import PaperView

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
_WORD = re.compile(r"[^\W\d_]{3,}")


def related(papers: Sequence[PaperView]) -> dict[str, tuple[PaperView, ...]]:
    """For each paper, by key, the papers nearest to it, nearest first."""
    vectors = _vectors(papers)
    scores = [_near(number, vector, vectors.postings) for number, vector in enumerate(vectors)]
    for weight, groups in (
        (KEYWORD, [{identity(word) for word in view.paper.keywords} for view in papers]),
        (AUTHOR, [{byline.id for byline in view.bylines} for view in papers]),
    ):
        _share(scores, weight, groups)
    found = {}
    for number, view in enumerate(papers):
        best = sorted(((round(-score, 9), other) for other, score in scores[number].items()))
        found[view.paper.key] = tuple(
            papers[other] for score, other in best[:MOST] if -score >= LEAST
        )
    return found


class _Vectors(list[dict[str, float]]):
    """Unit vectors of terms, one per paper, and where each term occurs."""

    def __init__(self) -> None:
        super().__init__()
        self.postings: dict[str, list[tuple[int, float]]] = {}


def _vectors(papers: Sequence[PaperView]) -> _Vectors:
    counts = [_terms(view) for view in papers]
    spread = Counter(term for count in counts for term in count)
    # In a small volume a word of four papers may be one of the language's, not of the subject.
    ceiling = min(_COMMON, max(3, len(papers) // 4))
    vectors = _Vectors()
    for number, count in enumerate(counts):
        weights = {
            term: (1 + math.log(times)) * math.log(len(papers) / spread[term])
            for term, times in count.items()
            if 1 < spread[term] <= ceiling
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        heaviest = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_TERMS]
        vector = {term: weight / length for term, weight in heaviest}
        vectors.append(vector)
        for term, weight in vector.items():
            vectors.postings.setdefault(term, []).append((number, weight))
    return vectors


def _near(
    number: int, vector: dict[str, float], postings: dict[str, list[tuple[int, float]]]
) -> dict[int, float]:
    found: dict[int, float] = {}
    for term, weight in vector.items():
        for other, theirs in postings[term]:
            if other != number:
                found[other] = found.get(other, 0.0) + weight * theirs
    return found


def _share(scores: list[dict[int, float]], weight: float, groups: list[set[str]]) -> None:
    members: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for one in group:
            members.setdefault(one, []).append(number)
    for one in sorted(members):
        # A keyword that half of the volume has relates nobody to anybody.
        if len(members[one]) > max(6, min(_COMMON, len(groups) // 4)):
            continue
        for number in members[one]:
            for other in members[one]:
                if other != number:
                    scores[number][other] = scores[number].get(other, 0.0) + weight


def _terms(view: PaperView) -> Counter[str]:
    paper = view.paper
    found: Counter[str] = Counter()
    for text, weight in (
        (view.title, 3),
        (" ".join(paper.keywords), 2),
        (plain.render(paper.abstract) if paper.abstract else "", 1),
    ):
        for word in _WORD.findall(text.casefold()):
            # English plurals are one word; what this does to other languages, it does to all.
            term = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
            found[term] += weight
    return found
