"""PMLR's rules for a volume: its specification, version 1.3, and the checks its editors run.

PMLR takes the `.bib` file itself, so what is judged here is how `papers.bib` is typed. An
`@proceedings` entry is judged where the file holds one; the PMLR package makes its own otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from builder.check.facts import Facts
from builder.check.wording import excerpt, number, spoken
from builder.model import Finding, Severity, Where

if TYPE_CHECKING:
    from builder.edition.bibtex import Entry

PROCEEDINGS = (
    "booktitle", "name", "shortname", "year", "editor", "volume", "start", "end", "address",
    "conference_url",
)  # fmt: skip
"""Fields of `@Proceedings` that the specification requires."""
ARTICLE = ("title", "author", "abstract")
"""Fields that an article must have before publication; `pages` come from the plan."""
_KEY = re.compile(r"[a-z][a-z-]*\d\d[a-z]?")
_ESCAPE = re.compile(r"\\[${}_]")
_FORMULA = re.compile(r"(?<!\\)\$(?:\\.|[^$\\])*\$", re.DOTALL)
"""Between dollars everything is MathJax's business."""
_MACRO = re.compile(
    r"\\(?:color|textcolor|todo|cite[tp]?|ref|label|footnote|newcommand|begin|includegraphics)\b"
)


def proceedings(facts: Facts) -> Iterator[Finding]:
    """The `@proceedings` entry: its required fields, its dates, its volume in braces."""
    for entry in _entries(facts, "proceedings"):
        if missing := [name for name in PROCEEDINGS if not entry.get(name)]:
            yield Finding(
                code="pmlr-field-missing",
                severity=Severity.ERROR,
                message=f"@Proceedings lacks {spoken(missing, 12)}, which PMLR requires",
                subject=entry.key,
                where=entry.where,
                hint="Add them to the entry.",
            )
        volume = entry.field("volume")
        if volume is not None and volume.bare:
            yield Finding(
                code="pmlr-volume-braces",
                severity=Severity.ERROR,
                message=f"`volume = {excerpt(volume.raw, 20)}` must be written with braces",
                subject=entry.key,
                where=volume.where,
                hint=f"Write volume = {{{excerpt(volume.raw, 20)}}}.",
            )
        for name in ("start", "end", "published"):
            date = entry.field(name)
            if date is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", date.value.strip()):
                yield Finding(
                    code="pmlr-date",
                    severity=Severity.ERROR,
                    message=f"`{name}` is “{excerpt(date.value, 30)}”, not a date like 2025-07-19",
                    subject=entry.key,
                    where=date.where,
                    hint="Write YYYY-MM-DD; leave `published` out until PMLR fills it in.",
                )


def articles(facts: Facts) -> Iterator[Finding]:
    """Articles: required fields, keys, escapes in abstracts."""
    for entry in _entries(facts):
        if missing := [name for name in ARTICLE if not entry.get(name)]:
            yield Finding(
                code="pmlr-field-missing",
                severity=Severity.ERROR,
                message=f"the entry lacks {spoken(missing)}, which PMLR requires",
                subject=entry.key,
                where=entry.where,
                hint="Add it to papers.bib.",
            )
        if not _KEY.fullmatch(entry.key):
            yield Finding(
                code="pmlr-key",
                severity=Severity.WARNING,
                message=f"the key “{entry.key}” does not follow PMLR's form: last name and"
                " year (smith25, smith25a)",
                subject=entry.key,
                where=entry.where,
                hint="Rename it together with its files; PMLR's addresses are made of it.",
            )
        yield from _abstract(entry)


def _abstract(entry: Entry) -> Iterator[Finding]:
    abstract = entry.field("abstract")
    if abstract is None:
        return
    prose = _FORMULA.sub(" ", abstract.value)
    for pattern, what in ((_ESCAPE, "escapes"), (_MACRO, "commands")):
        if found := list(dict.fromkeys(m.group() for m in pattern.finditer(prose))):
            yield Finding(
                code="pmlr-abstract-tex",
                severity=Severity.WARNING,
                message=f"the abstract holds {what} that PMLR's pages show as they stand:"
                f" {spoken(found)}",
                subject=entry.key,
                where=abstract.where,
                hint=r"Write plain text; formulas between dollars are fine, \% too.",
            )


def names(facts: Facts) -> Iterator[Finding]:
    """Authors and editors that are not written “Family, Given”."""
    for entry in _entries(facts, "", "proceedings"):
        for name in ("author", "editor"):
            field = entry.field(name)
            if field is None:
                continue
            people = re.split(r"\s+and\s+", field.value.strip())
            odd = [p for p in people if "," not in p and not p.startswith("{") and p != "others"]
            if odd:
                yield Finding(
                    code="pmlr-name-form",
                    severity=Severity.ERROR,
                    message=f"{number(len(odd), 'name')} without a comma:"
                    f" {spoken([excerpt(p, 40) for p in odd])}",
                    subject=entry.key,
                    where=field.where,
                    hint="Write “Family, Given and Family, Given”; PMLR divides names at the"
                    " comma.",
                )


def files(facts: Facts) -> Iterator[Finding]:
    """Supplements by PMLR's names, and no PDF in a folder of its own."""
    for paper in facts.volume.printed:
        odd = [
            supplement.file
            for supplement in paper.supplements
            if PurePosixPath(supplement.file).name.split(".")[0] != f"{paper.key}-supp"
        ]
        if odd:
            yield Finding(
                code="pmlr-supplement-name",
                severity=Severity.WARNING,
                message=f"PMLR takes one supplement per paper, named {paper.key}-supp; there"
                f" is {spoken(odd)}",
                subject=paper.key,
                where=Where(file=odd[0]),
                hint="Put several files into one, and rename it.",
            )
    folders = [
        path
        for path in sorted(facts.files.sizes)
        if path.startswith("papers/")
        and path.count("/") > 1
        and path.casefold().endswith(".pdf")
        and "permission" not in path.casefold()
    ]
    if folders:
        yield Finding(
            code="pmlr-subfolder",
            severity=Severity.WARNING,
            message=f"{number(len(folders), 'PDF')} in folders below papers/: {spoken(folders)}",
            hint="PMLR looks for PDFs beside the .bib file only.",
        )


def _entries(facts: Facts, *kinds: str) -> Iterator[Entry]:
    """Entries of the types named; `""` (and no type at all) stands for articles."""
    wanted = kinds or ("",)
    for entry in facts.bibliography.entries if facts.bibliography else ():
        kind = entry.type if entry.type in {"proceedings", "string", "comment"} else ""
        if kind in wanted:
            yield entry
