"""What goes to the editor-in-chief: proposal, call, tables and schedule, read as they would be."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import pytest

from builder.export import profile
from builder.export.documents import as_docx, gaps, read
from builder.export.documents.blocks import Heading, Items, Table
from builder.export.letters import gap
from builder.export.schedule import schedule
from builder.model import Event, ImportantDate, SpecialIssue, Volume

EVENT = Event(
    name="Maps", short_name="Maps 2025", start=dt.date(2025, 7, 18), end=dt.date(2025, 7, 19)
)


def volume(*timeline: ImportantDate, event: Event = EVENT) -> Volume:
    return Volume(event=event, title="Maps", special_issue=SpecialIssue(timeline=timeline))


def test_without_any_date_given_the_schedule_is_counted_from_the_end_of_the_event() -> None:
    lines = schedule(volume(), profile.load("dmlr"))
    assert [line.date for line in lines][:3] == [
        dt.date(2025, 8, 16), dt.date(2026, 2, 14), dt.date(2026, 4, 25),
    ]  # fmt: skip
    assert "after the event" in lines[0].basis
    assert not any(line.given for line in lines)


def test_what_the_editors_give_stands_and_the_rest_is_counted_from_it() -> None:
    lines = schedule(
        volume(
            ImportantDate(what="Manuscripts due", date=dt.date(2026, 1, 1)),
            ImportantDate(what="Publication", text="Winter 2026"),
            ImportantDate(what="Kick-off", date=dt.date(2025, 9, 1)),
        ),
        profile.load("jstars"),
    )
    by = {line.what: line for line in lines}
    assert by["Manuscripts due"].given
    assert by["First decisions"].date == dt.date(2026, 3, 12)
    assert by["Publication"].when == "Winter 2026"
    assert [line.what for line in lines][:3] == ["Call for papers", "Kick-off", "Manuscripts due"]
    assert "Submission deadline" not in by


def test_without_a_date_of_the_event_nothing_is_counted() -> None:
    lines = schedule(volume(event=Event(name="M", short_name="M")), profile.load("dmlr"))
    assert lines
    assert not any(line.when for line in lines)


def test_facts_older_than_a_year_are_told_by_the_edition_s_own_dates() -> None:
    about = profile.load("jstars")
    day = profile.reference(volume())
    assert day == dt.date(2025, 7, 19)
    assert not about.outdated(day)
    late = profile.reference(volume(), [dt.date(2028, 1, 1), None])
    assert late is not None
    assert "article_charge" in about.outdated(late)


def test_a_gap_is_seen_in_every_form_and_nobody_s_title_is_one() -> None:
    from builder.export import letters

    mine = letters.escape("On [To be written by me: nothing]")
    text = f"# {mine}\n\n- {gap('the editors', 'a *motivation*')}\n"
    assert gaps(text) == ("To be written by the editors: a *motivation*",)
    document = read(text)
    heading, items = document.blocks
    assert isinstance(heading, Heading)
    assert isinstance(items, Items)
    assert document.title == "On [To be written by me: nothing]"
    import docx

    word = docx.Document(
        io.BytesIO(as_docx(document, notice="a preview", date=dt.date(2025, 7, 19), language="en"))
    )
    (item,) = (p for p in word.paragraphs if "motivation" in p.text)
    assert any(run.font.highlight_color is not None for run in item.runs)
    assert word.sections[0].header.paragraphs[0].text == "a preview"
    assert word.core_properties.author == ""


def test_word_files_are_the_same_whenever_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    document = read("# A\n\n| a | b |\n| --- | --- |\n| 1 | **2** |\n\n1. x\n\n   y\n")
    first = as_docx(document, notice="", date=None, language="en")
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert as_docx(document, notice="", date=None, language="en") == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_what_xml_cannot_hold_is_left_out_of_word_files() -> None:
    document = read("A\x0b\x00B \ud800C\n")
    assert as_docx(document, notice="", date=None, language="en")


def test_tables_keep_their_cells() -> None:
    (table,) = read("| a | b |\n| --- | --- |\n| 1 \\| 2 | [x](https://example.org) |\n").blocks
    assert isinstance(table, Table)
    assert [[run.text for run in cell] for cell in table.rows[0]] == [["1 | 2"], ["x"]]
    assert table.rows[0][1][0].url == "https://example.org"


def test_the_fictional_proposal_holds_what_journals_ask_for(
    fictional: Path, tmp_path: Path
) -> None:
    import openpyxl
    import pypdfium2

    from builder import edition
    from builder.booklet import paginate
    from builder.export import TARGETS, Request

    loaded = edition.load(fictional).volume
    assert loaded is not None
    package = TARGETS["jstars"].build(
        Request(
            volume=loaded,
            plan=paginate(loaded, {}, draft=True),
            inspections={},
            root=fictional,
            out=tmp_path / "jstars",
            private=edition.private.load(fictional),
        )
    )
    folder = package.folder / "editors"
    text = (folder / "proposal.md").read_text(encoding="utf-8")
    for part in (
        "Motivation", "Relevance to the journal", "Scope and topics", "Timeliness",
        "Guest editors", "Tentative schedule", "Prospective papers", "Expected numbers", "Review",
        "Publicity", "Conflicts of interest and how they are handled", "Questions to the journal",
    ):  # fmt: skip
        assert f"## {part}\n" in text
    assert "Jane Doe draws maps" in text
    assert "Edited two atlases" in text
    assert r"\[To be written by W. Zhang: a short biography\]" not in text
    assert "[To be written by W. Zhang: a short biography]" in text
    assert "1 March 2025 | given by the editors" in text
    assert "E-mail: editor.secret@example.org" in text
    assert not re.search("(?:ada|zoe|joost|jane|plato|north|south).secret", text)
    # Who has a photo in the edition is shown, and the file goes along for the journal's own page.
    assert "![](photos/guest-editor-1.png)" in text
    assert (folder / "photos/guest-editor-1.png").read_bytes() == (
        fictional / "proceedings/images/jane.png"
    ).read_bytes()
    import docx

    word = docx.Document(folder / "proposal.docx")
    assert len(word.inline_shapes) == 1
    (table,) = (t for t in word.tables if t.rows[0].cells[0].text == "Journal")
    assert table.rows[0].cells[1].text.endswith("(JSTARS)")
    lacking = [f.message for f in package.findings if f.code == "export-proposal-gap"]
    assert any("W. Zhang" in message and "biography" in message for message in lacking)
    for name in ("proposal.pdf", "call-for-papers.pdf"):
        document = pypdfium2.PdfDocument(folder / name)
        said = "".join(page.get_textpage().get_text_range() for page in document)
        assert "Maps of places that are not there" in " ".join(said.split())
    sheet = openpyxl.load_workbook(folder / "papers.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "key"
    assert len(rows) == 1 + len(loaded.shown)
    column = rows[0].index("consent")
    assert {row[0]: row[column] for row in rows}["plato24mononyms"] == "yes, 2024-10-04"
