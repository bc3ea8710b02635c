"""Packages, opened and read: what a guest editor would find in them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
from lxml import etree

from builder.edition.private import Consent, Contact, Private
from builder.export import TARGETS, Package, Request
from builder.export.dossier import PREVIEW, shortened
from builder.model import (
    Affiliation,
    Contributor,
    Event,
    Inspection,
    Markup,
    Name,
    PageSeen,
    Paper,
    Plan,
    PlannedPaper,
    SpecialIssue,
    Supplement,
    Track,
    Volume,
)

NASTY = r"Dept. of R&D 100% $x_1$ #2 {odd} ~ ^ \input{x} [y]"

ODD = Paper(
    key="odd25",
    title=Markup.text("On <b>bold</b> & mCLIP: " + "very long words " * 25),
    contributors=(
        Contributor(
            name=Name(given="Laurens", particle="van der", family="Maaten"),
            affiliations=(Affiliation(name=NASTY),),
            orcid="0000-0002-1825-0097",
            openreview="~L_M1",
            corresponding=True,
        ),
        Contributor(
            name=Name(given="Łukasz J.", family="Smith", suffix="Jr."),
            affiliations=(
                Affiliation(name="[Odd] Institute", ror="https://ror.org/00example0", country="CA"),
                Affiliation(name=NASTY),
            ),
        ),
        Contributor(name=Name(literal="The ATLAS Collaboration", organisation=True)),
        Contributor(name=Name(literal="李明")),
    ),
    track="long",
    keywords=("earth & sky", "data"),
    openreview="https://openreview.net/forum?id=a_b",
    pdf_file="papers/odd25.pdf",
    supplements=(Supplement(file="papers/odd25-supp.csv"), Supplement(file="papers/gone.zip")),
    license="CC-BY-4.0",
)
GOOD = Paper(
    key="good25",
    title=Markup.text("A Good Paper"),
    abstract=Markup.text("word " * 200),
    contributors=(
        Contributor(
            name=Name(given="Jane Q.", family="Doe"),
            affiliations=(Affiliation(name="Example University, Town, France"),),
            orcid="0000-0001-5109-3700",
            openreview="~Jane_Doe1",
            corresponding=True,
        ),
    ),
    keywords=("maps",),
    track="long",
    pdf_file="papers/good25.pdf",
)
SHORT = Paper(key="short25", title=Markup.text("Short"), contributors=(), track="short")

JOURNALS = ("dmlr", "jstars")
Make = Callable[..., Package]


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    import pikepdf

    document = pikepdf.new()
    document.add_blank_page(page_size=(612, 792))
    document.add_blank_page(page_size=(612, 792))
    document.save(tmp_path / "blank.pdf", deterministic_id=True)
    return (tmp_path / "blank.pdf").read_bytes()


@pytest.fixture
def make(tmp_path: Path, pdf: bytes) -> Make:
    root = tmp_path / "edition"
    (root / "papers").mkdir(parents=True)
    for key in ("odd25", "good25"):
        (root / f"papers/{key}.pdf").write_bytes(pdf)
    (root / "papers/odd25-supp.csv").write_text("a,b\n")

    def build(
        target: str,
        *papers: Paper,
        consents: dict[str, bool] | None = None,
        out: str = "out",
        **rest: Any,
    ) -> Package:
        papers = papers or (ODD, GOOD, SHORT)
        volume = Volume(
            event=Event(name="TerraBytes: X & Y", short_name="TerraBytes 2025", place="Vancouver"),
            title="TerraBytes Papers",
            papers=papers,
            tracks=(Track(id="long", name="Full-length papers"), Track(id="short", name="Short")),
            special_issue=SpecialIssue(title="Maps & data", tracks=("long",)),
        )
        private = Private(
            consents=tuple(
                Consent(target=target, paper=key, given=given, by="Jane Doe")
                for key, given in (consents or {}).items()
            ),
            contacts=(Contact(paper="good25", author="Jane Q. Doe", email="jane_doe@example.org"),),
        )
        pages = (PageSeen(width=612, height=792),) * 2
        return TARGETS[target].build(
            Request(
                volume=volume,
                plan=Plan((PlannedPaper(key="good25", first=3, last=4),)),
                inspections={
                    key: Inspection(sha256="", size=1, pages=pages) for key in ("odd25", "good25")
                },
                root=root,
                papers={paper.key: root / paper.pdf_file for paper in papers if paper.pdf_file},
                out=tmp_path / out / target,
                private=private,
                **rest,
            )
        )

    return build


BOTH = {"odd25": True, "good25": True}


def files(package: Package) -> dict[str, bytes]:
    return {
        path.relative_to(package.folder).as_posix(): path.read_bytes()
        for path in sorted(package.folder.rglob("*"))
        if path.is_file()
    }


def codes(package: Package) -> set[str]:
    return {finding.code for finding in package.findings}


# Consent


@pytest.mark.parametrize("target", JOURNALS)
def test_while_consents_are_missing_every_file_says_preview(target: str, make: Make) -> None:
    import pypdfium2

    package = make(target)
    assert package.preview
    assert "export-consent-missing" in codes(package)
    for path, content in files(package).items():
        if path.endswith(".pdf"):
            document = pypdfium2.PdfDocument(content)
            said = [page.get_textpage().get_text_range() for page in document]
            assert said
            assert all(PREVIEW in text for text in said)
        elif path.endswith((".docx", ".xlsx")):
            with zipfile.ZipFile(io.BytesIO(content)) as office:
                said = [office.read(name) for name in office.namelist()]
            assert any(PREVIEW.encode() in part for part in said), path
        elif "/supplements/" in path:
            assert "preview" in path
        else:
            assert PREVIEW in content.decode(), path


@pytest.mark.parametrize("target", JOURNALS)
def test_with_every_consent_nothing_says_preview(target: str, make: Make) -> None:
    package = make(target, consents=BOTH)
    assert not package.preview
    assert "export-consent-missing" not in codes(package)
    for path, content in files(package).items():
        assert "preview" not in path
        assert PREVIEW.encode() not in content, path
    assert (package.folder / "papers/good25/good25.pdf").is_file()


def test_without_preview_only_those_who_agreed_are_handed_in(make: Make) -> None:
    package = make("dmlr", consents={"good25": True}, preview=False)
    assert [path.name for path in (package.folder / "papers").iterdir()] == ["good25"]
    assert not package.preview
    assert "export-consent-missing" in codes(package)


def test_who_declined_is_in_no_package_not_even_a_preview(make: Make) -> None:
    package = make("dmlr", consents={"odd25": False}, preview=True)
    assert [path.name for path in (package.folder / "papers").iterdir()] == ["good25"]


def test_an_empty_package_is_made_and_says_so(make: Make) -> None:
    package = make("jstars", preview=False)
    assert "export-nothing-selected" in codes(package)
    assert package.zip.is_file()
    assert "None." in (package.folder / "README.md").read_text(encoding="utf-8")


# What is in it


@pytest.mark.parametrize("target", JOURNALS)
def test_a_package_holds_what_its_manifest_says_and_so_does_its_archive(
    target: str, make: Make
) -> None:
    package = make(target)
    manifest = json.loads((package.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["preview"] == PREVIEW
    rows = {row["path"]: row for row in manifest["files"]}
    found = files(package)
    assert set(found) == {*rows, "manifest.json"}
    for path, row in rows.items():
        assert row["size"] == len(found[path])
        assert row["sha256"] == hashlib.sha256(found[path]).hexdigest()
        assert row["about"]
    with zipfile.ZipFile(package.zip) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == sorted(names)
        assert set(names) == {f"{target}/{path}" for path in found}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("target", JOURNALS)
def test_a_second_run_gives_the_same_bytes(target: str, make: Make) -> None:
    one, two = make(target), make(target, out="again")
    assert files(one) == files(two)
    assert one.zip.read_bytes() == two.zip.read_bytes()


@pytest.mark.parametrize("target", JOURNALS)
def test_what_a_former_run_left_is_gone(target: str, make: Make) -> None:
    package = make(target)
    (package.folder / "papers/stale.txt").write_text("x")
    assert "papers/stale.txt" not in files(make(target))


@pytest.mark.parametrize("target", JOURNALS)
def test_the_metadata_is_valid_jats(target: str, make: Make, shared: Path) -> None:
    package = make(target)
    dtd = etree.DTD(str(shared / "schemas/jats-publishing-1.3/JATS-journalpublishing1-3.dtd"))
    documents = sorted(package.folder.glob("papers/*/metadata.xml"))
    assert len(documents) == 2
    for document in documents:
        assert dtd.validate(etree.parse(document)), dtd.error_log
    assert "export-invalid" not in codes(package)


def test_the_shipped_dtd_is_the_one_of_the_standard(shared: Path) -> None:
    import builder.export

    ours = Path(builder.export.__file__).parent / "schemas/jats-publishing-1.3"
    theirs = shared / "schemas/jats-publishing-1.3"
    for file in theirs.rglob("*"):
        if file.is_file():
            assert (ours / file.relative_to(theirs)).read_bytes() == file.read_bytes()


def test_metadata_states_what_is_known_and_nothing_else(make: Make) -> None:
    package = make("dmlr", consents=BOTH)
    good = etree.parse(package.folder / "papers/good25/metadata.xml")
    assert good.findtext(".//issn") == ""
    assert good.find(".//publisher") is None
    assert good.findtext(".//contrib/email") == "jane_doe@example.org"
    assert good.findtext(".//aff/institution") == "Example University, Town, France"
    assert good.find(".//page-count").get("count") == "2"
    assert good.find(".//pub-date") is None
    odd = etree.parse(package.folder / "papers/odd25/metadata.xml")
    assert odd.findtext(".//contrib[1]/name/surname") == "van der Maaten"
    assert odd.findtext(".//contrib[3]/collab") == "The ATLAS Collaboration"
    assert odd.findtext(".//contrib[4]/string-name") == "李明"
    assert odd.find(".//abstract") is None
    assert odd.find(".//email") is None
    assert odd.findtext(".//aff[1]/institution") == NASTY
    assert [aff.get("id") for aff in odd.iterfind(".//aff")] == ["aff1", "aff2"]
    assert "export-issn-unknown" in codes(package)


def test_an_issn_that_a_source_states_is_written(make: Make) -> None:
    package = make("jstars", consents=BOTH)
    good = etree.parse(package.folder / "papers/good25/metadata.xml")
    assert good.findtext(".//issn") == "2151-1535"
    assert "export-issn-unknown" not in codes(package)


@pytest.mark.parametrize("target", JOURNALS)
def test_citations_parse(target: str, make: Make) -> None:
    package = make(target)
    for key in ("odd25", "good25"):
        folder = package.folder / "papers" / key
        library = bibtexparser.parse_string((folder / "citation.bib").read_text(encoding="utf-8"))
        assert not library.failed_blocks
        assert [entry.key for entry in library.entries] == [key]
        (item,) = json.loads((folder / "citation.json").read_text(encoding="utf-8"))
        assert item["id"] == key


# LaTeX


def code(source: str) -> str:
    return re.sub(r"(?<!\\)%.*", "", source)


@pytest.mark.parametrize("target", JOURNALS)
def test_skeletons_have_no_special_unescaped_and_every_brace_closed(
    target: str, make: Make
) -> None:
    package = make(target)
    for main in package.folder.glob("papers/*/latex/main.tex"):
        source = code(main.read_text(encoding="utf-8"))
        stripped = re.sub(r"\\(?:[A-Za-z]+\*?|.)", "", source)
        assert "\\" not in stripped
        assert "&" not in stripped
        assert "$" not in stripped
        assert "^" not in stripped
        assert "_" not in stripped
        # Parameters are used in the definition of the placeholders only.
        assert "#" not in stripped.replace("#1", "")
        assert stripped.count("{") == stripped.count("}")
        assert r"\input" not in source
        assert r"\textbackslash{}input" in source or "odd25" not in main.as_posix()


def test_the_dmlr_skeleton_has_every_macro_that_its_style_demands(make: Make) -> None:
    source = (make("dmlr", consents=BOTH).folder / "papers/good25/latex/main.tex").read_text()
    for macro in (
        r"\documentclass[twoside,11pt]{article}", r"\usepackage{dmlr2e}", r"\dmlrheading{",
        r"\def\openreview{\url{https://openreview.net/forum?id=",
        r"\ShortHeadings{A Good Paper}{Doe}", r"\firstpageno{1}",
        r"\title{A Good Paper}", r"\editor{", r"\maketitle", r"\begin{abstract}",
        r"\begin{keywords}", r"\impact{", r"\acks{", r"\bibliography{workshop}", r"\appendix",
        r"\author{\name Jane Q. Doe \email jane\_doe@example.org \\", r"\addr Example University",
    ):  # fmt: skip
        assert macro in source
    assert r"\bibliographystyle" not in source
    assert not re.search(r"\\\\\s*\[", source)


def test_the_jstars_skeleton_is_a_journal_article_of_ieeetran(make: Make) -> None:
    source = (make("jstars", consents=BOTH).folder / "papers/good25/latex/main.tex").read_text()
    for macro in (
        r"\documentclass[journal]{IEEEtran}", r"\title{A Good Paper}",
        r"\author{Jane~Q.~Doe\membership{}%",
        r"\thanks{J. Q. Doe is with Example University, Town, France (e-mail: jane\_doe@",
        r"\markboth{IEEE Journal of Selected Topics", r"\begin{IEEEkeywords}", "maps.",
        r"\bibliographystyle{IEEEtran}", r"\begin{IEEEbiographynophoto}{Jane Q. Doe}",
        r"\cite{good25}",
    ):  # fmt: skip
        assert macro in source
    assert "lettersize" not in source


@pytest.mark.parametrize("target", JOURNALS)
def test_what_authors_must_write_stops_the_compilation(target: str, make: Make) -> None:
    source = (make(target).folder / "papers/odd25/latex/main.tex").read_text(encoding="utf-8")
    assert r"\errmessage{Still to be written: #1}" in source
    assert r"\tobewritten{the abstract" in source


def test_no_line_of_an_address_begins_with_what_latex_takes_for_an_option(make: Make) -> None:
    source = (make("dmlr").folder / "papers/odd25/latex/main.tex").read_text(encoding="utf-8")
    assert not re.search(r"\\\\\s*\[", source)
    assert "[Odd] Institute" in source


# Bad input


@pytest.mark.parametrize("target", JOURNALS)
def test_every_lack_is_a_finding_that_names_who_must_mend_it(target: str, make: Make) -> None:
    package = make(target)
    about = {f.code: f for f in package.findings if f.subject == "odd25"}
    expected = {
        "export-no-abstract", "export-no-email", "export-no-affiliation",
        "export-supplement-missing",
    }  # fmt: skip
    assert expected <= set(about)
    if target == "dmlr":
        assert {"export-title-long", "export-supplement-type", "export-no-openreview"} <= set(about)
    else:
        assert "export-no-orcid" in about
    for finding in about.values():
        assert re.search("authors|editors|compile|zip", finding.hint), finding.code
    assert "李明" in about["export-no-affiliation"].message
    good = {f.code for f in package.findings if f.subject == "good25"}
    assert not good


@pytest.mark.parametrize("target", JOURNALS)
def test_a_paper_by_four_thousand_people_is_packaged_whole(target: str, make: Make) -> None:
    crowd = Paper(
        key="crowd25",
        title=Markup.text("Crowd"),
        contributors=tuple(
            Contributor(
                name=Name(given=f"A{number}", family=f"B{number}"),
                affiliations=(Affiliation(name=f"University {number % 300}"),),
            )
            for number in range(4000)
        ),
        track="long",
    )
    package = make(target, crowd)
    folder = package.folder / "papers/crowd25"
    assert len(etree.parse(folder / "metadata.xml").findall(".//contrib")) == 4000
    assert "B3999" in (folder / "latex/main.tex").read_text(encoding="utf-8")
    assert (folder / "citation.bib").read_text(encoding="utf-8").count(" and ") == 3999
    table = (package.folder / "editors/papers.csv").read_text(encoding="utf-8-sig")
    assert max(len(cell) for row in csv.reader(io.StringIO(table)) for cell in row) < 32_767


def test_a_pdf_that_nobody_can_read_is_left_out_and_said(make: Make, tmp_path: Path) -> None:
    (tmp_path / "edition/papers/odd25.pdf").write_bytes(b"no PDF at all")
    package = make("dmlr")
    assert not list((package.folder / "papers/odd25").glob("*.pdf"))
    assert etree.parse(package.folder / "papers/odd25/metadata.xml").find(".//self-uri") is None
    assert [f.subject for f in package.findings if f.code == "export-no-pdf"] == ["odd25"]


def test_a_specimen_says_that_it_must_be_replaced(make: Make) -> None:
    import dataclasses

    specimen = dataclasses.replace(GOOD, specimen=True)
    package = make("dmlr", specimen, consents=BOTH)
    assert "export-specimen" in codes(package)
    readme = (package.folder / "README.md").read_text(encoding="utf-8")
    assert "specimen: replace it" in readme
    assert etree.parse(package.folder / "papers/good25/metadata.xml").find(".//counts") is None


# For people


@pytest.mark.parametrize("target", JOURNALS)
def test_the_readme_says_what_to_do_with_each_kind_of_file(target: str, make: Make) -> None:
    package = make(target)
    readme = (package.folder / "README.md").read_text(encoding="utf-8")
    for name in {Path(path).name for path in files(package)} - {"README.md"}:
        if not name.startswith(("odd25", "good25")):
            assert name in readme, name
    assert "unknown: ask" in readme


@pytest.mark.parametrize("target", JOURNALS)
def test_markdown_shows_hostile_titles_as_they_are(target: str, make: Make) -> None:
    package = make(target)
    for path, content in files(package).items():
        if path.endswith(".md"):
            # What stands in a fence is shown as it is.
            shown = re.sub(r"(?ms)^(`{3,})$.*?^\1$", "", content.decode())
            assert "<b>" not in shown.replace(r"\<b\>", "")


@pytest.mark.parametrize("target", JOURNALS)
def test_letters_leave_to_the_authors_what_only_they_can_say(target: str, make: Make) -> None:
    letter = (make(target).folder / "papers/good25/cover-letter.md").read_text(encoding="utf-8")
    assert "TerraBytes: X & Y" in letter
    assert "non-archival" in letter
    assert "Jane Q. Doe" in letter
    assert letter.count("[Authors:") >= 3


@pytest.mark.parametrize("target", JOURNALS)
def test_checklists_tick_only_what_is_there(target: str, make: Make) -> None:
    package = make(target, consents=BOTH)
    good = (package.folder / "papers/good25/checklist.md").read_text(encoding="utf-8")
    odd = (package.folder / "papers/odd25/checklist.md").read_text(encoding="utf-8")
    assert "- [x] Authors agreed" in good
    assert "- [x] Abstract — authors" in good
    assert "- [ ] Abstract — authors" in odd
    assert "[]" not in good + odd


def test_a_spreadsheet_takes_no_cell_for_a_formula(make: Make) -> None:
    import dataclasses

    evil = dataclasses.replace(GOOD, title=Markup.text('=HYPERLINK("http://x")'))
    table = (make("dmlr", evil).folder / "editors/papers.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[1][1].startswith("'=")


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Short enough", "Short enough"),
        ("TerraBytes: " + "word " * 20, "TerraBytes"),
        ("word " * 20, "word word word word word word word word word word word word…"),
        ("x" * 100, "x" * 60 + "…"),
    ],
)
def test_running_titles_are_cut_at_words(title: str, short: str) -> None:
    assert shortened(title.strip()) == short


def test_facts_that_are_older_than_the_edition_by_a_year_are_a_warning(make: Make) -> None:
    import dataclasses
    import datetime as dt

    from builder.export import profile

    about = profile.load("dmlr")
    facts = {
        name: dataclasses.replace(fact, read="2020-01-01") if name == "contact" else fact
        for name, fact in about.facts.items()
    }
    old = dataclasses.replace(about, facts=facts)
    assert old.outdated(dt.date(2021, 6, 1)) == ("contact",)
    from builder.export import standing

    (finding,) = (
        f
        for f in standing.findings(old, (), (), preview=False, day=dt.date(2021, 6, 1))
        if f.code == "export-fact-old"
    )
    assert "contact" in finding.message
    assert "export-fact-old" not in codes(make("dmlr"))
