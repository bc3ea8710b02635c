"""One paper's folder in a journal's package: files, metadata, citations, letters, manuscript."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from builder.check.profiles.jstars import faults
from builder.cite import bibtex, csl
from builder.export import (
    jats,
    json_schema,
    lacks,
    latex,
    letters,
    meca,
    openreview,
    statement,
)
from builder.export.documents import as_docx, read
from builder.export.dossier import PREVIEW, Dossier
from builder.export.files import Files
from builder.export.profile import Profile
from builder.export.target import Options
from builder.model import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the validation report."""

    file: str
    what: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """What one journal's module adds to what all packages share."""

    id: str
    """Name of its profile and of its folder in `templates/`."""
    skeleton: Callable[[Dossier], str]
    """The LaTeX front matter of a paper."""
    check: Callable[[Dossier], Iterable[lacks.Lack]]
    """The lacks that only this journal minds."""
    extras: Callable[[Files, str, Dossier, Options], list[Check]]
    """Writes what only this journal asks for into a paper's folder."""
    of_package: Callable[[Options, Profile], Iterable[Finding]]
    """What only this journal minds about what was asked for."""
    portraits: tuple[str, ...] = ()
    """Suffixes of the photos of authors that its class shows; none where it shows none."""


def write(files: Files, journal: Journal, dossier: Dossier, options: Options) -> list[Check]:
    """Writes the folder, but for the PDF of the workshop's version, which is in it already."""
    folder = f"papers/{dossier.name}"
    for name, source in supplements(dossier).items():
        files.copy(f"{folder}/supplements/{name}", source, f"supplement ({source.name})")
    document = jats.article(dossier)
    files.data(f"{folder}/metadata.xml", document, "its metadata as JATS Publishing 1.3")
    citations = _citations(files, folder, dossier)
    manuscript = journal.skeleton(dossier)
    files.text(f"{folder}/latex/main.tex", manuscript, "front matter in the journal's class")
    files.text(
        f"{folder}/latex/workshop.bib",
        _remark(dossier) + latex.reference(dossier),
        "the workshop paper, to be cited in it",
    )
    _letters(files, folder, journal, dossier)
    checks = [
        Check(
            file=f"{folder}/metadata.xml",
            what="valid JATS Publishing 1.3",
            problems=jats.problems(document),
        ),
        citations,
        Check(
            file=f"{folder}/latex/main.tex",
            what="braces and environments closed",
            problems=latex.problems(manuscript),
        ),
        *journal.extras(files, folder, dossier, options),
    ]
    if options.meca:
        parts = meca.members(dossier, attachments(files, folder, dossier))
        name = f"{folder}/{dossier.name}{_mark(dossier)}-meca.zip"
        files.data(name, meca.archive(parts), "the same for exchange between systems (MECA)")
        checks.append(Check(file=name, what="valid MECA 1.0", problems=meca.problems(parts)))
    return checks


def supplements(dossier: Dossier) -> dict[str, Any]:
    """The supplements' files, by their names in the package."""
    return {
        f"{dossier.name}{_mark(dossier)}-supplement-{number}{source.suffix.lower()}": source
        for number, source in enumerate(dossier.supplements, 1)
    }


def attachments(files: Files, folder: str, dossier: Dossier) -> dict[str, Any]:
    """The files of a paper that go to the journal, by name: manuscript, workshop's version, …"""
    found = {}
    for name in (dossier.manuscript_name, dossier.pdf_name):
        if f"{folder}/{name}" in files.about:
            found[name] = files.folder / folder / name
    return {**found, **supplements(dossier)}


def _mark(dossier: Dossier) -> str:
    return "-preview" if dossier.preview else ""


def _remark(dossier: Dossier) -> str:
    return f"% {PREVIEW}\n" if dossier.preview else ""


def _citations(files: Files, folder: str, dossier: Dossier) -> Check:
    entry = bibtex(dossier.volume, dossier.paper, dossier.plan, ascii=True)
    files.text(
        f"{folder}/citation.bib", _remark(dossier) + entry, "how to cite the workshop's version"
    )
    item = csl(dossier.volume, dossier.paper, dossier.plan)
    if dossier.preview:
        item["note"] = "; ".join(part for part in (PREVIEW, item.get("note", "")) if part)
    document = json.dumps([item], ensure_ascii=False, indent=2) + "\n"
    files.text(f"{folder}/citation.json", document, "the same as CSL-JSON")
    return Check(
        file=f"{folder}/citation.json",
        what="valid CSL-JSON 1.0.2",
        problems=json_schema.problems(document, json_schema.CSL),
    )


def values(dossier: Dossier) -> dict[str, Any]:
    """What the templates about one paper may speak of."""
    seen = dossier.manuscript_seen if dossier.manuscript else None
    return {
        **statement.values(
            dossier.volume, dossier.paper, dossier.profile.id, dossier.overlap, dossier.plan
        ),
        "dossier": dossier,
        "preview": dossier.preview,
        "without_profile": [
            author.name.full
            for author in dossier.paper.contributors[:100]
            if not author.name.organisation and not openreview.profile(dossier, author)
        ],
        "faults": faults(seen) if seen and seen.usable else None,
    }


def _letters(files: Files, folder: str, journal: Journal, dossier: Dossier) -> None:
    filled, volume = values(dossier), dossier.volume
    texts = {
        "cover-letter": (
            letters.fill(f"{journal.id}/cover-letter.md", **filled),
            "draft of the letter to the journal",
        ),
        "statement": (
            statement.statement(
                volume,
                dossier.paper,
                dossier.profile.id,
                dossier.overlap,
                plan=dossier.plan,
                copy=dossier.pdf_name if dossier.pdf else "",
                pages=dossier.pages,
                preview=dossier.preview,
            ),
            "statement of prior publication and of differences",
        ),
    }
    for name, (text, what) in texts.items():
        files.text(f"{folder}/{name}.md", text, f"{what}, for the authors to finish")
        files.data(
            f"{folder}/{name}.docx",
            as_docx(
                read(text),
                notice=PREVIEW if dossier.preview else "",
                date=volume.date or volume.event.start,
                language=volume.language,
                paper=volume.booklet.page,
            ),
            "the same for Word",
        )
    files.text(
        f"{folder}/checklist.md",
        letters.fill(f"{journal.id}/checklist.md", **filled),
        "what is ready and what the authors still have to do",
    )
