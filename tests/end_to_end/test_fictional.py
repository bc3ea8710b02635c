"""The fictional edition, built whole: what must be there, and what must be nowhere."""

from __future__ import annotations

import html
import json
import re
import shutil
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pypdf
import pytest

from links import links


@pytest.fixture(scope="module")
def edition(tmp_path_factory, repository, proceedings) -> Path:
    root = tmp_path_factory.mktemp("fictional") / "edition"
    shutil.copytree(repository / "tests" / "data" / "fictional", root)
    built = proceedings("build", "--final", "-C", root)
    assert built.returncode == 0, built.stderr + built.stdout
    return root


@pytest.fixture(scope="module")
def report(edition: Path) -> dict:
    return json.loads((edition / "build" / "report.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def volume_text(edition: Path) -> str:
    reader = pypdf.PdfReader(edition / "build" / "booklet.pdf")
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.fixture(scope="module")
def published(edition: Path) -> dict[str, bytes]:
    """Every file that readers get, and the pages' text of every PDF among them."""
    files = {}
    for folder in ("site", "papers"):
        for path in (edition / "build" / folder).rglob("*"):
            if path.is_file():
                files[path.relative_to(edition).as_posix()] = path.read_bytes()
    for name in [name for name in files if name.endswith(".pdf")]:
        reader = pypdf.PdfReader(edition / name)
        text = " ".join(page.extract_text() for page in reader.pages)
        files[f"{name} (text)"] = f"{text} {reader.metadata} {reader.xmp_metadata}".encode()
    for name in [name for name in files if name.endswith(".zip")]:
        with zipfile.ZipFile(edition / name) as archive:
            files |= {f"{name}/{inside}": archive.read(inside) for inside in archive.namelist()}
    reader = pypdf.PdfReader(edition / "build" / "booklet.pdf")
    files["booklet.pdf (text)"] = " ".join(p.extract_text() for p in reader.pages).encode()
    return files


def nowhere(files: dict[str, bytes], *secrets: str) -> None:
    assert len(files) > 100
    for secret in secrets:
        found = [name for name, content in files.items() if secret.encode() in content]
        assert not found, f"{secret!r} in {found}"


def text_of(edition: Path, page: str) -> str:
    source = (edition / "build" / "site" / page).read_text("utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", source)).split())


def test_what_is_private_is_nowhere(edition: Path, published: dict[str, bytes]) -> None:
    private = (edition / "private" / "contacts.yaml").read_text("utf-8")
    addresses = re.findall(r"\S+@example\.org", private)
    assert len(addresses) == 8
    for name in ("consents", "decisions", "status"):
        assert "onfidential" in (edition / "private" / f"{name}.yaml").read_text("utf-8")
    nowhere(published, *addresses, "onfidential", "DMLR-24-0001", "A Longer Voyage", "2024-10-07")


def test_a_former_name_is_nowhere_unless_its_owner_shows_it(published: dict[str, bytes]) -> None:
    nowhere(published, "Quillon", "Formerly", "quillon")


def test_a_withdrawn_paper_is_nowhere(published: dict[str, bytes]) -> None:
    nowhere(published, "A Paper That Was Withdrawn", "Walter", "gone24withdrawn")


def test_a_paper_of_the_program_is_on_the_site_and_not_in_the_volume(
    edition: Path, report: dict
) -> None:
    planned = {row["key"] for row in report["plan"]}
    assert not planned & {"map24elsewhere", "abstract24only", "gone24withdrawn"}
    assert len(planned) == 11
    linked = (edition / "build" / "site" / "papers" / "map24elsewhere.html").read_text("utf-8")
    assert 'href="https://example.org/elsewhere.pdf"' in linked
    assert "Only an Abstract" in text_of(edition, "papers/abstract24only.html")


def test_a_title_that_looks_like_a_program_is_text_everywhere(edition: Path) -> None:
    class Hostile(HTMLParser):
        script = False

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not [name for name, _ in attrs if name.startswith("on")], attrs
            assert ("src", "x") not in attrs
            # Linked data is read as JSON, never run; its `<` are escaped, or it would end early.
            self.script = tag == "script" and ("type", "application/ld+json") not in attrs

        def handle_data(self, data: str) -> None:
            assert not (self.script and "alert(" in data)

    for path in (edition / "build").rglob("*.html"):
        Hostile().feed(path.read_text("utf-8"))
    title = """<script>alert(1)</script> & "quotes" in"""
    assert title in html.unescape(
        (edition / "build" / "site" / "papers" / "script24alert.html").read_text("utf-8")
    )


