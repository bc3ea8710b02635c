"""Proceedings of Machine Learning Research: a volume as its specification 1.3 asks for it.

PMLR takes a volume, not single papers: one `.bib` file, the PDFs and supplements beside it, and
the signed permissions apart. Facts and their sources: `profiles/pmlr.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.cite.bibtex import entry, names, protected
from builder.export import editors, lacks, letters, preflight, profile, standing
from builder.export.conflicts import conflicts
from builder.export.conflicts import findings as conflict_findings
from builder.export.documents import Sheet, read, set_pages
from builder.export.dossier import PREVIEW, Dossier, gather
from builder.export.files import Files, verify
from builder.export.folder import Check
from builder.export.marking import Order, mark
from builder.export.package import judged, unanswered
from builder.export.select import decide
from builder.export.target import Package, Request, Target
from builder.model import Finding, Markup, Paper, Severity
from builder.model.letters import SPELT
from builder.model.markup import latex
from builder.work import file_names

VIDEOS = frozenset({".mp4", ".mov", ".avi", ".mkv", ".webm"})
"""PMLR takes no videos as supplements; a `video` field links them."""


SUPPLEMENTS_LEFT = lacks.Kind(
    code="export-supplement-type",
    one="{key}: {files} cannot go to PMLR, which takes one supplement of a kind, and no videos",
    many="have supplements that PMLR does not take",
    hint="put several files into one; host videos elsewhere and give their address "
    "(`video` in papers.bib)",
)


@dataclass(frozen=True, slots=True)
class Article:
    """A paper under the id that PMLR gives it."""

    id: str
    dossier: Dossier
    pages: str
    """`1-9`, or empty where nobody can count them."""


def build(request: Request) -> Package:
    """Writes folder and archive; a lack is a finding, and the package is made all the same."""
    about = profile.load("pmlr")
    decisions = decide(request.volume, "pmlr", request.inspections, request.private)
    preview = request.preview is not False and any(map(unanswered, decisions))
    safe = file_names(paper.key for paper in request.volume.papers)
    papers = [paper for d in decisions if (paper := request.volume.paper(d.key))]
    found = conflicts(request.volume, papers)
    every = tuple(
        gather(request, about, decision, preview=preview, name=safe[decision.key], conflicts=found)
        for decision in decisions
    )
    wanted = {"yes", "ask"} if preview else {"yes"}
    articles = tuple(numbered([d for d in every if d.decision.verdict in wanted]))
    files = Files(request.out)
    folder = "volume-preview" if preview else "volume"
    missing = [
        lack
        for article in articles
        for lack in (
            *lacks.of(article.dossier, people=False),
            *_supplements(files, folder, article),
        )
    ]
    missing += _pdfs(files, folder, articles, request)
    source = bibliography(request, articles, preview=preview)
    stem = re.sub(r"[^a-z0-9]+", "", request.volume.event.short_name.lower()) or "volume"
    files.text(f"{folder}/{stem}.bib", source, "the volume and its papers, as PMLR reads them")
    inside = [path.removeprefix(f"{folder}/") for path in files.about if path.startswith(folder)]
    faults = preflight.problems(source, inside)
    wrong = _permissions(files, articles, request, preview=preview)
    shared = editors.Folder(
        request=request,
        profile=about,
        every=every,
        conflicts=tuple(c for c in found if c.paper.key in {a.dossier.paper.key for a in articles}),
        preview=preview,
    )
    editors.tables(files, shared)
    handed = [article.dossier for article in articles]
    findings = [
        *(request.private.findings if request.private else ()),
        *standing.findings(about, decisions, handed, preview=preview, day=request.day),
        *conflict_findings(shared.conflicts),
        *_archival(request, about),
        *_preflight(faults),
        *wrong,
    ]
    values = {
        "volume": request.volume,
        "profile": about,
        "preview": preview,
        "PREVIEW": PREVIEW,
        "articles": articles,
        "number": len(every),
        "folder": folder,
        "stem": stem,
        "faults": faults,
    }
    files.text("README.md", letters.fill("pmlr/README.md", **values), "where to begin")
    checks = [Check(file=f"{folder}/{stem}.bib", what="PMLR's own checks", problems=faults)]
    each = [*findings, *(one.finding for one in missing)]
    files.text(
        "validation.md",
        letters.fill("validation.md", **values, checks=checks, findings=each),
        "what was checked, and what was found",
    )
    files.manifest({"target": "pmlr", "preview": PREVIEW if preview else False})
    archive = request.out.parent / f"{request.out.name}.zip"
    files.archive(archive)
    held = Check(file=archive.name, what="holds its files", problems=verify(archive, request.out))
    return Package(
        folder=request.out,
        zip=archive,
        findings=(*findings, *judged([held], about.short), *lacks.summed(missing)),
        selected=decisions,
        preview=preview,
        empty=not handed,
    )


def numbered(dossiers: list[Dossier]) -> Iterator[Article]:
    """The papers in the volume's order, with PMLR's ids and consecutive pages."""
    stems = [_stem(dossier) for dossier in dossiers]
    page: int | None = 1
    for place, dossier in enumerate(dossiers):
        stem, rank = stems[place], stems[:place].count(stems[place])
        id = stem + (_letters(rank) if stems.count(stem) > 1 else "")
        count = dossier.pages
        pages = f"{page}-{page + count - 1}" if page and count else ""
        page = page + count if page and count else None
        yield Article(id, dossier, pages)


def bibliography(request: Request, articles: tuple[Article, ...], *, preview: bool) -> str:
    """The `.bib` file: ASCII wherever LaTeX has a command, `@Proceedings` first."""
    volume, event = request.volume, request.volume.event
    used = {article.dossier.paper.track for article in articles}
    tracks = [track for track in volume.tracks if track.id in used]
    sectioned = len(tracks) > 1
    last = event.end or event.start
    year = str(event.year or "")
    fields = {
        "booktitle": text(volume.title),
        "name": text(event.name),
        "shortname": text(event.short_name.removesuffix(year).strip()),
        "year": year,
        "editor": names(volume.editors, ascii=True),
        "start": event.start.isoformat() if event.start else "",
        "end": last.isoformat() if last else "",
        "address": text(event.place),
        "conference_url": event.url,
        "sections": "|".join(text(track.name) for track in tracks) if sectioned else "",
    }
    key = re.sub(r"[^A-Za-z0-9]+", "", event.short_name) or "volume"
    head = entry("Proceedings", key, fields)
    # The number is PMLR's to give; their checks want the field, in braces.
    head = head.rstrip().removesuffix("}").rstrip() + ",\n  volume = {}\n}\n"
    entries = [head, *(_entry(article, sectioned=sectioned) for article in articles)]
    return (f"% {PREVIEW}\n" if preview else "") + "\n".join(entries)


def text(plain: str) -> str:
    """Plain text as PMLR's pages can show it: no escapes that they would print."""
    return _shown(latex.escape(plain, ascii=True))


