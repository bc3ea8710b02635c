from __future__ import annotations

import pytest

from builder.model import Name
from builder.model.collation import initial, name_key, sort_key


def test_accented_letters_stand_beside_their_plain_ones() -> None:
    words = ["zebra", "Ärger", "Łódź", "apfel", "lodz"]
    assert sorted(words, key=sort_key) == ["apfel", "Ärger", "lodz", "Łódź", "zebra"]


def test_names_are_ordered_by_family_name_then_given_names() -> None:
    a = Name(given="Bob", family="Doe")
    b = Name(given="Ann", family="Doe")
    c = Name(literal="Acme Team", organisation=True)
    assert sorted([a, b, c], key=name_key) == [c, b, a]


def test_signs_before_a_name_do_not_move_it() -> None:
    names = [Name(family=family) for family in ("Tabor", "'t Hooft", "Thoma", "Adams")]
    ordered = sorted(names, key=name_key)
    assert [name.family for name in ordered] == ["Adams", "'t Hooft", "Tabor", "Thoma"]


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("Łukasik", "L"),
        ("Øster", "O"),
        ("d'Arcy", "D"),
        ("Þóra", "Þ"),
        ("Ολύμπιος", "Ο"),
        ("Ёлкин", "Е"),
        ("張", "漢字"),
        ("김", "한글"),
        ("やまだ", "かな"),
        ("לוי", "Hebrew"),
        ("42", "#"),
        ("3D vision", "#"),
    ],
)
def test_initials_fold_letters_as_the_order_does(name: str, mark: str) -> None:
    assert initial(name) == mark
