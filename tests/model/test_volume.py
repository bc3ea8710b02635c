from __future__ import annotations

import dataclasses

import pytest

from builder.model import Event, Include, Markup, Name, Paper, Person, Track, Volume


def test_printed_shown_and_withdrawn_are_three_things() -> None:
    papers = tuple(
        Paper(key=include.value, title=Markup.text("T"), contributors=(), include=include)
        for include in Include
    )
    volume = Volume(event=Event(name="E", short_name="E"), title="E", papers=papers)
    assert [paper.key for paper in volume.printed] == ["volume"]
    assert [paper.key for paper in volume.shown] == ["volume", "program"]
    assert volume.paper("withdrawn") is papers[2]


def test_a_volume_is_frozen_and_finds_by_id() -> None:
    volume = Volume(
        event=Event(name="E", short_name="E"),
        title="E",
        tracks=(Track(id="long", name="Long"),),
        people=(Person(id="jane", name=Name(family="Doe")),),
    )
    assert volume.track("long") is volume.tracks[0]
    assert volume.person("jane") is volume.people[0]
    assert volume.track("x") is volume.person("x") is volume.paper("x") is None
    with pytest.raises(dataclasses.FrozenInstanceError):
        volume.title = "F"  # type: ignore[misc]


def test_an_event_without_a_date_has_no_year() -> None:
    assert Event(name="E", short_name="E").year is None
