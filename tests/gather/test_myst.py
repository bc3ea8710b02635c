"""LaTeX prose becomes MyST or plain text, and nothing is lost on the way."""

from __future__ import annotations

import pytest

from builder.gather.myst import escape, myst, plain


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\emph{so} and \textbf{so} and {\bf so}", "*so* and **so** and **so**"),
        (r"caf\'e, \"Uber, \c{c}, na\"{\i}ve, \o{}", "café, Über, ç, naïve, ø"),
        (r"50\% of \$5 \& more", r"50% of \$5 & more"),
        ("``Quoted'' and `so' --- yes", "“Quoted” and ‘so’ — yes"),
        (r"\section*{Welcome} Hello", "## Welcome\n\nHello"),
        (r"\href{https://a.b/c\_d}{our \emph{site}}", "[our *site*](<https://a.b/c_d>)"),
        (r"\url{https://x.y/a_b}", "<https://x.y/a_b>"),
        (r"before % a comment" + "\nafter", "before after"),
        ("One line \\\\ another", "One line \\\nanother"),
        (r"\begin{itemize}\item one \item two\end{itemize}", "- one\n- two"),
        (r"\begin{enumerate}\item one \item two\end{enumerate}", "1. one\n2. two"),
        (r"\begin{quote}Said.\end{quote}", "> Said."),
        (r"so $x_1 < 2$ it is", "so $x_1 < 2$ it is"),
        ("one\n\n\ntwo", "one\n\ntwo"),
        (r"text\footnote{A *note*.}.", "text[^1].\n\n[^1]: A \\*note\\*."),
        (r"\noindent\vspace{1cm}Text", "Text"),
        (r"\LaTeX\ it", "LaTeX it"),
    ],
)
def test_what_prefaces_use_is_converted(tex: str, expected: str) -> None:
    converted = myst(tex)
    assert converted.text.strip() == expected
    assert converted.problems == []


@pytest.mark.parametrize(
    ("tex", "kept"),
    [
        (r"see \foo{this}", "this"),
        (r"\input{/etc/passwd}", "/etc/passwd"),
        (r"\cite{smith}", "smith"),
        (r"\begin{strange}inside\end{strange}", "inside"),
        (r"\begin{tabular}{ll} a & b \end{tabular}", "a & b"),
        (r"\href{javascript:alert(1)}{press}", "press"),
        ("\\begin{itemize} \\item never ended", "never ended"),
        ("a } stray brace", "stray brace"),
        ("dollar $ sign", "sign"),
    ],
)
def test_what_cannot_be_converted_is_kept_as_text_and_reported(tex: str, kept: str) -> None:
    converted = myst("First line.\n\n" + tex)
    assert kept in converted.text
    assert converted.problems
    assert all(line >= 1 for line, _ in converted.problems)


def test_no_link_runs_anything() -> None:
    text = myst(r"\href{javascript:alert(1)}{press} \url{data:text/html,x}").text
    assert "](" not in text
    assert "<data" not in text


@pytest.mark.parametrize(
    "text",
    [
        "# heading",
        "1. item",
        "- item",
        "% comment",
        "+++",
        "(target)=",
        "a_b_c",
        "{role}`x`",
        "<b>",
    ],
)
def test_plain_words_never_become_markdown(text: str) -> None:
    from markdown_it import MarkdownIt

    html = MarkdownIt().render(escape(text))
    for tag in ("<h1", "<li", "<em", "<code", "<b>"):
        assert tag not in html


def test_plain_text_has_no_marks_at_all() -> None:
    converted = plain("\\emph{So} it \\textbf{is}.\n\nSee \\url{https://a.b/c}.")
    assert converted.text == "So it is.\n\nSee https://a.b/c.\n"


def test_deep_nesting_ends() -> None:
    converted = myst("{" * 3000 + "deep" + "}" * 3000)
    assert "deep" in converted.text
    assert converted.problems
