"""Directives and roles in the editors' own pages."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from builder.model import News


def body(html: str) -> str:
    return html[html.index("<article") : html.index("</article>")]


def test_roles_become_links_with_their_own_words(plain: Any) -> None:
    page = body(plain.read("index.html"))
    assert re.search(
        r'<a class="reference internal" href="papers/doe25.html">Bounds of <math', page
    )
    assert '<a class="reference internal" href="authors/jane-doe.html">Jane Doe</a>' in page
    assert '<a class="reference internal" href="sessions/1a.html">Session 1A</a>' in page


def test_a_role_may_show_other_words(make: Any) -> None:
    built = make(index="# T\n\n{paper}`this one <doe25>`\n")
    assert '<a class="reference internal" href="papers/doe25.html">this one</a>' in built.read(
        "index.html"
    )


DIRECTIVES = [
    ("{papers} long", "Bounds of", "A Short Note"),
    ("{papers}\n:keys: oster25", "A Short Note", "Bounds of"),
    ("{papers}\n:abstracts:", "We sort quickly.", "Hopper"),
    ("{program}\n:date: 2025-07-20", "Session 1A", "Coffee break"),
    ("{program} 1b", "Session 1B", "Session 1A"),
    ("{talks} keynote", "On Nanoseconds", "Session 1A"),
    ("{people} organizers", "Grace Hopper", "mailto"),
    ("{sponsors}", "Thanks to ACME.", "Hopper"),
    ("{dates}", "23 May 2025", "Hopper"),
    ("{topics}", "Examples", "Hopper"),
    ("{downloads}", "citations.bib", "Hopper"),
    ("{citation}", "@proceedings{", "doe25"),
    ("{citation} doe25", "@inproceedings{doe25", "oster25"),
]


@pytest.fixture(scope="module")
def directives(tmp_path_factory: pytest.TempPathFactory, build_site: Any) -> Any:
    """A site with one page for each of them."""
    pages = {}
    for number, (directive, _, _) in enumerate(DIRECTIVES):
        first, *options = directive.split("\n")
        lines = ["# Title", "", f"```{first}", *options, "```", ""]
        pages[f"page{number}.md"] = "\n".join(lines)
    return build_site(tmp_path_factory.mktemp("directives"), pages=pages)


@pytest.mark.parametrize("number", range(len(DIRECTIVES)))
def test_a_directive_shows_what_it_names(directives: Any, number: int) -> None:
    _, shown, hidden = DIRECTIVES[number]
    page = body(directives.read(f"page{number}.html"))
    assert shown in page
    assert hidden not in page


def test_directives_are_understood_without_complaint(directives: Any) -> None:
    assert directives.findings == ()


def test_the_home_page_says_what_when_and_where(plain: Any, make: Any) -> None:
    page = body(plain.read("index.html"))
    for words in (
        "Workshop on Small Examples",
        "19–20 July 2025",
        "Vancouver, Canada",
        "3 papers",
        "Recordings",
    ):
        assert words in page
    assert page.index("<h1") < page.index("19–20 July 2025")
    quiet = make(index="---\nmasthead: false\n---\n\n# T\n")
    assert "19–20 July 2025" not in body(quiet.read("index.html"))


UNKNOWN = [
    "{paper}`doe26`",
    "{author}`nobody`",
    "{session}`9z`",
    "```{papers} lng\n```",
    "```{citation} nope\n```",
]


def test_the_home_page_ends_with_dates_and_citation_unless_it_shows_them(
    plain: Any, make: Any
) -> None:
    built = make(index="# Hello\n\nWelcome.\n")
    page = built.read("index.html")
    assert page.index("Welcome.") < page.index("Important dates</h2>") < page.index("23 May 2025")
    assert page.index("23 May 2025") < page.index("How to cite</h2>") < page.index("@proceedings{")
    own = plain.read("index.html")
    assert own.count("23 May 2025") == 1
    assert "How to cite</h2>" not in own


def test_the_home_page_shows_the_latest_news_first(make: Any, editions: ModuleType) -> None:
    told = tuple(
        News(date=dt.date(2025, 6, day), text=f"News of day {day} <b>", url="https://example.org/")
        for day in (9, 8, 7, 6)
    )
    page = make(replace(editions.volume(), news=told)).read("index.html")
    places = [page.index(f"News of day {day} &lt;b&gt;</bdi>") for day in (9, 8, 7)]
    assert places == sorted(places)
    assert places[-1] < page.index("Older news") < page.index("News of day 6 &lt;b&gt;</bdi>")
    assert "9 June 2025" in page
    assert "proc-latest" not in make(editions.volume(), name="quiet").read("index.html")


def test_an_id_that_names_nothing_is_found_with_its_line(make: Any) -> None:
    pages = {f"page{n}.md": f"# T\n\nWords.\n\n{source}\n" for n, source in enumerate(UNKNOWN)}
    built = make(pages=pages)
    assert [
        (finding.code, finding.where.file, finding.where.line)
        for finding in sorted(built.findings, key=lambda finding: finding.order)
    ] == [("prose-unknown-reference", f"proceedings/page{n}.md", 5) for n in range(len(UNKNOWN))]


def test_a_mistake_in_prose_is_a_finding_with_its_place(make: Any) -> None:
    built = make(index="# T\n\n{doc}`nowhere`\n")
    assert [(f.code, f.where.file, f.where.line) for f in built.findings] == [
        ("site-prose", "proceedings/index.md", 3)
    ]


def test_an_edition_without_a_home_page_gets_one(make: Any) -> None:
    built = make(index="")
    page = body(built.read("index.html"))
    for words in ("WSE 2025", "On Nanoseconds", "Submission", "@proceedings{", "ACME"):
        assert words in page
    assert str(built.root).encode() not in b"".join(built.files().values())


def test_an_edition_without_conf_py_is_a_site_too(make: Any) -> None:
    built = make(name="e")
    (built.root / "proceedings" / "conf.py").unlink()
    again = make(name="e")
    assert again.findings == ()
    assert "furo" in again.read("index.html").lower()
