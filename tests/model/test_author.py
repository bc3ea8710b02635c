from __future__ import annotations

import re

import pytest

from builder.model import Contributor, Event, Include, Markup, Name, Paper, Person, Volume
from builder.model.author import author_id, authors


def by(*names: str, key: str = "a", include: Include = Include.VOLUME, person: str = "") -> Paper:
    people = []
    for name in names:
        given, _, family = name.rpartition(" ")
        people.append(Contributor(name=Name(given=given, family=family), person=person))
    return Paper(key=key, title=Markup.text(key), contributors=tuple(people), include=include)


def volume(*papers: Paper, people: tuple[Person, ...] = ()) -> Volume:
    return Volume(event=Event(name="E", short_name="E"), title="E", papers=papers, people=people)


@pytest.mark.parametrize(
    ("given", "family", "id"),
    [
        ("José", "García-López", "jose.garcia.lopez"),
        ("Anna-Lena", "Größwächter", "anna.lena.grosswachter"),
        ("Łukasz", "Øster", "lukasz.oster"),
    ],
)
def test_a_latin_name_gives_a_readable_id(given: str, family: str, id: str) -> None:
    assert author_id(Contributor(name=Name(given=given, family=family))) == id


@pytest.mark.parametrize(
    "name",
    [
        Name(literal="李明"),
        Name(given="Ὅμηρος", family="Ὅμηρος"),
    ],
)
def test_a_name_that_ascii_cannot_spell_gets_a_digest_instead_of_a_transliteration(
    name: Name,
) -> None:
    id = author_id(Contributor(name=name))
    assert re.fullmatch(r"[a-z0-9-]+\.[0-9a-f]{8}", id)
    assert id == author_id(Contributor(name=name))


def test_two_names_in_another_script_get_two_ids() -> None:
    assert author_id(Contributor(name=Name(literal="李明"))) != author_id(
        Contributor(name=Name(literal="李娜"))
    )


def test_a_registered_person_has_the_registered_id_whatever_the_name_printed() -> None:
    assert author_id(Contributor(name=Name(literal="Jane Roe"), person="jane-doe")) == "jane-doe"


def test_an_author_of_two_papers_is_listed_once_with_both() -> None:
    (doe, roe) = authors(volume(by("Jane Doe", "Bob Roe", key="a"), by("Jane Doe", key="b")))
    assert [paper.key for paper in doe.papers] == ["a", "b"]
    assert [paper.key for paper in roe.papers] == ["a"]


def test_homonyms_told_apart_by_their_ids_stay_apart() -> None:
    found = authors(volume(by("Jane Doe", key="a", person="jane-doe-1"), by("Jane Doe", key="b")))
    assert [author.id for author in found] == ["jane-doe-1", "jane.doe"]


@pytest.mark.parametrize(
    "name",
    [
        Name(given="Jane", family="Doe"),
        Name(literal="Plato"),
        Name(literal="李明"),
        Name(given="X", family="Y-Z", suffix="III"),
        Name(literal="author"),
    ],
)
def test_an_id_made_from_a_name_has_a_form_that_no_registered_id_can_have(name: Name) -> None:
    assert "." in author_id(Contributor(name=name))
    assert author_id(Contributor(name=name)) != author_id(Contributor(name=Name(literal="Bob")))


def test_the_name_of_a_registered_person_alone_makes_nobody_that_person() -> None:
    jane = Person(id="jane-doe", name=Name(given="Jane", family="Doe"), orcid="0000-0002-1825-0097")
    (author,) = authors(volume(by("Jane Doe"), people=(jane,)))
    assert author.person is None
    assert author.id != "jane-doe"
    assert author.orcid == ""


def test_registering_somebody_moves_nobody_elses_page() -> None:
    papers = (by("Jane Doe", "Bob Roe", key="a"), by("Plato", key="b"))
    before = [author.id for author in authors(volume(*papers))]
    people = tuple(
        Person(id=id, name=Name(given="X", family="Y")) for id in ("jane-doe", "plato", "bob-roe")
    )
    assert [author.id for author in authors(volume(*papers, people=people))] == before


def test_a_registered_name_stands_for_all_that_were_printed() -> None:
    jane = Person(
        id="jane", name=Name(given="Jane", family="Doe"), orcid="0000-0002-1825-0097",
        former_names=(Name(given="Jane", family="Roe"),),
    )  # fmt: skip
    (author,) = authors(volume(by("Jane Roe", person="jane"), people=(jane,)))
    assert author.name == jane.name
    assert author.orcid == "0000-0002-1825-0097"
    assert author.contributors[0].name.full == "Jane Roe"


def test_authors_of_withdrawn_papers_are_not_listed_and_those_of_the_program_are() -> None:
    found = authors(
        volume(
            by("Ann Away", key="a", include=Include.WITHDRAWN),
            by("Pat Program", key="b", include=Include.PROGRAM),
        )
    )
    assert [author.name.full for author in found] == ["Pat Program"]


def test_authors_stand_in_the_order_of_the_unicode_collation_algorithm() -> None:
    names = ["Bo Zorn", "Ulla Øster", "Jan Łukasik", "Ana Ostrom", "Eve Lund", "Max Đurić"]
    found = [author.name.family for author in authors(volume(by(*names)))]
    assert found == ["Đurić", "Łukasik", "Lund", "Øster", "Ostrom", "Zorn"]


def test_somebody_named_twice_on_one_paper_has_it_once() -> None:
    (author,) = authors(volume(by("Jane Doe", "Jane Doe")))
    assert len(author.papers) == 1
