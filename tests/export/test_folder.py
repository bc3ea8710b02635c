"""One paper's folder: what the forms ask for, deposits and exchange archives, opened and read."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import shutil
import zipfile
from pathlib import Path

import bibtexparser
import pytest
from lxml import etree

from builder import edition
from builder.booklet import paginate
from builder.export import TARGETS, Options, Package, Request, openreview
from builder.pdf import inspect


@pytest.fixture(scope="module")
def fictional(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy for all: nothing here changes what is in it."""
    root = tmp_path_factory.mktemp("fictional") / "edition"
    shutil.copytree(repository / "tests" / "data" / "fictional", root)
    return root


@pytest.fixture(scope="module")
def make(fictional: Path, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    seen = {file: inspect(file) for file in (fictional / "papers").glob("*.pdf")}
    made: dict[object, Package] = {}

    volume = edition.load(fictional).volume
    assert volume is not None

    def build(target: str, options: Options = Options(), **rest: object) -> Package:  # noqa: B008
        if not rest and (target, options) in made:
            return made[target, options]
        agreed = tuple(
            edition.private.Consent(
                target=target, paper=paper.key, given=True, date=dt.date(2024, 12, 1), by="A"
            )
            for paper in volume.shown
        )
        private = dataclasses.replace(
            edition.private.load(fictional), consents=agreed, progress=(), rulings=()
        )
        papers = {
            paper.key: fictional / paper.pdf_file
            for paper in volume.shown
            if paper.pdf_file and (fictional / paper.pdf_file).is_file()
        }
        package = TARGETS[target].build(
            Request(
                volume=volume,
                plan=paginate(volume, {}, draft=True),
                inspections={key: seen[file] for key, file in papers.items()},
                root=fictional,
                papers=papers,
                out=tmp_path_factory.mktemp("out") / target,
                private=private,
                options=options,
                **rest,  # type: ignore[arg-type]
            )
        )
        if not rest:
            made[target, options] = package
        return package

    return build


def codes(package: Package) -> set[str]:
    return {finding.code for finding in package.findings}


def test_the_submission_holds_the_form_s_fields_and_leaves_the_authors_theirs(make) -> None:  # type: ignore[no-untyped-def]
    package = make("dmlr")
    data = json.loads((package.folder / "papers/alder24norms/openreview.json").read_text("utf-8"))
    assert data["edit"]["invitation"] == "DMLR/-/Submission"
    content = data["edit"]["note"]["content"]
    assert set(content) == set(openreview.Content.model_fields)
    assert content["title"]["value"].startswith("On $\\ell_2$-Norms")
    assert len(content["authors"]["value"]) == len(content["authorids"]["value"]) == 3
    for own in ("pdf", "competing_interests", "human_subjects_reporting"):
        assert content[own]["value"] is None
        assert any(line.startswith(own) for line in data["to_do"])
    openreview.Content.model_validate(content)


def test_what_breaks_the_form_s_limits_is_said_beside_the_submission(make) -> None:  # type: ignore[no-untyped-def]
    package = make("dmlr")
    data = json.loads((package.folder / "papers/doe24contours/openreview.json").read_text("utf-8"))
    assert any(line.startswith("title") and "250" in line for line in data["to_do"])
    assert "export-title-long" in codes(package)
    assert "export-invalid" not in codes(package)


def test_an_article_is_cited_as_the_journal_does_it(make) -> None:  # type: ignore[no-untyped-def]
    text = (make("dmlr").folder / "papers/alder24norms/citation-dmlr.bib").read_text("utf-8")
    (entry,) = bibtexparser.parse_string(text).entries
    assert entry.key == "alderXXXXon"
    assert "issn" not in entry.fields_dict
    assert entry["year"] == "XXXX"
    assert text.isascii()


def test_a_style_file_goes_to_every_author_and_is_compared(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    style = tmp_path / "dmlr2e.sty"
    style.write_text("% mine\n")
    package = make("dmlr", Options(style=style))
    assert "export-style-differs" in codes(package)
    folders = list((package.folder / "papers").iterdir())
    assert folders
    assert all((folder / "latex/dmlr2e.sty").read_text() == "% mine\n" for folder in folders)


def test_answers_for_the_form_can_be_copied_as_they_stand(make) -> None:  # type: ignore[no-untyped-def]
    text = (make("jstars").folder / "papers/alder24norms/form-answers.md").read_text("utf-8")
    for step in range(1, 8):
        assert f"\n## {step}. " in text
    assert "```\nnorms; maps; ℓ₂\n```" in text
    assert "| 1 | Ada Ålder (corresponding) |" in text
    assert "ada.secret@example.org" in text
    assert "[Authors: up to three" in text


def test_a_deposit_is_a_flat_zip_and_a_go_file_that_name_each_other(make) -> None:  # type: ignore[no-untyped-def]
    package = make("jstars", Options(scholarone="KEY-<1>"))
    assert "export-deposit-unchecked" in codes(package)
    assert "export-invalid" not in codes(package)
    folder = package.folder / "papers/alder24norms/scholarone"
    go = etree.parse(folder / "FicCart-2024-alder24norms.go")
    assert go.findtext(".//clientkey") == "KEY-<1>"
    with zipfile.ZipFile(folder / go.findtext(".//archiveFile")) as archive:
        names = archive.namelist()
        assert not any("/" in name for name in names)
        assert set(names) == {
            go.findtext(".//metadata-file-name"),
            *(name.text for name in go.findall(".//file-name/name")),
        }
        metadata = archive.read(go.findtext(".//metadata-file-name"))
    assert b"<!DOCTYPE" not in metadata
    article = etree.fromstring(metadata)
    assert article.findtext(".//journal-id") == "KEY-<1>"
    assert article.findtext(".//journal-title") == "jstars"


@pytest.mark.parametrize("target", ["dmlr", "jstars"])
def test_exchange_archives_are_valid_by_the_standard_s_own_dtds(
    target: str,
    make,  # type: ignore[no-untyped-def]
    shared: Path,
) -> None:
    package = make(target, Options(meca=True))
    assert "export-invalid" not in codes(package)
    archives = sorted(package.folder.glob("papers/*/*-meca.zip"))
    assert len(archives) == len(list((package.folder / "papers").iterdir()))
    for file in archives:
        with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
            assert archive.testzip() is None
            manifest = etree.fromstring(archive.read("manifest.xml"))
            for name in ("manifest", "transfer"):
                dtd = etree.DTD(str(shared / f"schemas/meca-1.0/{name}-1.0.dtd"))
                document = etree.fromstring(archive.read(f"{name}.xml"))
                assert dtd.validate(document), dtd.error_log
            listed = manifest.xpath(
                "//@xlink:href", namespaces={"xlink": "http://www.w3.org/1999/xlink"}
            )
            assert set(listed) | {"manifest.xml"} == set(archive.namelist())
            assert b"review-metadata" not in archive.read("manifest.xml")


def test_the_shipped_meca_dtds_are_those_of_the_standard(shared: Path) -> None:
    import builder.export

    ours = Path(builder.export.__file__).parent / "schemas/meca-1.0"
    for name in ("manifest-1.0.dtd", "transfer-1.0.dtd"):
        assert (ours / name).read_bytes() == (shared / "schemas/meca-1.0" / name).read_bytes()


def test_a_manuscript_that_came_is_measured_and_packed(make, fictional: Path) -> None:  # type: ignore[no-untyped-def]
    source = fictional / "papers/doe24contours.pdf"
    seen = inspect(source)
    words = " ".join(f"word{number}" for number in range(400))
    page = dataclasses.replace(seen.pages[0], text=f"Introduction\n{words}")
    seen = dataclasses.replace(seen, pages=(page,), references_page=None)
    package = make("dmlr", manuscripts={"alder24norms": source}, seen={"alder24norms": seen})
    folder = package.folder / "papers/alder24norms"
    assert (folder / "alder24norms-manuscript.pdf").read_bytes() == source.read_bytes()
    statement = (folder / "statement.md").read_text("utf-8")
    assert "| words |" in statement
    assert "[x] Manuscript received" in (folder / "checklist.md").read_text("utf-8")


def test_an_open_question_other_than_consent_keeps_a_paper_out(make, fictional: Path) -> None:  # type: ignore[no-untyped-def]
    source = fictional / "papers/doe24contours.pdf"
    # A scan: how much of it is new, nobody can tell.
    scan = inspect(source)
    scan = dataclasses.replace(scan, pages=(dataclasses.replace(scan.pages[0], text=""),))
    package = make("jstars", manuscripts={"alder24norms": source}, seen={"alder24norms": scan})
    assert not package.preview
    assert not (package.folder / "papers/alder24norms").exists()
    finding = next(f for f in package.findings if f.code == "export-unsettled")
    assert finding.subject == "alder24norms"


def test_a_deposit_is_valid_by_the_older_standard_that_scholarone_reads(make) -> None:  # type: ignore[no-untyped-def]
    from builder.export import scholarone

    package = make("jstars", Options(scholarone="K"), preview=True)
    deposits = sorted(package.folder.glob("papers/*/scholarone/*.zip"))
    names = set()
    for deposit in deposits:
        with zipfile.ZipFile(deposit) as archive:
            metadata = archive.read(next(n for n in archive.namelist() if n.endswith(".xml")))
        assert scholarone.problems(metadata) == ()
        names |= {element.tag for element in etree.fromstring(metadata).iterfind(".//contrib/*")}
        assert scholarone.problems(metadata.replace(b"<surname>", b"<string-name/><surname>"))
    # A name in one piece (zhang24scripts), one in parts, a team.
    assert {"name", "name-alternatives"} <= names
