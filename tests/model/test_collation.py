from __future__ import annotations

import random
import string

import pytest
import pyuca

from builder.model import Name
from builder.model.collation import initial, name_key, sort_key
from builder.model.uca import LazyCollator


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
        ("לוי", "ל"),
        ("أحمد", "ا"),
        ("शर्मा", "श"),
        ("42", "#"),
        ("3D vision", "#"),
    ],
)
def test_initials_fold_letters_as_the_order_does(name: str, mark: str) -> None:
    assert initial(name) == mark


def test_a_table_that_is_read_as_needed_orders_as_the_whole_one_does() -> None:
    whole, lazy = pyuca.Collator(), LazyCollator()
    assert lazy.implicit_weights == whole.implicit_weights
    # Every entry of the table, contractions and all, then signs of every kind beside each other.
    entries, nodes = [], [("", whole.table.root)]
    while nodes:
        text, node = nodes.pop()
        entries.append(text)
        nodes += [(text + chr(code), child) for code, child in (node.children or {}).items()]
    chance = random.Random(20250719)
    mixed = ["".join(chance.choices(entries, k=4)) for _ in range(2_000)]
    plain = ["".join(chance.choices(string.printable, k=12)) for _ in range(2_000)]
    for text in [
        *entries,
        *mixed,
        *plain,
        "漢字",
        "\U00017000",
        "\u0e40\u0e01",
        "A\u0300\u0323",
        "",
    ]:
        assert lazy.sort_key(text) == whole.sort_key(text), text
