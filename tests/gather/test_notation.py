"""Other people's text reaches `papers.bib` so that it prints as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.edition import latex, names
from builder.gather import notation


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("50% of R&D at $5 and $10", "50% of R&D at $5 and $10"),
        ("snake_case and a^b", "snake_case and a^b"),
        ("**bold**, *so*, `code`", "bold, so, code"),
        (r"\textit{LaTeX} words", "LaTeX words"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{GAN} and \\unknown{x", "{GAN} and \\unknown{x"),
        ("[site](https://x.y/a_b)", "site"),
        ("$x^2$ and $\\alpha$", "x² and α"),
        ("one\n\ntwo", "one\n\ntwo"),
    ],
)
def test_markdown_with_formulas_prints_as_on_the_review_site(typed: str, printed: str) -> None:
    tex = notation.from_markdown(typed)
    assert notation.balanced(tex)
    assert latex.plain(tex) == printed
    assert not latex.parse(tex).problems


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_stays_balanced_for_bibtex(typed: str) -> None:
    assert notation.balanced(notation.from_markdown(typed))
    assert notation.balanced(notation.from_latex(typed))
    assert notation.balanced(notation.from_plain(typed))


def test_latex_stays_latex_and_bare_signs_are_mended() -> None:
    assert notation.from_latex(r"by 3.6\% for {GAN}s & 5%") == r"by 3.6\% for {GAN}s \& 5\%"
    assert latex.plain(notation.from_latex(r"broken \textit\{x} {")) == r"broken \textit\{x} {"


@pytest.mark.parametrize(
    ("given", "family", "full"),
    [
        ("Laurens", "van der Maaten", "Laurens van der Maaten"),
        ("", "Plato", "Plato"),
        ("J.", "Smith, Jr.", "J. Smith, Jr."),
        ("A and B", "C", "A and B C"),
        ("", "others", "others"),
        ("Jean", r"G{\'a}lvez", "Jean Gálvez"),
    ],
)
def test_names_in_parts_print_as_they_came(given: str, family: str, full: str) -> None:
    written = notation.person(given, family)
    assert [names.parse(one).full for one, _ in names.split(written)] == [full]


@pytest.mark.parametrize(
    ("spoken", "full"),
    [
        ("Jane van Doe", "Jane van Doe"),
        ("John Smith Jr.", "John Smith, Jr."),
        ("Plato", "Plato"),
        ("王小明", "王小明"),
        ("Team A and B", "Team A and B"),
        ("others", "others"),
        ("A, B, C, D", "A, B, C, D"),
    ],
)
def test_spoken_names_stay_one_name_each(spoken: str, full: str) -> None:
    written = notation.spoken(spoken)
    assert [names.parse(one).full for one, _ in names.split(written)] == [full]


def test_keys_are_readable_ascii_and_unique_in_any_case() -> None:
    assert notation.readable_key("Hu", "2025", "On the Label-free Mapping") == "hu25label"
    assert notation.readable_key("Šímová", "2025", "A Ø-story") == "simova25story"
    assert notation.readable_key("", "", "") == "paper"
    assert notation.unique_key("doe25", ["DOE25", "doe25b"]) == "doe25c"
    assert notation.unique_key("a", ["a", *(f"a{c}" for c in "bcdefghijklmnopqrstuvwxyz")]) == "aaa"


@pytest.mark.parametrize("id", ["../../etc/passwd", "CON", "a/b", "x" * 300, "", "é"])
def test_ids_become_keys_that_name_files_everywhere(id: str) -> None:
    key = notation.safe_key(id)
    assert key
    assert "/" not in key
    assert ".." not in key
    assert len(key) <= 90
