"""The Journal of Data-centric Machine Learning Research: `dmlr2e.sty`, OpenReview.

Facts and their sources: `profiles/dmlr.yaml`; macros: dmlr-style-file of 2023-10-11.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial

from builder.cite.bibtex import entry as bibtex_entry
from builder.export import lacks, latex, letters, openreview, profile
from builder.export.dossier import PREVIEW, Dossier, running_authors, shortened
from builder.export.files import Files, digest
from builder.export.folder import Check, Journal, values
from builder.export.package import assemble
from builder.export.target import Options, Target
from builder.model import Contributor, Finding, Severity

MEGABYTE = 1_000_000

TITLE_LONG = lacks.Kind(
    code="export-title-long",
    severity=Severity.WARNING,
    one="{key}: its title has {number} characters; {journal} takes {most}",
    many="have titles longer than {journal} takes",
    hint=f"{lacks.AUTHORS} `title` in papers.bib",
)
ABSTRACT_LONG = lacks.Kind(
    code="export-abstract-length",
    severity=Severity.WARNING,
    one="{key}: its abstract has {number} characters; {journal} takes {most}",
    many="have abstracts longer than {journal} takes",
    hint=f"{lacks.AUTHORS} `abstract` in papers.bib",
)
NO_OPENREVIEW = lacks.Kind(
    code="export-no-openreview",
    one="{key}: no OpenReview profile is known of {who}; {journal} asks every author to have one",
    many="have authors of whom no OpenReview profile is known; {journal} asks every author to have "
    "one",
    hint=f"{lacks.AUTHORS} authors.yaml (`openreview: ~First_Last1`)",
)
FILE_LARGE = lacks.Kind(
    code="export-file-large",
    severity=Severity.WARNING,
    one="{key}: {file} is larger than the {most} MB that {journal} takes",
    many="have files larger than {journal} takes",
    hint="for the authors to mend: make it smaller, or host it and give its address",
)
SUPPLEMENT_TYPE = lacks.Kind(
    code="export-supplement-type",
    one="{key}: {file} is no supplement that {journal} takes ({kinds})",
    many="have supplements of a kind that {journal} does not take",
    hint="put it into a zip file before it is submitted",
)


def skeleton(dossier: Dossier) -> str:
    """The manuscript's front matter, which compiles with a copy of `dmlr2e.sty` beside it."""
    paper = dossier.paper
    authors = " \\AND\n".join(_author(dossier, author) for author in paper.contributors)
    values = {
        "preview": PREVIEW if dossier.preview else "",
        "title": latex.render(paper.title),
        "short_title": latex.escape(shortened(dossier.title)),
        "short_authors": latex.escape(running_authors(paper.contributors)),
        "heading_authors": latex.escape(_heading(paper.contributors)),
        "authors": authors,
        "abstract": latex.render(paper.abstract) if paper.abstract else "",
        "keywords": latex.escape(", ".join(paper.keywords)),
        "key": paper.key,
        "event": latex.escape(dossier.volume.event.short_name),
        "data": latex.escape(paper.data),
    }
    return latex.manuscript("dmlr/main.tex", bibliography=latex.reference(dossier), **values)


def check(dossier: Dossier) -> Iterator[lacks.Lack]:
    """The limits of DMLR's submission form."""
    about = dossier.profile
    for kind, text, limit in (
        (TITLE_LONG, dossier.title, "title_characters"),
        (ABSTRACT_LONG, dossier.abstract, "abstract_characters"),
    ):
        most = about.number(limit) or 0
        if len(text) > most:
            yield lacks.lack(dossier, kind, number=len(text), most=most)
    yield from _sizes(dossier)
    people = dossier.paper.contributors
    unknown = [author.name.full for author in people if not openreview.profile(dossier, author)]
    if unknown:
        yield lacks.lack(dossier, NO_OPENREVIEW, who=lacks.few(unknown))


