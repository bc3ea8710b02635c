"""Other people's text reaches `papers.bib` so that it prints as it was typed."""

from __future__ import annotations

from collections.abc import Callable

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


@pytest.mark.parametrize(
    "formula",
    [
        r"0.87 \pm 0.02",
        r"224 \times 224",
        r"5 \times 10^{-3}",
        r"1 - \alpha",
        r"0 \le x \le 1",
        r"3 \sigma",
        "2ab + c",
        "3 x",
    ],
)
def test_a_formula_may_begin_with_a_number(formula: str) -> None:
    typed = f"NSE of ${formula}$ at $5 and $10, 95% of it"
    assert notation.from_markdown(typed) == rf"NSE of ${formula}$ at \$5 and \$10, 95\% of it"


@pytest.mark.parametrize(
    "typed", ["$5 and $10", "from $5 million to 10$ here", "$10bn in 2020 and 5$.", "I paid $ 5 $."]
)
def test_money_is_no_formula(typed: str) -> None:
    assert latex.plain(notation.from_markdown(typed)) == typed
    assert not latex.parse(notation.from_markdown(typed)).problems


@pytest.mark.parametrize("read", [notation.from_markdown, notation.from_latex])
def test_environments_of_formulas_stay_formulas(read: Callable[[str], str]) -> None:
    typed = "We solve\n\\begin{align*}\n a &= b_1 \\\\ c &= d\n\\end{align*}\nand 5% more."
    assert read(typed) == (r"We solve \begin{align*}a &= b_1 \\ c &= d\end{align*} and 5\% more.")
    assert not latex.parse(read(typed)).problems


def test_items_of_a_list_are_paragraphs() -> None:
    typed = "We contribute:\n- a *new* set;\n  of maps\n* b.\n\nThen:\n\n1. x\n2. $$y\n- z$$"
    assert latex.plain(notation.from_markdown(typed)) == (
        "We contribute:\n\n• a new set; of maps\n\n• b.\n\nThen:\n\n1. x\n\n2. y−z"
    )
    assert notation.from_markdown("- a title") == "- a title"


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
