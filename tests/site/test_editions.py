"""Other editions, moved pages, and several sites in one folder."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from builder.model import Event, Link, SiteSettings, Volume
from builder.site.shelving import NoSite, shelve

BASE = "https://example.org/2025/"


def site(module: ModuleType, **fields: Any) -> Volume:
    volume: Volume = module.volume()
    return replace(volume, site=SiteSettings(url=BASE, **fields))


def test_other_editions_have_a_page_and_a_place_in_the_navigation(
    make: Any, editions: ModuleType
) -> None:
    others = (
        Link(title="WSE 2025", url=BASE),
        Link(title='WSE 2024 <b>"', url="../2024/"),
        Link(title="WSE 2023", url="https://example.com/wse23/"),
    )
    built = make(site(editions, editions=others))
    page = built.read("editions.html")
    assert page.index("WSE 2025</bdi>") < page.index("WSE 2024")
    assert 'href="../2024/"' in page
    assert 'href="https://example.com/wse23/"' in page
    assert "WSE 2024 &lt;b&gt;" in page
    assert page.count("this edition") == 1
    assert 'href="editions.html"' in built.read("index.html")


def test_this_edition_is_listed_though_nobody_named_it(make: Any, editions: ModuleType) -> None:
    built = make(site(editions, editions=(Link(title="WSE 2024", url="../2024/"),)))
    assert re.search(
        r'aria-current="true"><bdi>WSE 2025</bdi></a>\s*<span class="proc-quiet">this edition',
        built.read("editions.html"),
    )


def test_without_other_editions_there_is_no_such_page(plain: Any) -> None:
    assert "editions.html" not in plain.files()


def test_a_moved_page_leads_to_its_new_place(make: Any, editions: ModuleType) -> None:
    moved = {
        "papers/old25.html": "papers/doe25.html",
        "schedule.html": "program.html#day-2025-07-19",
        "old/deep/page.html": "",
        "elsewhere.html": "https://example.com/x",
    }
    built = make(site(editions, redirects=moved))
    page = built.read("papers/old25.html")
    assert 'content="0; url=../papers/doe25.html"' in page
    assert f'<link rel="canonical" href="{BASE}papers/doe25.html">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'url=program.html#day-2025-07-19"' in built.read("schedule.html")
    assert 'url=../../index.html"' in built.read("old/deep/page.html")
    assert 'url=https://example.com/x"' in built.read("elsewhere.html")
    assert built.findings == ()
    assert "old25" not in built.read("sitemap.xml")


def test_a_redirect_that_is_given_up_goes(make: Any, editions: ModuleType) -> None:
    built = make(site(editions, redirects={"papers/old25.html": "papers/doe25.html"}))
    assert (built.out / "papers/old25.html").is_file()
    built = make(site(editions))
    assert not (built.out / "papers/old25.html").exists()


def test_a_redirect_never_hides_a_page(make: Any, editions: ModuleType) -> None:
    built = make(site(editions, redirects={"papers.html": "program.html"}))
    assert "site-redirect-taken" in built.codes()
    assert 'http-equiv="refresh"' not in built.read("papers.html")


@pytest.mark.parametrize("target", ["papers/nobody.html", "papers/older.html"])
def test_a_redirect_to_nowhere_is_reported(make: Any, editions: ModuleType, target: str) -> None:
    moved = {"papers/old25.html": target, "papers/older.html": "papers/doe25.html"}
    built = make(site(editions, redirects=moved))
    assert built.codes() == ["site-redirect-broken"]


def other(editions: ModuleType, year: int, name: str = "WSE") -> Volume:
    volume: Volume = editions.volume()
    start = volume.event.start
    assert start is not None
    event = replace(
        volume.event,
        short_name=f"{name} {year}",
        start=start.replace(year=year),
        end=None,
    )
    return replace(volume, event=event, site=SiteSettings(url=f"https://example.org/{year}/"))


def test_editions_stand_side_by_side_under_an_index(
    make: Any, editions: ModuleType, tmp_path: Path
) -> None:
    sites = [make(other(editions, year), name=str(year)).out for year in (2024, 2025)]
    out = tmp_path / "all"
    out.mkdir()
    (out / "CNAME").write_text("example.org", encoding="utf-8")
    shelved = shelve(sites, out)
    assert [one.folder for one in shelved] == ["2025", "2024"]
    index = (out / "index.html").read_text(encoding="utf-8")
    assert index.index("WSE 2025") < index.index("WSE 2024")
    assert 'href="2024/index.html"' in index
    assert ">19 July 2025</time>" in index
    assert ">3 papers</a>" in index
    assert "booklet.pdf" not in index
    assert (out / "2024/papers/doe25.html").is_file()
    assert (out / "CNAME").is_file()
    assert (out / ".nojekyll").is_file()
    robots = (out / "robots.txt").read_text(encoding="utf-8")
    assert "Sitemap: https://example.org/2024/sitemap.xml\n" in robots
    # Again, with one paper fewer: what is gone is gone here, too.
    volume = other(editions, 2025)
    make(replace(volume, papers=volume.papers[:1]), name="2025")
    shelve(sites, out)
    assert not (out / "2025/papers/oster25.html").exists()
    assert (out / "2024/papers/oster25.html").is_file()


def test_the_index_speaks_the_language_of_all_editions(
    make: Any, editions: ModuleType, tmp_path: Path
) -> None:
    german = replace(other(editions, 2025), language="de")
    sites = [make(german, name="2025", printed=True).out]
    shelve(sites, tmp_path / "all")
    index = (tmp_path / "all" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in index
    assert "19. Juli 2025" in index
    assert ">3 Beiträge</a>" in index
    assert 'href="2025/booklet.pdf">Tagungsband (PDF)</a>' in index
    sites.append(make(other(editions, 2024), name="2024").out)
    shelve(sites, tmp_path / "all")
    assert '<html lang="en">' in (tmp_path / "all" / "index.html").read_text(encoding="utf-8")


def test_two_editions_of_one_year_are_told_apart_by_name(
    make: Any, editions: ModuleType, tmp_path: Path
) -> None:
    sites = [make(other(editions, 2025, name), name=name).out for name in ("WSE", "XSF")]
    assert {one.folder for one in shelve(sites, tmp_path / "all")} == {"WSE-2025", "XSF-2025"}


def test_nothing_is_written_where_something_else_would_be_lost(
    make: Any, editions: ModuleType, tmp_path: Path
) -> None:
    built = make(other(editions, 2025), name="2025")
    out = tmp_path / "all"
    (out / "2025").mkdir(parents=True)
    (out / "2025" / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NoSite, match="holds no site"):
        shelve([built.out], out)
    assert (out / "2025" / "thesis.txt").read_text(encoding="utf-8") == "mine"
    assert not (out / "index.html").exists()
    with pytest.raises(NoSite, match="proceedings site"):
        shelve([tmp_path / "nowhere"], tmp_path / "other")


def test_names_in_the_index_are_text(make: Any, editions: ModuleType, tmp_path: Path) -> None:
    bad = "<script>window.hit=1</script>"
    volume = replace(editions.volume(), event=Event(name=bad, short_name=bad, place=bad))
    shelve([make(volume).out], tmp_path / "all")
    assert "<script" not in (tmp_path / "all/index.html").read_text(encoding="utf-8")
