"""Where papers stand: what was noted, what can be seen, and what does not fit together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from builder.edition.private import Consent, Private, Progress
from builder.export import status
from builder.export.keeping import LEDGER, Keeper, keeper
from builder.export.manuscripts import find, measure
from builder.export.occasion import Occasion
from builder.export.overlap import Overlap
from builder.export.select import decide
from builder.export.statement import statement
from builder.model import (
    Contributor,
    Event,
    Inspection,
    Markup,
    Name,
    PageSeen,
    Paper,
    SpecialIssue,
    Volume,
)

EVIL = "<script>alert(1)</script> & 'x'"
PAPER = Paper(
    key="a25",
    title=Markup.text(EVIL),
    contributors=(Contributor(name=Name(given="Jane", family="Doe")),),
)
VOLUME = Volume(
    event=Event(name="E", short_name="E 2025"),
    title="E",
    papers=(PAPER,),
    special_issue=SpecialIssue(title=EVIL),
)


def day(number: int) -> dt.date:
    return dt.date(2025, 8, number)


def occasion(
    consent: bool | None = None,
    manuscript: Overlap | None = None,
    packaged: bool = False,
    **noted: object,
) -> Occasion:
    private = Private(
        consents=()
        if consent is None
        else (Consent(target="dmlr", paper="a25", given=consent, date=day(3)),),
        progress=(Progress(target="dmlr", paper="a25", **noted),) if noted else (),  # type: ignore[arg-type]
    )
    measured = {"a25": manuscript} if manuscript else {}
    return Occasion(
        volume=VOLUME,
        target="dmlr",
        private=private,
        root=Path("nowhere"),
        decisions=decide(VOLUME, "dmlr", {}, private, measured),
        manuscripts=measured,
        packaged=frozenset({"a25"}) if packaged else frozenset(),
    )


NEW = Overlap(new=0.6)


@pytest.mark.parametrize(
    ("case", "next_step"),
    [
        (occasion(), "editors: invite them"),
        (occasion(invited=day(1)), "authors: answer"),
        (occasion(invited=day(1), declined=day(2)), "nothing: declined"),
        (occasion(consent=False), "nothing: declined"),
        (occasion(accepted=day(2)), "editors: record consent"),
        (occasion(consent=True), "authors: send manuscript"),
        (occasion(consent=True, manuscript=NEW), "editors: look it through"),
        (occasion(consent=True, received=day(4)), "editors: look it through"),
        (occasion(consent=True, manuscript=NEW, checked=True), "editors: make package"),
        (occasion(consent=True, manuscript=NEW, checked=True, packaged=True), "authors: submit it"),
        (occasion(consent=True, submitted=day(9)), "journal: decide"),
        (occasion(consent=True, submitted=day(9), decision="rejected"), "nothing: decided"),
    ],
)
def test_the_next_step_follows_from_what_is_noted_and_seen(case: Occasion, next_step: str) -> None:
    (row,) = status.rows(case)
    assert row.next == next_step


def test_what_a_file_shows_is_seen_and_what_was_noted_is_noted() -> None:
    (row,) = status.rows(occasion(consent=True, manuscript=NEW, packaged=True, checked=day(5)))
    steps = {step.name: (step.state, step.when) for step in row.steps}
    assert steps["agreed"] == ("seen", "2025-08-03")
    assert steps["manuscript"] == ("seen", "file")
    assert steps["checked"] == ("noted", "2025-08-05")
    assert steps["packaged"] == ("seen", "in build/export")
    assert steps["submitted"] == ("open", "")
    assert (row.new, row.threshold, row.enough) == (60, 30, "yes")


def test_a_refusal_stands_where_the_answer_would() -> None:
    for case in (occasion(invited=day(1), declined=day(2)), occasion(consent=False)):
        (row,) = status.rows(case)
        step = next(step for step in row.steps if step.name == "agreed")
        assert (step.state, step.said) == ("refused", "declined")
        assert step.when in {"2025-08-02", "2025-08-03"}
        assert "declined" in status.as_html(VOLUME, {"dmlr": (row,)})


@pytest.mark.parametrize(
    ("case", "codes"),
    [
        (occasion(submitted=day(9)), {"status-without-consent"}),
        (occasion(consent=False, packaged=day(9) and True, submitted=True),
         {"status-without-consent"}),
        (occasion(consent=True, submitted=day(9)), set()),
        (occasion(invited=day(5), accepted=day(2)), {"status-order"}),
        (occasion(accepted=day(2), declined=day(2)), {"status-order"}),
        (occasion(received=day(2)), {"manuscript-missing"}),
        (occasion(received=day(2), manuscript=NEW), set()),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_told(case: Occasion, codes: set[str]) -> None:
    assert {finding.code for finding in status.findings(case)} == codes


def test_the_page_shows_text_as_text_and_reaches_for_nothing() -> None:
    case = occasion(consent=True, journal_id=EVIL, decision=EVIL, note=EVIL, submitted=day(3))
    page = status.as_html(VOLUME, {"dmlr": status.rows(case)})
    tags: set[str] = set()

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.add(tag)
            assert not {name for name, _ in attrs} & {"src", "href", "onclick"}

    Parser().feed(page)
    assert "script" not in tags
    assert "noindex" in page
    assert "Private" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 4


# -- manuscripts -------------------------------------------------------------------------------


def test_manuscripts_are_found_by_their_papers_key(tmp_path: Path) -> None:
    folder = tmp_path / "private" / "manuscripts" / "dmlr"
    folder.mkdir(parents=True)
    for name in ("A25.PDF", "b25.pdf", "notes.txt", ".hidden.pdf"):
        (folder / name).write_bytes(b"%PDF-1.7\n")
    found, (finding,) = find(tmp_path, VOLUME, "dmlr")
    assert set(found) == {"a25"}
    assert finding.code == "manuscript-unknown"
    assert "b25.pdf" in finding.message
    assert find(tmp_path, VOLUME, "jstars") == ({}, ())


def test_nothing_is_held_against_a_specimen() -> None:
    pages = (PageSeen(width=1, height=1, text="many words " * 90),)
    specimen = replace(VOLUME, papers=(replace(PAPER, specimen=True),))
    seen = Inspection(sha256="x", size=1, pages=pages)
    found = measure(specimen, {"a25": seen}, {"a25": seen})
    assert found["a25"].new is None
    assert "specimen" in found["a25"].problem


def test_a_statement_of_differences_leaves_to_the_authors_what_only_they_know() -> None:
    measured = Overlap(
        new=0.42, words=(1000, 1900), pages=(6, 14), figures=(3, 7), added=("A Wider *Study*",)
    )
    text = statement(VOLUME, PAPER, "dmlr", measured)
    assert "About 42 % of the manuscript's text is new" in text
    assert "DMLR asks for at least 30 %" in text
    assert "- A Wider \\*Study\\*: [Authors: what it adds.]" in text
    assert "| pages | 6 | 14 |" in text
    assert "\\<script\\>" in text
    unknown = statement(VOLUME, PAPER, "jstars", Overlap(new=0.42))
    assert "How much JSTARS asks for is not known" in unknown
    unread = statement(VOLUME, PAPER, "dmlr", Overlap(new=None, problem="it is a scan"))
    assert "could not be compared: it is a scan" in unread


# -- what is written below private/ --------------------------------------------------------------


def test_what_an_editor_changed_is_never_overwritten(tmp_path: Path) -> None:
    with keeper(tmp_path) as keep:
        assert keep.write("private/a.txt", "ours")
    with keeper(tmp_path) as keep:
        assert keep.write("private/a.txt", "ours, anew")
    (tmp_path / "private/a.txt").write_text("theirs", encoding="utf-8")
    with keeper(tmp_path) as keep:
        assert not keep.write("private/a.txt", "ours, once more")
        assert keep.read("private/a.txt") == "theirs"
        assert not keep.remove("private/a.txt")
    assert (tmp_path / "private/a.txt").read_text(encoding="utf-8") == "theirs"


def test_a_file_that_was_there_before_us_is_an_editors(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir(exist_ok=True)
    (tmp_path / "private/a.txt").write_text("theirs", encoding="utf-8")
    assert not Keeper(tmp_path).write("private/a.txt", "ours")


def test_what_is_no_longer_due_goes_if_nobody_changed_it(tmp_path: Path) -> None:
    with keeper(tmp_path) as keep:
        keep.write("private/a.txt", "ours")
    with keeper(tmp_path) as keep:
        assert keep.remove("private/a.txt")
    assert not (tmp_path / "private/a.txt").exists()


def test_the_folder_keeps_itself_out_of_git_and_a_damaged_ledger_protects_all(
    tmp_path: Path,
) -> None:
    with keeper(tmp_path) as keep:
        keep.write("private/a.txt", "ours")
    assert (tmp_path / "private/.gitignore").read_text(encoding="utf-8") == "*\n"
    (tmp_path / LEDGER).write_text("{", encoding="utf-8")
    assert not Keeper(tmp_path).write("private/a.txt", "anew")
