"""IEEE JSTARS: `IEEEtran`, ScholarOne.

Facts and their sources: `profiles/jstars.yaml`; macros: IEEEtran V1.8b.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from builder.check.profiles import jstars as rules
from builder.export import lacks, latex, letters, profile, scholarone
from builder.export.dossier import PREVIEW, Dossier, initials, running_authors, shortened
from builder.export.files import Files, packed
from builder.export.folder import Check, Journal, attachments, supplements, values
from builder.export.package import assemble
from builder.export.target import Options, Target
from builder.model import Contributor, Finding, Severity

ABSTRACT_LENGTH = lacks.Kind(
    code="export-abstract-length",
    one="{key}: its abstract has {words} words; {journal} asks for {least} to {most}",
    many="have abstracts that are shorter or longer than {journal} asks for",
    hint=f"{lacks.AUTHORS} the manuscript; the workshop's abstract may stay as it is",
)
REVIEW_PDF = lacks.Kind(
    code="export-review-pdf",
    severity=Severity.WARNING,
    one="{key}: the manuscript's PDF breaks IEEE Xplore's rules: {faults}",
    many="have manuscripts whose PDF breaks IEEE Xplore's rules",
    hint=f"{lacks.AUTHORS} a new PDF; fonts are embedded by pdfLaTeX unless told otherwise",
)
NO_ORCID = lacks.Kind(
    code="export-no-orcid",
    one="{key}: no ORCID is known of {who}; {journal} asks for it at submission",
    many="have authors of whom no ORCID is known; {journal} asks for it at submission",
    hint=f"{lacks.AUTHORS} authors.yaml",
)


def skeleton(dossier: Dossier) -> str:
    """The manuscript's front matter for `IEEEtran`."""
    paper = dossier.paper
    values = {
        "preview": PREVIEW if dossier.preview else "",
        "journal": latex.escape(dossier.profile.name),
        "title": latex.render(paper.title),
        "short_title": latex.escape(shortened(dossier.title)),
        "short_authors": _running(paper.contributors),
        "authors": _authors(paper.contributors),
        "thanks": _thanks(dossier),
        "abstract": latex.render(paper.abstract) if paper.abstract else "",
        "keywords": latex.escape(", ".join(paper.keywords)),
        "key": paper.key,
        "event": latex.escape(dossier.volume.event.short_name),
        "biographies": [
            (
                latex.escape(author.name.full),
                latex.escape(dossier.biography(author)),
                photo[0] if (photo := _photo(dossier, number)) else "",
            )
            for number, author in enumerate(paper.contributors)
            if not author.name.organisation
        ],
    }
    return latex.manuscript("jstars/main.tex", bibliography=latex.reference(dossier), **values)


def check(dossier: Dossier) -> Iterator[lacks.Lack]:
    """What JSTARS asks of an abstract, of a manuscript's PDF and of authors."""
    about = dossier.profile
    least, most = about.number("abstract_words_least"), about.number("abstract_words_most")
    words = len(dossier.abstract.split())
    if words and least and most and not least <= words <= most:
        yield lacks.lack(dossier, ABSTRACT_LENGTH, words=words, least=least, most=most)
    seen = dossier.manuscript_seen if dossier.manuscript else None
    if seen and seen.usable and (wrong := rules.faults(seen)):
        yield lacks.lack(dossier, REVIEW_PDF, faults=lacks.few(wrong))
    people = [a for a in dossier.paper.contributors if not a.name.organisation]
    without = [author.name.full for author in people if not dossier.orcid(author)]
    if without:
        yield lacks.lack(dossier, NO_ORCID, who=lacks.few(without))


