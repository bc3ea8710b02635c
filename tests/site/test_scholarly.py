"""What search engines are told, and what they are not."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from types import ModuleType
from typing import Any

import pytest

from builder.model import Plan, SiteSettings, Volume
from builder.site import desk, scholarly
from builder.site.addresses import Addresses
from builder.site.views import Shelf


def tags(html: str) -> list[tuple[str, str]]:
    found = re.findall(r'<meta name="((?:citation_|robots)[^"]*)" content="([^"]*)"', html)
    return [(name, unescape(content)) for name, content in found]


def of(volume: Volume, key: str, plan: Plan) -> list[tuple[str, str]]:
    at = desk.Desk(None, volume, (), Addresses.of(volume), plan=plan)  # type: ignore[arg-type]
    view = Shelf(at).by_key[key]
    return tags(scholarly.meta(view, at))


def changed(volume: Volume, **fields: Any) -> Volume:
    return replace(volume, papers=tuple(replace(paper, **fields) for paper in volume.papers))


@pytest.fixture
def volume(editions: ModuleType) -> Volume:
    # The supplement would be looked for on the disk.
    found: Volume = editions.volume()
    return replace(found, papers=tuple(replace(paper, supplements=()) for paper in found.papers))


def test_a_published_paper_carries_every_tag(plain: Any) -> None:
    found = tags(plain.read("papers/doe25.html"))
    assert found[:7] == [
        ("citation_title", "Bounds of O(n log n) for Sorting"),
        ("citation_author", "Doe, Jane"),
        ("citation_author_institution", "KTH, Stockholm, Sweden"),
        ("citation_author_institution", "Mila, Montréal, Canada"),
        ("citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"),
        ("citation_author", "Øster, Łukasz"),
        ("citation_author_institution", "Mila, Montréal, Canada"),
    ]
    rest = dict(found)
    assert rest["citation_publication_date"] == "2025/07/19"
    assert rest["citation_conference_title"] == "Proceedings of the Workshop on Small Examples"
    assert (rest["citation_firstpage"], rest["citation_lastpage"]) == ("1", "8")
    assert rest["citation_pdf_url"] == "https://example.org/2025/papers/doe25.pdf"
    assert rest["citation_isbn"] == "978-0-306-40615-7"
    assert "robots" not in rest


def test_a_paper_published_elsewhere_carries_none(plain: Any) -> None:
    assert tags(plain.read("papers/elsewhere25.html")) == []


def test_lists_and_people_carry_none(plain: Any) -> None:
    for path in ("index.html", "papers.html", "authors/jane-doe.html", "program.html"):
        assert tags(plain.read(path)) == []


@pytest.mark.parametrize("wish", [None, True, False])
def test_a_specimen_is_never_indexed_whatever_the_settings(
    volume: Volume, editions: ModuleType, wish: bool | None
) -> None:
    marked = replace(
        changed(volume, specimen=True), site=SiteSettings(scholarly_tags=wish, index=True)
    )
    assert of(marked, "doe25", editions.plan()) == [("robots", "noindex")]


def test_what_is_not_archival_is_tagged_only_if_its_editors_say_so(
    volume: Volume, editions: ModuleType
) -> None:
    plain = replace(changed(volume, archival=False), archival=False)
    assert of(plain, "doe25", editions.plan()) == []
    opted = replace(plain, site=SiteSettings(scholarly_tags=True))
    found = dict(of(opted, "doe25", editions.plan()))
    assert found["citation_conference_title"] == "Workshop on Small Examples"
    assert "citation_isbn" not in found
    assert "citation_publisher" not in found


def test_editors_may_ask_for_no_tags_and_no_index(volume: Volume, editions: ModuleType) -> None:
    shy = replace(volume, site=SiteSettings(scholarly_tags=False, index=False))
    assert of(shy, "doe25", editions.plan()) == [("robots", "noindex")]


def test_no_index_reaches_prose_and_lists(make: Any, editions: ModuleType) -> None:
    built = make(replace(editions.volume(), site=SiteSettings(index=False)))
    for path in ("index.html", "about.html", "papers.html", "authors/jane-doe.html"):
        assert tags(built.read(path)) == [("robots", "noindex")]


def test_without_an_address_absolute_things_are_left_out(make: Any, editions: ModuleType) -> None:
    built = make(replace(editions.volume(), site=SiteSettings()), printed=True)
    page = built.read("papers/doe25.html")
    assert "citation_title" in page
    assert "citation_pdf_url" not in page
    assert 'rel="canonical"' not in page


def test_with_an_address_pages_name_themselves(plain: Any) -> None:
    page = plain.read("papers/doe25.html")
    assert '<link rel="canonical" href="https://example.org/2025/papers/doe25.html">' in page
