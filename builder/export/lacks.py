"""What a paper lacks before a journal can take it: each lack with who must mend it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from builder.export import latex
from builder.export.dossier import Dossier
from builder.export.profile import Profile
from builder.export.select import Decision
from builder.model import Finding, Severity

AUTHORS = "for the authors to mend: ask them, then write it into"
EDITORS = "for the editors to mend:"


FEW = 3
"""Papers up to which a lack is said of each by itself."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What one paper lacks, and how to say it of many."""

    finding: Finding
    many: str
    """What follows "11 papers …"."""


def of(dossier: Dossier, *, people: bool = True) -> Iterator[Lack]:
    """The lacks that every journal would stumble over.

    `people`: those of keywords, contacts and the LaTeX front matter too.
    """
    paper = dossier.paper
    if dossier.pdf is None and not dossier.lost:
        yield lack(
            dossier,
            code="export-no-pdf",
            many="have no PDF in the package",
            severity=Severity.WARNING,
            message=f"the package of {paper.key} has no PDF",
            hint=f"{EDITORS} put the file at {paper.pdf_file or f'papers/{paper.key}.pdf'}",
        )
    if not paper.abstract:
        yield lack(
            dossier,
            code="export-no-abstract",
            many="have no abstract, which every journal asks for",
            severity=Severity.WARNING,
            message=f"{paper.key} has no abstract, which every journal asks for",
            hint=f"{AUTHORS} `abstract` in papers.bib",
        )
    if people and not paper.keywords:
        yield lack(
            dossier,
            code="export-no-keywords",
            many="have no keywords",
            severity=Severity.INFO,
            message=f"{paper.key} has no keywords",
            hint=f"{AUTHORS} `keywords` in papers.bib",
        )
    if people:
        yield from _people(dossier)
    missing = [s.file for s in paper.supplements if not _present(dossier, s.file)]
    if missing:
        yield lack(
            dossier,
            code="export-supplement-missing",
            many="have supplements that cannot be found",
            severity=Severity.WARNING,
            message=f"{paper.key}: {few(missing)} cannot be found and is not in the package",
            hint=f"{EDITORS} put the file back, or take it out of the edition",
        )
    if people and (characters := latex.unprintable(dossier)):
        yield lack(
            dossier,
            code="export-latex-characters",
            many="hold characters that pdfLaTeX cannot print",
            severity=Severity.INFO,
            message=(
                f"{paper.key}: the LaTeX skeleton holds characters that pdfLaTeX cannot print: "
                f"{' '.join(characters[:12])}"
            ),
            hint="ask the authors for a spelling in Latin letters, or compile it with LuaLaTeX and "
            "a font that has them",
        )


def _people(dossier: Dossier) -> Iterator[Lack]:
    paper = dossier.paper
    author = dossier.corresponding
    if author is None:
        yield lack(
            dossier,
            code="export-no-corresponding-author",
            many="have no corresponding author marked",
            severity=Severity.INFO,
            message=f"nobody is marked as corresponding author of {paper.key}",
            hint=f"{AUTHORS} authors.yaml (`corresponding: true`)",
        )
    known = author is not None and dossier.email(author)
    if not known and (author or not any(dossier.email(a) for a in paper.contributors)):
        who = f"{author.name.full}, corresponding author" if author else "any author"
        yield lack(
            dossier,
            code="export-no-email",
            many="have no e-mail address recorded for a corresponding author",
            severity=Severity.INFO,
            message=f"no e-mail address is recorded for {who} of {paper.key}",
            hint=f"{EDITORS} write it into private/contacts.yaml; it is never published",
        )
    without = [a.name.full for a in paper.contributors if not a.affiliations]
    if without:
        yield lack(
            dossier,
            code="export-no-affiliation",
            many="have authors without a known affiliation",
            severity=Severity.INFO,
            message=f"{paper.key}: no affiliation is known of {few(without)}",
            hint=f"{AUTHORS} authors.yaml",
        )


def of_package(
    profile: Profile,
    decisions: Iterable[Decision],
    chosen: Iterable[Dossier],
    *,
    preview: bool,
    day: dt.date | None,
) -> Iterator[Finding]:
    """What the package as a whole lacks; `day` is the latest that the edition knows of."""
    decisions, chosen = tuple(decisions), tuple(chosen)
    asked = [
        decision.key
        for decision in decisions
        if decision.verdict == "ask" and any(r.rule == "consent" for r in decision.decisive)
    ]
    short = profile.short
    if asked:
        left_out = not preview
        yield Finding(
            code="export-consent-missing",
            severity=Severity.WARNING,
            message=f"{short}: the consent of the authors is not recorded for {few(asked)}; "
            + ("they are left out" if left_out else "the package is a preview and says so"),
            hint="ask the authors, then record their answer, with its date, in "
            f"private/consents.yaml under `{profile.id}:`",
        )
    inside = {dossier.paper.key for dossier in chosen}
    unsettled = [d for d in decisions if d.verdict == "ask" and d.key not in {*inside, *asked}]
    for decision in unsettled:
        why = "; ".join(reason.evidence for reason in decision.decisive)
        yield Finding(
            code="export-unsettled",
            severity=Severity.WARNING,
            message=f"{short}: {decision.key} is left out until this is settled: {why}",
            subject=decision.key,
            hint="settle it, and record what you decided in private/decisions.yaml under "
            f"`{profile.id}:`",
        )
    if not chosen:
        yield Finding(
            code="export-nothing-selected",
            severity=Severity.ERROR if asked else Severity.WARNING,
            message=f"{short}: no paper is in the package",
            hint="editors/selection.md in the package says why of each; `--preview` makes "
            "packages while consents are missing"
            if asked
            else "editors/selection.md in the package says why of each paper",
        )
    specimens = [dossier.paper.key for dossier in chosen if dossier.paper.specimen]
    if specimens:
        yield Finding(
            code="export-specimen",
            severity=Severity.INFO,
            message=f"{short}: the PDFs of {few(specimens)} are specimens, not the papers",
            hint="replace each by the authors' manuscript before anything is submitted",
        )
    yield from _old(profile, day)
    if "issn" in profile.facts and not profile.value("issn"):
        yield Finding(
            code="export-issn-unknown",
            severity=Severity.INFO,
            message=f"{short}: its ISSN is not known; the element is empty in metadata.xml",
            hint="ask the journal; never fill in a number that you cannot trace to it",
        )


def _old(profile: Profile, day: dt.date | None) -> Iterator[Finding]:
    if day and (names := profile.outdated(day)):
        listed = few([name.replace("_", " ") for name in names])
        yield Finding(
            code="export-fact-old",
            severity=Severity.WARNING,
            message=f"{profile.short}: what is known of the journal was read more than a year "
            f"before {day.isoformat()}: {listed}",
            hint="look each of them up, at the source that README.md in the package names, before "
            "anything is sent",
        )


def _present(dossier: Dossier, file: str) -> bool:
    return any(path.as_posix().endswith(file) for path in dossier.supplements)


def few(names: Sequence[str]) -> str:
    """Names in one sentence; of very many, the first twelve."""
    shown = names if len(names) < 16 else [*names[:12], f"{len(names) - 12} more"]
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def lack(
    dossier: Dossier, *, code: str, severity: Severity, message: str, many: str, hint: str
) -> Lack:
    """A lack of the dossier's paper."""
    return Lack(
        Finding(
            code=code,
            severity=severity,
            message=message,
            subject=dossier.paper.key,
            where=dossier.paper.where,
            hint=hint,
        ),
        many,
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
