"""BibTeX that parsers read back and that never claims more than the editors do."""

from __future__ import annotations

import bibtexparser
import pytest
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts

from builder import cite
from builder.cite.bibtex import name as written_name
from builder.model import Contributor, Include, Markup, Name, Plan, PlannedPaper
from builder.model.markup import Math, Styled, Text, plain
from citable import PEOPLE, PLAN, paper, volume


def fields(source: str) -> dict[str, str]:
    library = bibtexparser.parse_string(source)
    assert not library.failed_blocks
    (entry,) = library.entries
    return {"ENTRYTYPE": entry.entry_type, **{field.key: field.value for field in entry.fields}}


def test_a_non_archival_paper_was_presented_and_is_in_no_proceedings() -> None:
    one = paper()
    found = fields(cite.bibtex(volume(one), one, PLAN))
    assert found["ENTRYTYPE"] == "misc"
    assert (
        found["howpublished"] == "Presented at TerraBytes 2025 (ICML 2025 workshop), non-archival"
    )
    assert found["url"] == "https://openreview.net/forum?id=a_b"
    assert (found["year"], found["month"]) == ("2025", "jul")
    assert not {"booktitle", "pages", "publisher", "editor"} & set(found)


@pytest.mark.parametrize("archival", [True, False])
def test_proceedings_are_named_only_where_there_are_some(archival: bool) -> None:
    one = paper(archival=archival)
    everything = cite.bibliography(volume(one, archival=archival), PLAN)
    assert ("Proceedings of" in everything) is archival


def test_an_archival_paper_is_cited_with_all_that_is_known() -> None:
    one = paper(archival=True, doi="10.5555/x_y")
    found = fields(cite.bibtex(volume(one, archival=True), one, PLAN))
    assert found["ENTRYTYPE"] == "inproceedings"
    assert found["booktitle"] == "Proceedings of TerraBytes 2025"
    assert found["editor"] == "Poe, Pat"
    assert found["pages"] == "7--12"
    assert found["publisher"] == "Example Press"
    assert found["doi"] == "10.5555/x_y"
    assert found["url"] == "https://doi.org/10.5555/x_y"


def test_what_nobody_stated_is_left_out() -> None:
    one = paper(archival=True, openreview="")
    bare = volume(one, archival=True, publisher="", editors=())
    assert set(fields(cite.bibtex(bare, one, Plan()))) == {
        "ENTRYTYPE", "title", "author", "booktitle", "address", "year", "month",
    }  # fmt: skip


def test_pages_of_a_placeholder_are_not_cited_since_they_will_move() -> None:
    one = paper(archival=True)
    draft = Plan((PlannedPaper(key="liu25", first=7, last=7, placeholder=True),))
    assert "pages" not in cite.bibtex(volume(one, archival=True), one, draft)


def test_an_archival_paper_that_the_volume_does_not_print_is_not_in_its_proceedings() -> None:
    one = paper(archival=True, include=Include.PROGRAM)
    found = fields(cite.bibtex(volume(one, archival=True), one, PLAN))
    assert found["ENTRYTYPE"] == "misc"
    assert "non-archival" not in found["howpublished"]


def test_every_name_is_divided_into_its_own_parts_again() -> None:
    one = paper()
    library = bibtexparser.parse_string(
        cite.bibtex(volume(one), one),
        append_middleware=[SeparateCoAuthors(), SplitNameParts()],
    )
    read = [
        (" ".join(n.first), " ".join(n.von), " ".join(n.last), " ".join(n.jr))
        for n in library.entries[0]["author"]
    ]
    assert read == [
        ("Laurens", "van der", "Maaten", ""),
        ("John", "", "Smith", "Jr."),
        ("Łukasz", "", "Šťastný", ""),
        ("", "", "{The ATLAS Collaboration}", ""),
        ("", "", "{Plato}", ""),
        ("", "", "{李明}", ""),
        ("Ana", "", "{de Souza}", ""),
        ("", "", "{Sand and Sons, Inc.}", ""),
        ("Foo", "", "{And}", ""),
    ]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (Name(given="Jane", particle="De La", family="Cruz"), "{De La} Cruz, Jane"),
        (Name(family="Doe"), "Doe"),
        (Name(family="Doe", suffix="III"), "{Doe, III}"),
        (Name(given="A. {B}", family="C & D"), r"C \& D, A. \textbraceleft{}B\textbraceright{}"),
        (Name(given="Jane, PhD", family="Doe"), "Doe, {Jane, PhD}"),
        (Name(given="Jane"), "{Jane}"),
    ],
)
def test_odd_names_are_protected(name: Name, written: str) -> None:
    assert written_name(name) == written


