"""The search's index: small pieces, the same every time, and everything is found."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest

from builder.site.search import BLOCK, Findable, index, shard, words


def rows(text: str) -> Any:
    return json.loads(text.split("=", 2)[2].rstrip(";\n"))


def test_words_are_compared_without_accents_and_capitals() -> None:
    assert list(words("Łukasz ØSTER’s Größe, naïve x2")) == [
        "lukasz",
        "oster",
        "s",
        "grosse",
        "naive",
        "x2",
    ]


def test_where_a_script_has_no_spaces_neighbours_make_a_word() -> None:
    assert list(words("地図帳")) == ["地図", "図帳"]


def test_a_scripts_name_is_ascii() -> None:
    assert shard("maps", 1) == "m"
    assert shard("maps", 2) == "ma"
    assert shard("地図", 2) == "5730_56f3_"


def test_a_title_weighs_more_than_the_text() -> None:
    made = index([Findable("a", "Maps", ()), Findable("b", "Other", ("maps and maps",))])
    assert rows(made.scripts["search/s_m.js"])["maps"] == [0, 8, 1, 2]
    assert made.kinds == (("Papers", 0), ("Authors", 0), ("Pages", 2))


def test_papers_come_first_then_authors_then_everything_else() -> None:
    names = ("about", "authors/jane", "papers/x", "papers/a")
    made = index(Findable(name, name, ()) for name in names)
    listed = [name for _, name, _ in rows(made.scripts["search/d_0.js"])]
    assert listed == ["papers/a", "papers/x", "authors/jane", "about"]
    assert made.kinds == (("Papers", 2), ("Authors", 3), ("Pages", 4))


def test_the_same_pages_make_the_same_index_in_whatever_order() -> None:
    pages = [Findable(f"papers/{n}", f"Paper {n}", ("some words",)) for n in range(90)]
    assert index(pages) == index(reversed(pages))
    assert {"search/d_0.js", "search/d_1.js", "search/d_2.js"} <= set(index(pages).scripts)


def test_a_query_among_5000_papers_loads_under_500_kb() -> None:
    rnd = random.Random(1)
    vocabulary = [
        "".join(rnd.choice("bcdfglmnprst") + rnd.choice("aeiou") for _ in range(rnd.randint(1, 4)))
        for _ in range(20_000)
    ]
    # As often as words are: the n-th one 1/n as often as the first (Zipf).
    often = [*itertools.accumulate(1 / (place + 3) for place in range(len(vocabulary)))]

    def text(count: int) -> str:
        return " ".join(rnd.choices(vocabulary, cum_weights=often, k=count))

    pages = [
        Findable(f"papers/p{n}", text(9), (text(160),), ", ".join(text(2) for _ in range(4)))
        for n in range(5000)
    ] + [Findable(f"authors/{n}", text(2), ()) for n in range(7500)]
    scripts = index(pages).scripts
    sizes = {path: len(content.encode()) for path, content in scripts.items()}
    shards = sorted((size for path, size in sizes.items() if "/s_" in path), reverse=True)
    titles = sorted((size for path, size in sizes.items() if "/d_" in path), reverse=True)
    # Uncompressed, two words from the two largest pieces, twenty results from twenty others.
    assert sizes["search/shards.js"] + sum(shards[:2]) + sum(titles[:20]) < 500_000
    assert len(pages) / BLOCK >= 300


@pytest.mark.browser
def test_results_can_be_narrowed_to_a_kind_of_page(plain: Any, page: Any) -> None:
    page.goto((plain.out / "search.html").as_uri() + "?q=oster")
    page.wait_for_selector("#search-results li a")
    everything = page.locator("#search-results li a").count()
    assert page.locator("[name=kind] option").all_inner_texts()[0] == f"All ({everything})"
    page.select_option("[name=kind]", "Authors")
    found = page.locator("#search-results li a")
    # No script of ours may be evaluated in the page: its policy forbids that, as it should.
    found.nth(1).wait_for(state="detached")
    assert page.inner_text("#search-results li a") == "Łukasz Øster"
    page.fill("[name=words]", "no such thing")
    found.first.wait_for(state="detached")
    assert page.inner_text("output").startswith("Nothing is found")


@pytest.mark.browser
def test_a_word_that_begins_like_it_is_enough_and_all_words_have_to_occur(
    plain: Any, page: Any
) -> None:
    page.goto((plain.out / "search.html").as_uri() + "?q=quick+form")
    page.wait_for_selector("#search-results li a")
    assert page.locator("#search-results li a").count() == 1
    page.click("#search-results li a")
    assert page.url.endswith("/papers/doe25.html")
