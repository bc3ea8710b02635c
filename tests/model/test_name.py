from __future__ import annotations

import pytest

from builder.model import Name


@pytest.mark.parametrize(
    ("name", "full", "inverted", "short"),
    [
        (Name(given="Jane Q.", family="Doe"), "Jane Q. Doe", "Doe, Jane Q.", "Doe"),
        (
            Name(given="Laurens", particle="van der", family="Maaten"),
            "Laurens van der Maaten",
            "van der Maaten, Laurens",
            "van der Maaten",
        ),
        (
            Name(given="John", family="Smith", suffix="Jr."),
            "John Smith, Jr.",
            "Smith, Jr., John",
            "Smith",
        ),
        (Name(literal="Plato"), "Plato", "Plato", "Plato"),
        (
            Name(literal="The ATLAS Collaboration", organisation=True),
            "The ATLAS Collaboration",
            "The ATLAS Collaboration",
            "The ATLAS Collaboration",
        ),
        (Name(given="太郎", family="山田"), "山田 太郎", "山田, 太郎", "山田"),
        (Name(given="철수", family="김"), "김 철수", "김, 철수", "김"),
        (Name(given="ジョン", family="スミス"), "ジョン スミス", "スミス, ジョン", "スミス"),
        (Name(given="太郎", family="Smith"), "太郎 Smith", "Smith, 太郎", "Smith"),
        (
            Name(given="Xiaoming", family="Li", native="李小明"),
            "Xiaoming Li (李小明)",
            "Li, Xiaoming",
            "Li",
        ),
        (Name(family="Doe"), "Doe", "Doe", "Doe"),
    ],
)
def test_a_name_is_printed_in_each_way_that_outputs_need(
    name: Name, full: str, inverted: str, short: str
) -> None:
    assert name.full == str(name) == full
    assert name.inverted == inverted
    assert name.family_or_literal == short
