"""Letters whose fonts the papers of a volume share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

REPERTOIRE = (
    "".join(map(chr, range(33, 127)))
    + " ff fi fl ffi ffl fft ft fb fh fj fk ffb ffh ffj ffk tt Th Qu f) f] f} f' f\" f? f! f*"
    + " – — ‘ ’ “ ” … · • © § ° ¶ ª º"
)
"""Letters, figures and signs of most stamps, and the pairs that become one sign."""


def common_letters(papers: Iterable[Iterable[str]]) -> str:
    """The letters, beyond the usual ones, that the stamps of half of all papers use.

    It is little that a volume's name and place need; whatever else occurs in few papers is
    theirs alone.
    """
    counted: Counter[str] = Counter()
    number = 0
    for texts in papers:
        number += 1
        counted.update({char for text in texts for char in text if not char.isspace()})
    often = {char for char, times in counted.items() if 2 * times >= number}
    return "".join(sorted(often - set(REPERTOIRE)))
