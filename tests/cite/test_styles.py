"""References in words, against expectations written by hand from the four manuals' examples."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from builder import cite
from builder.cite.styles.parts import american, initials
from builder.model import Contributor, Markup, Name, Paper
from builder.model.markup import Link, Math, Styled, Text, html, plain
from citable import PLAN, paper, volume

TWO = (
    Contributor(name=Name(given="Jane Rose", family="Doe")),
    Contributor(name=Name(given="Jean-Paul", particle="van der", family="Roe")),
)


def said(style: str, one: Paper, **fields: Any) -> str:
    whole = volume(one, archival=one.archival, **fields)
    return plain.render(cite.formatted(whole, one, PLAN, style=style))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "apa",
            "Doe, J. R., & van der Roe, J.-P. (2025). Maps. In P. Poe (Ed.), Proceedings of"
            " TerraBytes 2025 (pp. 7–12). Example Press. https://doi.org/10.5555/x",
        ),
        (
            "ieee",
            "J. R. Doe and J.-P. van der Roe, “Maps,” in Proceedings of TerraBytes 2025,"
            " Vancouver, Canada, Jul. 2025, pp. 7–12, doi: 10.5555/x.",
        ),
        (
            "chicago",
            "Doe, Jane Rose, and Jean-Paul van der Roe. 2025. “Maps.” In Proceedings of"
            " TerraBytes 2025, edited by Pat Poe, 7–12. Example Press. https://doi.org/10.5555/x.",
        ),
        (
            "mla",
            "Doe, Jane Rose, and Jean-Paul van der Roe. “Maps.” Proceedings of TerraBytes 2025,"
            " edited by Pat Poe, Example Press, 2025, pp. 7–12, https://doi.org/10.5555/x.",
        ),
    ],
)
def test_what_was_published_is_cited_from_its_proceedings(style: str, expected: str) -> None:
    one = paper(title=Markup.text("Maps"), contributors=TWO, archival=True, doi="10.5555/x")
    assert said(style, one) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (
            "apa",
            "Doe, J. R., & van der Roe, J.-P. (2025, July 19). Maps [Non-archival paper"
            " presentation]. TerraBytes 2025 (ICML 2025 workshop), Vancouver, Canada."
            " https://openreview.net/forum?id=a_b",
        ),
        (
            "ieee",
            "J. R. Doe and J.-P. van der Roe, “Maps,” presented at TerraBytes 2025 (ICML 2025"
            " workshop), Vancouver, Canada, Jul. 2025, non-archival. [Online]. Available:"
            " https://openreview.net/forum?id=a_b",
        ),
        (
            "chicago",
            "Doe, Jane Rose, and Jean-Paul van der Roe. 2025. “Maps.” Non-archival paper presented"
            " at TerraBytes 2025 (ICML 2025 workshop), Vancouver, Canada, July 19."
            " https://openreview.net/forum?id=a_b.",
        ),
        (
            "mla",
            "Doe, Jane Rose, and Jean-Paul van der Roe. “Maps.” TerraBytes 2025 (ICML 2025"
            " workshop), 19 July 2025, Vancouver, Canada, https://openreview.net/forum?id=a_b."
            " Conference presentation, non-archival.",
        ),
    ],
)
def test_what_was_only_presented_never_looks_published(style: str, expected: str) -> None:
    one = paper(title=Markup.text("Maps"), contributors=TWO)
    assert said(style, one) == expected
    assert "Proceedings" not in expected


@pytest.mark.parametrize(
    ("style", "begins"),
    [
        ("apa", "van der Maaten, L., Smith, J., Jr., Šťastný, Ł., The ATLAS Collaboration, Plato"),
        ("ieee", "L. van der Maaten et al., “"),
        ("chicago", "van der Maaten, Laurens, John Smith, Jr., Łukasz Šťastný, et al. 2025."),
        ("mla", "van der Maaten, Laurens, et al. “"),
    ],
)
def test_many_names_are_shortened_as_each_style_asks(style: str, begins: str) -> None:
    assert said(style, paper(archival=True)).startswith(begins)


def test_apa_prints_twenty_names_and_of_more_the_last() -> None:
    crowd = tuple(Contributor(name=Name(given="A", family=f"N{n}")) for n in range(21))
    assert "N18, A., … N20, A. (2025" in said("apa", paper(contributors=crowd))
    assert "N18, A., & N19, A. (2025" in said("apa", paper(contributors=crowd[:20]))


@pytest.mark.parametrize("style", list(cite.STYLES))
def test_hardly_anything_known_still_makes_a_reference(style: str) -> None:
    one = paper(contributors=(), openreview="", title=Markup(()))
    whole = volume(one)
    whole = replace(whole, event=replace(whole.event, start=None, place="", host=""))
    words = plain.render(cite.formatted(whole, one, None, style=style))
    assert "liu25" in words
    assert "n.d." in words
    assert ".." not in words
    assert ", ," not in words


@pytest.mark.parametrize("style", list(cite.STYLES))
def test_titles_keep_their_formulas_and_lose_their_links(style: str) -> None:
    title = Markup(
        (
            Text("On “quoted” "),
            Math("x^2"),
            Styled("emph", (Link("https://example.org/", (Text("there?"),)),)),
        )
    )
    one = paper(title=title, archival=True, contributors=TWO)
    shown = html.render(cite.formatted(volume(one, archival=True), one, PLAN, style=style))
    assert "<math" in shown
    assert "https://example.org/" not in shown
    assert "?." not in plain.render(cite.formatted(volume(one), one, PLAN, style=style))
    # Quotation marks within quotation marks are single ones; APA does not quote titles.
    assert ("‘quoted’" in shown) is (style != "apa")


@pytest.mark.parametrize("style", list(cite.STYLES))
def test_no_name_or_title_becomes_html(style: str) -> None:
    bad = "<script>x</script>"
    one = paper(
        title=Markup.text(bad), contributors=(Contributor(name=Name(given=bad, family=bad)),)
    )
    assert "<script" not in html.render(cite.formatted(volume(one), one, PLAN, style=style))


@pytest.mark.parametrize(
    ("given", "expected"),
    [("Jane", "J."), ("Jean-Paul", "J.-P."), ("J. R.", "J. R."), ("明", "明"), ("Łukasz", "Ł.")],
)
def test_initials(given: str, expected: str) -> None:
    assert initials(given) == expected


def test_days_of_an_event() -> None:
    assert american([dt.date(2025, 7, 19), dt.date(2025, 7, 20)]) == "July 19–20"
    assert american([dt.date(2025, 6, 30), dt.date(2025, 7, 2)]) == "June 30–July 2"
    whole = volume(paper(contributors=TWO))
    event = replace(whole.event, start=dt.date(2025, 9, 30), end=dt.date(2025, 10, 1))
    one = whole.papers[0]
    shown = plain.render(cite.formatted(replace(whole, event=event), one, style="mla"))
    assert "30 Sept.–1 Oct. 2025, Vancouver" in shown


def test_a_style_that_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        cite.formatted(volume(paper()), paper(), style="vancouver")


@pytest.mark.parametrize(
    ("style", "begins"),
    [
        ("apa", "Li, X., & 山田, 太郎"),
        ("ieee", "X. Li and 山田 太郎,"),
        ("chicago", "Li, Xiaoming, and 山田 太郎."),
        ("mla", "Li, Xiaoming, and 山田 太郎."),
    ],
)
def test_references_keep_east_asian_order_and_one_script(style: str, begins: str) -> None:
    two = (
        Contributor(name=Name(given="Xiaoming", family="Li", native="李小明")),
        Contributor(name=Name(given="太郎", family="山田")),
    )
    one = paper(contributors=two)
    assert said(style, one).startswith(begins)
