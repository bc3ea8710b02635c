"""What the booklet's settings name and nobody knows: a slip of the pen, most often."""

from __future__ import annotations

from collections.abc import Iterator

from builder.booklet.front import SECTION_NAMES
from builder.booklet.wording import WORDS
from builder.model import Finding, Severity, Volume, Where


def unknown_names(volume: Volume) -> tuple[Finding, ...]:
    """A finding for every section, committee or word that the settings name and nobody knows."""
    return (*_sections(volume), *_committees(volume), *_words(volume))


def _sections(volume: Volume) -> Iterator[Finding]:
    said = volume.booklet
    committees = {committee.id for committee in volume.committees}
    known = {*SECTION_NAMES, *(page.file for page in volume.prose), *committees}
    for name in dict.fromkeys((*said.front_matter, *said.back_matter, *said.handbook)):
        if name not in known:
            yield _finding(
                "booklet-unknown-section",
                f"The booklet has no section called `{name}`; it is left out",
                f"In booklet.front_matter and booklet.back_matter, use {', '.join(SECTION_NAMES)}, "
                "the file of a page of prose, or a committee's id.",
            )


def _committees(volume: Volume) -> Iterator[Finding]:
    known = {committee.id for committee in volume.committees}
    for id in volume.booklet.committees:
        if id not in known:
            yield _finding(
                "booklet-unknown-committee",
                f"booklet.committees names `{id}`, which is no committee",
                f"Use an id from people.yaml: {', '.join(sorted(known)) or 'there is none'}.",
            )


def _words(volume: Volume) -> Iterator[Finding]:
    for name in volume.booklet.words:
        if name not in WORDS:
            yield _finding(
                "booklet-unknown-word",
                f"booklet.words has `{name}`, which the booklet never says",
                f"Use one of {', '.join(sorted(WORDS))}.",
            )


def _finding(code: str, message: str, hint: str) -> Finding:
    where = Where(file="proceedings/edition.yaml")
    return Finding(code=code, severity=Severity.ERROR, message=message, where=where, hint=hint)
