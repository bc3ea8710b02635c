"""What a paper lacks before a journal can take it: each lack with who must mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.export import latex
from builder.export.dossier import Dossier
from builder.model import Finding, Severity

AUTHORS = "for the authors to mend: ask them, then write it into"
EDITORS = "for the editors to mend:"


FEW = 3
"""Papers up to which a lack is said of each by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of lack: what is said of one paper, and what of many.

    Braces are filled in by `lack`: `{key}` is the paper's, `{journal}` the journal's short name.
    """

    code: str
    severity: Severity = Severity.INFO
    one: str
    many: str
    """What follows "11 papers …"."""
    hint: str


@dataclass(frozen=True, slots=True)
class Lack:
    """What one paper lacks, and how to say it of many."""

    finding: Finding
    many: str


NO_PDF = Kind(
    code="export-no-pdf",
    severity=Severity.WARNING,
    one="the package of {key} has no PDF",
    many="have no PDF in the package",
    hint=f"{EDITORS} put the file at {{file}}",
)
UNUSABLE_PDF = Kind(
    code="export-no-pdf",
    severity=Severity.WARNING,
    one="the {what} of {key} cannot be used and is not in the package: {why}",
    many="have a PDF that cannot be used; it is not in the package",
    hint=f"{AUTHORS} the file {{file}}",
)
NO_ABSTRACT = Kind(
    code="export-no-abstract",
    severity=Severity.WARNING,
    one="{key} has no abstract, which every journal asks for",
    many="have no abstract, which every journal asks for",
    hint=f"{AUTHORS} `abstract` in papers.bib",
)
NO_KEYWORDS = Kind(
    code="export-no-keywords",
    one="{key} has no keywords",
    many="have no keywords",
    hint=f"{AUTHORS} `keywords` in papers.bib",
)
NO_SUPPLEMENT = Kind(
    code="export-supplement-missing",
    severity=Severity.WARNING,
    one="{key}: {files} cannot be found and is not in the package",
    many="have supplements that cannot be found",
    hint=f"{EDITORS} put the file back, or take it out of the edition",
)
LATEX_CHARACTERS = Kind(
    code="export-latex-characters",
    one="{key}: the LaTeX skeleton holds characters that pdfLaTeX cannot print: {characters}",
    many="hold characters that pdfLaTeX cannot print",
    hint="ask the authors for a spelling in Latin letters, or compile it with LuaLaTeX and a font "
    "that has them",
)
NO_CORRESPONDING_AUTHOR = Kind(
    code="export-no-corresponding-author",
    one="nobody is marked as corresponding author of {key}",
    many="have no corresponding author marked",
    hint=f"{AUTHORS} authors.yaml (`corresponding: true`)",
)
NO_EMAIL = Kind(
    code="export-no-email",
    one="no e-mail address is recorded for {who} of {key}",
    many="have no e-mail address recorded for a corresponding author",
    hint=f"{EDITORS} write it into private/contacts.yaml; it is never published",
)
NO_AFFILIATION = Kind(
    code="export-no-affiliation",
    one="{key}: no affiliation is known of {who}",
    many="have authors without a known affiliation",
    hint=f"{AUTHORS} authors.yaml",
)


def of(dossier: Dossier, *, people: bool = True) -> Iterator[Lack]:
    """The lacks that every journal would stumble over.

    `people`: those of keywords, contacts and the LaTeX front matter too.
    """
    paper = dossier.paper
    if dossier.pdf is None and not dossier.lost:
        yield lack(dossier, NO_PDF, file=paper.pdf_file or f"papers/{paper.key}.pdf")
    if not paper.abstract:
        yield lack(dossier, NO_ABSTRACT)
    if people and not paper.keywords:
        yield lack(dossier, NO_KEYWORDS)
    if people:
        yield from _people(dossier)
    missing = [s.file for s in paper.supplements if not _present(dossier, s.file)]
    if missing:
        yield lack(dossier, NO_SUPPLEMENT, files=few(missing))
    if people and (characters := latex.unprintable(dossier)):
        yield lack(dossier, LATEX_CHARACTERS, characters=" ".join(characters[:12]))


def _people(dossier: Dossier) -> Iterator[Lack]:
    paper = dossier.paper
    author = dossier.corresponding
    if author is None:
        yield lack(dossier, NO_CORRESPONDING_AUTHOR)
    known = author is not None and dossier.email(author)
    if not known and (author or not any(dossier.email(a) for a in paper.contributors)):
        who = f"{author.name.full}, corresponding author" if author else "any author"
        yield lack(dossier, NO_EMAIL, who=who)
    without = [a.name.full for a in paper.contributors if not a.affiliations]
    if without:
        yield lack(dossier, NO_AFFILIATION, who=few(without))


def lack(dossier: Dossier, kind: Kind, **values: object) -> Lack:
    """A lack of the dossier's paper."""
    filled = {"key": dossier.paper.key, "journal": dossier.profile.short, **values}
    return Lack(
        Finding(
            code=kind.code,
            severity=kind.severity,
            message=kind.one.format(**filled),
            subject=dossier.paper.key,
            where=dossier.paper.where,
            hint=kind.hint.format(**filled),
        ),
        kind.many.format(**filled),
    )


def summed(found: Iterable[Lack]) -> Iterator[Finding]:
    """The findings; what more than `FEW` papers share is one, that names them.

    Every paper's own checklist, and the validation report, still say it of that paper.
    """
    groups: dict[tuple[str, str], list[Lack]] = {}
    for each in found:
        groups.setdefault((each.finding.code, each.many), []).append(each)
    for (_, many), group in groups.items():
        keys = list(dict.fromkeys(each.finding.subject for each in group))
        if len(keys) <= FEW:
            yield from (each.finding for each in group)
            continue
        yield replace(
            group[0].finding,
            message=f"{len(keys)} papers {many}: {few(keys)}",
            subject="",
            where=None,
        )


def few(names: Sequence[str]) -> str:
    """Names in one sentence; of very many, the first twelve."""
    shown = names if len(names) < 16 else [*names[:12], f"{len(names) - 12} more"]
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def _present(dossier: Dossier, file: str) -> bool:
    return any(path.as_posix().endswith(file) for path in dossier.supplements)
