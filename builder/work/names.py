"""File names that every system accepts, from keys that people chose."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

LONGEST = 80
"""Characters; leaves room for suffixes below every system's limit (143 on eCryptfs, else 255)."""

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{device}{number}" for device in ("com", "lpt") for number in "0123456789"]
)
"""Devices on Windows, with any suffix (Microsoft, "Naming Files, Paths, and Namespaces")."""


def file_names(keys: Iterable[str]) -> dict[str, str]:
    """A file name (without suffix) for each key: safe on every system, unique whatever the case.

    Names hold ASCII letters, digits, `.`, `_` and `-` only, so that they are safe in addresses
    and archives too. A key that is such a name keeps it, unless another key differs from it only
    by case; then, and wherever something had to be left out, a digest of the key is added, so
    that a name does not depend on the order of the keys. Repeated keys are one key.
    """
    unique = list(dict.fromkeys(keys))
    plain = {key: _plain(key) for key in unique}
    taken = Counter(name.lower() for name in plain.values())
    names = {}
    used: set[str] = set()
    # Keys that need no digest go first: a digest is never allowed to take their name.
    for key in sorted(unique, key=lambda key: (taken[plain[key].lower()] > 1, not plain[key])):
        name = plain[key]
        if not name or taken[name.lower()] > 1 or _lost(key) or name.lower() in used:
            name = _digested(key, name, used)
        used.add(name.lower())
        names[key] = name
    return {key: names[key] for key in unique}


def _plain(key: str) -> str:
    """The key in the letters that names may hold; empty if nothing is left."""
    latin = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", latin)
    name = re.sub(r"\.{2,}", ".", name).strip(".-_ ")
    name = name[:LONGEST].rstrip(".-_")
    return f"file-{name}" if name.split(".")[0].lower() in _RESERVED else name


def _lost(key: str) -> bool:
    """Whether letters of the key have no Latin spelling, or it was cut."""
    if key.isascii():
        return len(key) > LONGEST
    decomposed = unicodedata.normalize("NFKD", key)
    letters = sum(char.isalnum() for char in decomposed)
    return letters > sum(char.isalnum() and char.isascii() for char in decomposed) or (
        len(key) > LONGEST
    )


def _digested(key: str, name: str, used: set[str]) -> str:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    stem = name[: LONGEST - 34] or "file"
    for length in (8, 16, 32):
        candidate = f"{stem}-{digest[:length]}"
        if candidate.lower() not in used:
            return candidate
    return f"{stem[:10]}-{digest}"
