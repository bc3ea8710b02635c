"""Addresses, links, dates and the program's days: the pure parts."""

from __future__ import annotations

import datetime as dt
from types import ModuleType

import pytest

from builder.model import Supplement
from builder.site import dates, links, schedule
from builder.site.addresses import Addresses
from builder.site.pages import letters
from builder.site.rendering import orcid, size


@pytest.mark.parametrize(
    ("written", "linked"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("doi:10.5555/x", "https://doi.org/10.5555/x"),
        ("javascript:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("vbscript:x", ""),
        ("//example.org/x", ""),
        ("example.org", ""),
        ('https://example.org/"onclick="x', ""),
        ("https://example.org/\x01", ""),
        ("", ""),
    ],
)
def test_only_harmless_addresses_are_linked(written: str, linked: str) -> None:
    assert links.safe(written) == linked


def test_a_bare_doi_becomes_an_address() -> None:
    assert links.doi("10.5555/a(b)<c>") == "https://doi.org/10.5555/a(b)%3Cc%3E"
    assert links.doi("not a doi") == ""


def test_every_dropped_address_is_reported_with_its_owner(editions: ModuleType) -> None:
    found = links.dropped(editions.hostile())
    assert {finding.code for finding in found} == {"site-unsafe-link"}
    said = " ".join(finding.message for finding in found)
    for what in (
        "openreview",
        "code",
        "video",
        "poster",
        "slides",
        "link in the title",
        "recording",
    ):
        assert what in said
    assert links.dropped(editions.volume()) == ()


def test_a_supplement_gets_a_safe_name_beside_its_paper(editions: ModuleType) -> None:
    at = Addresses.of(editions.volume())
    assert at.supplement("doe25", Supplement(file="papers/doe25-supp.zip")) == (
        "papers/doe25/doe25-supp.zip"
    )
    assert "<" not in at.supplement("doe25", Supplement(file='papers/"><script>.zip'))


def test_withdrawing_a_paper_renames_no_other(editions: ModuleType) -> None:
    assert "gone25" in Addresses.of(editions.volume()).papers


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, None, ""),
        (dt.date(2025, 7, 19), None, "19 July 2025"),
        (dt.date(2025, 7, 19), dt.date(2025, 7, 19), "19 July 2025"),
        (dt.date(2025, 7, 19), dt.date(2025, 7, 21), "19–21 July 2025"),
        (dt.date(2025, 6, 30), dt.date(2025, 7, 2), "30 June – 2 July 2025"),
        (dt.date(2025, 12, 31), dt.date(2026, 1, 1), "31 December 2025 – 1 January 2026"),
    ],
)
def test_spans_of_days_in_words(start: dt.date | None, end: dt.date | None, said: str) -> None:
    assert dates.span(start, end) == said


def test_moments_carry_the_zone_where_it_is_known() -> None:
    day, nine = dt.date(2025, 7, 19), dt.time(9)
    assert dates.moment(day, nine, "America/Vancouver") == "2025-07-19T09:00-07:00"
    assert dates.moment(day, nine, "") == "2025-07-19T09:00"
    assert dates.moment(None, nine, "America/Vancouver") == "09:00"
    assert dates.moment(day, nine, "Atlantis/Capital") == "2025-07-19T09:00"
    assert dates.utc_offset(day, "Asia/Kolkata") == "UTC+5:30"
    assert dates.utc_offset(day, "../etc/passwd") == ""


def test_hours_are_said_as_far_as_they_are_known() -> None:
    assert dates.hours(dt.time(9), dt.time(10, 5)) == "9:00–10:05"
    assert dates.hours(dt.time(9), None) == "9:00"
    assert dates.hours(None, dt.time(10)) == "until 10:00"
    assert dates.hours(None, None) == ""


def test_days_follow_the_sessions_dates(editions: ModuleType) -> None:
    volume = editions.volume()
    first, second = schedule.days(volume)
    assert (first.title, second.title) == ("Saturday, 19 July 2025", "Sunday, 20 July 2025")
    assert [view.session.id for view in first.sessions] == ["opening", "keynote", "coffee"]
    assert [day.title for day in schedule.days(volume, date="2025-07-20")] == [second.title]
    (only,) = schedule.days(volume, only=("1b",))
    assert [view.session.id for view in only.sessions] == ["1b"]


def test_authors_stand_under_the_letter_they_sort_by(editions: ModuleType) -> None:
    from builder.model import authors

    found = letters(authors(editions.volume()))
    assert [(letter, [author.name.full for author in group]) for letter, group in found] == [
        ("D", ["Jane Doe"]),
        ("O", ["Łukasz Øster"]),
        ("T", ["The ATLAS Collaboration"]),
    ]


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 bytes"), (999, "999 bytes"), (1500, "2 kB"), (3_250_000, "3.2 MB")]
)
def test_sizes_in_words(count: int, said: str) -> None:
    assert size(count) == said


def test_only_well_formed_orcids_are_linked() -> None:
    assert orcid("0000-0002-1825-0097") == "https://orcid.org/0000-0002-1825-0097"
    assert orcid("0000-0002-1694-233X") == "https://orcid.org/0000-0002-1694-233X"
    assert orcid("0000-0002-1825") == ""
    assert orcid('0000-0002-1825-0097"') == ""
