"""`load`: the whole edition, read once, every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.edition import keeping, lock, order, sheet, supplements, volume, words
from builder.edition import papers as entries
from builder.edition import people as persons
from builder.edition import program as programs
from builder.edition import prose as pages
from builder.edition.forms import (
    AuthorsForm,
    EditionForm,
    PeopleForm,
    ProgramForm,
    SpecialIssueForm,
)
from builder.edition.people import Registry
from builder.edition.sheet import Sheet
from builder.model import Finding, Report, Volume, Where
from builder.work import Cache

EDITION = "proceedings/edition.yaml"
PEOPLE = "proceedings/people.yaml"
PROGRAM = "proceedings/program.yaml"
SPECIAL_ISSUE = "proceedings/special-issue.yaml"
PAPERS = "papers/papers.bib"
AUTHORS = "papers/authors.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read, and what was wrong with it."""

    volume: Volume | None
    """`None` only where edition.yaml gives no event or no title for the volume."""
    findings: tuple[Finding, ...]
    """By subject, worst first, each once."""
    files: tuple[Path, ...]
    """Every file that was read: what the volume depends on, PDFs and images apart."""


def load(root: Path, cache: Cache | None = None) -> Loaded:
    """Reads the edition in the folder `root` (which holds `proceedings/` and `papers/`).

    Never raises for what an editor wrote, nor for a file that is missing: that is a finding, and
    everything that can be read is in the volume. With a `cache`, entries of `papers.bib` that are
    as they were when it was last used are not read again; what comes of it is the same.
    """
    outside = keeping.digests((root / AUTHORS, root / PEOPLE), cache)
    edition = sheet.read(root, EDITION, EditionForm, required=True)
    people = sheet.read(root, PEOPLE, PeopleForm)
    program = sheet.read(root, PROGRAM, ProgramForm)
    issue = sheet.read(root, SPECIAL_ISSUE, SpecialIssueForm)
    authors = sheet.read(root, AUTHORS, AuthorsForm)
    findings = [
        finding for part in (edition, people, program, issue, authors) for finding in part.findings
    ]

    registered, faults = persons.people(people)
    findings += faults
    registry = Registry({person.id: person for person in registered})
    form = edition.form
    listed = keeping.read(
        root / PAPERS,
        PAPERS,
        entries.Circumstances(
            sheet=authors,
            people=registry.people,
            supplements=supplements.of(supplements.listing(root / "papers")),
            archival=form.volume.archival if form else False,
        ),
        outside,
        cache,
    )
    findings += listed.findings
    locked, unlocked = lock.read(root, {paper.key for paper in listed.papers})
    findings += unlocked
    chosen = None
    if form is not None and form.prose is not None:
        chosen = [(page, edition.where("prose", at)) for at, page in enumerate(form.prose)]
    prose, faults, prose_files = pages.prose(root, chosen)
    findings += faults
    committees = persons.committees(people, registry)
    special_issue = volume.special_issue(issue, registry)
    made = None
    word_files: list[Path] = []
    if form is not None:
        language = form.volume.language or "en"
        translated, faults, word_files = words.own(root, language)
        findings += faults
        event = volume.event(form)
        tracks = volume.tracks(edition, findings)
        sessions = programs.program(program, registry, event)
        said = form.volume
        made = Volume(
            event=event,
            title=said.title,
            subtitle=said.subtitle,
            editors=_editors(edition, registry),
            archival=said.archival,
            statement=said.statement,
            publisher=said.publisher,
            isbn=said.isbn,
            issn=said.issn,
            doi=said.doi,
            license=said.license,
            language=language,
            translated=translated,
            date=said.date or event.start,
            tracks=tracks,
            papers=order.ordered(listed.papers, said.order, tracks, sessions),
            people=registered,
            committees=committees,
            program=sessions,
            sponsors=volume.sponsors(form),
            acknowledgement=form.sponsors.acknowledgement,
            dates=tuple(volume.important_date(date) for date in form.dates),
            news=volume.news(form),
            topics=tuple(form.topics),
            prose=prose,
            booklet=volume.booklet(form),
            site=volume.site(form),
            special_issue=special_issue,
            locked=locked,
            locked_in={key: at for key, at in lock.volumes(root).items() if key in locked},
            accepted={code: frozenset(subjects) for code, subjects in form.accept.items()},
            extra=_extra(edition, (people, program, issue, authors), listed.own),
            where=Where(file=EDITION),
        )
    findings += registry.findings
    named = (EDITION, PEOPLE, PROGRAM, SPECIAL_ISSUE, AUTHORS, PAPERS, lock.FILE)
    files = [root / name for name in named if (root / name).is_file()]
    return Loaded(made, Report.of(findings).findings, (*files, *prose_files, *word_files))


def _editors(edition: Sheet[EditionForm], registry: Registry) -> tuple[Any, ...]:
    forms = edition.form.volume.editors if edition.form else []
    found = (
        registry.contributor(form, edition.where("volume", "editors", index))
        for index, form in enumerate(forms)
    )
    return tuple(contributor for contributor in found if contributor is not None)


def _extra(
    edition: Sheet[EditionForm], others: Iterable[Sheet[Any]], entries: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Keys of the editors' own: those at the top of edition.yaml, others by where they stood."""
    found: dict[str, Any] = {}
    for part in (edition, *others):
        for path, values in part.extra.items():
            if part is edition and not path:
                found.update(values)
            else:
                file = part.file.rsplit("/", 1)[-1]
                found["/".join([file, *map(str, path)])] = values
    found |= {f"papers.bib/{key}": own for key, own in entries.items()}
    return found
