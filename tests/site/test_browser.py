"""What happens in a real browser: attacks stay text, nothing leaves the site, comforts work."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.browser


def every_page(out: Path) -> list[Path]:
    return sorted(path for path in out.rglob("*.html") if "_static" not in path.parts)


def test_attacks_in_every_string_stay_text(attacked: Any, page: Any) -> None:
    built = attacked
    pages = every_page(built.out)
    assert len(pages) > 8
    for file in pages:
        page.goto(file.as_uri())
        # Whatever hangs on a handler would fire now.
        page.evaluate(
            "for (const e of document.querySelectorAll('*'))"
            " e.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}))"
        )
        assert page.evaluate("window.hit") is None, file.name
        strange = page.evaluate(
            "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some("
            "a => a.name.startsWith('on'))).map(e => e.outerHTML.slice(0, 200))"
        )
        assert strange == []
        schemes = page.evaluate(
            "[...new Set([...document.querySelectorAll('[href],[src]')].map("
            "e => new URL(e.getAttribute('href') ?? e.getAttribute('src'), location).protocol))]"
        )
        assert set(schemes) <= {"file:", "https:", "http:", "mailto:"}
        assert page.evaluate("getComputedStyle(document.body).display") != "none"
    assert [url for url in page.requested if not url.startswith("file:")] == []


def test_attacks_are_shown_as_they_were_typed(attacked: Any, page: Any) -> None:
    built = attacked
    page.goto((built.out / "papers.html").as_uri())
    shown = page.inner_text(".proc-papers")
    assert "<script>window.hit=1</script>" in shown
    assert "{{ 7*7 }}" in shown
    assert "49" not in shown


def test_attacks_stay_text_in_search_results(attacked: Any, page: Any) -> None:
    built = attacked
    page.goto((built.out / "search.html").as_uri() + "?q=evil")
    page.wait_for_selector("#search-results li a")
    assert page.evaluate("window.hit") is None
    assert (
        page.evaluate(
            "document.querySelectorAll('#search-results script, #search-results img').length"
        )
        == 0
    )


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_no_page_is_wider_than_the_screen(
    plain: Any, attacked: Any, browser: Any, width: int, mode: str
) -> None:
    for built in (plain, attacked):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=mode)
        opened = context.new_page()
        for file in every_page(built.out):
            opened.goto(file.as_uri())
            assert opened.evaluate("document.documentElement.scrollWidth") <= width, (
                f"{file.name} at {width}"
            )
        context.close()


def test_without_javascript_the_list_is_complete(plain: Any, browser: Any) -> None:
    built = plain
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto((built.out / "papers.html").as_uri())
    assert opened.locator(".proc-item:visible").count() == 3
    assert opened.locator(".proc-filter:visible").count() == 0
    opened.goto((built.out / "papers/doe25.html").as_uri())
    assert opened.locator("pre:visible").count() == 1
    assert opened.locator("[data-proc-copy]:visible").count() == 0
    context.close()


def test_a_citation_can_be_copied(plain: Any, browser: Any) -> None:
    built = plain
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto((built.out / "papers/doe25.html").as_uri())
    opened.click("[data-proc-copy]")
    opened.locator("[data-proc-copy]", has_text="Copied").first.wait_for()
    copied = opened.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@inproceedings{doe25,")
    context.close()


def test_the_search_finds_papers_people_and_prose_without_a_server(plain: Any, page: Any) -> None:
    built = plain
    for words, title in (
        ("quickly", "Bounds of"),
        ("Montréal", "Bounds of"),
        ("Øster", "Łukasz Øster"),
        ("nanoseconds", "Program"),
        ("about", "About"),
    ):
        page.goto(f"{(built.out / 'search.html').as_uri()}?q={words}")
        page.wait_for_selector("#search-results li a")
        found = page.locator("#search-results li a").all_inner_texts()
        assert any(title in text for text in found), (words, found)
    page.click("#search-results li a")
    assert "about" in page.url


def test_mathematics_is_mathml(plain: Any, page: Any) -> None:
    built = plain
    page.goto((built.out / "papers/doe25.html").as_uri())
    assert page.evaluate("document.querySelector('h1 math') instanceof MathMLElement")
    page.goto((built.out / "index.html").as_uri())
    assert page.locator("math msup").count() == 1
    assert not [url for url in page.requested if "mathjax" in url.lower()]


def test_a_note_stands_beside_a_papers_picture(plain: Any, page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto((plain.out / "papers" / "doe25.html").as_uri())
    page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('beforebegin', `<a class=proc-thumbnail>"
        "<img width=9 height=9 alt=''></a><p class='proc-note proc-alert'>Retracted</p>`)"
    )
    note, picture = (page.locator(f".proc-{one}").first for one in ("alert", "thumbnail"))
    box, beside = note.bounding_box(), picture.bounding_box()
    assert box["x"] + box["width"] <= beside["x"]


def test_parallel_sessions_stand_side_by_side_where_there_is_room(plain: Any, page: Any) -> None:
    built = plain
    page.goto((built.out / "program.html").as_uri())
    left, right = (page.locator(f"#session-{id}").bounding_box() for id in ("1a", "1b"))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    page.set_viewport_size({"width": 390, "height": 800})
    left, right = (page.locator(f"#session-{id}").bounding_box() for id in ("1a", "1b"))
    assert left["x"] == right["x"]
    assert left["y"] < right["y"]


def test_the_keyboard_reaches_everything_and_shows_where_it_is(plain: Any, page: Any) -> None:
    built = plain
    page.goto((built.out / "papers/doe25.html").as_uri())
    page.focus(".proc-primary")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert page.evaluate("document.activeElement.textContent") == "DOI"
    assert outline not in {"none", ""}


def test_a_paper_page_and_all_that_it_loads_is_light(plain: Any, page: Any) -> None:
    page.goto((plain.out / "papers/doe25.html").as_uri())
    page.wait_for_load_state("networkidle")
    loaded = {unquote(urlsplit(url).path) for url in page.requested}
    files = [Path(path) for path in loaded if not path.endswith((".jpg", ".pdf"))]
    assert len(files) > 5
    # We promise 120 kB, compressed, without the picture of the first page and the PDF, and have a
    # quarter of that: whoever adds a library here should notice.
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 50_000
