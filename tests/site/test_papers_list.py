"""The list of papers in a real browser, from `file://`: filters, order, selection, export."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

WORDS = "[data-proc-papers] [name=q]"
TITLES = ".proc-item:visible .proc-item-title"


@pytest.fixture
def papers(plain: Any, page: Any) -> Any:
    page.goto((plain.out / "papers.html").as_uri())
    return page


def saved(page: Any, button: str) -> tuple[str, str]:
    with page.expect_download() as download:
        page.click(button)
    return download.value.suggested_filename, Path(download.value.path()).read_text("utf-8")


def test_the_filter_narrows_the_list_by_words_and_track(papers: Any) -> None:
    assert papers.locator(TITLES).count() == 3
    # Accents and capitals do not matter, every word does.
    papers.fill(WORDS, "OSTER bounds")
    assert papers.locator(TITLES).all_inner_texts()[0].startswith("Bounds of")
    assert papers.locator(TITLES).count() == 1
    assert papers.inner_text("output") == "1 of 3 papers"
    papers.fill(WORDS, "formulas are read")  # an abstract, folded away
    assert papers.locator(TITLES).count() == 1
    papers.fill(WORDS, "nothing like it")
    assert papers.locator(TITLES).count() == 0
    papers.click("[data-proc-reset]")
    papers.select_option("[name=track]", "short")
    assert papers.locator(TITLES).count() == 2
    assert papers.url.endswith("#track=short")
    papers.reload()
    assert papers.locator(TITLES).count() == 2


def test_counts_say_what_choosing_would_show(papers: Any) -> None:
    def options(name: str) -> list[str]:
        return papers.locator(f"[name={name}] option").all_inner_texts()

    assert options("track") == ["All tracks", "Long papers (1)", "Short papers (2)"]
    assert options("session") == [
        "All sessions",
        "Session 1A (1)",
        "Session 1B (2)",
        "Posters (1)",
    ]
    assert options("award") == ["Any or none", "Best paper (1)"]
    papers.select_option("[name=track]", "short")
    assert options("session")[1:] == ["Session 1A (0)", "Session 1B (2)", "Posters (0)"]
    assert papers.locator("[name=session] option:disabled").count() == 2
    # Its own choice does not count against a facet.
    assert options("track")[1] == "Long papers (1)"


def test_topics_and_authors_complete_as_they_are_typed(papers: Any) -> None:
    papers.fill("[name=topic]", "Bounds")
    assert papers.locator(TITLES).count() == 1
    papers.fill("[name=topic]", "")
    papers.focus("[name=author]")
    suggested = papers.eval_on_selector_all("#proc-author option", "all => all.map(o => o.value)")
    assert "Łukasz Øster" in suggested
    papers.fill("[name=author]", "lukasz oster")
    assert papers.locator(TITLES).count() == 2
    papers.fill("[name=author]", "atlas")
    assert papers.locator(TITLES).all_inner_texts() == ["Published elsewhere"]


def test_the_order_can_be_changed_and_changed_back(papers: Any) -> None:
    volume = papers.locator(TITLES).all_inner_texts()
    papers.select_option("[name=sort]", "title")
    assert [title.split()[0] for title in papers.locator(TITLES).all_inner_texts()] == [
        "A",
        "Bounds",
        "Published",
    ]
    assert papers.locator(".proc-group:visible").count() == 1
    assert papers.locator(".proc-group h2:visible").count() == 0
    papers.select_option("[name=sort]", "author")
    # Doe, Øster, The ATLAS Collaboration
    assert papers.locator(TITLES).last.inner_text().startswith("Published")
    assert papers.locator(TITLES).first.inner_text().startswith("Bounds")
    papers.select_option("[name=sort]", "")
    assert papers.locator(TITLES).all_inner_texts() == volume
    assert papers.locator(".proc-group h2:visible").count() == 2


def test_all_abstracts_open_at_once(papers: Any) -> None:
    papers.check("[name=abstracts]")
    assert papers.locator(".proc-abstract p:visible").count() == 2
    assert papers.url.endswith("#abstracts=1")
    papers.uncheck("[name=abstracts]")
    assert papers.locator(".proc-abstract p:visible").count() == 0


def test_a_long_list_fetches_abstracts_when_they_are_wanted(
    make: Any, page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builder.site.facets.INLINE", 2)
    out = make().out
    assert "We sort quickly." not in (out / "papers.html").read_text("utf-8")
    page.goto((out / "papers.html").as_uri())
    abstract = page.locator("[data-key=doe25] .proc-abstract")
    assert not any("abstracts-0.js" in url for url in page.requested)
    abstract.locator("summary").click()
    abstract.get_by_text("We sort quickly.").wait_for()
    assert any("abstracts-0.js" in url for url in page.requested)
    page.reload()
    page.fill(WORDS, "formulas are read")
    page.locator(".proc-filter-count", has_text="1 of 3 papers").wait_for()
    page.fill(WORDS, "")
    page.check("[name=abstracts]")
    assert page.locator(".proc-abstract p:visible").count() == 2


def test_the_whole_state_is_in_the_address(plain: Any, browser: Any, papers: Any) -> None:
    papers.fill(WORDS, "quickly")
    papers.select_option("[name=session]", "1a")
    papers.select_option("[name=award]", "Best paper")
    papers.fill("[name=author]", "Jane Doe")
    papers.select_option("[name=sort]", "title")
    papers.check("[name=abstracts]")
    elsewhere = browser.new_page()
    elsewhere.goto(papers.url)
    assert elsewhere.locator(TITLES).count() == 1
    assert elsewhere.input_value("[name=author]") == "Jane Doe"
    assert elsewhere.input_value("[name=sort]") == "title"
    assert elsewhere.is_checked("[name=abstracts]")
    elsewhere.click(WORDS)
    elsewhere.fill(WORDS, "nothing like it")
    elsewhere.click("[data-proc-reset]")
    assert "#" not in elsewhere.url
    assert elsewhere.locator(TITLES).count() == 3
    elsewhere.close()


def test_a_selection_stays_and_is_exported(plain: Any, papers: Any) -> None:
    papers.check("[aria-label='Select A Short Note']")
    papers.goto((plain.out / "papers" / "doe25.html").as_uri())
    papers.click("[data-proc-select]")
    assert papers.get_attribute("[data-proc-select]", "aria-pressed") == "true"
    papers.goto((plain.out / "papers.html").as_uri())
    assert papers.inner_text("[data-proc-what]") == "2 selected:"
    papers.check("[name=selected]")
    assert papers.locator(TITLES).count() == 2
    name, text = saved(papers, "[data-proc-export=bib]")
    assert name == "papers.bib"
    assert text.count("@inproceedings{") == 2
    assert plain.read("papers/doe25.bib").strip() in text
    name, text = saved(papers, "[data-proc-export=ris]")
    assert name == "papers.ris"
    assert text.count("ER  -") == 2
    name, text = saved(papers, "[data-proc-export=csv]")
    rows = list(csv.DictReader(text.splitlines()))
    assert [row["key"] for row in rows] == ["doe25", "oster25"]
    assert rows[0]["authors"] == "Jane Doe; Łukasz Øster"
    papers.click("[data-proc-clear]")
    assert papers.inner_text("[data-proc-what]") == "3 listed:"
    assert papers.locator(TITLES).count() == 3


def test_without_a_selection_what_is_listed_is_exported(papers: Any) -> None:
    papers.select_option("[name=track]", "short")
    _, text = saved(papers, "[data-proc-export=csv]")
    assert [row["key"] for row in csv.DictReader(text.splitlines())] == ["oster25", "elsewhere25"]


def test_no_cell_that_is_exported_is_a_formula(make: Any, editions: Any, page: Any) -> None:
    from builder.model import Markup

    volume = editions.volume()
    paper = replace(volume.papers[1], title=Markup.text('=HYPERLINK("x")'))
    built = make(replace(volume, papers=(paper,)))
    page.goto((built.out / "papers.html").as_uri())
    _, text = saved(page, "[data-proc-export=csv]")
    assert '"\'=HYPERLINK(""x"")"' in text


def test_where_nothing_can_be_kept_everything_else_works(plain: Any, page: Any) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied'); }})"
    )
    page.goto((plain.out / "papers.html").as_uri())
    page.check("[aria-label='Select A Short Note']")
    assert page.inner_text("[data-proc-what]") == "1 selected:"


def test_attacks_stay_text_in_filters(attacked: Any, page: Any) -> None:
    page.goto((attacked.out / "papers.html").as_uri())
    page.focus("[name=topic]")
    page.select_option("[name=sort]", "title")
    page.locator(".proc-select input").first.check()
    saved(page, "[data-proc-export=csv]")
    saved(page, "[data-proc-export=bib]")
    assert page.evaluate("window.hit") is None
    assert "<script>" in page.inner_text("[name=award]")


def test_homonyms_are_two_authors(make: Any, editions: Any, page: Any) -> None:
    volume = editions.volume()
    jane = replace(volume.papers[0].contributors[0], person="", orcid="", affiliations=())
    built = make(
        replace(volume, papers=(volume.papers[0], replace(volume.papers[1], contributors=(jane,))))
    )
    page.goto((built.out / "papers.html").as_uri())
    page.focus("[name=author]")
    names = page.eval_on_selector_all("#proc-author option", "all => all.map(o => o.value)")
    both = [name for name in names if name.startswith("Jane Doe")]
    assert len(set(both)) == 2
    page.fill("[name=author]", both[0])
    assert page.locator(TITLES).count() == 1