def test_unicode_is_kept_unless_ascii_is_asked_for() -> None:
    one = paper()
    assert "Łukasz" in cite.bibtex(volume(one), one)
    assert r"{\v{S}}{\v{t}}astn{\'{y}}, {\L}ukasz" in cite.bibtex(volume(one), one, ascii=True)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (
            "A mCLIP, U-Net and Vision-Language Model",
            "A {mCLIP}, {U-Net} and Vision-Language Model",
        ),
        ("(GANs): TerraBytes", "({GANs}): {TerraBytes}"),
        ("Learning 3D Shapes", "Learning {3D} Shapes"),
        ("ALL IN CAPITALS", "ALL IN CAPITALS"),
        ("A Simple Title", "A Simple Title"),
        ("50% of {x} & $y_1$", r"50\% of \textbraceleft{}x\textbraceright{} \& \$y\_1\$"),
    ],
)
def test_capitals_that_styles_must_not_lower_are_protected(title: str, written: str) -> None:
    one = paper(title=Markup.text(title))
    assert fields(cite.bibtex(volume(one), one))["title"] == written


def test_what_editors_protected_and_formulas_are_passed_on() -> None:
    title = Markup((Text("On "), Styled("protected", (Text("Gaussian"),)), Text(" "), Math("x^2")))
    one = paper(title=title)
    assert fields(cite.bibtex(volume(one), one))["title"] == "On {Gaussian} $x^2$"


def test_hostile_text_cannot_end_a_field() -> None:
    one = paper(
        title=Markup.text("a}, evil = {b"),
        contributors=(Contributor(name=Name(given="}", family="x}, y = {z")),),
        url="https://example.org/{}}",
        note="} @misc{x,",
    )
    found = fields(cite.bibtex(volume(one), one))
    assert set(found) == {
        "ENTRYTYPE", "title", "author", "howpublished", "year", "month", "url", "note",
    }  # fmt: skip


def test_the_volume_stands_before_its_papers_under_a_key_of_its_own() -> None:
    papers = (
        paper(key="terrabytes-2025"),
        paper(key="b"),
        paper(key="c", include=Include.WITHDRAWN),
    )
    library = bibtexparser.parse_string(cite.bibliography(volume(*papers), PLAN))
    assert [e.key for e in library.entries] == ["terrabytes-2025-volume", "terrabytes-2025", "b"]
    assert library.entries[0].entry_type == "misc"


def test_an_archival_volume_is_proceedings() -> None:
    found = fields(cite.volume_bibtex(volume(archival=True), PLAN))
    assert (found["ENTRYTYPE"], found["publisher"]) == ("proceedings", "Example Press")


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("name", PEOPLE, ids=str)
def test_the_edition_s_own_reader_finds_the_same_name_again(name: Name, ascii: bool) -> None:
    from builder.edition import names

    again = names.parse(written_name(name, ascii=ascii))
    assert (again.given, again.particle, again.family, again.suffix, again.literal) == (
        name.given, name.particle, name.family, name.suffix, name.literal,
    )  # fmt: skip


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize(
    "title",
    [
        "50% of {x} & $y_1$ #2 ~ ^ \\ <b> | `a` \"b\" 'c'",
        "Ångström, naïve, Łódź, Gračanin – — “q” ‘s’ … € © ½ × µ ∞",
        "Effects of α and β on Δ",
        "a--b ?` !` '' ``",
    ],
)
def test_the_edition_s_own_reader_finds_the_same_title_again(title: str, ascii: bool) -> None:
    from builder.edition import latex as reader

    one = paper(title=Markup((Text(title),)))
    found = fields(cite.bibtex(volume(one), one, ascii=ascii))
    parsed = reader.parse(found["title"])
    assert plain.render(parsed.markup) == title
    assert not parsed.problems
