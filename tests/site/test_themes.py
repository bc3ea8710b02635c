"""The themes that we promise to look right in, besides furo: what a theme does not break."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sphinx.config import Config

import sites


@pytest.fixture(scope="module", params=["alabaster", "pydata_sphinx_theme"])
def themed(
    request: pytest.FixtureRequest,
    build_site: Any,
    tmp_path_factory: pytest.TempPathFactory,
    editions: ModuleType,
) -> Any:
    folder = tmp_path_factory.mktemp(request.param)
    root = editions.write(folder / "edition")
    conf = root / "proceedings" / "conf.py"
    conf.write_text(conf.read_text() + f'html_theme = "{request.param}"\n', encoding="utf-8")
    built = build_site(folder, editions.volume(), printed=True)
    # pydata-sphinx-theme adds to the list that Sphinx gives to every later site of this process.
    Config.config_values["templates_path"].default.clear()
    return built


def test_nothing_is_missing_from_a_paper_page(themed: Any) -> None:
    assert themed.findings == ()
    page = themed.read("papers/doe25.html")
    for words in ("citation_title", "<math", "@inproceedings{doe25", "Content-Security-Policy"):
        assert words in page


def test_the_navigation_leads_to_every_list(themed: Any) -> None:
    page = sites.pages(themed.out)["papers/doe25.html"]
    targets = set(page.targets())
    for name in ("papers", "program", "authors", "people", "downloads", "about"):
        assert f"../{name}.html" in targets
    # None of them is said to lead elsewhere.
    assert page.soup.select('a[class~="nav-external"][href^=".."]') == []


def test_every_link_leads_somewhere(themed: Any) -> None:
    assert sites.broken(themed.out, sites.pages(themed.out)) == []


def test_the_list_filters_and_loads_nothing_from_elsewhere(themed: Any, page: Any) -> None:
    blocked: list[str] = []
    page.on("console", lambda said: blocked.append(said.text) if "Content" in said.text else None)
    page.on("requestfailed", lambda request: blocked.append(request.url))
    page.goto((themed.out / "papers.html").as_uri())
    page.fill(".proc-filter [name=q]", "short note")
    assert page.locator(".proc-item:visible").count() == 1
    page.click(".proc-item:visible .proc-item-title a")
    assert page.locator(".proc h1").inner_text() == "A Short Note"
    assert blocked == []
    assert {Path(url.split(":")[0]).name for url in page.requested} == {"file"}


def test_pages_are_html_without_any_error(plain: Any, attacked: Any, themed: Any) -> None:
    for built in (plain, attacked, themed):
        for one in sites.pages(built.out).values():
            one.parse()
