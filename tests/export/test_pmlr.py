"""A volume for PMLR: what its editors' own program would look at."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path

import bibtexparser
import pikepdf
import pypdfium2
import pytest

from builder.edition import bibtex
from builder.edition.private import Consent, Private
from builder.export import TARGETS, Package, Request, preflight
from builder.export.dossier import PREVIEW
from builder.model import (
    Contributor,
    Event,
    Inspection,
    Markup,
    Name,
    PageSeen,
    Paper,
    Plan,
    SpecialIssue,
    Supplement,
    Track,
    Volume,
)
from builder.model.markup import Math, Text


def person(given: str, family: str, **rest: str) -> Contributor:
    return Contributor(name=Name(given=given, family=family, **rest))  # type: ignore[arg-type]


def paper(key: str, *authors: Contributor, **rest: object) -> Paper:
    fields: dict[str, object] = {
        "title": Markup.text("A Title of mCLIP"),
        "abstract": Markup.text("An abstract."),
        "track": "long",
        "pdf_file": f"papers/{key}.pdf",
        **rest,
    }
    return Paper(key=key, contributors=authors, **fields)  # type: ignore[arg-type]


PAPERS = (
    paper(
        "one25",
        person("Zoë", "Đurić"),
        Contributor(name=Name(literal="The Atlantis Collaboration", organisation=True)),
        title=Markup((Text("Cost of $5_a & "), Math(r"x_1"), Text(" in Łódź: 50%"))),
        openreview="https://openreview.net/forum?id=a_B-1",
        code="https://example.org/code",
        supplements=(
            Supplement(file="papers/one25-supp.zip"),
            Supplement(file="papers/one25-supp-b.zip"),
        ),
    ),
    paper("two25", person("Jane", "Doe"), track="short"),
    paper("three25", person("John", "Doe")),
    paper("li25", Contributor(name=Name(literal="李明"))),
)

Make = Callable[..., Package]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    (tmp_path / "papers").mkdir()
    document = pikepdf.new()
    for _ in range(2):
        document.add_blank_page(page_size=(612, 792))
    for known in PAPERS:
        document.save(tmp_path / known.pdf_file, deterministic_id=True)
        for supplement in known.supplements:
            (tmp_path / supplement.file).write_bytes(b"PK")

    def build(*papers: Paper, agreed: bool = True, out: str = "pmlr", **rest: object) -> Package:
        papers = papers or PAPERS[:3]
        event = Event(name="Maps & More", short_name="Maps 2025", place="Town, France")
        event = dataclasses.replace(
            event, start=rest.pop("start", __import__("datetime").date(2025, 7, 19)),  # type: ignore[arg-type]
            url="https://example.org/",
        )  # fmt: skip
        volume = Volume(
            event=event,
            title="Proceedings of Maps",
            editors=(person("Ann", "Roe"),),
            papers=papers,
            tracks=(Track(id="long", name="Long papers"), Track(id="short", name="Short papers")),
            special_issue=SpecialIssue(targets=("pmlr", "dmlr")),
        )
        consents = tuple(Consent(target="pmlr", paper=p.key, given=True) for p in papers if agreed)
        pages = (PageSeen(width=612, height=792),) * 2
        return TARGETS["pmlr"].build(
            Request(
                volume=volume,
                plan=Plan(),
                inspections={p.key: Inspection(sha256=p.key, size=1, pages=pages) for p in papers},
                root=tmp_path,
                papers={p.key: tmp_path / p.pdf_file for p in papers},
                out=tmp_path / out,
                private=Private(consents=consents),
            )
        )

    return build


def bib(package: Package) -> str:
    (file,) = package.folder.glob("volume*/*.bib")
    return file.read_text(encoding="utf-8")


def test_the_bibliography_is_what_the_specification_asks_for(make: Make) -> None:
    package = make()
    source = bib(package)
    assert source.isascii()
    library = bibtexparser.parse_string(source)
    assert not library.failed_blocks
    volume, first, second, third = library.entries
    assert volume["volume"] == ""
    assert (volume["shortname"], volume["year"]) == ("Maps", "2025")
    assert (volume["start"], volume["end"]) == ("2025-07-19", "2025-07-19")
    assert volume["sections"] == "Long papers|Short papers"
    assert [entry.key for entry in library.entries[1:]] == ["duric25", "doe25a", "doe25b"]
    assert [first["pages"], second["pages"], third["pages"]] == ["1-2", "3-4", "5-6"]
    assert first["author"].endswith("and {The Atlantis Collaboration}")
    assert first["openreview"] == "a_B-1"
    assert first["software"] == "https://example.org/code"
    assert r"{\textdollar}5{\textunderscore}a \& $x_1$" in first["title"]
    assert second["section"] == "Short papers"
    assert "{mCLIP}" in second["title"]


def test_a_second_parser_reads_it_too(make: Make, tmp_path: Path) -> None:
    file = tmp_path / "v.bib"
    file.write_text(bib(make()), encoding="utf-8")
    read = bibtex.read(file)
    assert [entry.key for entry in read.entries][1:] == ["duric25", "doe25a", "doe25b"]
    assert not [f for f in read.findings if f.severity.label == "error"]


def test_the_editors_own_checks_find_nothing(make: Make) -> None:
    package = make()
    assert "export-preflight" not in {f.code for f in package.findings}
    assert "nothing was found" in (package.folder / "README.md").read_text(encoding="utf-8")


def test_files_stand_beside_the_bibliography_and_permissions_apart(make: Make) -> None:
    package = make()
    found = {path.name for path in (package.folder / "volume").iterdir()}
    assert found == {
        "maps2025.bib", "duric25.pdf", "duric25-supp.zip", "doe25a.pdf", "doe25b.pdf",
    }  # fmt: skip
    assert {path.name for path in (package.folder / "permissions").iterdir()} == {
        f"{id}Permission.pdf" for id in ("duric25", "doe25a", "doe25b")
    }
    left = next(f for f in package.findings if f.code == "export-supplement-type")
    assert "one25-supp-b.zip" in left.message


def test_a_preview_says_so_and_its_papers_too(make: Make) -> None:
    package = make(agreed=False)
    assert package.preview
    assert bib(package).startswith(f"% {PREVIEW}\n")
    for file in package.folder.rglob("*.pdf"):
        for page in pypdfium2.PdfDocument(file):
            assert PREVIEW in page.get_textpage().get_text_range()
    assert not (package.folder / "volume").exists()


def test_a_second_run_gives_the_same_bytes(make: Make) -> None:
    one, two = make(), make(out="again")
    files = {
        p.relative_to(one.folder): p.read_bytes() for p in one.folder.rglob("*") if p.is_file()
    }
    again = {
        p.relative_to(two.folder): p.read_bytes() for p in two.folder.rglob("*") if p.is_file()
    }
    assert files == again


def test_a_name_without_latin_letters_keeps_the_editors_spelling_and_is_said(make: Make) -> None:
    package = make(PAPERS[3])
    assert "@InProceedings{li25," in bib(package)
    finding = next(f for f in package.findings if f.code == "export-preflight")
    assert "李" in finding.message


def test_authors_learn_that_they_have_to_choose(make: Make) -> None:
    finding = next(f for f in make().findings if f.code == "export-archival-choice")
    assert "DMLR" in finding.message


GOOD = """@Proceedings{M,
  booktitle = {B}, name = {N}, shortname = {M}, year = {2025}, editor = {Roe, Ann},
  volume = {}, start = {2025-07-19}, end = {2025-07-19}, address = {T},
  conference_url = {https://example.org}
}
@InProceedings{doe25, title = {T}, author = {Doe, Jane and {Team X}}, abstract = {A}}
"""


@pytest.mark.parametrize(
    ("old", "new", "names", "fault"),
    [
        ("", "", [], "doe25.pdf is missing"),
        ("", "", ["doe25.pdf", "x25.pdf"], "x25.pdf belongs to no entry"),
        ("", "", ["doe25.pdf", "x25-supp.zip"], "x25-supp.zip belongs to no entry"),
        ("2025-07-19}, end", "July 19}, end", ["doe25.pdf"], "start is no date"),
        ("address = {T},", "", ["doe25.pdf"], "lacks address"),
        ("{Doe, Jane", "{Jane Doe", ["doe25.pdf"], "no comma in the name Jane Doe"),
        ("{Doe, Jane", "{doe, jane", ["doe25.pdf"], "has no capital letter"),
        ("{A}", "{knowl- edge of cost}", ["doe25.pdf"], "a line had been broken"),
        ("{A}", r"{cost \$5}", ["doe25.pdf"], "show as they stand"),
        ("{A}", r"{a \\ b}", ["doe25.pdf"], "two backslashes"),
        ("{A}", "{ﬁne}", ["doe25.pdf"], "not written as LaTeX: ﬁ"),
        ("title = {T}", "title = {T}, section = {S}", ["doe25.pdf"], "declares none"),
        ("{doe25,", "{Doe2025,", ["doe25.pdf"], "not a last name in ASCII"),
    ],
)
def test_the_preflight_finds_what_pmlr_s_editors_find(
    old: str, new: str, names: list[str], fault: str
) -> None:
    assert preflight.problems(GOOD, ["doe25.pdf"]) == ()
    source = GOOD.replace(old, new, 1) if old else GOOD
    assert any(fault in problem for problem in preflight.problems(source, names)), fault


def test_the_preflight_finds_the_faults_of_a_volume_that_was_sent_back(shared: Path) -> None:
    source = (shared / "corpora/bibtex/pmlr-v304-as-submitted.bib").read_text(encoding="utf-8")
    found = "\n".join(preflight.problems(source, []))
    for name in ("YanjunXu", "yimingqiao"):
        assert re.search(f"no comma in the name {name}", found)
    assert "two backslashes" in found
