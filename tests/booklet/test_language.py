"""A volume in another language than English: its fixed words, dates and lists."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from builder.booklet import paginate
from builder.booklet.desk import Desk
from builder.booklet.front import back_matter, front_matter
from builder.booklet.making import Request, build
from builder.booklet.settings import unknown_names
from builder.booklet.stamps import paper_stamps
from builder.booklet.typeset import typeset
from builder.booklet.wording import WORDS, license_name
from builder.model import Finding, Inspection, Plan, Severity, Volume
from builder.model.language import speech
from tests.booklet.conftest import Edition

_SAME = {"DOI", "ISBN", "ISSN", "Erratum", "Links", "Logo", "Poster", "Software", "Video"}
"""Words that German writes as English does."""


@pytest.fixture
def german(volume: Volume) -> Volume:
    return replace(volume, language="de")


def test_german_has_every_word_of_the_booklet_with_the_same_places_in_it() -> None:
    known = speech("de")
    untold = {word for word in WORDS.values() if known.say(word) == word}
    assert untold <= _SAME
    for word in WORDS.values():
        assert sorted(re.findall(r"{\w+}", known.say(word))) == sorted(re.findall(r"{\w+}", word))


def test_headings_dates_and_times_are_german(
    german: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    desk = Desk(volume=german, plan=paginate(german, inspections, draft=True))
    typeset(front_matter(desk), "booklet.typ", {}, tmp_path / "front.pdf")
    whole = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "front.pdf").pages)
    said = " ".join(whole.split())
    for words in ("19. Juli 2025", "Inhalt", "Programm", "Vorgestellt auf WoE 2025"):
        assert words in said
    for words in ("Contents", "July 2025", "CHAIR", "Page ", "Presented"):
        assert words not in said
    back = back_matter(desk)
    assert back is not None
    assert back["sections"][0]["title"] == "Autorenverzeichnis"


def test_what_only_a_draft_says_is_german(edition: Edition) -> None:
    edition.sources["ada25"].unlink()
    german = replace(edition.volume, language="de")
    seen = {key: one for key, one in edition.inspections.items() if key != "ada25"}
    finding = Finding(code="x", severity=Severity.ERROR, message="Something is wrong")
    made = build(
        Request(
            volume=german,
            plan=paginate(german, seen, draft=True),
            inspections=seen,
            root=edition.root,
            sources=edition.sources,
            folder=edition.root / "made",
            cache=edition.cache,
            findings=[finding],
        )
    )
    pages = [page.extract_text() for page in pypdf.PdfReader(made.volume).pages]
    placeholder = next(page for page in pages if "papers/ada25.pdf" in page)
    assert "PDF FEHLT" in placeholder
    assert "Es gibt keine Datei papers/ada25.pdf." in placeholder
    last = " ".join(pages[-1].split())
    for words in ("Befunde", "Dies ist ein Entwurf", "Fehler: 1", "Die Ausgabe"):
        assert words in last
    for words in ("This is a draft", "error", "The edition"):
        assert words not in last


def test_licences_are_called_what_creative_commons_calls_them(german: Volume) -> None:
    said = license_name("CC-BY-NC-4.0", german)
    assert said == "Creative Commons Namensnennung – Nicht kommerziell 4.0 International"
    assert license_name("LicenseRef-Ours", german) == "LicenseRef-Ours"


def test_stamps_are_german(german: Volume, inspections: dict[str, Inspection]) -> None:
    planned = paginate(german, inspections, draft=True).papers[0]
    paper = german.paper(planned.key)
    assert paper is not None
    stamps = [stamp.text for stamp in paper_stamps(german, paper, planned, draft=True)]
    assert stamps[0] == "Vorgestellt auf WoE 2025; keine Archivpublikation. Seiten 1–3."
    assert "ENTWURF" in stamps


def test_the_editions_own_words_come_first(
    german: Volume, inspections: dict[str, Inspection]
) -> None:
    own = replace(german.booklet, words={"contents": "Was drinsteht", "pages": "S. {pages}"})
    german = replace(german, booklet=own)
    desk = Desk(volume=german, plan=paginate(german, inspections, draft=True))
    assert desk.say("contents") == "Was drinsteht"
    assert desk.say("pages", pages="1–3") == "S. 1–3"
    assert desk.say("program") == "Programm"


def test_the_editors_translation_comes_before_the_programs(german: Volume) -> None:
    german = replace(german, translated={"Contents": "Was drinsteht", "until {time}": "–{time}"})
    desk = Desk(volume=german, plan=Plan())
    assert desk.say("contents") == "Was drinsteht"
    assert desk.say("program") == "Programm"
    assert desk.speech.hours(None, dt.time(17)) == "–17:00"
    assert desk.speech.day(dt.date(2025, 7, 19)) == "19. Juli 2025"


def test_a_language_without_words_is_told(volume: Volume, german: Volume) -> None:
    (finding,) = unknown_names(replace(volume, language="fr"))
    assert finding.code == "words-untranslated"
    assert "`fr`" in finding.message
    own = {word: f"[{word}]" for word in WORDS.values()}
    assert unknown_names(replace(volume, language="fr", translated=own)) == ()
    assert unknown_names(german) == unknown_names(replace(volume, language="en-GB")) == ()
