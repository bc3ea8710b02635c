from __future__ import annotations

import pytest

from builder.model import Finding, Report, Severity, Where


def finding(
    code: str, severity: Severity = Severity.WARNING, subject: str = "", line: int = 1
) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=code,
        subject=subject,
        where=Where(file="f", line=line),
    )


def test_severities_compare_as_they_read() -> None:
    assert Severity.INFO < Severity.WARNING < Severity.ERROR
    assert Severity.from_label("warning") is Severity.WARNING
    assert Severity.ERROR.label == "error"
    with pytest.raises(KeyError):
        Severity.from_label("fatal")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (Where(file="papers/papers.bib"), "papers/papers.bib"),
        (Where(file="papers/papers.bib", line=3), "papers/papers.bib:3"),
        (Where(file="papers/papers.bib", line=3, column=7), "papers/papers.bib:3:7"),
        (Where(file="papers/a.pdf", page=2), "papers/a.pdf, page 2"),
    ],
)
def test_a_place_is_said_as_editors_find_it(where: Where, said: str) -> None:
    assert str(where) == said


def test_a_report_says_each_thing_once_in_one_order_whatever_the_order_found() -> None:
    a, b, c = finding("a", subject="x"), finding("b", Severity.ERROR, "x"), finding("c")
    assert Report.of([a, b], [c, a]).findings == Report.of([c], [b, a]).findings == (c, b, a)


def test_a_report_counts_and_selects() -> None:
    report = Report.of([finding("a", subject="x"), finding("b", Severity.ERROR, "y")])
    assert report.worst is Severity.ERROR
    assert [f.code for f in report.at_least(Severity.ERROR)] == ["b"]
    assert [f.code for f in report.about("x")] == ["a"]
    assert report.count(Severity.WARNING) == 1
    assert Report().worst is None


@pytest.mark.parametrize(
    ("hint", "advice"),
    [
        ("write one backslash; `\\\\` is two", "Write one backslash; `\\\\` is two."),
        ("Correct it.", "Correct it."),
        ("Is it roe25?", "Is it roe25?"),
        ("`archival: true`", "`archival: true`."),
        ("papers/a.pdf is it", "papers/a.pdf is it."),
        ("pdf = {none} says so", "pdf = {none} says so."),
        ("", ""),
    ],
)
def test_a_hint_is_read_as_a_sentence(hint: str, advice: str) -> None:
    finding = Finding(code="x", severity=Severity.INFO, message="m", hint=hint)
    assert finding.advice == advice
