"""What the edition asks of the booklet and it does not know: sections, words, a language."""

from __future__ import annotations

from collections.abc import Iterator

from builder.booklet.front import SECTION_NAMES
from builder.booklet.wording import WORDS, speech
from builder.model import Finding, Severity, Volume, Where


def unknown_names(volume: Volume) -> tuple[Finding, ...]:
    """A finding for every section, committee or word that the settings name and nobody knows.

    And one for a language into which the booklet's words were not translated.
    """
    return (*_sections(volume), *_committees(volume), *_words(volume), *_language(volume))


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


def _language(volume: Volume) -> Iterator[Finding]:
    if volume.language.lower().partition("-")[0] == "en":
        return
    said = volume.booklet.words
    english = [word for name, word in WORDS.items() if name not in said and _stays(word, volume)]
    # Some words are the same in many languages.
    if len(english) > len(WORDS) / 2:
        yield _finding(
            "words-untranslated",
            f"The booklet's own words stay English: nobody has put them into `{volume.language}`",
            "Say those that you need under booklet.words, or put a catalogue into "
            f"proceedings/locales/{volume.language.replace('-', '_')}/LC_MESSAGES/proceedings.po.",
            Severity.WARNING,
        )


def _stays(word: str, volume: Volume) -> bool:
    return speech(volume).say(word) == word


def _finding(code: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
    where = Where(file="proceedings/edition.yaml")
    return Finding(code=code, severity=severity, message=message, where=where, hint=hint)
