"""Sections drawn from the papers: what they hold, and that they come out on paper."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest

from builder.booklet import paginate
from builder.booklet.desk import Data, Desk
from builder.booklet.front import back_matter, front_matter, handbook
from builder.booklet.plan import dividers
from builder.booklet.settings import unknown_names
from builder.booklet.typeset import Typeset, typeset
from builder.model import (
    Committee,
    Include,
    Inspection,
    Markup,
    Name,
    Plan,
    Session,
    Slot,
    Supplement,
    Volume,
)
from tests.booklet.conftest import person


def settings(volume: Volume, **more: Any) -> Volume:
    return replace(volume, booklet=replace(volume.booklet, **more))


def changed(volume: Volume, key: str, **more: Any) -> Volume:
    papers = (replace(one, **more) if one.key == key else one for one in volume.papers)
    return replace(volume, papers=tuple(papers))


def desk(volume: Volume, inspections: dict[str, Inspection]) -> Desk:
    return Desk(volume=volume, plan=paginate(volume, inspections, draft=True))


def section(made: Data | None, kind: str) -> Data:
    assert made is not None
    return next(one for one in made["sections"] if one["kind"] == kind)


def words(data: Data | None, file: Path) -> tuple[Typeset, list[str]]:
    assert data is not None
    made = typeset(data, "booklet.typ", {}, file)
    pages = pypdf.PdfReader(file).pages
    return made, [" ".join(page.extract_text().split()) for page in pages]


def test_keywords_are_filed_without_signs_and_once(
    volume: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    volume = changed(volume, "ada25", keywords=("zebras", "“Alpha”", "maps"))
    volume = changed(volume, "bo25", keywords=("Maps",))
    volume = settings(volume, back_matter=("subject-index",))
    made = back_matter(desk(volume, inspections))
    groups = section(made, "subject-index")["groups"]
    assert [
        (g["initial"], [(w["name"], [p["page"] for p in w["pages"]]) for w in g["authors"]])
        for g in groups
    ] == [
        ("A", [("“Alpha”", ["1"])]),
        ("M", [("maps", ["1", "4"])]),
        ("Z", [("zebras", ["1"])]),
    ]
    typeset_, pages = words(made, tmp_path / "back.pdf")
    assert [mark.id for mark in typeset_.marks] == ["subject-index"]
    assert "Subject Index" in pages[0]


def test_particles_are_filed_or_not(volume: Volume, inspections: dict[str, Inspection]) -> None:
    name = Name(given="Laurens", particle="van der", family="Maaten")
    someone = replace(person("X Y"), name=name)
    volume = changed(volume, "cy25", contributors=(someone,))
    for particles, expected in (
        ("sorted", ("V", "van der Maaten, Laurens")),
        ("ignored", ("M", "Maaten, Laurens van der")),
    ):
        made = back_matter(desk(settings(volume, particles=particles), inspections))
        found = [
            (group["initial"], one["name"])
            for group in section(made, "author-index")["groups"]
            for one in group["authors"]
        ]
        assert expected in found


def test_awards_posters_and_supplements_stand_where_there_are_any(
    volume: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    names = ("awards", "posters", "supplements", "abstracts", "keynotes", "half-title")
    bare = front_matter(desk(settings(volume, front_matter=names), inspections))
    assert [one["kind"] for one in bare["sections"]] == ["talks", "half-title"]
    volume = changed(
        volume,
        "ada25",
        awards=("Best Paper",),
        supplements=(Supplement(file="papers/ada25-supp.zip", kind="software"),),
    )
    volume = changed(
        volume, "cy25", include=Include.PROGRAM, abstract=Markup.text("Only presented.")
    )
    hung = Session(id="p", title="Posters", kind="posters", slots=(Slot(paper="bo25"),))
    volume = replace(
        volume, program=replace(volume.program, sessions=(*volume.program.sessions, hung))
    )
    made = front_matter(desk(settings(volume, front_matter=names), inspections))
    assert [one["kind"] for one in made["sections"]] == [
        "awards", "posters", "supplements", "abstracts", "talks", "half-title",
    ]  # fmt: skip
    _, pages = words(made, tmp_path / "front.pdf")
    for page, expected in zip(
        pages,
        ("Best Paper", "On the Second Thing", "ada25-supp.zip", "Only presented.", "On Everything"),
        strict=False,
    ):
        assert expected in page


LAYOUTS = [
    ("columns", "Ann Roe Here Bo Doe"),
    ("list", "Ann Roe Here Bo Doe"),
    ("paragraph", "Ann Roe (Here); Bo Doe"),
]
GIVEN = [f"{a}{b}" for a in "AEIOU" for b in "bcdfghjklmnpr"]


def test_a_committee_may_have_a_section_of_its_own(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    thanked = Committee(id="reviewers", title="Reviewers", members=(person("Rex Roe"),))
    volume = replace(volume, committees=(*volume.committees, thanked))
    volume = settings(volume, front_matter=("committees", "reviewers"))
    made = front_matter(desk(volume, inspections))
    assert [(one["id"], one["title"]) for one in made["sections"]] == [
        ("committees", "Organizers"),
        ("reviewers", "Reviewers"),
    ]
    assert unknown_names(volume) == ()


@pytest.mark.parametrize(("layout", "shown"), LAYOUTS)
def test_a_committee_stands_as_the_edition_says(
    volume: Volume,
    inspections: dict[str, Inspection],
    tmp_path: Path,
    layout: str,
    shown: str,
) -> None:
    group = Committee(
        id="reviewers", title="Reviewers", members=(person("Ann Roe", "Here"), person("Bo Doe"))
    )
    volume = replace(volume, committees=(group,))
    volume = settings(volume, front_matter=("reviewers",), committees={"reviewers": layout})
    _, pages = words(front_matter(desk(volume, inspections)), tmp_path / "front.pdf")
    assert shown in pages[0]


def test_a_committee_of_a_thousand_fits_its_pages_in_every_layout(
    volume: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    crowd = tuple(person(f"Given{at} Family{at}", f"Place {at % 40}") for at in range(1000))
    volume = replace(volume, committees=(Committee(id="pc", title="PC", members=crowd),))
    for layout in ("columns", "list", "paragraph"):
        said = settings(volume, front_matter=("pc",), committees={"pc": layout})
        _, pages = words(front_matter(desk(said, inspections)), tmp_path / f"{layout}.pdf")
        whole = " ".join(pages)
        assert all(f"Given{at} Family{at}" in whole for at in range(1000))


def test_a_layout_for_nobody_is_told(volume: Volume) -> None:
    (finding,) = unknown_names(settings(volume, committees={"revewers": "list"}))
    assert finding.code == "booklet-unknown-committee"


def test_a_word_that_is_never_said_is_told(volume: Volume) -> None:
    (finding,) = unknown_names(settings(volume, words={"content": "Inhalt", "contents": "Inhalt"}))
    assert finding.code == "booklet-unknown-word"
    assert "`content`" in finding.message


def test_pages_of_a_long_index_say_at_their_head_what_stands_on_them(
    volume: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    crowd = tuple(person(f"{given} {family}n") for family in "ABCDEFGH" for given in GIVEN)
    long = changed(volume, "ada25", contributors=crowd)
    made, pages = words(back_matter(desk(long, inspections)), tmp_path / "back.pdf")
    assert made.pages > 2
    heads = [page.split()[0] for page in pages]
    assert heads[0].startswith("A–")
    assert heads[-1].endswith("–P")
    # Where one page ends within a letter, the next begins with it.
    assert all(now[0] in (before[-1], chr(ord(before[-1]) + 1)) for before, now in pairwise(heads))
    _, pages = words(back_matter(desk(volume, inspections)), tmp_path / "short.pdf")
    assert pages[0].startswith("Author Index")


def test_two_persons_of_one_name_have_their_affiliations_behind_it(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    north = replace(person("Wei Zhang", "North"), person="wei-zhang-north")
    south = replace(person("Wei Zhang", "South"), person="wei-zhang-south")
    volume = changed(volume, "ada25", contributors=(north, person("Bo Roe", "Here")))
    volume = changed(volume, "bo25", contributors=(south,))
    entries = [
        (one["name"], one["note"])
        for group in section(back_matter(desk(volume, inspections)), "author-index")["groups"]
        for one in group["authors"]
    ]
    assert ("Roe, Bo", "") in entries
    assert {("Zhang, Wei", "North"), ("Zhang, Wei", "South")} <= set(entries)


def test_headings_are_in_the_words_of_the_edition(
    volume: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    volume = settings(
        volume, words={"contents": "Inhalt", "editor": "Herausgeberin"}, front_matter=("contents",)
    )
    made = front_matter(desk(volume, inspections))
    assert section(made, "contents")["title"] == "Inhalt"
    assert made["words"]["editor"] == "Herausgeberin"
    assert "Inhalt" in words(made, tmp_path / "front.pdf")[1][0]


def test_the_handbook_tells_of_every_paper_and_leads_to_its_abstract(
    volume: Volume, tmp_path: Path
) -> None:
    volume = changed(volume, "ada25", abstract=Markup.text("What the first thing is."))
    volume = changed(volume, "cy25", include=Include.PROGRAM)
    made = handbook(Desk(volume=volume, plan=Plan(), handbook=True))
    _, pages = words(made, tmp_path / "handbook.pdf")
    whole = " ".join(pages)
    assert "What the first thing is." in whole
    assert whole.count("On the Third Thing") >= 2  # in the program, and with its abstract
    told = next(n for n, page in enumerate(pages, 1) if "What the first thing is." in page)
    assert f"Álvarez, Ada {told}" in pages[-1]


@pytest.mark.parametrize("look", ["contours", "bands", "type", "frame", "image"])
def test_every_cover_holds_the_title_on_one_page(
    volume: Volume, inspections: dict[str, Inspection], tmp_path: Path, look: str
) -> None:
    volume = settings(volume, cover=look, front_matter=("cover",))
    made, pages = words(front_matter(desk(volume, inspections)), tmp_path / "front.pdf")
    assert made.pages == 1
    assert volume.title in pages[0]


def test_dividers_take_a_page_number_before_each_track(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    volume = settings(volume, dividers=True)
    assert dividers(volume) == {
        "ada25": "Long papers",
        "bo25": "Short papers",
        "cy25": "Long papers",
    }
    plan = paginate(volume, inspections, draft=True)
    assert [(one.first, one.last) for one in plan.papers] == [(2, 4), (6, 7), (9, 9)]
    assert dividers(settings(volume, contents="flat")) == {}
