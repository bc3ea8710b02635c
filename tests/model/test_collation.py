from __future__ import annotations

from builder.model import Name
from builder.model.collation import name_key, sort_key


def test_accented_letters_stand_beside_their_plain_ones() -> None:
    words = ["zebra", "Ärger", "Łódź", "apfel", "lodz"]
    assert sorted(words, key=sort_key) == ["apfel", "Ärger", "lodz", "Łódź", "zebra"]


def test_names_are_ordered_by_family_name_then_given_names() -> None:
    a = Name(given="Bob", family="Doe")
    b = Name(given="Ann", family="Doe")
    c = Name(literal="Acme Team", organisation=True)
    assert sorted([a, b, c], key=name_key) == [c, b, a]
