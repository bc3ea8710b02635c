from __future__ import annotations

import pytest

from builder.check.names import case_fault
from builder.edition import names
from builder.edition.authors import oddities
from builder.model import Committee, Contributor, Name, Severity, Where

CODES = "name-capitals name-lower-case name-odd-character name-single-word name-organisation"


def committee(*members):
    return Committee(id="pc", title="Program committee", members=members)


def judged(make, findings, name):
    member = name if isinstance(name, Contributor) else make.someone(name)
    return findings(make.volume(committees=(committee(member),)), only=f"{CODES} name-initial")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("RITU YADAV", "name-capitals"),
        ("Gilles HACHEME", "name-capitals"),
        ("Xu LI", "name-capitals"),
        ("jane doe", "name-lower-case"),
        ("Jane doe", "name-lower-case"),
        ("YanjunXu", "name-single-word"),
        ("yimingqiao", "name-single-word"),
        ("Dr. Jane Doe", "name-odd-character"),
        ("Jane Doe1", "name-odd-character"),
        ("Jane Doe jane@example.org", "name-odd-character"),
        ("Jane Doe and John Roe", "name-odd-character"),
        ("Jane Doe et al.", "name-odd-character"),
        ("The River Collaboration", "name-organisation"),
        ("Sujit R", "name-initial"),
    ],
)
def test_names_that_were_hardly_meant_so(make, findings, name, code) -> None:
    assert [f.code for f in judged(make, findings, name)] == [code]


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe", "J. R. R. Tolkien", "JD Vance", "Sameera S Ponda", "Marc Rußwurm",
        "Conor McGregor", "Ludwig van Beethoven", "Jean-Luc d'Alembert", "Łukasz Đurić",
        "გიორგი მარგიანი", "Ngô Bảo Châu", "O. Henry", "Anders Østergård", "محمد علي",
    ],
)  # fmt: skip
def test_names_of_many_kinds_are_fine(make, findings, name) -> None:
    assert judged(make, findings, name) == []


def test_a_name_that_is_said_to_be_whole_is_not_asked_about(make, findings) -> None:
    (asked,) = judged(make, findings, Contributor(name=names.of("Plato")))
    assert "{literal: Plato}" in asked.hint
    for said in ({"literal": "Plato"}, {"literal": "bell hooks"}, "{Plato}"):
        assert judged(make, findings, Contributor(name=names.of(said))) == [], said


@pytest.mark.parametrize(
    "name",
    ["Karl von und zu Hohenfels", "Otto vom Berg", "Anna zur Linde", "Erik af Klint",
     "Pia av Ek", "Jan ter Horst", "Kees ten Bosch", "Ali bin Omar", "Ana dos Reis",
     "Luca della Robbia", "Ana das Neves", "Jean du Bois", "Gianni dalla Chiesa"],
)  # fmt: skip
def test_particles_are_written_in_lower_case(make, findings, name) -> None:
    assert judged(make, findings, Contributor(name=names.of(name))) == []
    assert list(oddities(name, names.of(name), "a25", Where(file="papers.bib"))) == []


def test_names_in_their_own_script_and_organisations_are_fine(make, findings) -> None:
    for name in (Name(literal="李明"), Name(literal="ESA", organisation=True)):
        assert judged(make, findings, Contributor(name=name)) == []


def test_the_other_spelling_is_named_where_there_is_one(make, findings) -> None:
    edition = make.volume(
        make.paper("a25", authors=["Ritu Yadav"]),
        committees=(committee(make.someone("RITU YADAV")),),
    )
    (found,) = findings(edition, only=CODES)
    assert found.severity is Severity.WARNING
    assert found.hint == "Elsewhere it is “Ritu Yadav”."


def test_authors_are_judged_where_their_file_is_read(make, findings) -> None:
    assert findings(make.volume(make.paper("a25", authors=["RITU YADAV"])), only=CODES) == []


def test_an_initial_and_an_abbreviation_are_no_capitals() -> None:
    assert case_fault(Name(given="A. J.", family="Doe")) == ""
    assert case_fault(Name(given="MJ", family="Doe")) == ""


def test_an_author_twice_on_one_paper(make, findings) -> None:
    edition = make.volume(make.paper("a25", authors=["Jane Doe", "John Roe", "Jané Doe"]))
    (found,) = findings(edition, only="author-repeated")
    assert found.subject == "a25"
