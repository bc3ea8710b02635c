"""Words of messages, and text folded so that only differences that matter remain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from builder.model.likeness import letters

_SPACING_MARKS = re.compile("[´`¨ˆ˜¯˘˙¸˚ˇ˝˛^\ufffe\u00ad\u02d9\u0002]+")
"""Accents that TeX sets as characters of their own, and what engines print for soft hyphens."""


def unmarked(text: str) -> str:
    """`text` without accents that stand beside their letters (`Gasiˇ c´`)."""
    return _SPACING_MARKS.sub("", text)


def read(text: str, most: int = 20_000) -> str:
    """Text of a page to be searched: line feeds at line ends, no more than anybody would print.

    Pages come from strangers; a page of a million characters must not cost minutes.
    """
    return text[:most].replace("\r\n", "\n").replace("\r", "\n")


def squeezed(text: str) -> str:
    """Only letters and digits, without accents and case, so that line breaks, hyphenation, marks
    and accents set apart from their letter (`Gasiˇ c´`) make no difference.
    """
    return letters(unmarked(text))


def spoken(items: Sequence[str], most: int = 6) -> str:
    """A list as people say it: `a, b and c`; from `most` on, `a, b and 7 more`."""
    if len(items) > most:
        return f"{', '.join(items[: most - 1])} and {len(items) - most + 1} more"
    if len(items) > 1:
        return f"{', '.join(items[:-1])} and {items[-1]}"
    return "".join(items)


def number(count: int, one: str, many: str = "") -> str:
    """`1 paper`, `3 papers`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def ranges(pages: Iterable[int]) -> str:
    """Pages as people write them: `page 3`, `pages 1-4, 7`."""
    found = sorted(set(pages))
    runs: list[list[int]] = []
    for page in found:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    text = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"{'page' if len(found) == 1 else 'pages'} {text}"


def excerpt(text: str, most: int = 90) -> str:
    """One line of `text`, shortened at a word."""
    line = " ".join(printable(text).split())
    if len(line) <= most:
        return line
    cut = line[: most - 1].rsplit(" ", 1)[0] or line[: most - 1]
    return f"{cut} …"


def printable(text: str) -> str:
    """`text` without control characters: what authors' PDFs hold ends up on terminals."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() or char == "\ufffe" else ""
        for char in unicodedata.normalize("NFC", text)
    )


def words(text: str) -> list[str]:
    """The words of `text` in lower case."""
    return re.findall(r"[^\W\d_][\w’'-]*", text.casefold())


def shouted(text: str) -> bool:
    """Whether it has letters with case, and all of them are capitals."""
    return text.upper() == text and text.lower() != text


def muttered(text: str) -> bool:
    """Whether it has letters with case, and none of them is a capital."""
    return text.lower() == text and text.upper() != text


def nearest(wanted: str, known: Collection[str], cutoff: float = 0.75) -> str | None:
    """The known name most like `wanted`, if one is like it at all."""
    from difflib import get_close_matches

    found = get_close_matches(wanted, sorted(known), n=1, cutoff=cutoff)
    return found[0] if found else None


def meant(wanted: str, known: Collection[str]) -> str:
    """`Did you mean …?`, or nothing."""
    near = nearest(wanted, known, cutoff=0.6)
    return f"Did you mean “{near}”?" if near else ""
