"""Where the list of references begins, by the headings that papers set over it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_REFERENCES = frozenset(
    {
        "references",
        "bibliography",
        "referencesandnotes",
        "referencescited",
        "literature",
        "literaturecited",
        "workscited",
        "bibliographicalreferences",
        "referencias",
        "références",
        "literatur",
        "literaturverzeichnis",
        "参考文献",
    }
)
_ENDINGS = tuple(sorted(_REFERENCES))
_NUMBERED = re.compile(r"^(?:(?:\d+|[IVX]+|[A-Z])(?:\.\d+)*[.:)]?|§\s*\d+)\s+")
_ENTRY = re.compile(r"\b(?:19|20)\d\d[a-z]?\b|\[\d+\]|\barXiv\b|\bProceedings\b|\bdoi\b")


def find_references(
    texts: Sequence[str], headings: Sequence[tuple[int, ...]]
) -> tuple[int, int] | None:
    """Page index and line index of the heading over the list of references.

    That is the first such heading with something like references below it (an appendix may
    have a list of its own, a table of contents the bare word), or else the last one. `headings`
    are those of each page (`headings_of`).
    """
    last = None
    for index, text in enumerate(texts):
        for number in headings[index]:
            last = (index, number)
            lines = text.splitlines()
            below = "\n".join(lines[number + 1 : number + 25])
            if index + 1 < len(texts) and len(below) < 12:  # nothing but a page number
                below += texts[index + 1][:1500]
            if len(_ENTRY.findall(below)) >= 3:
                return last
    return last


def headings_of(text: str) -> tuple[int, ...]:
    """Indices of the lines that are such headings."""
    # Nearly every page, and every line, is done with here.
    bare = text.replace(" ", "").casefold()
    if not any(map(bare.__contains__, _ENDINGS)):
        return ()
    lines = text.splitlines()
    return tuple(
        number
        for number, line in enumerate(bare.splitlines())
        if line.strip().rstrip(":.").endswith(_ENDINGS) and is_references_heading(lines[number])
    )


def is_references_heading(line: str) -> bool:
    """Whether a line is the heading of a list of references, whatever its number or case."""
    if len(line) > 60:
        return False
    whole = line.strip()
    # Small capitals are often read as two words: "R EFERENCES".
    for text in (whole, _NUMBERED.sub("", whole)):
        bare = text.rstrip(" :.").replace(" ", "")
        if bare.casefold() in _REFERENCES and bare[:1].upper() == bare[:1]:
            return True
    return False
