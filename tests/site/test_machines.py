"""What machines find in a page's head and in the files beside the pages."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from lxml import etree, html

import papers as specimens
from builder.model import SiteSettings, Volume
from builder.model.licenses import license_address
from builder.site import desk, feeds, linked, signposts, thumbnails
from builder.site.addresses import Addresses
from builder.site.head import shortened
from builder.site.views import Shelf

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def blocks(page: str) -> list[Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return [json.loads(block) for block in found]


def properties(page: str) -> dict[str, str]:
    found = re.findall(r'<meta property="(og:[^"]+)" content="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def links(page: str) -> list[tuple[str, str]]:
    tree = html.document_fromstring(page)
    return [(str(link.get("rel")), str(link.get("href"))) for link in tree.iter("link")]


def shelf(volume: Volume, **more: Any) -> Shelf:
    at = desk.Desk(Path("nowhere"), volume, (), Addresses.of(volume), **more)
    return Shelf(at)


def test_a_published_paper_is_an_article_in_a_volume(plain: Any) -> None:
    (found,) = blocks(plain.read("papers/doe25.html"))
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "ScholarlyArticle"
    assert found["@id"] == "https://doi.org/10.5555/12345"
    assert found["url"] == "https://example.org/2025/papers/doe25.html"
    assert [author["name"] for author in found["author"]] == ["Jane Doe", "Łukasz Øster"]
    assert found["author"][0]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    assert found["author"][0]["affiliation"][1]["name"] == "Mila, Montréal, Canada"
    assert found["isPartOf"]["@type"] == "PublicationVolume"
    assert found["isPartOf"]["identifier"][0]["value"] == "978-0-306-40615-7"
    assert (found["pageStart"], found["pageEnd"]) == (1, 8)
    assert found["encoding"]["contentUrl"] == "https://example.org/2025/papers/doe25.pdf"
    assert found["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_a_paper_that_was_only_presented_is_part_of_no_publication(plain: Any) -> None:
    (found,) = blocks(plain.read("papers/elsewhere25.html"))
    assert "isPartOf" not in found
    assert "publisher" not in found
    assert found["creativeWorkStatus"].endswith("non-archival")
    assert found["author"] == [
        {
            "@type": "Organization",
            "name": "The ATLAS Collaboration",
            "url": "https://example.org/2025/authors/the.atlas.collaboration.html",
        }
    ]


def test_a_specimen_is_no_article_and_leads_to_none(editions: ModuleType) -> None:
    volume = editions.volume()
    papers = tuple(replace(paper, specimen=True, supplements=()) for paper in volume.papers)
    at = shelf(replace(volume, papers=papers), plan=editions.plan())
    view = at.papers[0]
    assert linked.paper(view, at) == {}
    assert list(signposts.of_paper(view, at, None, None)) == []  # type: ignore[arg-type]
    assert feeds.sitemaps(at.desk, ["papers/doe25.html"])["sitemap.xml"].count("<url>") == 0


def test_the_home_page_is_the_event_and_its_volume(plain: Any) -> None:
    (found,) = blocks(plain.read("index.html"))
    event, volume = found["@graph"]
    assert event["@type"] == "Event"
    assert (event["startDate"], event["endDate"]) == ("2025-07-19", "2025-07-20")
    assert event["superEvent"]["name"] == "Big Conference 2025"
    assert volume["name"] == "Proceedings of the Workshop on Small Examples"


def test_a_volume_that_is_no_publication_is_only_a_collection(editions: ModuleType) -> None:
    volume = replace(editions.volume(), archival=False, statement="Non-archival.")
    found = linked.publication(volume)
    assert found["@type"] == "Collection"
    assert "identifier" not in found
    assert "publisher" not in found
    assert found["creativeWorkStatus"] == "Non-archival."


def test_the_program_names_its_sessions_with_their_times(plain: Any) -> None:
    (found,) = blocks(plain.read("program.html"))
    opening = found["subEvent"][0]
    assert opening["name"] == "Opening"
    assert opening["startDate"] == "2025-07-19T09:00-07:00"


def test_an_author_page_is_a_person(plain: Any) -> None:
    (found,) = blocks(plain.read("authors/jane-doe.html"))
    assert found["@type"] == "Person"
    assert found["familyName"] == "Doe"
    assert "https://example.org/jane" in found["sameAs"]


def test_namesakes_with_two_orcids_are_given_none(editions: ModuleType) -> None:
    volume = editions.volume()
    first, second = "0000-0002-1825-0097", "0000-0001-5109-3700"
    papers = []
    for paper, orcid in zip(volume.papers[:2], (first, second), strict=True):
        one = editions.named("Kim", "Lee", orcid=orcid)
        papers.append(replace(paper, contributors=(one,), supplements=()))
    at = shelf(replace(volume, papers=tuple(papers)), plan=editions.plan())
    (view,) = at.author_views
    assert "@id" not in linked.author(view, at)


def test_no_string_ends_a_data_block(attacked: Any) -> None:
    seen = 0
    for path, data in attacked.files().items():
        if not path.endswith(".html") or path.startswith("_static"):
            continue
        page = data.decode()
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S):
            seen += 1
            json.loads(block)
            assert not re.search("[<>&\u2028\u2029]", block), path
    assert seen > 4


def test_previews_name_the_page_and_never_without_an_address(
    plain: Any, make: Any, editions: ModuleType
) -> None:
    found = properties(plain.read("papers/doe25.html"))
    assert found["og:type"] == "article"
    assert found["og:title"] == "Bounds of O(n log n) for Sorting"
    assert found["og:url"] == "https://example.org/2025/papers/doe25.html"
    assert found["og:description"].startswith("We sort quickly.")
    assert properties(plain.read("index.html"))["og:url"] == "https://example.org/2025/"
    built = make(replace(editions.volume(), site=SiteSettings()))
    page = built.read("papers/doe25.html")
    assert "og:title" in properties(page)
    assert not {"og:url", "og:image"} & set(properties(page))
    for path in ("sitemap.xml", "feed.xml"):
        assert not (built.out / path).exists()
    (node,) = blocks(page)
    assert "url" not in node
    assert "Sitemap" not in built.read("robots.txt")


def test_signposts_lead_to_authors_citations_files_and_licence(plain: Any) -> None:
    found = links(plain.read("papers/doe25.html"))
    for expected in (
        ("author", "https://orcid.org/0000-0002-1825-0097"),
        ("cite-as", "https://doi.org/10.5555/12345"),
        ("describedby", "doe25.bib"),
        ("describedby", "doe25.mods.xml"),
        ("item", "doe25.pdf"),
        ("item", "doe25/doe25-supp.zip"),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
        ("type", "https://schema.org/ScholarlyArticle"),
        ("type", "https://schema.org/AboutPage"),
    ):
        assert expected in found
    home = links(plain.read("index.html"))
    assert ("item", "booklet.pdf") in home
    assert ("describedby", "metadata.json") in home


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-SA-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("Apache-2.0", "https://spdx.org/licenses/Apache-2.0.html"),
        ("LicenseRef-Mine", ""),
        ("Proprietary", ""),
        ("cc-by-4.0", ""),
        ('"><script>', ""),
        ("", ""),
    ],
)
def test_licences_have_addresses(identifier: str, address: str) -> None:
    assert license_address(identifier) == address


def test_the_sitemap_lists_every_page_with_the_editions_date(plain: Any) -> None:
    root = etree.fromstring(plain.read("sitemap.xml").encode())
    found = [str(entry.text) for entry in root.iterfind("s:url/s:loc", MAP)]
    pages = {
        path
        for path in plain.files()
        if path.endswith(".html") and not path.startswith("_") and path != "search.html"
    }
    base = "https://example.org/2025/"
    assert {entry.removeprefix(base) or "index.html" for entry in found} == pages
    assert {entry.text for entry in root.iterfind("s:url/s:lastmod", MAP)} == {"2025-07-19"}


def test_very_many_pages_stand_in_several_sitemaps(editions: ModuleType) -> None:
    at = shelf(editions.volume())
    made = feeds.sitemaps(at.desk, [f"papers/{number}.html" for number in range(100_001)])
    assert sorted(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert made["sitemap.xml"].count("<loc>https://example.org/2025/sitemap-") == 3


def test_a_site_that_invites_nobody_closes_its_doors(make: Any, editions: ModuleType) -> None:
    site = SiteSettings(url="https://example.org/2025/", index=False)
    built = make(replace(editions.volume(), site=site))
    assert built.read("robots.txt") == "User-agent: *\nDisallow: /2025/\n"
    assert not (built.out / "sitemap.xml").exists()


def test_the_feed_lists_the_papers(plain: Any) -> None:
    root = etree.fromstring(plain.read("feed.xml").encode())
    titles = [entry.text for entry in root.iterfind("a:entry/a:title", ATOM)]
    assert titles == ["Bounds of O(n log n) for Sorting", "A Short Note", "Published elsewhere"]
    ids = [entry.text for entry in root.iterfind("a:entry/a:id", ATOM)]
    assert len(set(ids)) == 3
    assert {entry.text for entry in root.iterfind(".//a:updated", ATOM)} == {"2025-07-19T00:00:00Z"}
    assert ("alternate", "../feed.xml") in links(plain.read("papers/doe25.html"))


def test_xml_is_well_formed_whatever_authors_write(attacked: Any) -> None:
    for path, data in attacked.files().items():
        if path.endswith(".xml"):
            etree.fromstring(data)


def test_each_track_is_one_zip_of_its_papers(plain: Any) -> None:
    data = (plain.out / "downloads/long.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["doe25.pdf", "citations.bib"]
        assert archive.read("doe25.pdf") == (plain.out / "papers/doe25.pdf").read_bytes()
        assert archive.read("citations.bib").startswith(b"@inproceedings{doe25,")
    assert 'href="downloads/long.zip"' in plain.read("downloads.html")


def test_the_same_papers_make_the_same_zip(make: Any) -> None:
    first = (make(printed=True, name="a").out / "downloads/long.zip").read_bytes()
    second = (make(printed=True, name="b").out / "downloads/long.zip").read_bytes()
    assert first == second


def test_yesterdays_zip_is_not_kept(make: Any) -> None:
    built = make(printed=True)
    stamped = built.root / "build/papers/doe25.pdf"
    stamped.unlink()
    stamped.write_bytes(b"%PDF-1.7\nanother")
    built = make(printed=True)
    with zipfile.ZipFile(built.out / "downloads/long.zip") as archive:
        assert archive.read("doe25.pdf") == b"%PDF-1.7\nanother"
    kept = list((built.root / "build/.cache/bundles/long").rglob("*.zip"))
    assert len(kept) == 1


def test_without_pdfs_there_are_no_zips(make: Any) -> None:
    built = make()
    assert not (built.out / "downloads").exists()


def test_every_digest_is_right(plain: Any) -> None:
    files = plain.files()
    rows = [line.split("  ") for line in plain.read("SHA256SUMS.txt").splitlines()]
    for digest, path in rows:
        assert hashlib.sha256(files[path]).hexdigest() == digest, path
    named = {path for _, path in rows}
    assert {"booklet.pdf", "downloads/long.zip", "citations.enw", "citations.mods.xml"} <= named


def test_every_citation_format_holds_every_paper(plain: Any) -> None:
    assert plain.read("citations.enw").count("%0 ") == 3
    root = etree.fromstring(plain.read("citations.mods.xml").encode())
    assert len(root) == 3
    table = list(csv.DictReader(io.StringIO(plain.read("papers.csv"))))
    assert [row["key"] for row in table] == ["doe25", "oster25", "elsewhere25"]
    page = plain.read("downloads.html")
    for path in ("citations.enw", "citations.mods.xml"):
        assert f'href="{path}"' in page


def test_a_paper_page_shows_how_to_cite_it(plain: Any) -> None:
    page = plain.read("papers/doe25.html")
    for words in ("APA 7", "IEEE", "Chicago 18", "MLA 9"):
        assert f"<dt>{words}</dt>" in page
    for suffix in ("bib", "ris", "enw", "mods.xml", "json"):
        assert f'href="doe25.{suffix}" download' in page
        assert (plain.out / f"papers/doe25.{suffix}").is_file()


def test_descriptions_end_with_a_whole_word() -> None:
    assert shortened("short\n text") == "short text"
    long = shortened("word " * 100)
    assert len(long) < 203
    assert long.endswith("word …")


def test_a_file_over_githubs_limit_is_reported(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.site.downloads.HEAVIEST", 5)
    built = make(printed=True)
    assert "site-file-too-large" in built.codes()


def test_a_picture_is_made_once_and_a_failure_is_remembered(
    tmp_path: Path, editions: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = editions.volume()
    files = {key: tmp_path / "papers" / f"{key}.pdf" for key in ("doe25", "oster25")}
    specimens.paper(files["doe25"], title="Sea ice from space")
    files["oster25"].write_bytes(b"%PDF-1.7 and nothing more")
    at = desk.Desk(tmp_path, volume, (), Addresses.of(volume), plan=editions.plan())
    at.printed = desk.Printed(papers=files)
    thumbnails.attach(at)
    assert list(at.printed.thumbnails) == ["doe25"]
    assert at.printed.thumbnails["doe25"].read_bytes().startswith(b"\xff\xd8")

    def never(jobs: object) -> None:
        raise AssertionError(jobs)

    monkeypatch.setattr(thumbnails, "run", never)
    thumbnails.attach(at)
    assert list(at.printed.thumbnails) == ["doe25"]
    assert Shelf(at).papers[0].thumbnail == "papers/doe25.jpg"
