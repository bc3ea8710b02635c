"""“Did you mean …?”"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def closest(word: str, choices: Iterable[str]) -> str | None:
    """The one of `choices` that `word` was most likely meant to be, or `None`."""
    known = list(dict.fromkeys(choices))
    folded = {_folded(choice): choice for choice in reversed(known)}
    if exact := folded.get(_folded(word)):
        return exact
    matches = get_close_matches(_folded(word), folded, n=1, cutoff=0.72)
    return folded[matches[0]] if matches else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """`; did you mean …?`, to be put behind a message, or nothing where nothing is close."""
    match = closest(word, choices)
    return f"; did you mean `{match}`?" if match else ""


def slug(text: str, default: str = "") -> str:
    """`text` as an id: lower-case letters, digits and hyphens; `default` if none are left."""
    latin = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", latin).strip("-") or default


def listed(words: Iterable[str]) -> str:
    """`a`, `b` and `c`, each in backquotes."""
    quoted = [f"`{word}`" for word in words]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1] if quoted else ""]))


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").strip()
