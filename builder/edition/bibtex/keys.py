"""Keys: they name a paper's PDF, its page and its entry everywhere, so they are looked at first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from builder.edition.suggest import slug
from builder.model import Finding, Severity, Where

_GOOD = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")
# Names that Windows keeps for devices, whatever the extension.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def faults(key: str, where: Where) -> Iterator[Finding]:
    """What is wrong with one key."""
    better = slug(key.replace("_", "-"), "paper")
    if not key:
        yield Finding(
            code="bibtex-empty-key",
            severity=Severity.ERROR,
            message="an entry without a key is left out: nothing could refer to it",
            where=where,
            hint="write a key before the first comma, for example `@inproceedings{doe25,`",
        )
    elif not re.search(r"[^\x00-\x7f]", key) and not _GOOD.fullmatch(key):
        odd = " ".join(
            "a space" if char.isspace() else f"`{char}`"
            for char in dict.fromkeys(re.sub(r"[A-Za-z0-9_.+-]", "", key) or key[0])
        )
        yield Finding(
            code="bibtex-bad-key",
            severity=Severity.ERROR,
            message=f"the key `{key}` holds {odd}, which keys and file names cannot have",
            subject=key,
            where=where,
            hint=f"use letters, digits and hyphens, for example `{better}`",
        )
    elif _RESERVED.match(key):
        yield Finding(
            code="bibtex-bad-key",
            severity=Severity.ERROR,
            message=f"the key `{key}` cannot name a file on Windows",
            subject=key,
            where=where,
            hint=f"add something to it, for example `{better}-paper`",
        )
    elif not key.isascii():
        yield Finding(
            code="bibtex-non-ascii-key",
            severity=Severity.WARNING,
            message=f"the key `{key}` holds letters beyond a to z",
            subject=key,
            where=where,
            hint=f"many programs stumble over them, and they are part of a file's name; "
            f"use for example `{better}`",
        )


def repetitions(keys: Iterable[tuple[str, Where]]) -> Iterator[Finding]:
    """Keys that stand twice, or twice but for capitals, each naming both lines."""
    seen: dict[str, tuple[str, Where]] = {}
    for key, where in keys:
        folded = unicodedata.normalize("NFC", key).casefold()
        first, at = seen.setdefault(folded, (key, where))
        if at is where:
            continue
        if first == key:
            message = f"the key `{key}` stands at line {at.line} and again at line {where.line}; "
            message += "the second entry is left out"
        else:
            message = f"the keys `{first}` (line {at.line}) and `{key}` (line {where.line}) differ "
            message += "only in capitals: BibTeX, macOS and Windows take them for one"
        yield Finding(
            code="bibtex-duplicate-key",
            severity=Severity.ERROR,
            message=message,
            subject=key,
            where=where,
            hint="give one of the entries another key, or delete the one that is not needed",
        )