def extras(files: Files, folder: str, dossier: Dossier, options: Options) -> list[Check]:
    """Answers for the submission form, and the deposit for an integrator."""
    prior = letters.fill("prior.md", **values(dossier)).partition("[Authors:")[0]
    files.text(
        f"{folder}/form-answers.md",
        letters.fill(
            "jstars/form-answers.md",
            **values(dossier),
            block=letters.block,
            short=shortened(dossier.title),
            words=len(dossier.abstract.split()),
            supplements=list(supplements(dossier)),
            prior=letters.unescaped(prior),
        ),
        "every answer that the submission form asks for, in its order",
    )
    for number, author in enumerate(dossier.paper.contributors):
        if photo := _photo(dossier, number):
            files.copy(f"{folder}/latex/{photo[0]}", photo[1], f"photo of {author.name.full}")
    if not options.scholarone:
        return []
    key, name = options.scholarone, scholarone.name(dossier)
    held = attachments(files, folder, dossier)
    parts = scholarone.members(dossier, key, held)
    files.data(f"{folder}/scholarone/{name}.zip", packed(parts), "deposit: metadata and files")
    files.data(
        f"{folder}/scholarone/{name}.go",
        scholarone.go(dossier, key, list(held)),
        "deposit: to be uploaded last, since it starts the import",
    )
    return [
        Check(
            file=f"{folder}/scholarone/{name}.zip",
            what="metadata valid JATS 1.1 (Publishing, with what a submission lacks)",
            problems=scholarone.problems(scholarone.metadata(dossier, key)),
        )
    ]


def deposit(options: Options, about: profile.Profile) -> Iterator[Finding]:
    """What nobody could check about a deposit."""
    if options.scholarone:
        yield Finding(
            code="export-deposit-unchecked",
            severity=Severity.WARNING,
            message=f"{about.short}: the deposit for ScholarOne follows its public documentation, "
            "but no schema of its `.go` file is public, so nobody could check it",
            hint="its client key belongs to an integrator: let them try it on a test site first; "
            "without one, form-answers.md has everything to paste",
        )


def _photo(dossier: Dossier, number: int) -> tuple[str, Path] | None:
    """The photo of an author (from 0): its name beside `main.tex`, and the edition's file."""
    file = dossier.photo(dossier.paper.contributors[number])
    return (f"photo-{number + 1}{file.suffix.lower()}", file) if file else None


def _authors(authors: tuple[Contributor, ...]) -> str:
    names = [latex.escape(a.name.full).replace(" ", "~") + _grade(a) for a in authors]
    if len(names) < 3:
        return " and ".join(names)
    return ",\n  ".join(names[:-1]) + f",\n  and {names[-1]}"


def _grade(author: Contributor) -> str:
    return "" if author.name.organisation else r"\membership{}"


def _running(authors: tuple[Contributor, ...]) -> str:
    running = running_authors(authors)
    if running.endswith(" et al."):
        family = latex.escape(running.removesuffix(" et al."))
        return rf"{family} \MakeLowercase{{\textit{{et al.}}}}"
    return latex.escape(running)


def _thanks(dossier: Dossier) -> list[str]:
    """One note per affiliation: `J. Doe and B. Roe are with …`."""
    notes = []
    for affiliation in dossier.affiliations:
        there = [a for a in dossier.paper.contributors if affiliation in a.affiliations]
        emails = [email for author in there if (email := dossier.email(author))]
        if len(there) > 8:
            names = f"{initials(there[0])} and {len(there) - 1} other authors are"
        else:
            names = lacks.few([initials(author) for author in there])
            names += " is" if len(there) == 1 else " are"
        note = f"{latex.escape(names)} with {latex.escape(affiliation.name.rstrip('.'))}"
        if emails:
            note += f" (e-mail: {'; '.join(latex.email(email) for email in emails)})"
        notes.append(f"{note}.")
    return notes


_JOURNAL = Journal(
    id="jstars",
    skeleton=skeleton,
    check=check,
    extras=extras,
    of_package=deposit,
    portraits=(".png", ".jpg", ".jpeg"),  # what pdfLaTeX reads
)

TARGET = Target(
    name="jstars",
    title=profile.load("jstars").name,
    build=partial(assemble, journal=_JOURNAL),
)
