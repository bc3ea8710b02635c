"""Entries that could not be read, and text between the entries that was one once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.edition.source import Source
from builder.model import Finding, Severity

_FIELD_LINE = re.compile(r"(?m)^[ \t]*,?[ \t]*([A-Za-z][\w-]*)[ \t]*=[ \t]*[{\"]")
_ENTRY_LINE = re.compile(
    r"(?mi)^[ \t]*@?[ \t]*"
    r"(inproceedings|conference|article|proceedings|incollection|misc)[ \t]*[{(]"
)


def failed(source: Source, at: int, raw: str, reason: str) -> Finding:
    """An entry that the parser gave up on, with the line where the fault probably is."""
    raw = source.text[at : at + len(raw)]
    head = re.match(r"@\s*\w*\s*[{(]\s*([^,\s={}]*)", raw)
    key = head[1] if head else ""
    name = f"the entry `{key}`" if key else "an entry"
    culprit = _unclosed(source, at, raw)
    if "end of file" in reason:
        return Finding(
            code="bibtex-truncated",
            severity=Severity.ERROR,
            message=f"the file ends inside {name}, which is left out{culprit}",
            subject=key,
            where=source.where(at),
            hint="the end of the file is missing, or a brace or quotation mark was never closed",
        )
    if "block start" in reason:
        return Finding(
            code="bibtex-unbalanced",
            severity=Severity.ERROR,
            message=f"{name} is left out: a brace or quotation mark in it is never closed{culprit}",
            subject=key,
            where=source.where(at),
            hint="count the braces of its fields: every `{` needs its `}`",
        )
    fault = source.where(at + len(raw.rstrip()))
    return Finding(
        code="bibtex-syntax",
        severity=Severity.ERROR,
        message=f"{name} is left out: it cannot be read beyond line {fault.line} "
        f"({reason.strip().rstrip('.')})",
        subject=key,
        where=source.where(at),
        hint="an entry is written `@inproceedings{key, name = {value}, …}`; look for a missing "
        "comma after its key, or a missing `=`",
    )


def _unclosed(source: Source, at: int, raw: str) -> str:
    """` (probably `title`, line 12)`: the field in which the braces get out of step."""
    depth, done, name, line = 0, 0, "", 0
    for match in _FIELD_LINE.finditer(raw):
        for brace in re.finditer(r"\\.|[{}]", raw[done : match.start(1)], re.DOTALL):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
        done = match.start(1)
        if depth > 1 and name:
            break
        name, line = match[1], source.line(at + match.start(1))
    return f" (probably in `{name}`, line {line})" if name else ""


def outside(source: Source, at: int, raw: str) -> Iterator[Finding]:
    """Fields or entries in the text between entries, which BibTeX passes over in silence."""
    raw = source.text[at : at + len(raw)]
    match = _FIELD_LINE.search(raw) or _ENTRY_LINE.search(raw)
    if match is None:
        return
    what = f"`{' '.join(match[0].split())}"
    yield Finding(
        code="bibtex-outside-entry",
        severity=Severity.ERROR,
        message=f"text that looks like part of an entry stands outside every entry ({what}…`) "
        "and is not read",
        where=source.where(at + match.start(1)),
        hint="a brace too many before it ends the entry too early, or the `@` is missing; "
        "begin the line with `%` if it is meant as a comment",
    )
