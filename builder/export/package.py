"""Assembles a journal's package: selects, writes one folder per paper, verifies, archives."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from builder.cite import bibtex, csl
from builder.export import editors, jats, lacks, latex, letters, profile
from builder.export.conflicts import conflicts
from builder.export.conflicts import findings as conflict_findings
from builder.export.dossier import PREVIEW, Dossier, gather
from builder.export.files import Files, verify
from builder.export.marking import Order, mark
from builder.export.select import Decision, decide
from builder.export.target import Package, Request
from builder.model import Finding, Severity
from builder.work import file_names


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """What one journal's module adds to what all packages share."""

    id: str
    """Name of its profile and of its folder in `templates/`."""
    skeleton: Callable[[Dossier], str]
    """The LaTeX front matter of a paper."""
    check: Callable[[Dossier], Iterable[lacks.Lack]]
    """The lacks that only this journal minds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the validation report."""

    file: str
    what: str
    problems: tuple[str, ...]


def assemble(request: Request, journal: Journal) -> Package:
    """Writes folder and archive; a lack is a finding, and the package is made all the same."""
    about = profile.load(journal.id)
    decisions = decide(request.volume, journal.id, request.inspections, request.private)
    names = file_names(paper.key for paper in request.volume.papers)
    chosen = [d for d in decisions if _wanted(d, request.preview)]
    preview = any(decision.verdict == "ask" for decision in chosen)
    papers = [paper for d in decisions if (paper := request.volume.paper(d.key))]
    found = conflicts(request.volume, papers)

    def dossier(decision: Decision) -> Dossier:
        return gather(
            request, about, decision, preview=preview, name=names[decision.key], conflicts=found
        )

    every = [dossier(decision) for decision in decisions]
    handed = [d for d in every if d.decision in chosen]
    findings = [
        *(request.private.findings if request.private else ()),
        *lacks.of_package(about, decisions, handed, preview=preview),
        *conflict_findings(c for c in found if c.paper.key in {d.paper.key for d in handed}),
    ]
    files = Files(request.out)
    handed, failed = _pdfs(files, handed)
    missing = list(failed)
    checks: list[Check] = []
    for entry in handed:
        missing += [*lacks.of(entry), *journal.check(entry)]
        checks += _paper(files, journal, entry)
    chosen_keys = {d.paper.key for d in every if d.decision.verdict != "no"}
    findings += editors.write(
        files,
        editors.Folder(
            request=request,
            profile=about,
            every=tuple(every),
            conflicts=tuple(c for c in found if c.paper.key in chosen_keys),
            preview=preview,
        ),
    )
    files.text(
        "README.md",
        letters.fill(
            f"{journal.id}/README.md",
            **_shared(every, request, journal, preview=preview),
            handed=handed,
            decisions=decisions,
        ),
        "where to begin: what to do with each file, in order",
    )
    findings += _judged(checks, about.short)
    each = [*findings, *(one.finding for one in missing)]
    files.text(
        "validation.md",
        letters.fill(
            "validation.md", preview=preview, PREVIEW=PREVIEW, checks=checks, findings=each
        ),
        "what was checked, and what was found",
    )
    files.manifest({"target": journal.id, "preview": PREVIEW if preview else False})
    archive = request.out.parent / f"{request.out.name}.zip"
    files.archive(archive)
    findings += _judged(
        [Check(file=archive.name, what="holds its files", problems=verify(archive, request.out))],
        about.short,
    )
    return Package(
        folder=request.out,
        zip=archive,
        findings=(*findings, *lacks.summed(missing)),
        selected=decisions,
        preview=preview,
    )


def _wanted(decision: Decision, preview: bool | None) -> bool:
    if decision.verdict == "ask":
        return preview is not False
    return decision.verdict == "yes"