def markup(rich: Markup) -> str:
    """Markup as PMLR's pages can show it."""
    return _shown(latex.render(rich, ascii=True))


def _shown(source: str) -> str:
    swaps = {
        r"\$": r"{\textdollar}",
        r"\_": r"{\textunderscore}",
        r"\textbackslash{}": r"$\backslash$",
    }
    return re.sub(r"\\textbackslash\{\}|\\[$_]", lambda match: swaps[match[0]], source)


def _entry(article: Article, *, sectioned: bool) -> str:
    dossier = article.dossier
    paper = dossier.paper
    forum = re.search(r"[?&]id=([\w-]+)", paper.openreview)
    fields = {
        "title": markup(protected(paper.title)),
        "author": names(paper.contributors, ascii=True),
        "pages": article.pages,
        "abstract": markup(paper.abstract) if paper.abstract else "",
        "section": text(dossier.track) if sectioned else "",
        "openreview": forum[1] if forum else "",
        "software": paper.code,
        "video": paper.video,
    }
    return entry("InProceedings", article.id, fields)


def _stem(dossier: Dossier) -> str:
    """`doe25`: the first author's last name in ASCII; else as the editors' own key spells it."""
    first = next(iter(dossier.paper.contributors), None)
    year = f"{(dossier.volume.event.year or 0) % 100:02d}"
    name = first.name.family or first.name.literal if first else ""
    folded = unicodedata.normalize("NFKD", name.lower()).translate(SPELT)
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    letters = re.sub(r"[^a-z]", "", bare)
    if not letters or not re.sub(r"[\W\d_]", "", bare).isascii():
        own = re.match("[a-z]+", dossier.paper.key.lower())
        letters = own[0] if own else "paper"
    return letters + year


