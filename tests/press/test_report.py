"""The report for machines and for people."""

from __future__ import annotations

import json

from builder.model import Event, Finding, Markup, Paper, Report, Severity, Volume, Where
from builder.press import report

VOLUME = Volume(
    event=Event(name="A Workshop", short_name="AW 2025"),
    title="Papers of <AW>",
    papers=(Paper(key="doe25", title=Markup.text("On <b> tags & more"), contributors=()),),
)
FINDING = Finding(
    code="pdf-missing",
    severity=Severity.ERROR,
    subject="doe25",
    message="there is no papers/<doe25>.pdf",
    hint="Ask the authors.",
    where=Where(file="papers/papers.bib", line=3, column=1),
)


def test_the_page_shows_authors_strings_as_text() -> None:
    page = report.as_html(Report.of([FINDING]), VOLUME)
    assert "On &lt;b&gt; tags &amp; more" in page
    assert "papers/&lt;doe25&gt;.pdf" in page
    assert "<doe25>" not in page
    assert "papers/papers.bib:3:1" in page
    assert "1 error," in page


def test_an_empty_report_says_so() -> None:
    assert "Nothing was found" in report.as_html(Report(), VOLUME)


def test_the_document_holds_every_field_of_a_finding() -> None:
    data = json.loads(report.as_json(Report.of([FINDING]), {"plan": []}))
    assert data["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert data["findings"] == [
        {
            "code": "pdf-missing",
            "severity": "error",
            "subject": "doe25",
            "message": "there is no papers/<doe25>.pdf",
            "hint": "Ask the authors.",
            "where": {"file": "papers/papers.bib", "line": 3, "column": 1},
        }
    ]


def test_what_stands_between_backquotes_is_code_in_the_page() -> None:
    finding = Finding(
        code="x", severity=Severity.INFO, message="a lone ` stays", hint="write `<b>` or `c`"
    )
    page = report.as_html(Report.of([finding]), VOLUME)
    assert "Write <code>&lt;b&gt;</code> or <code>c</code>." in page
    assert "a lone ` stays" in page
