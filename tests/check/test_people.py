from __future__ import annotations

from dataclasses import replace

import pytest

from builder.model import Affiliation, Committee, Name, Person

JANE = Person(id="jane-doe", name=Name(given="Jane", family="Doe"))


def committee(*members, title="Program committee"):
    return Committee(id=title.lower(), title=title, members=members)


def test_ids_that_nobody_has_and_people_whom_nobody_names(make, findings) -> None:
    edition = make.volume(
        people=(JANE,), committees=(committee(make.someone("Jane Doe", person="jane-do")),)
    )
    unknown, unused = findings(edition, only="person-unknown person-unused")[::-1]
    if unknown.code != "person-unknown":
        unknown, unused = unused, unknown
    assert unknown.hint == "Did you mean “jane-doe”?"
    assert "jane-doe" in unused.message


def test_a_name_tied_to_somebody_else(make, findings) -> None:
    wrong = make.someone("Ivan Petrov", person="jane-doe")
    short = make.someone("J. Doe", person="jane-doe")
    edition = make.volume(people=(JANE,), committees=(committee(wrong, short),))
    (found,) = findings(edition, only="person-name")
    assert "Ivan Petrov" in found.message


def test_a_member_twice_in_one_committee_but_not_in_two(make, findings) -> None:
    jane, again = make.someone("Jane Doe", "KTH"), make.someone("Jane Doe", "ESA")
    edition = make.volume(
        committees=(
            committee(jane, make.someone("John Roe"), jane),
            committee(again, title="Chairs"),
        )
    )
    (found,) = findings(edition, only="member-repeated")
    assert found.message == "Jane Doe stands twice in “Program committee”"


@pytest.mark.parametrize(
    ("affiliation", "code"),
    [
        ("University of Edinburgh, University of Edinburgh", "affiliation-repeated"),
        ("University of the the Arctic", "affiliation-repeated"),
        ("Department of Computer Science", "affiliation-vague"),
        ("School of Computing", "affiliation-vague"),
        ("PhD student", "affiliation-vague"),
        ("UNIVERSITY OF OSLO", "affiliation-case"),
        ("university of oslo", "affiliation-case"),
        ("KTH, jane@kth.se", "affiliation-odd"),
        ("Department of Computer Science, University of Oslo", None),
        ("KTH Royal Institute of Technology, Stockholm, Sweden", None),
        ("LASTIG, IGN", None),
        ("NASA IMPACT", None),
        ("INRIA", None),
        ("EPFL - EPF Lausanne", None),
        ("National Institute for Agriculture, Environment and Food", None),
        ("Institute of Technology Tallaght", None),
        ("Asterisk Labs", None),
        ("ENPC, Ecole Nationale des Ponts et Chausees", None),
        ("Planet", None),
        ("Baden Baden Institute", None),
    ],
)
def test_affiliations(make, findings, affiliation, code) -> None:
    edition = make.volume(committees=(committee(make.someone("Jane Doe", affiliation)),))
    codes = "affiliation-repeated affiliation-vague affiliation-case affiliation-odd"
    assert [f.code for f in findings(edition, only=codes)] == ([code] if code else [])


def test_an_affiliation_with_its_city_is_not_vague(make, findings) -> None:
    jane = replace(
        make.someone("Jane Doe"),
        affiliations=(Affiliation(name="School of Computing", city="Dublin"),),
    )
    assert findings(make.volume(committees=(committee(jane),)), only="affiliation-vague") == []
