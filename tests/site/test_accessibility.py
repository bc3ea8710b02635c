"""What axe-core finds on every kind of page: nothing, in both modes, at three widths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = (
    "index.html",
    "papers.html",
    "papers/doe25.html",
    "authors.html",
    "authors/jane-doe.html",
    "topics.html",
    "topics/bounds.html",
    "affiliations.html",
    "affiliations/mila-montreal-canada.html",
    "program.html",
    "sessions/1a.html",
    "speakers.html",
    "people.html",
    "sponsors.html",
    "downloads.html",
    "about.html",
    "search.html",
)


@pytest.fixture(scope="session")
def axe() -> str:
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__path__[0]) / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("width", [390, 820, 1440])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing(shelved: Any, browser: Any, axe: str, width: int, mode: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=mode, bypass_csp=True
    )
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto((shelved.out / path).as_uri())
        # What unfolds is looked at too.
        page.evaluate("for (const e of document.querySelectorAll('.proc details')) e.open = true")
        if bad := violations(page, axe):
            found[path] = bad
    context.close()
    assert found == {}


def test_the_program_works_by_keyboard_alone(plain: Any, page: Any) -> None:
    page.goto((plain.out / "program.html").as_uri())
    page.focus("[data-proc-program] [name=mine]")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "proc-star":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline not in {"none", ""}
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert label.startswith("Add to my program: ")


def test_the_list_works_by_keyboard_alone(plain: Any, page: Any) -> None:
    page.goto((plain.out / "papers.html").as_uri())
    page.focus("[data-proc-papers] [name=q]")
    page.keyboard.type("short")
    assert page.locator(".proc-item:visible").count() == 1
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate("document.activeElement.name || document.activeElement.textContent")
        )
    assert {"sort", "track", "topic", "author", "abstracts", "BibTeX", "A Short Note"} <= reached


def test_nothing_moves_for_who_wants_no_motion(plain: Any, browser: Any) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    for path in ("papers.html", "program.html", "papers/doe25.html"):
        page.goto((plain.out / path).as_uri())
        moving = page.evaluate(
            "[...document.querySelectorAll('.proc *')].filter(e => {"
            " const s = getComputedStyle(e);"
            " const seconds = [s.transitionDuration, s.animationDuration].map(parseFloat);"
            " return Math.max(...seconds) > 0.01;"
            "}).map(e => e.className)"
        )
        assert moving == []
    context.close()
