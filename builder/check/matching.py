"""Whose paper each PDF is, told by the titles."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from builder.model.likeness import SAME, FirstPage, letters

_CLEARLY = 0.02
"""By how much another paper's title must fit better, where the own one fits too."""
_HOPELESS = 0.6
"""Share of a title's runs anywhere on the page below which it cannot stand there."""
_RELATED = 0.6
"""Share of common words from which on two titles are worth telling apart."""


def strays(titles: Mapping[str, str], pages: Mapping[str, FirstPage]) -> dict[str, str | None]:
    """For each paper whose title is not on its page 1: the paper whose title is, or `None`.

    `pages` holds readable first pages only: a scan proves nothing.
    """
    vocabulary = _Vocabulary(titles)
    runs = {key: _runs(title) for key, title in titles.items()}
    found: dict[str, str | None] = {}
    for key, page in pages.items():
        if key not in titles:
            continue
        own = page.likeness(titles[key])
        rivals = titles.keys() if own < SAME else vocabulary.related(key)
        # What has the same title, itself included, fits as well as it does, and tells nothing.
        rivals = [rival for rival in rivals if titles[rival] != titles[key]]
        best, score = _best(page, rivals, titles, runs)
        if own < SAME:
            found[key] = best if score >= SAME and score > own else None
        elif best is not None and score >= own + _CLEARLY:
            found[key] = best
    return found


def _runs(title: str) -> frozenset[str]:
    """The three-letter runs of a title, by which likeness is measured."""
    text = letters(title)
    return frozenset(text[at : at + 3] for at in range(max(1, len(text) - 2)))


def _best(
    page: FirstPage,
    rivals: Collection[str],
    titles: Mapping[str, str],
    runs: Mapping[str, frozenset[str]],
) -> tuple[str | None, float]:
    """The rival that fits best, with how well; most promising first, so that few are compared."""
    promise = []
    if rivals:
        there = page.known.union(page.seen)
        promise = [(len(runs[key] & there) / len(runs[key]), key) for key in rivals]
    best, score = None, 0.0
    for most, key in sorted(promise, key=lambda pair: -pair[0]):
        if most < max(score, _HOPELESS):
            break
        if (likeness := page.likeness(titles[key])) > score:
            best, score = key, likeness
    return best, score


class _Vocabulary:
    """The words of all titles, to find those that have many in common without comparing all."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._words = {key: frozenset(folded_words(title)) for key, title in titles.items()}
        self._places = {key: place for place, key in enumerate(self._words)}
        self._holders: dict[str, list[str]] = {}
        for key, words in self._words.items():
            for word in words:
                self._holders.setdefault(word, []).append(key)

    def related(self, own: str) -> list[str]:
        """Titles that share many words with that of `own`, in the order of the titles."""
        mine = self._words[own]
        if not mine:
            return [key for key, theirs in self._words.items() if key != own and not theirs]
        # A related title has at least so many words of mine; so it has one of my rarest others.
        least = max(1, math.ceil(_RELATED / (2 - _RELATED) * len(mine) - 1e-9))
        rarest = sorted(mine, key=lambda word: (len(self._holders[word]), word))
        near = {key for word in rarest[: len(mine) - least + 1] for key in self._holders[word]}
        return [
            key
            for key in sorted(near, key=self._places.__getitem__)
            if key != own
            and 2 * len(mine & (theirs := self._words[key])) >= _RELATED * (len(mine) + len(theirs))
        ]


def folded_words(text: str) -> list[str]:
    """Its words as letters and digits alone."""
    return [folded for word in text.split() if (folded := letters(word))]