def _letters(rank: int) -> str:
    """`a`, `b`, … `z`, `za`, …"""
    return "z" * (rank // 26) + chr(ord("a") + rank % 26)


def _pdfs(
    files: Files, folder: str, articles: tuple[Article, ...], request: Request
) -> Iterator[lacks.Lack]:
    orders = []
    for article in articles:
        dossier = article.dossier
        source = _source(dossier.paper, request.root)
        if source is None or dossier.pdf is None:
            continue
        path = f"{folder}/{article.id}.pdf"
        what = "a specimen: replace it" if dossier.paper.specimen else "the paper, without stamps"
        if dossier.preview:
            pages = dossier.seen.page_count if dossier.seen else 1
            orders.append(Order(dossier, source, pages, files.place(path, what)))
        else:
            files.copy(path, source, what)
    failures = mark(orders, request.cache)
    for order in orders:
        if order.name in failures:
            files.drop(order.out.relative_to(files.folder).as_posix())
            yield lacks.lack(
                order.dossier,
                lacks.UNUSABLE_PDF,
                what="PDF",
                why=failures[order.name],
                file=order.dossier.paper.pdf_file,
            )


def _source(paper: Paper, root: Path) -> Path | None:
    """The authors' own file: the volume's stamps would say where it was *not* published."""
    file = root / paper.pdf_file if paper.pdf_file else None
    return file if file and file.is_file() else None


def _supplements(files: Files, folder: str, article: Article) -> Iterator[lacks.Lack]:
    taken: set[str] = set()
    left = []
    for source in article.dossier.supplements:
        suffix = "".join(source.suffixes[-2:]) if source.name.endswith(".tar.gz") else source.suffix
        if suffix.lower() in taken | VIDEOS:
            left.append(source.name)
            continue
        taken.add(suffix.lower())
        files.copy(f"{folder}/{article.id}-supp{suffix.lower()}", source, "supplement")
    if left:
        yield lacks.lack(article.dossier, SUPPLEMENTS_LEFT, files=lacks.few(left))


def _permissions(
    files: Files, articles: tuple[Article, ...], request: Request, *, preview: bool
) -> list[Finding]:
    volume = request.volume
    about = profile.load("pmlr")
    sheets = []
    for article in articles:
        values: dict[str, Any] = {
            "article": article,
            "volume": volume,
            "profile": about,
            "preview": preview,
            "PREVIEW": PREVIEW,
        }
        sheets.append(
            Sheet(
                document=read(letters.fill("pmlr/permission.md", **values)),
                out=files.place(
                    f"permissions/{article.id}Permission.pdf", "form to be signed by the authors"
                ),
                notice=PREVIEW if preview else "",
                foot=f"{volume.event.short_name}, {article.id}",
                language=volume.language,
                paper=volume.booklet.page,
            )
        )
    wrong = set_pages(sheets)
    for sheet in sheets:
        if not sheet.out.is_file():
            files.drop(f"permissions/{sheet.out.name}")
    return list(editors.unset(wrong, about, "permissions"))


def _archival(request: Request, about: profile.Profile) -> Iterator[Finding]:
    issue = request.volume.special_issue
    others = [name.upper() for name in (issue.targets if issue else ()) if name != "pmlr"]
    if others:
        yield Finding(
            code="export-archival-choice",
            severity=Severity.INFO,
            message=f"{about.short} is archival: a paper published there can go to "
            f"{lacks.few(others)} later only with new material",
            hint="let the authors choose before anything is handed in, and record their answer for "
            "each target in private/consents.yaml",
        )


def _preflight(faults: tuple[str, ...]) -> Iterator[Finding]:
    if faults:
        yield Finding(
            code="export-preflight",
            severity=Severity.WARNING,
            message=f"PMLR's editors would send the volume back: {'; '.join(faults[:12])}"
            + (f"; and {len(faults) - 12} more, see validation.md" if len(faults) > 12 else ""),
            hint="mend it in papers.bib, edition.yaml or people.yaml, and make the package again",
        )


TARGET = Target(name="pmlr", title=profile.load("pmlr").name, build=build)
