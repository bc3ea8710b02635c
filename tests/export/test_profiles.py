"""Facts about journals, each with where it is known from."""

from __future__ import annotations

import datetime as dt

import pytest

from builder.export import TARGETS, profile


@pytest.mark.parametrize("name", TARGETS)
def test_every_fact_has_a_grade_a_date_and_unless_unknown_a_source(name: str) -> None:
    about = profile.load(name)
    assert about.questions
    for fact in about.facts.values():
        assert fact.grade in {"primary", "secondary", "unknown"}
        assert dt.date.fromisoformat(fact.read)
        assert bool(fact.value) is (fact.grade != "unknown")
        assert fact.source or not fact.value


def test_numbers_are_numbers_and_what_is_unknown_is_none() -> None:
    assert profile.load("dmlr").number("title_characters") == 250
    assert profile.load("jstars").number("new_content_percent") is None
    assert profile.load("jstars").number("no such fact") is None
