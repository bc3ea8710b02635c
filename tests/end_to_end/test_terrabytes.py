"""TerraBytes 2025, built as a final volume: what its editors and readers are promised."""

from __future__ import annotations

import html
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

import pdfjs
from links import links


def build(root: Path, repository: Path, proceedings) -> Path:
    for folder in ("proceedings", "papers"):
        shutil.copytree(
            repository / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    built = proceedings("build", "--final", "-C", root)
    assert built.returncode == 0, built.stderr + built.stdout
    return root


@pytest.fixture(scope="module")
def edition(tmp_path_factory, repository, proceedings) -> Path:
    return build(tmp_path_factory.mktemp("terrabytes"), repository, proceedings)


@pytest.fixture(scope="module")
def report(edition: Path) -> dict:
    return json.loads((edition / "build" / "report.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def booklet(edition: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(edition / "build" / "booklet.pdf")


def bookmarks(reader: pypdf.PdfReader) -> Iterator[tuple[str, int]]:
    """Every title of the outline, in its order, with the page that it leads to."""

    def walk(items: list) -> Iterator[tuple[str, int]]:
        for item in items:
            if isinstance(item, list):
                yield from walk(item)
            else:
                yield item.title, reader.get_destination_page_number(item) + 1

    yield from walk(reader.outline)


def words(text: str) -> str:
    return " ".join(text.split())


def test_nothing_is_wrong_but_what_the_source_has(report: dict) -> None:
    assert not [finding for finding in report["findings"] if finding["severity"] == "error"]
    warnings = [finding for finding in report["findings"] if finding["severity"] == "warning"]
    said = {finding["code"]: finding["message"] for finding in warnings}
    assert "University of Edinburgh" in said.pop("affiliation-repeated")
    assert "RITU YADAV" in said.pop("name-capitals")
    assert "Department of Computer Science" in said.pop("affiliation-vague")
    # Packages for journals ask for what the workshop's page does not tell.
    assert all(code.startswith("export-") for code in said), said


def test_nobody_is_asked_for_numbers_of_a_publication(report: dict) -> None:
    # A journal has an ISSN, and its packages may ask for that one.
    codes = {f["code"] for f in report["findings"] if not f["code"].startswith("export-")}
    assert not [code for code in codes if re.search(r"isbn|issn|doi|publisher", code)]


def test_every_link_of_every_specimen_lands_where_it_did(edition: Path, report: dict) -> None:
    file = edition / "build" / "booklet.pdf"
    front = pypdf.PdfReader(file).page_labels.index("1")
    count = 0
    for row in report["plan"]:
        before = links(edition / "papers" / f"{row['key']}.pdf")
        after = links(file, first=front + row["first"], last=front + row["last"])
        alone = links(edition / "build" / "papers" / f"{row['key']}.pdf")
        assert sorted(map(repr, before)) == sorted(map(repr, after)), row["key"]
        assert sorted(map(repr, before)) == sorted(map(repr, alone)), row["key"]
        assert all(link.target or link.uri for link in after)
        count += len(after)
    assert len(report["plan"]) == 24
    assert count > 1000


def test_pages_are_numbered_in_roman_then_arabic_numbers(
    booklet: pypdf.PdfReader, report: dict
) -> None:
    labels = booklet.page_labels
    front = labels.index("1")
    assert labels[:3] == ["i", "ii", "iii"]
    assert labels[front:] == [str(n) for n in range(1, len(labels) - front + 1)]
    assert [row["first"] for row in report["plan"]] == sorted(
        row["first"] for row in report["plan"]
    )


def test_every_first_page_says_non_archival_and_its_pages(
    booklet: pypdf.PdfReader, report: dict
) -> None:
    front = booklet.page_labels.index("1")
    for row in report["plan"]:
        text = words(booklet.pages[front + row["first"] - 1].extract_text())
        assert "Presented at TerraBytes 2025; non-archival." in text, row["key"]
        assert f"{row['first']}–{row['last']}" in text, row["key"]


def test_bookmarks_lead_from_the_volume_to_sections_of_papers(booklet: pypdf.PdfReader) -> None:
    titles = [title for title, _ in bookmarks(booklet)]
    assert "Towards LLM Agents for Earth Observation" in titles
    assert "Author Index" in titles


@pytest.mark.browser
def test_a_reader_that_had_no_hand_in_it_sees_the_same_links_bookmarks_and_page_numbers(
    edition: Path, booklet: pypdf.PdfReader, browser
) -> None:
    file = edition / "build" / "booklet.pdf"
    seen = pdfjs.read(browser, file)
    assert seen.said == ("Warning: Setting up fake worker.",)
    assert (seen.pages, list(seen.labels)) == (len(booklet.pages), booklet.page_labels)
    expected = [(link.page, link.target, bool(link.uri)) for link in links(file)]
    assert len(expected) > 1500
    assert [(page, target, bool(uri)) for page, target, uri in seen.links] == expected
    assert list(seen.titles) == list(bookmarks(booklet))


def test_front_matter_prints_all_names_and_invents_no_time(booklet: pypdf.PdfReader) -> None:
    front = booklet.page_labels.index("1")
    text = words(" ".join(page.extract_text() for page in booklet.pages[:front]))
    for name in ("Javiera Castillo Navarro", "RITU YADAV", "Vit Ruzicka", "Loic Landrieu"):
        assert name in text
    assert "TBD" in text
    for claim in ("ISBN", "ISSN", "doi.org", "Proceedings of", "Publisher", "10:10–10:40"):
        assert claim not in text


def test_pages_of_specimens_are_not_for_search_engines(edition: Path) -> None:
    pages = sorted((edition / "build" / "site" / "papers").glob("*.html"))
    assert len(pages) == 24
    for page in pages:
        text = page.read_text("utf-8")
        assert re.search(r'<meta[^>]+name="robots"[^>]+noindex', text), page.name
        assert "citation_" not in text, page.name
        assert "specimen" in text.lower()


def test_citations_claim_no_proceedings(edition: Path) -> None:
    for file in (edition / "build" / "site").rglob("*.bib"):
        text = file.read_text("utf-8")
        assert "booktitle" not in text
        assert "Proceedings of" not in text
        assert "non-archival" in text


def test_the_site_shows_the_program_as_it_is_known(edition: Path) -> None:
    text = html.unescape((edition / "build" / "site" / "program.html").read_text("utf-8"))
    text = words(re.sub(r"<[^>]+>", " ", text))
    for line in (
        "9:00–9:10",
        "Paper spotlights: Multimodality",
        "Towards Global Geospatial Models",
    ):
        assert line in text
    assert text.count("Coffee break") == 2
    assert not re.search(r"1[05]:[0-9]{2}–1[05]:[0-9]{2} Coffee break", text)


def test_packages_hold_the_long_papers_and_say_that_nobody_consented(edition: Path) -> None:
    long = re.findall(
        r"@inproceedings\{(\w+),", (edition / "papers" / "papers.bib").read_text("utf-8")
    )[:11]
    for target in ("dmlr", "jstars"):
        with zipfile.ZipFile(edition / "build" / "export" / f"{target}.zip") as package:
            names = package.namelist()
            assert not [name for name in names if name.startswith("/") or ".." in name]
            for key in long:
                assert any(key in name for name in names), (target, key)
            assert not any("kao25llm" in name for name in names)
            readme = next(name for name in names if "readme" in name.lower())
            assert "preview" in package.read(readme).decode("utf-8").lower()


def test_two_builds_in_two_places_are_equal_byte_for_byte(
    edition: Path,
    tmp_path: Path,
    repository: Path,
    proceedings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Another day's end, another locale, another order of sets, another user's home.
    for name, value in (
        ("TZ", "Pacific/Chatham"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANGUAGE", "tr"),
        ("PYTHONHASHSEED", "4711"),
        ("XDG_CACHE_HOME", str(tmp_path / "cache")),
    ):
        monkeypatch.setenv(name, value)
    again = build(tmp_path / "elsewhere", repository, proceedings)
    first, second = edition / "build" / "manifest.json", again / "build" / "manifest.json"
    assert first.read_bytes() == second.read_bytes()
    papers = sorted((edition / "build" / "papers").glob("*.pdf"))
    assert len(papers) == 24
    for name in (
        "booklet.pdf",
        "front-matter.pdf",
        "report.json",
        "site/index.html",
        "export/dmlr.zip",
        *(f"papers/{file.name}" for file in papers),
    ):
        assert (edition / "build" / name).read_bytes() == (again / "build" / name).read_bytes(), (
            name
        )
