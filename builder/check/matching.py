"""Whose paper each PDF is, told by the titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder.model.likeness import SAME, FirstPage, letters

_CLEARLY = 0.02
"""By how much another paper's title must fit better, where the own one fits too."""
_RELATED = 0.6
"""Share of common words from which on two titles are worth telling apart."""


def strays(titles: Mapping[str, str], pages: Mapping[str, FirstPage]) -> dict[str, str | None]:
    """For each paper whose title is not on its page 1: the paper whose title is, or `None`.

    `pages` holds readable first pages only: a scan proves nothing.
    """
    vocabulary = {key: frozenset(folded_words(title)) for key, title in titles.items()}
    found: dict[str, str | None] = {}
    for key, page in pages.items():
        if key not in titles:
            continue
        own = page.likeness(titles[key])
        rivals = titles if own < SAME else _related(key, vocabulary)
        best, score = _best(page, key, rivals, titles)
        if own < SAME:
            found[key] = best if score >= SAME and score > own else None
        elif best is not None and score >= own + _CLEARLY:
            found[key] = best
    return found


def _best(
    page: FirstPage, own: str, rivals: Iterable[str], titles: Mapping[str, str]
) -> tuple[str | None, float]:
    best, score = None, 0.0
    for key in rivals:
        if key == own:
            continue
        wanted = letters(titles[key])
        runs = max(1, len(wanted) - 2)
        known = sum(wanted[at : at + 3] in page.known for at in range(runs))
        if not page.seen and known < SAME * runs:
            continue  # cannot reach the threshold, so the slow comparison is spared
        if (likeness := page.likeness(titles[key])) > score:
            best, score = key, likeness
    return best, score


def _related(own: str, vocabulary: Mapping[str, frozenset[str]]) -> list[str]:
    mine = vocabulary[own]
    return [
        key
        for key, theirs in vocabulary.items()
        if key != own and 2 * len(mine & theirs) >= _RELATED * (len(mine) + len(theirs))
    ]


def folded_words(text: str) -> list[str]:
    """Its words as letters and digits alone."""
    return [folded for word in text.split() if (folded := letters(word))]