def extras(files: Files, folder: str, dossier: Dossier, options: Options) -> list[Check]:
    """The submission for OpenReview, the data's documentation, the journal's citation form."""
    filled = values(dossier)
    document = openreview.submission(dossier)
    files.text(
        f"{folder}/openreview.json",
        document,
        f"what the form {dossier.profile.value('invitation')} asks for, for OpenReview's API 2",
    )
    files.text(
        f"{folder}/data-documentation.md",
        letters.fill("dmlr/data-documentation.md", **filled),
        "documentation, hosting, licence and maintenance of the data, for the authors to fill in",
    )
    files.text(
        f"{folder}/citation-dmlr.bib",
        citation(dossier),
        "the form in which the journal's papers are cited, for after acceptance",
    )
    if options.style:
        style = dossier.profile.value("style_file")
        files.copy(f"{folder}/latex/{style}", options.style, "the journal's style, as you gave it")
    return [
        Check(
            file=f"{folder}/openreview.json",
            what="the form's fields",
            problems=openreview.problems(document),
        )
    ]


def citation(dossier: Dossier) -> str:
    """The entry that OpenReview makes of an accepted paper; what is not known yet stands as X.

    Key: last name, year and first word of the title, letters only, in lower case; runs of two or
    more capitals in braces (openreview-py, read 2026-11-22).
    """
    paper = dossier.paper
    first = next(iter(paper.contributors), None)
    family = _letters(first.name.family_or_literal) if first else ""
    title = re.sub(r"[A-Z]{2,}", lambda match: f"{{{match[0]}}}", latex.render(paper.title))
    authors = " and ".join(latex.escape(author.name.full) for author in paper.contributors)
    words = [_letters(word) for word in dossier.title.split()]
    entry = bibtex_entry(
        "article",
        f"{family}XXXX{next((word for word in words if word), '')}",
        {
            "title": title,
            "author": authors,
            "journal": latex.escape(dossier.profile.value("bibtex_journal")),
            "issn": dossier.profile.value("issn"),
            "year": "XXXX",
            "url": "https://openreview.net/forum?id=XXXX",
        },
    )
    mark = f"% {PREVIEW}\n" if dossier.preview else ""
    return f"{mark}% Year and address are the journal's to give, after acceptance.\n{entry}"


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if char.isascii() and char.isalpha()).lower()


def style(options: Options, about: profile.Profile) -> Iterator[Finding]:
    """Whether the copy of the style file is the one that this was written for."""
    if options.style is None:
        return
    if digest(options.style) != about.value("style_sha256"):
        yield Finding(
            code="export-style-differs",
            severity=Severity.WARNING,
            message=f"{about.short}: {options.style.name} is not the copy of "
            f"{about.value('style_file')} that the skeletons were written for "
            f"({about.facts['style_sha256'].source})",
            hint=f"take it from {about.value('style_source')}; if the journal has a newer one, "
            "compile a skeleton and look at it before you send it out",
        )


def _sizes(dossier: Dossier) -> Iterator[lacks.Lack]:
    about = dossier.profile
    kinds = about.value("supplement_types").split()
    files = [("pdf_megabytes", dossier.pdf)] if dossier.pdf else []
    files += [("supplement_megabytes", file) for file in dossier.supplements]
    for limit, file in files:
        most = about.number(limit) or 0
        if file.stat().st_size > most * MEGABYTE:
            yield lacks.lack(dossier, FILE_LARGE, file=file.name, most=most)
        if limit.startswith("supplement") and file.suffix.lower().lstrip(".") not in kinds:
            yield lacks.lack(dossier, SUPPLEMENT_TYPE, file=file.name, kinds=" or ".join(kinds))


def _author(dossier: Dossier, author: Contributor) -> str:
    name = latex.escape(author.name.full)
    email = dossier.email(author)
    address = rf" \email {latex.email(email)}" if email else " % e-mail: to be added by the author"
    # The braces keep LaTeX from taking a bracket at a line's beginning for an optional length.
    lines = [rf"\addr {latex.escape(a.name)}" for a in author.affiliations[:1]]
    lines += [rf"{{}}{latex.escape(a.name)}" for a in author.affiliations[1:]]
    if not lines:
        return rf"\name {name}{address}" + ("" if email else "\n ")
    start = " \\\\\n  " if email else "\n  \\\\ "
    return rf"\name {name}{address}{start}" + " \\\\\n  ".join(lines)


def _heading(authors: tuple[Contributor, ...]) -> str:
    names = [author.name.full for author in authors]
    if len(names) > 12:
        return f"{', '.join(names[:11])} and {len(names) - 11} others"
    return (
        names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
    )


_JOURNAL = Journal(id="dmlr", skeleton=skeleton, check=check, extras=extras, of_package=style)

TARGET = Target(
    name="dmlr",
    title=profile.load("dmlr").name,
    build=partial(assemble, journal=_JOURNAL),
)