def test_two_people_of_one_name_have_a_page_each(edition: Path) -> None:
    north = text_of(edition, "authors/wei-zhang-north.html")
    south = text_of(edition, "authors/wei-zhang-south.html")
    assert "Writing Maps in Several Scripts" in north
    assert "A Southern View of Nothing" not in north
    assert "A Southern View of Nothing" in south


def test_names_of_every_kind_are_in_the_volume(volume_text: str) -> None:
    for name in (
        "van der Meer, Joost",
        "de la Cruz y Paz, Inés",
        "Strand, Jr., John",
        "The Atlantis Collaboration",
        "Ålder, Ada",
        "Đurić, Łucja",
    ):
        assert name in volume_text, name


def test_a_publication_says_so(edition: Path, volume_text: str) -> None:
    assert "978-0-00-000000-2" in volume_text
    assert "non-archival" not in volume_text
    page = (edition / "build" / "site" / "papers" / "alder24norms.html").read_text("utf-8")
    assert "citation_title" in page
    assert "citation_doi" in page
    bib = (edition / "build" / "site" / "papers" / "alder24norms.bib").read_text("utf-8")
    assert "booktitle" in bib
    assert "10.5555/fic2024.1" in bib


def test_a_script_and_an_undeclared_attachment_are_taken_out(edition: Path) -> None:
    for file in [edition / "build" / "booklet.pdf", *(edition / "build" / "papers").glob("*.pdf")]:
        with pikepdf.open(file) as pdf:
            assert "/JavaScript" not in pdf.Root.get("/Names", {})
            assert "/OpenAction" not in pdf.Root or pdf.Root.OpenAction.get("/S") != "/JavaScript"
            assert not any(
                isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/JavaScript"
                for item in pdf.objects
            ), file.name
            assert "secret.csv" not in pdf.attachments, file.name


def test_links_of_every_paper_lead_where_they_did(edition: Path, report: dict) -> None:
    booklet = edition / "build" / "booklet.pdf"
    front = pypdf.PdfReader(booklet).page_labels.index("1")
    for row in report["plan"]:
        before = links(edition / "papers" / f"{row['key']}.pdf")
        after = links(booklet, first=front + row["first"], last=front + row["last"])
        assert sorted(map(repr, before)) == sorted(map(repr, after)), row["key"]


def test_both_days_and_both_rooms_are_in_the_program(edition: Path) -> None:
    text = text_of(edition, "program.html")
    for words in ("28 September 2024", "29 September 2024", "Room A", "Room B", "Dinner on a boat"):
        assert words in text
    assert text.count("A Map Published Elsewhere") == 1
    assert "A talk about no paper of this volume, <em>really</em>" in text


def test_supplements_go_with_their_paper(edition: Path) -> None:
    page = (edition / "build" / "site" / "papers" / "alder24norms.html").read_text("utf-8")
    targets = re.findall(r'href="([^"]*supp[^"]*)"', page)
    assert len(targets) >= 2
    for target in targets:
        assert (edition / "build" / "site" / "papers" / target).resolve().is_file(), target


def test_consents_decide_who_is_in_a_package(edition: Path) -> None:
    with zipfile.ZipFile(edition / "build" / "export" / "dmlr.zip") as package:
        names = " ".join(package.namelist())
    assert "alder24norms" in names
    assert "vandermeer24particles" not in names, "its authors said no"
    assert "crowd24many" not in names, "no research paper"


def test_guest_editors_who_are_authors_are_named(report: dict) -> None:
    conflicts = {
        finding["subject"] for finding in report["findings"] if finding["code"] == "export-conflict"
    }
    assert "doe24contours" in conflicts
    assert "zhang24south" in conflicts, "the same ORCID iD under another form of the name"


def test_an_edition_without_program_people_and_pdfs_is_a_draft_of_placeholders(
    tmp_path: Path, fictional: Path, proceedings
) -> None:
    for file in ("program.yaml", "special-issue.yaml"):
        (fictional / "proceedings" / file).write_text("", encoding="utf-8")
    for file in (fictional / "papers").glob("*.pdf"):
        file.unlink()
    refused = proceedings("build", "--final", "-C", fictional)
    assert refused.returncode == 1
    assert not (fictional / "build" / "booklet.pdf").exists()
    drafted = proceedings("booklet", "-C", fictional)
    assert drafted.returncode == 0, drafted.stderr
    report = json.loads((fictional / "build" / "report.json").read_text("utf-8"))
    assert {row["placeholder"] for row in report["plan"]} == {True}
    shown = proceedings("site", "-C", fictional)
    assert shown.returncode == 0, shown.stderr
    assert (fictional / "build" / "site" / "papers" / "alder24norms.html").is_file()
