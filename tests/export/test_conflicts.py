"""Who would judge their own paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.export.conflicts import candidates, conflicts, findings
from builder.model import (
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
