"""LaTeX in titles and abstracts."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.edition import latex
from builder.model.markup import Break, Link, Markup, Math, Styled, Text

# Where the corpus and this program differ by choice: formulas are spelled readably by the plain
# renderer, a tie stays a no-break space, and an apostrophe stays the character that was typed.
CHOSEN = {
    r"$\ell_1$": "ℓ₁",
    r"$\mathcal{O}(n^2)$": "O(n²)",
    r"$\mathbb{R}^d$": "ℝᵈ",
    "non~breaking": "non\u00a0breaking",
    "O'Reilly": "O'Reilly",
}


def test_every_case_of_the_corpus_becomes_the_unicode_it_means(shared: Path) -> None:
    lines = (shared / "corpora/bibtex/latex-to-unicode.txt").read_text(encoding="utf-8")
    wrong = {}
    for line in lines.splitlines():
        tex, _, expected = line.rpartition("|")
        if (plain := latex.plain(tex)) != CHOSEN.get(tex, expected):
            wrong[tex] = plain
    assert not wrong


def test_accents_agree_with_pylatexenc(shared: Path) -> None:
    from pylatexenc.latex2text import LatexNodes2Text

    lines = (shared / "corpora/bibtex/latex-to-unicode.txt").read_text(encoding="utf-8")
    reference = LatexNodes2Text(keep_comments=True)
    # Where pylatexenc is known to be wrong or to choose otherwise.
    apart = ("$", "n~b", "/~", r"\textcomma", r"\LaTeX", "''", r"\cite", "100", r"\unknown")
    cases = [line.rpartition("|")[0] for line in lines.splitlines()]
    accents = [case for case in cases if "\\" in case and not any(mark in case for mark in apart)]
    assert len(accents) > 25
    for case in accents:
        theirs = unicodedata.normalize("NFC", reference.latex_to_text(case)).strip()
        assert latex.plain(case) == theirs


def nodes(tex: str) -> tuple[object, ...]:
    return latex.parse(tex).markup.nodes


def test_styles_formulas_and_links_are_kept_apart() -> None:
    assert nodes(r"\emph{Very} good") == (Styled("emph", (Text("Very"),)), Text(" good"))
    assert nodes(r"is $O(n)$ \[x\]") == (Text("is "), Math("O(n)"), Text(" "), Math("x", True))
    assert nodes(r"\(a\) $$b$$") == (Math("a"), Text(" "), Math("b", True))
    assert nodes(r"CO\textsubscript{2}") == (Text("CO"), Styled("sub", (Text("2"),)))
    assert nodes(r"\href{https://x.y/a\_b}{here}") == (Link("https://x.y/a_b", (Text("here"),)),)
    assert nodes(r"\url{https://x.y/~a_b%20c}") == (
        Link("https://x.y/~a_b%20c", (Text("https://x.y/~a_b%20c"),)),
    )
    assert nodes(r"{\bf Bold} and {\it slanted}") == (
        Styled("strong", (Text("Bold"),)),
        Text(" and "),
        Styled("emph", (Text("slanted"),)),
    )


def test_an_address_that_could_run_a_program_is_no_link() -> None:
    assert nodes(r"\href{javascript:alert(1)}{click}") == (Text("click"),)


def test_braces_protect_capitals_and_nothing_else() -> None:
    assert nodes("{GAN}s") == (Styled("protected", (Text("GAN"),)), Text("s"))
    assert nodes("{gan}s") == (Text("gans"),)
    assert nodes(r"{\L}ukasz") == (Text("Łukasz"),)


def test_paragraphs_are_divided_at_blank_lines() -> None:
    assert nodes("One.\nStill one.\n\n Two \\emph{x}") == (
        Text("One. Still one."),
        Break(),
        Text("Two "),
        Styled("emph", (Text("x"),)),
    )
    assert nodes("One.\n\nTwo.") == (Text("One."), Break(), Text("Two."))


@pytest.mark.parametrize(
    ("tex", "plain", "code"),
    [
        ("50% of cases", "50% of cases", "latex-percent"),
        (r"\\textit{x} is", "textitx is", "latex-double-backslash"),
        ("costs $5", "costs $5", "latex-math"),
        ("$5 million and $6", None, "latex-math"),
        (r"our \Algn{} wins", "our wins", "latex-unknown-command"),
        (r"see \cite{doe20}", "see", "latex-dropped"),
        ("a\x0cb", "a b", "control-character"),
        ("{open", "open", "latex-unbalanced"),
        ("closed}", "closed", "latex-unbalanced"),
    ],
)
def test_what_is_wrong_is_said_and_the_text_is_kept(tex: str, plain: str | None, code: str) -> None:
    parsed = latex.parse(tex)
    assert [problem.code for problem in parsed.problems] == [code]
    assert parsed.problems[0].hint
    if plain is not None:
        assert latex.plain(tex) == plain


@pytest.mark.parametrize(
    "tex",
    [
        r"\href{https://x.y}", r"\sqrt", r"\frac12", r"\'", "\\", r"\begin{align", r"\verb",
        r"\verb|x", r"\url{", "$", "$$", r"\(", "{" * 5000, "}" * 50, r"\emph{" * 500, r"\'" * 999,
        "`" * 3000, "$x" * 999, r"\textcolor{red}", r"\item", r"\end{x}", r"\begin{itemize}\item a",
    ],
)  # fmt: skip
def test_broken_latex_never_raises(tex: str) -> None:
    assert isinstance(latex.parse(tex).markup, Markup)


@pytest.mark.parametrize("piece", [r"\url{", r"\begin{align}", r"\( ", "$$ x", r"\verb|", "`a "])
def test_hostile_repetition_costs_no_more_than_its_length(piece: str) -> None:
    start = time.process_time()
    latex.parse(piece * 5000)
    assert time.process_time() - start < 10  # a fraction of a second, or minutes


@given(st.text(alphabet=st.sampled_from("\\{}$~%`'-\n ab_^é&#\"@[]()")))
@settings(max_examples=300, deadline=None)
def test_nothing_makes_the_parser_raise(tex: str) -> None:
    parsed = latex.parse(tex)
    assert all(0 <= problem.at <= len(tex) for problem in parsed.problems)
    assert latex.plain(tex) == unicodedata.normalize("NFC", latex.plain(tex))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf", "Zs"])))
@settings(max_examples=300, deadline=None)
def test_escaped_text_reads_as_it_was(text: str) -> None:
    wanted = unicodedata.normalize("NFC", " ".join(text.split()))
    parsed = latex.parse(latex.escape(wanted))
    assert not parsed.problems or "\ufffe" in text or "\uffff" in text
    if not parsed.problems:
        assert " ".join(latex.plain(latex.escape(wanted)).split()) == wanted


def test_problems_say_where_they_are() -> None:
    (problem,) = latex.parse("abc 5% of").problems
    assert problem.at == 5
