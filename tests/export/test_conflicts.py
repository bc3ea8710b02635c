"""Who would judge their own paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.export.conflicts import candidates, conflicts, findings
from builder.model import (
    Affiliation,
    Committee,
    Contributor,
    Event,
    GuestEditor,
    Markup,
    Name,
    Paper,
    Person,
    SpecialIssue,
    Volume,
)

JANE = Name(given="Jane", family="Doe")


def edited(editor: Contributor, *authors: Contributor, people: tuple[Person, ...] = ()) -> Volume:
    return Volume(
        event=Event(name="E", short_name="E"),
        title="E",
        papers=(Paper(key="a", title=Markup.text("A"), contributors=authors),),
        people=people,
        special_issue=SpecialIssue(guest_editors=(GuestEditor(contributor=editor),)),
    )


@pytest.mark.parametrize(
    ("editor", "author", "basis"),
    [
        (
            Contributor(name=JANE, person="jane"),
            Contributor(name=Name(literal="J. D."), person="jane"),
            "person",
        ),
        (
            Contributor(name=JANE, orcid="0000-0002-1825-0097"),
            Contributor(name=Name(literal="J. D."), orcid="0000-0002-1825-0097"),
            "orcid",
        ),
        (
            Contributor(name=JANE, openreview="~Jane_Doe1"),
            Contributor(name=Name(literal="J. D."), openreview="~Jane_Doe1"),
            "openreview",
        ),
        (Contributor(name=JANE), Contributor(name=Name(given="JANE", family="Doé")), "name"),
        (
            Contributor(name=Name(given="Łucja", family="Đurić")),
            Contributor(name=Name(given="Lucja", family="Duric")),
            "name",
        ),
        (Contributor(name=Name(literal="李明")), Contributor(name=Name(literal="李明")), "name"),
    ],
)
def test_identity_is_known_by_ids_and_asked_about_by_name(
    editor: Contributor, author: Contributor, basis: str
) -> None:
    volume = edited(editor, author)
    (found,) = conflicts(volume, volume.papers)
    assert found.basis == basis
    assert found.certain is (basis != "name")
    (finding,) = findings([found])
    assert finding.code == ("export-conflict" if found.certain else "export-conflict-question")
    assert finding.subject == "a"


@pytest.mark.parametrize(
    ("editor", "author"),
    [
        (Contributor(name=JANE, person="jane-1"), Contributor(name=JANE, person="jane-2")),
        (
            Contributor(name=JANE, orcid="0000-0002-1825-0097"),
            Contributor(name=JANE, orcid="0000-0001-5109-3700"),
        ),
        (Contributor(name=JANE), Contributor(name=Name(given="John", family="Doe"))),
        (Contributor(name=Name(literal="李明")), Contributor(name=Name(literal="李娜"))),
    ],
)
def test_homonyms_with_ids_of_their_own_are_two_people(
    editor: Contributor, author: Contributor
) -> None:
    volume = edited(editor, author)
    assert conflicts(volume, volume.papers) == ()


def test_an_orcid_in_the_registry_and_a_former_name_count_too() -> None:
    registered = Person(
        id="jane", name=JANE, orcid="0000-0002-1825-0097", former_names=(Name(literal="Jane Roe"),)
    )
    by_orcid = edited(
        Contributor(name=JANE, person="jane"),
        Contributor(name=Name(literal="X"), orcid="0000-0002-1825-0097"),
        people=(registered,),
    )
    by_name = edited(
        Contributor(name=JANE, person="jane"),
        Contributor(name=Name(given="Jane", family="Roe")),
        people=(registered,),
    )
    assert [c.basis for c in conflicts(by_orcid, by_orcid.papers)] == ["orcid"]
    assert [c.basis for c in conflicts(by_name, by_name.papers)] == ["name"]


def test_a_former_name_never_stands_in_a_finding() -> None:
    registered = Person(id="jane", name=JANE, former_names=(Name(literal="Jane Roe"),))
    volume = edited(
        Contributor(name=JANE, person="jane"),
        Contributor(name=Name(given="Jane", family="Roe")),
        people=(registered,),
    )
    (finding,) = findings(conflicts(volume, volume.papers))
    assert "Roe" not in finding.message + finding.hint


def test_while_nobody_is_proposed_editors_then_organizers_are_looked_at() -> None:
    organizers = Committee(id="organizers", title="Organizers", members=(Contributor(name=JANE),))
    bare = Volume(event=Event(name="E", short_name="E"), title="E", committees=(organizers,))
    assert candidates(bare).role == "organizer"
    edited_by = Volume(
        event=Event(name="E", short_name="E"), title="E", editors=(Contributor(name=JANE),)
    )
    assert candidates(edited_by).role == "editor of the volume"


def test_the_organizers_of_terrabytes_who_wrote_papers_are_found(repository: Path) -> None:
    from builder import edition

    volume = edition.load(repository).volume
    assert volume is not None
    long = [paper for paper in volume.printed if paper.track == "long"]
    found = {(c.editor.name.full, c.paper.key) for c in conflicts(volume, long)}
    assert found == {
        ("Valentin Barriere", "castiglioni25shaping"),
        ("Javiera Castillo Navarro", "castiglioni25shaping"),
    }


ADA = Name(given="Ada", family="Poe")
BOB = Name(given="Bob", family="Roe")
ORCIDS = ("0000-0002-1825-0097", "0000-0001-5109-3700")


def two_papers(
    editor: Contributor, first: tuple[Contributor, ...], second: tuple[Contributor, ...]
) -> Volume:
    return Volume(
        event=Event(name="E", short_name="E"),
        title="E",
        papers=(
            Paper(key="a", title=Markup.text("A"), contributors=first),
            Paper(key="b", title=Markup.text("B"), contributors=second),
        ),
        special_issue=SpecialIssue(guest_editors=(GuestEditor(contributor=editor),)),
    )


@pytest.mark.parametrize("known", [True, False])
def test_who_wrote_with_a_guest_editor_in_this_volume_is_near(known: bool) -> None:
    jane = Contributor(name=JANE, orcid=ORCIDS[0])
    bob = Contributor(name=BOB, orcid=ORCIDS[1] if known else "")
    volume = two_papers(jane, (jane, bob), (Contributor(name=ADA), bob))
    own, near = conflicts(volume, volume.papers)
    assert (own.paper.key, own.basis, own.certain) == ("a", "orcid", True)
    assert (near.paper.key, near.basis, near.via, near.certain) == ("b", "coauthor", "a", known)
    (_, finding) = findings([own, near])
    assert finding.code == "export-conflict-near"
    assert "Bob Roe" in finding.message
    assert ("if the same names" in finding.message) is not known


@pytest.mark.parametrize(
    ("mine", "theirs", "certain"),
    [
        (Affiliation(name="University of  Nowhere"), Affiliation(name="university of nowhere"), 1),
        (Affiliation(name="The North Pole Institute"), Affiliation(name="North Pole Institute"), 1),
        (Affiliation(name="KTH"), Affiliation(name="KTH, Stockholm, Sweden"), 0),
        (
            Affiliation(name="KTH", ror="https://ror.org/026vcq606"),
            Affiliation(name="Kungliga Tekniska", ror="https://ror.org/026vcq606"),
            1,
        ),
    ],
)
def test_who_works_at_the_same_place_is_near(
    mine: Affiliation, theirs: Affiliation, certain: int
) -> None:
    volume = edited(
        Contributor(name=JANE, affiliations=(mine,)), Contributor(name=ADA, affiliations=(theirs,))
    )
    (found,) = conflicts(volume, volume.papers)
    assert (found.basis, found.certain, found.via) == ("affiliation", bool(certain), theirs.name)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Department of Physics, Here", "Department of Physics, There"),
        ("University of Here", "University of There"),
    ],
)
def test_departments_of_one_name_are_not_one_place(mine: str, theirs: str) -> None:
    volume = edited(
        Contributor(name=JANE, affiliations=(Affiliation(name=mine),)),
        Contributor(name=ADA, affiliations=(Affiliation(name=theirs),)),
    )
    assert conflicts(volume, volume.papers) == ()


def test_of_an_editors_own_paper_nothing_more_is_said() -> None:
    here = (Affiliation(name="Here"),)
    jane = Contributor(name=JANE, orcid=ORCIDS[0], affiliations=here)
    volume = edited(jane, jane, Contributor(name=ADA, affiliations=here))
    assert [found.basis for found in conflicts(volume, volume.papers)] == ["orcid"]


def test_a_crowd_of_authors_is_compared_in_no_time() -> None:
    crowd = tuple(
        Contributor(name=Name(given=f"A{n}", family="Many"), affiliations=(Affiliation(name="X"),))
        for n in range(4000)
    )
    volume = edited(Contributor(name=JANE, affiliations=(Affiliation(name="X"),)), *crowd)
    (found,) = conflicts(volume, volume.papers)
    assert found.basis == "affiliation"


def test_the_three_organizers_of_terrabytes_among_all_its_authors_are_questions(
    repository: Path,
) -> None:
    from builder import edition

    volume = edition.load(repository).volume
    assert volume is not None
    found = conflicts(volume, volume.papers)
    assert {conflict.editor.name.full for conflict in found} == {
        "Valentin Barriere",
        "Javiera Castillo Navarro",
        "Mikolaj Czerkawski",
    }
    assert not any(conflict.certain for conflict in found)
    assert {(c.editor.name.full, c.paper.key) for c in found if c.own} == {
        ("Valentin Barriere", "castiglioni25shaping"),
        ("Javiera Castillo Navarro", "castiglioni25shaping"),
        ("Mikolaj Czerkawski", "aybar25missing"),
    }
