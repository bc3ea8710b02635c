"""Telling whether a title stands on a page."""

from __future__ import annotations

import pytest

from builder.model import Inspection, PageSeen
from builder.model.likeness import SAME, ranked, title_likeness


def page(text: str, largest: str = "", line_numbers: bool = False) -> Inspection:
    seen = PageSeen(width=595, height=842, text=text)
    return Inspection(
        sha256="", size=1, pages=(seen,), title_seen=largest, line_numbers=line_numbers
    )


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Efficient Fine-Tuning of Networks",
            "E FFICIENT F INE -T UN-\nING OF N ETWORKS\nJane Doe",
        ),
        ("Over the field of offices", "Over the ﬁeld of oﬃces"),
        ("Learning L2 norms", "Learning 𝓛2 norms"),
        ("Müller's Über-model", "Mu\u0308ller’s U\u0308ber-model"),
        ("研究", "关于研究的论文"),
    ],
)
def test_how_a_page_prints_a_title_does_not_matter(title: str, text: str) -> None:
    assert title_likeness(title, page(text)) >= SAME


def test_line_numbers_of_a_review_version_do_not_matter() -> None:
    review = page("001 Proceedings of X\n002 DEEP\n003 MAPS\n004 Jane Doe", line_numbers=True)
    assert title_likeness("Deep Maps", review) == 1.0


def test_another_papers_page_is_unlike_a_title() -> None:
    other = page("A Corpus of Everyday Talk\nJane Doe\nAbstract. We collect talk of every day.")
    assert title_likeness("Learning to Route Dialogue Policies", other) < 0.4


def test_a_page_without_text_is_like_nothing() -> None:
    assert title_likeness("Anything", page("")) == 0.0
    assert title_likeness("Anything", Inspection(sha256="", size=1)) == 0.0
    assert title_likeness("", page("Anything")) == 0.0


def test_a_title_that_contains_another_wins_on_its_own_page() -> None:
    titles = {"short": "Maps of the Sea", "long": "Maps of the Sea Revisited at Night"}
    text = "Maps of the Sea Revisited at Night\nJane Doe"
    assert ranked(titles, page(text))[0][0] == "long"
    alone = page("Maps of the Sea\nJane Doe", largest="Maps of the Sea")
    assert ranked(titles, alone)[0][0] == "short"


def test_ranking_gives_the_exact_best_of_many() -> None:
    titles = {f"k{n}": f"A study of subject number {n} in depth" for n in range(50)}
    titles["right"] = "Rivers seen from above"
    best = ranked(titles, page("Rivers seen\nfrom above\nA study of subjects in depth"))
    assert best[0] == ("right", 1.0)
    assert len(best) == 3
