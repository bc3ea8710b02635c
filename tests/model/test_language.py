from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builder.model.language import Speech, speech, translations

FIRST, LAST = dt.date(2025, 6, 30), dt.date(2025, 7, 2)


@pytest.mark.parametrize(
    ("language", "day", "weekday", "span"),
    [
        ("en", "30 June 2025", "Monday, 30 June 2025", "30 June – 2 July 2025"),
        ("en-US", "30 June 2025", "Monday, 30 June 2025", "30 June – 2 July 2025"),
        ("de", "30. Juni 2025", "Montag, 30. Juni 2025", "30. Juni–2. Juli 2025"),
        ("pt-BR", "30 de junho de 2025", "segunda-feira, 30 de junho de 2025", None),
        ("ja", "2025年6月30日", "2025年6月30日月曜日", None),
        # A language that nobody has heard of is spoken in English.
        ("tlh", "30 June 2025", "Monday, 30 June 2025", "30 June – 2 July 2025"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(
    language: str, day: str, weekday: str, span: str | None
) -> None:
    spoken = speech(language)
    assert spoken.day(FIRST) == day
    assert spoken.weekday(FIRST) == weekday
    shown = spoken.span(FIRST, LAST).replace("\u2009", "")
    assert shown == span or (span is None and "2" in shown)


def test_months_are_written_out_in_ranges() -> None:
    days = dt.date(2024, 9, 28), dt.date(2024, 9, 29)
    assert speech("de").span(*days) == "28.–29. September 2024"
    assert speech("fr").span(*days) == "28–29 septembre 2024"
    assert speech("zh").span(*days) == "2024年9月28日至29日"


def test_what_nobody_translated_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "proceedings.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "until {time}"\nmsgstr "bis {time}"\n',
        "utf-8",
    )
    spoken = Speech("de_AT", translations("de_AT", [tmp_path]))
    assert spoken.hours(None, dt.time(17)) == "bis 17:00"
    assert spoken.hours(dt.time(9), dt.time(9, 5)) == "9:00–9:05"
    assert spoken.say("Something new") == "Something new"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (None, None, ""),
        ("2025-07-19", None, "19 July 2025"),
        ("2025-07-19", "2025-07-19", "19 July 2025"),
        ("2020-07-01", "2020-07-03", "1–3 July 2020"),
        ("2020-12-31", "2021-01-02", "31 December 2020 – 2 January 2021"),
        ("2025-07-19", "2025-07-18", "19 July 2025"),
    ],
)
def test_ranges_of_dates(start: str | None, end: str | None, text: str) -> None:
    first = dt.date.fromisoformat(start) if start else None
    last = dt.date.fromisoformat(end) if end else None
    assert Speech().span(first, last) == text


def test_names_are_joined_as_people_write_them() -> None:
    assert [Speech().joined(words) for words in ([], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a and b",
        "a, b, and c",
    ]
    assert speech("de").joined(["a", "b", "c"]) == "a, b und c"
    assert speech("de").joined([]) == ""
