"""JSON in packages, held against the schema that its readers use."""

from __future__ import annotations

import json
from typing import Any

import pytest

from builder.cite import csl
from builder.export.json_schema import CSL, problems
from builder.model import Contributor, Event, Markup, Name, Paper, Volume

PAPER = Paper(
    key="doe25",
    title=Markup.text("A Map"),
    contributors=(
        Contributor(name=Name(given="Ludwig", particle="van", family="Doe", suffix="Jr.")),
        Contributor(name=Name(literal="The Atlas Team", organisation=True)),
    ),
)


def item(**more: Any) -> str:
    volume = Volume(event=Event(name="Maps", short_name="Maps 2025"), title="M", papers=(PAPER,))
    return json.dumps([{**csl(volume, PAPER), **more}])


def test_what_we_cite_is_what_the_citation_style_language_takes() -> None:
    assert problems(item(), CSL) == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"type": "workshop-paper"}, "$[0].type: 'workshop-paper' is not one of"),
        ({"authors": []}, "$[0]: Additional properties are not allowed ('authors' was"),
        ({"author": [{"name": "Doe"}]}, "$[0].author[0]: Additional properties"),
        ({"title": 5}, "$[0].title: 5 is not of type 'string'"),
        ({"issued": {"date-parts": [[1, 2, 3, 4]]}}, "$[0].issued['date-parts'][0]: [1, 2"),
        ({"page": True}, "$[0].page: True is not of type 'string', 'number'"),
    ],
)
def test_what_it_does_not_take_is_told_with_its_place(wrong: dict[str, Any], said: str) -> None:
    (problem,) = problems(item(**wrong), CSL)
    assert problem.startswith(said)


def test_an_item_without_type_or_id_and_what_is_no_json_are_told() -> None:
    assert set(problems('[{"title": "T"}]', CSL)) == {
        "$[0]: 'type' is a required property",
        "$[0]: 'id' is a required property",
    }
    assert "no JSON" in problems("[", CSL)[0]
