"""How like a paper's title is to what stands on page 1 of a PDF.

Both are reduced to their letters and digits, which takes hyphenation, line breaks, spaced small
caps, ligatures, accents and case out of the comparison; then the page is searched for the stretch
that shares the most three-letter runs with the title. A formula or a line number that the PDF
gives in another order costs a few runs, not the match.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from builder.model.inspection import Inspection
from builder.model.letters import SPELT

SAME = 0.75
"""From here on a title and a page can be taken to belong together.

Measured on SIGDIAL 2020: the 40 papers reach 0.86 to 1.0 with their own PDF, and no paper reaches
0.55 with another's.
"""

_RUN = 3
"""Letters per run: long enough to be rare, short enough to survive a lost character."""
_HEAD = 2500
"""Letters of page 1 in which a title is looked for: title, authors and most of an abstract."""
_SLACK = 1.25
"""How much longer than the title the stretch may be (line numbers, footnote marks)."""
_SEEN = 0.05
"""Weight of the text set largest, which tells a title from a longer one that contains it."""


_SPELT = re.compile(f"[{''.join(map(chr, SPELT))}]")
_SIGNS = re.compile(r"[\W_]+")
"""What is no letter or digit (`str.isalnum`)."""


def letters(text: str) -> str:
    """`text` reduced to lower-case letters and digits without accents, ligatures undone."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    # A page is long and has few of them, which `str.translate` would look for letter by letter.
    return _SIGNS.sub("", _SPELT.sub(lambda found: SPELT[ord(found[0])], folded))


def _runs(folded: str) -> tuple[str, ...]:
    if len(folded) <= _RUN:
        return (folded,) if folded else ()
    return tuple([folded[at : at + _RUN] for at in range(len(folded) - _RUN + 1)])


_title_letters = lru_cache(maxsize=10_000)(letters)
"""A title is compared with every page."""


@lru_cache(maxsize=10_000)
def _title_runs(title: str) -> tuple[str, ...]:
    return _runs(_title_letters(title))


def _dice(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    total = len(one) + len(other)
    return 2 * (Counter(one) & Counter(other)).total() / total if total else 0.0


@dataclass(frozen=True)
class FirstPage:
    """Page 1 prepared for comparison with many titles."""

    head: str
    """The letters at the top of the page."""
    seen: tuple[str, ...]
    """Runs of the text set largest."""

    @classmethod
    def of(cls, inspection: Inspection) -> FirstPage:
        """The first page of an inspected PDF; empty where it gives no text."""
        page = inspection.pages[0].text if inspection.pages else ""
        if inspection.line_numbers:
            page = re.sub(r"(?m)^\s*\d{1,4}(?=\s)|(?<=\s)\d{1,4}\s*$", "", page)
        return cls(letters(page)[:_HEAD], _runs(letters(inspection.title_seen)))

    # Most titles stand on the page letter by letter, and runs are never asked for.

    @cached_property
    def text(self) -> tuple[str, ...]:
        """Runs of the letters at the top, in order."""
        return _runs(self.head)

    @cached_property
    def known(self) -> frozenset[str]:
        """The same in no order."""
        return frozenset(self.text)

    @property
    def readable(self) -> bool:
        """Whether there is any text to compare with: a scan has none, and proves nothing."""
        return len(self.head) >= 8 + _RUN - 1 or bool(self.seen)

    def likeness(self, title: str) -> float:
        """0 (nothing of `title` stands on the page) to 1 (all of it, in one place)."""
        wanted = _title_runs(title)
        if not wanted:
            return 0.0
        # Nothing is denser.
        found = 1.0 if _title_letters(title) in self.head else self._densest(wanted)
        return self._judge(wanted, found)

    def at_most(self, title: str) -> float:
        """A likeness that `title` cannot exceed, found much faster than its likeness."""
        wanted = _title_runs(title)
        if not wanted:
            return 0.0
        if len(wanted[0]) < _RUN:
            return 1.0
        return self._judge(wanted, sum(run in self.known for run in wanted) / len(wanted))

    def _judge(self, wanted: tuple[str, ...], found: float) -> float:
        if not self.seen:
            return found
        largest = _dice(wanted, self.seen)
        return (1 - _SEEN) * max(found, largest) + _SEEN * largest

    def _densest(self, wanted: tuple[str, ...]) -> float:
        """Share of the title's runs in the stretch of the page that holds the most of them."""
        if len(wanted[0]) < _RUN:  # a title of one or two characters
            return float(any(wanted[0] in run for run in self.known))
        need = Counter(wanted)
        width = int(len(wanted) * _SLACK) + 1
        places = [(at, run) for at, run in enumerate(self.text) if run in need]
        inside: Counter[str] = Counter()
        hits = best = first = 0
        for at, run in places:
            while places[first][0] < at - width:
                gone = places[first][1]
                hits -= inside[gone] <= need[gone]
                inside[gone] -= 1
                first += 1
            inside[run] += 1
            hits += inside[run] <= need[run]
            best = max(best, hits)
        return best / len(wanted)


def title_likeness(title: str, inspection: Inspection) -> float:
    """How like `title` (plain text) is to what stands on page 1: 0 to 1, see `SAME`."""
    return FirstPage.of(inspection).likeness(title)


def ranked(
    titles: Mapping[str, str], inspection: Inspection, best: int = 3
) -> tuple[tuple[str, float], ...]:
    """The `best` papers whose titles are most like page 1, best first, as (key, likeness).

    `titles` maps keys to plain titles. Of equals the longer title comes first: a short one may
    stand in the text of every paper.
    """
    page = FirstPage.of(inspection)
    bounds = sorted(((page.at_most(title), key) for key, title in titles.items()), reverse=True)
    scores: list[tuple[float, int, str]] = []
    for bound, key in bounds:
        if len(scores) >= best and sorted(scores)[best - 1][0] < -bound:
            break  # nobody further down can be among the best
        scores.append((-page.likeness(titles[key]), -len(titles[key]), key))
    return tuple((key, -score) for score, _, key in sorted(scores)[:best])
