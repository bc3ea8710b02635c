"""Names, divided as BibTeX divides them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.edition import names
from builder.model import Name

# given, particle, family, suffix; a text alone is a literal.
EXPECTED: dict[str, tuple[str, str, str, str] | str] = {
    "Laurens van der Maaten": ("Laurens", "van der", "Maaten", ""),
    "van der Maaten, Laurens": ("Laurens", "van der", "Maaten", ""),
    "Maaten, Laurens van der": ("Laurens van der", "", "Maaten", ""),
    "{van der Maaten}, Laurens": ("Laurens", "", "van der Maaten", ""),
    "{ESA} Team": ("ESA", "", "Team", ""),
    "{The ATLAS Collaboration}": "The ATLAS Collaboration",
    "Smith, Jr., John": ("John", "", "Smith", "Jr."),
    "John Smith Jr.": ("John Smith", "", "Jr.", ""),
    "Smith Jr., John": ("John", "", "Smith Jr.", ""),
    r"de la Cruz, Maria Jos\'e": ("Maria José", "de la", "Cruz", ""),
    r"Charles Louis Xavier Joseph de la Vall{\'e}e Poussin": (
        "Charles Louis Xavier Joseph", "de la", "Vallée Poussin", "",
    ),
    "Rehman, Abdur": ("Abdur", "", "Rehman", ""),
    "Li Fei-Fei": ("Li", "", "Fei-Fei", ""),
    "Fei-Fei, Li": ("Li", "", "Fei-Fei", ""),
    "Madonna": "Madonna",
    "Plato,": "Plato",
    r"{\'E}va Tardos": ("Éva", "", "Tardos", ""),
    "jean de la fontaine": ("", "jean de la", "fontaine", ""),
    "Y. LeCun": ("Y.", "", "LeCun", ""),
    "Knuth, Donald E.": ("Donald E.", "", "Knuth", ""),
    "Ruslan Salakhutdinov": ("Ruslan", "", "Salakhutdinov", ""),
    "YanjunXu": "YanjunXu",
    "A, B, C, D": "A, B, C, D",
    "Nguyễn, Văn An": ("Văn An", "", "Nguyễn", ""),
    "Müller~Smith, Hans": ("Hans", "", "Müller Smith", ""),
    "others": "others",
}  # fmt: skip


def as_expected(name: Name) -> tuple[str, str, str, str] | str:
    return name.literal or (name.given, name.particle, name.family, name.suffix)


def test_every_name_of_the_corpus_is_divided_rightly(shared: Path) -> None:
    text = (shared / "corpora/bibtex/names.txt").read_text(encoding="utf-8")
    found = {line: as_expected(names.parse(line)) for line in text.splitlines()}
    assert found == EXPECTED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("王, 小明", ("小明", "", "王", "")),
        ("王小明", "王小明"),
        ("山田 太郎", ("太郎", "", "山田", "")),
        ("山田\u3000太郎", ("太郎", "", "山田", "")),
        ("山田, 太郎", ("太郎", "", "山田", "")),
        ("김 철수", ("철수", "", "김", "")),
        ("ジョン スミス", ("ジョン", "", "スミス", "")),
        ("{山田 太郎}", "山田 太郎"),
        (r"{\O}yvind {\aa}s", ("Øyvind", "", "ås", "")),
        ("Garcia y Vega, Ana", ("Ana", "", "Garcia y Vega", "")),
        (r"\'Eva~de~la Cruz", ("Éva", "de la", "Cruz", "")),
        ("{Barnes and Noble}", "Barnes and Noble"),
        ("E\u0301va Tardos", ("Éva", "", "Tardos", "")),
        ("", ("", "", "", "")),
    ],
)
def test_names_of_the_world(text: str, expected: tuple[str, str, str, str] | str) -> None:
    assert as_expected(names.parse(text)) == expected


def test_braces_make_an_organisation_or_a_name_of_one_word() -> None:
    assert names.parse("{The ATLAS Collaboration}").organisation
    assert names.parse("{ESA}").organisation
    assert not names.parse("{Plato}").organisation
    assert not names.parse("Plato").organisation


@pytest.mark.parametrize("text", ["山田 太郎", "山田, 太郎", "{山田 太郎}"])
def test_a_name_in_east_asian_script_is_printed_as_its_bearer_writes_it(text: str) -> None:
    name = names.parse(text)
    assert name.full == "山田 太郎"
    assert not name.organisation
    assert names.parse(name.full).full == names.parse(name.inverted).full == "山田 太郎"


def test_braced_organisations_in_east_asian_script_remain_organisations() -> None:
    assert names.parse("{日本 学会}").organisation
    assert names.parse("{東京大学 地球観測研究室}").organisation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Xiaoming Li (李小明)", Name(given="Xiaoming", family="Li", native="李小明")),
        ("Li, Xiaoming (李小明)", Name(given="Xiaoming", family="Li", native="李小明")),
        ("Xiaoming Li（李 小明）", Name(given="Xiaoming", family="Li", native="李 小明")),
        ("李小明 (Xiaoming Li)", Name(literal="李小明", native="Xiaoming Li")),
        ("Plato (Πλάτων)", Name(literal="Plato", native="Πλάτων")),
    ],
)
def test_a_name_in_another_script_stands_behind_the_name(text: str, expected: Name) -> None:
    assert names.parse(text) == expected
    assert names.parse(expected.full) == expected


@pytest.mark.parametrize(
    "text", ["John Smith (Jack)", "李小明 (Google)", "{Li (李)}", "Li ()", "(李)"]
)
def test_other_parentheses_are_no_other_script(text: str) -> None:
    assert not names.parse(text).native


def test_a_name_in_yaml_is_a_line_or_its_parts() -> None:
    assert names.of("Doe, Jr., Jane") == Name(given="Jane", family="Doe", suffix="Jr.")
    assert names.of({"given": "Anna", "family": "van Dijk"}) == Name(
        given="Anna", family="van Dijk"
    )
    assert names.of({"given": "Xiaoming", "family": "Li", "native": "李小明"}) == names.parse(
        "Xiaoming Li (李小明)"
    )
    assert names.of({"literal": "The Team", "organisation": True}) == Name(
        literal="The Team", organisation=True
    )


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("A and B", ["A", "B"]),
        ("A AND B", ["A", "B"]),
        ("A\nand\tB", ["A", "B"]),
        ("{A and B} and C", ["{A and B}", "C"]),
        ("A and and B", ["A", "", "B"]),
        ("Anderson and Brand", ["Anderson", "Brand"]),
        ("A and", ["A", ""]),
    ],
)
def test_authors_are_separated_by_and_outside_braces(field: str, expected: list[str]) -> None:
    split = names.split(field)
    assert [name for name, _ in split] == expected
    assert all(field[at:].startswith(name) for name, at in split)


@given(st.text(alphabet=st.sampled_from("aBé ,{}\\'~-.王\n"), max_size=40))
@settings(max_examples=400, deadline=None)
def test_any_text_gives_a_name(text: str) -> None:
    name = names.parse(text)
    for part in (name.given, name.particle, name.family, name.suffix, name.literal):
        assert part == unicodedata.normalize("NFC", " ".join(part.split()))
    if name.literal:
        assert name.given == name.family == ""


_WORD = st.from_regex(r"[A-Z][a-z]{1,8}", fullmatch=True)


@given(_WORD, st.sampled_from(["", "van", "de la"]), _WORD, st.sampled_from(["", "Jr.", "III"]))
@settings(max_examples=100, deadline=None)
def test_a_name_written_either_way_is_the_same(
    given_name: str, particle: str, family: str, suffix: str
) -> None:
    name = Name(given=given_name, particle=particle, family=family, suffix=suffix)
    assert names.parse(name.inverted) == name
    if not suffix:
        assert names.parse(name.full) == name