def _pdfs(files: Files, handed: list[Dossier]) -> tuple[list[Dossier], list[lacks.Lack]]:
    """Puts the PDFs into the package, marked where it is a preview; who failed goes without."""
    orders = []
    for dossier in handed:
        if dossier.pdf is None:
            continue
        specimen = dossier.paper.specimen
        what = "a specimen: replace it by the manuscript" if specimen else "the workshop's version"
        path = f"papers/{dossier.name}/{dossier.pdf_name}"
        if dossier.preview:
            orders.append(Order(dossier, files.place(path, what)))
        else:
            files.copy(path, dossier.pdf, what)
    failures = mark(orders)
    for order in orders:
        if order.dossier.paper.key in failures:
            files.drop(order.out.relative_to(files.folder).as_posix())
    findings = [
        lacks.lack(
            order.dossier,
            code="export-no-pdf",
            many="have a PDF that cannot be used; it is not in the package",
            severity=Severity.WARNING,
            message=f"the PDF of {order.dossier.paper.key} cannot be used and is not in the "
            f"package: {failures[order.dossier.paper.key]}",
            hint=f"{lacks.AUTHORS} the file {order.dossier.paper.pdf_file}",
        )
        for order in orders
        if order.dossier.paper.key in failures
    ]
    left = [replace(d, pdf=None, lost=True) if d.paper.key in failures else d for d in handed]
    return left, findings


def _paper(files: Files, journal: Journal, dossier: Dossier) -> list[Check]:
    folder = f"papers/{dossier.name}"
    mark = "-preview" if dossier.preview else ""
    for number, source in enumerate(dossier.supplements, 1):
        name = f"{dossier.name}{mark}-supplement-{number}{source.suffix.lower()}"
        files.copy(f"{folder}/supplements/{name}", source, f"supplement ({source.name})")
    document = jats.article(dossier)
    files.data(f"{folder}/metadata.xml", document, "its metadata as JATS Publishing 1.3")
    entry = bibtex(dossier.volume, dossier.paper, dossier.plan, ascii=True)
    remark = f"% {PREVIEW}\n" if dossier.preview else ""
    files.text(f"{folder}/citation.bib", remark + entry, "how to cite the workshop's version")
    item = csl(dossier.volume, dossier.paper, dossier.plan)
    if dossier.preview:
        item["note"] = "; ".join(part for part in (PREVIEW, item.get("note", "")) if part)
    files.text(
        f"{folder}/citation.json",
        json.dumps([item], ensure_ascii=False, indent=2) + "\n",
        "the same as CSL-JSON",
    )
    manuscript = journal.skeleton(dossier)
    files.text(f"{folder}/latex/main.tex", manuscript, "front matter in the journal's class")
    files.text(
        f"{folder}/latex/workshop.bib",
        remark + latex.reference(dossier),
        "the workshop paper, to be cited in it",
    )
    values = {"dossier": dossier, "preview": dossier.preview, "PREVIEW": PREVIEW}
    files.text(
        f"{folder}/cover-letter.md",
        letters.fill(f"{journal.id}/cover-letter.md", **values),
        "draft of the letter to the journal, for the authors to finish",
    )
    files.text(
        f"{folder}/checklist.md",
        letters.fill(f"{journal.id}/checklist.md", **values),
        "what is ready and what the authors still have to do",
    )
    return [
        Check(
            file=f"{folder}/metadata.xml",
            what="valid JATS Publishing 1.3",
            problems=jats.problems(document),
        ),
        Check(
            file=f"{folder}/latex/main.tex",
            what="braces and environments closed",
            problems=latex.problems(manuscript),
        ),
    ]


def _shared(
    every: list[Dossier], request: Request, journal: Journal, *, preview: bool
) -> dict[str, object]:
    return {
        "volume": request.volume,
        "issue": request.volume.special_issue,
        "profile": profile.load(journal.id),
        "preview": preview,
        "PREVIEW": PREVIEW,
        "number": len(every),
    }


def _judged(checks: Iterable[Check], short: str) -> list[Finding]:
    return [
        Finding(
            code="export-invalid",
            severity=Severity.ERROR,
            message=f"{short}: {check.file} is not right ({check.what}): {problem}",
            hint="this is a fault of the program: please report it, with the paper's entry",
        )
        for check in checks
        for problem in check.problems
    ]
