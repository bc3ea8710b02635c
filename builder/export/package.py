"""Assembles a journal's package: selects, writes one folder per paper, verifies, archives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from builder.export import editors, folder, lacks, letters, photos, profile, standing
from builder.export.conflicts import conflicts
from builder.export.conflicts import findings as conflict_findings
from builder.export.decision import Decision
from builder.export.dossier import PREVIEW, Dossier, gather, topic
from builder.export.files import Files, verify
from builder.export.folder import Check, Journal
from builder.export.manuscripts import measure
from builder.export.marking import Order, mark
from builder.export.select import decide
from builder.export.target import Package, Request
from builder.model import Finding, Severity, SpecialIssue
from builder.work import Cache, file_names


def assemble(request: Request, journal: Journal) -> Package:
    """Writes folder and archive; a lack is a finding, and the package is made all the same."""
    about = profile.load(journal.id)
    overlaps = measure(request.volume, request.inspections, request.seen)
    decisions = decide(request.volume, journal.id, request.inspections, request.private, overlaps)
    names = file_names(paper.key for paper in request.volume.papers)
    preview = request.preview is not False and any(map(unanswered, decisions))
    chosen = [d for d in decisions if d.verdict == "yes" or (preview and d.verdict == "ask")]
    papers = [paper for d in decisions if (paper := request.volume.paper(d.key))]
    found = conflicts(request.volume, papers)

    faces, unseen = _faces(request, journal, chosen)

    def dossier(decision: Decision) -> Dossier:
        return gather(
            request,
            about,
            decision,
            preview=preview,
            name=names[decision.key],
            conflicts=found,
            overlap=overlaps.get(decision.key),
            faces=faces,
        )

    every = [dossier(decision) for decision in decisions]
    handed = [d for d in every if d.decision in chosen]
    findings = [
        *(request.private.findings if request.private else ()),
        *standing.findings(about, decisions, handed, preview=preview, day=request.day),
        *journal.of_package(request.options, about),
        *unseen,
        *conflict_findings(c for c in found if c.paper.key in {d.paper.key for d in handed}),
    ]
    files = Files(request.out)
    handed, failed = _pdfs(files, handed, request.cache)
    missing = list(failed)
    checks: list[Check] = []
    for entry in handed:
        missing += [*lacks.of(entry), *journal.check(entry)]
        checks += folder.write(files, journal, entry, request.options)
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
    findings += judged(checks, about.short)
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
    findings += judged(
        [Check(file=archive.name, what="holds its files", problems=verify(archive, request.out))],
        about.short,
    )
    return Package(
        folder=request.out,
        zip=archive,
        findings=(*findings, *lacks.summed(missing)),
        selected=decisions,
        preview=preview,
        empty=not chosen,
    )


def unanswered(decision: Decision) -> bool:
    """Whether nothing speaks against the paper, but its authors' consent is not recorded."""
    consent = decision.reason("consent")
    return decision.verdict == "ask" and consent is not None and consent.verdict == "ask"


def _faces(
    request: Request, journal: Journal, chosen: list[Decision]
) -> tuple[Mapping[str, Path], list[Finding]]:
    """The photos of the chosen papers' authors, if the journal shows any; what is wrong with some.

    Nobody's photo is looked for elsewhere than where the edition says.
    """
    if not journal.portraits:
        return {}, []
    papers = [paper for d in chosen if (paper := request.volume.paper(d.key))]
    authors = [author for paper in papers for author in paper.contributors]
    usable, wrong = photos.usable(request.root, request.volume, authors, journal.portraits)
    return usable, [photos.unusable(path, why) for path, why in wrong.items()]


def _pdfs(
    files: Files, handed: list[Dossier], cache: Cache | None
) -> tuple[list[Dossier], list[lacks.Lack]]:
    """Puts the PDFs into the package, marked where it is a preview; who failed goes without."""
    orders = []
    for dossier in handed:
        specimen = dossier.paper.specimen
        what = "a specimen: replace it by the manuscript" if specimen else "the workshop's version"
        for source, seen, name, about in (
            (dossier.pdf, dossier.seen, dossier.pdf_name, what),
            (
                dossier.manuscript,
                dossier.manuscript_seen,
                dossier.manuscript_name,
                "the manuscript for the journal, as its authors sent it",
            ),
        ):
            if source is None:
                continue
            path = f"papers/{dossier.name}/{name}"
            if dossier.preview:
                pages = seen.page_count if seen else 1
                orders.append(Order(dossier, source, pages, files.place(path, about)))
            else:
                files.copy(path, source, about)
    failures = mark(orders, cache)
    missing = []
    gone: dict[str, dict[str, Any]] = {}
    for order in orders:
        if order.name not in failures:
            continue
        files.drop(order.out.relative_to(files.folder).as_posix())
        key, mine = order.dossier.paper.key, order.source == order.dossier.manuscript
        gone.setdefault(key, {}).update(
            {"manuscript": None} if mine else {"pdf": None, "lost": True}
        )
        missing.append(
            lacks.lack(
                order.dossier,
                lacks.UNUSABLE_PDF,
                what="manuscript" if mine else "PDF",
                why=failures[order.name],
                file=order.source.name,
            )
        )
    return [replace(d, **gone.get(d.paper.key, {})) for d in handed], missing


def _shared(
    every: list[Dossier], request: Request, journal: Journal, *, preview: bool
) -> dict[str, object]:
    return {
        "volume": request.volume,
        "topic": topic(request.volume.special_issue or SpecialIssue()),
        "profile": profile.load(journal.id),
        "preview": preview,
        "PREVIEW": PREVIEW,
        "number": len(every),
        "options": request.options,
    }


def judged(checks: Iterable[Check], short: str) -> list[Finding]:
    """What is wrong with files that we wrote: faults of the program."""
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
