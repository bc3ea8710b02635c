from __future__ import annotations

from dataclasses import replace

import pytest

from builder.model import Name, Person, Severity


def judged(make, findings, one, other, code="name-variants", *, people=()):
    papers = (
        replace(make.paper("a25"), contributors=(one,)),
        replace(make.paper("b25"), contributors=(other,)),
    )
    return findings(make.volume(*papers, people=people), only=code)


@pytest.mark.parametrize(
    ("one", "other", "severity", "how"),
    [
        ("Baptiste Lafabregue", "Baptiste Lafabrègue", Severity.WARNING, "accents"),
        ("Casey Kennington", "Kennington Casey", Severity.WARNING, "exchanged"),
        ("Jane Q. Doe", "Jane Q Doe", Severity.INFO, "dots"),
        ("Adam J. Stewart", "Adam Stewart", Severity.INFO, "middle name"),
        ("Jane Doe", "J. Doe", Severity.INFO, "abbreviated"),
        ("Subhasish Ghosh", "Subhasis Ghosh", Severity.INFO, "one letter"),
    ],
)
def test_two_spellings_are_one_question(make, findings, *, one, other, severity, how) -> None:
    (found,) = judged(make, findings, make.someone(one), make.someone(other))
    assert found.severity is severity
    assert how in found.message
    assert "a25" in found.message
    assert "b25" in found.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Doe", "John Doe"),
        ("Wei Zhang", "Wei Zheng"),
        ("Adam J. Stewart", "Adam K. Stewart"),
        ("Jane Doe", "Jane Doe"),
        ("Gilles HACHEME", "Gilles Hacheme"),
    ],
)
def test_other_people_are_no_question(make, findings, one, other) -> None:
    assert judged(make, findings, make.someone(one), make.someone(other)) == []


def test_what_the_editors_settled_is_not_asked_again(make, findings) -> None:
    one = make.someone("Jane Q. Doe", person="jane-doe")
    other = make.someone("Jane Doe", person="jane-doe")
    assert judged(make, findings, one, other) == []


def test_a_former_name_is_never_told(make, findings) -> None:
    person = Person(
        id="jane-doe",
        name=Name(given="Jane", family="Doe"),
        former_names=(Name(given="Jané", family="Doe"),),
    )
    one, other = make.someone("Jané Doe"), make.someone("Jane Doe", person="jane-doe")
    for code in ("name-variants", "orcid-shared", "person-name"):
        one, other = replace(one, orcid="x"), replace(other, orcid="x")
        assert judged(make, findings, one, other, code, people=(person,)) == []


def test_one_orcid_for_two_people(make, findings) -> None:
    orcid = "0000-0002-1825-0097"
    one, other = make.someone("Jane Doe", orcid=orcid), make.someone("Ivan Petrov", orcid=orcid)
    (found,) = judged(make, findings, one, other, "orcid-shared")
    assert "Jane Doe" in found.message
    assert "Ivan Petrov" in found.message
    assert judged(make, findings, one, replace(other, name=Name(given="J.", family="Doe")),
                  "orcid-shared") == []  # fmt: skip


def test_two_orcids_for_one_name(make, findings) -> None:
    one = make.someone("Wei Zhang", orcid="0000-0002-1825-0097")
    other = make.someone("Wei Zhang", orcid="0000-0001-5109-3700")
    assert len(judged(make, findings, one, other, "orcid-conflict")) == 1
    one, other = replace(one, person="wei-zhang-a"), replace(other, person="wei-zhang-b")
    assert judged(make, findings, one, other, "orcid-conflict") == []


def test_a_name_at_two_institutions_is_a_question(make, findings) -> None:
    one, other = (
        make.someone("Wei Zhang", "KTH Stockholm"),
        make.someone("Wei Zhang", "Peking University"),
    )
    (found,) = judged(make, findings, one, other, "homonym")
    assert found.message.startswith("is Wei Zhang of KTH Stockholm (a25) the same person")
    near = make.someone("Wei Zhang", "Royal Institute KTH")
    assert judged(make, findings, one, near, "homonym") == []


def zhang(make, number, **more):
    return make.someone("Wei Zhang", openreview=f"~Wei_Zhang{number}", **more)


def test_one_name_under_two_profiles_is_a_warning_that_names_both_papers(make, findings) -> None:
    (found,) = judged(make, findings, zhang(make, 7), zhang(make, 12), "homonym")
    assert found.severity is Severity.WARNING
    assert "~Wei_Zhang7 (a25) and ~Wei_Zhang12 (b25)" in found.message
    assert "people.yaml" in found.hint
    assert "authors.yaml (`person: id`)" in found.hint


def test_profiles_that_the_editors_told_apart_are_no_question(make, findings) -> None:
    for other in ("", "wei-zhang-b", "wei-zhang-a"):
        one = zhang(make, 7, person="wei-zhang-a")
        assert judged(make, findings, one, zhang(make, 12, person=other), "homonym") == []


def test_one_person_with_two_profiles_and_one_orcid_is_no_question(make, findings) -> None:
    one, other = (zhang(make, n, orcid="0000-0002-1825-0097") for n in (7, 12))
    assert judged(make, findings, one, other, "homonym orcid-conflict") == []


def test_two_orcids_are_told_once_and_say_how_to_tell_the_people_apart(make, findings) -> None:
    one = zhang(make, 7, orcid="0000-0002-1825-0097")
    other = zhang(make, 12, orcid="0000-0001-5109-3700")
    (found,) = judged(make, findings, one, other, "homonym orcid-conflict")
    assert found.code == "orcid-conflict"
    assert found.severity is Severity.WARNING
    assert "a25" in found.message
    assert "b25" in found.message
    assert "authors.yaml (`person: id`)" in found.hint


def test_one_profile_at_two_institutions_is_one_person(make, findings) -> None:
    one, other = (
        make.someone("Wei Zhang", place, openreview="~Wei_Zhang7")
        for place in ("KTH Stockholm", "Peking University")
    )
    assert judged(make, findings, one, other, "homonym") == []
