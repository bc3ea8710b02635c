from __future__ import annotations

import pytest

from builder.model import Include, Inspection, PdfKind, Severity


def codes(found):
    return {(finding.code, finding.subject) for finding in found}


def test_a_missing_pdf_is_an_error_for_a_printed_paper_only(make, findings) -> None:
    edition = make.volume(
        make.paper("liu25"),
        make.paper("roe25", include=Include.PROGRAM),
        make.paper("gone25", include=Include.WITHDRAWN),
        make.paper("link25", pdf=PdfKind.LINK, pdf_file=""),
    )
    found = findings(edition, only="pdf-missing", missing=["liu25", "roe25", "gone25"])
    assert [(f.subject, f.severity) for f in found] == [
        ("liu25", Severity.ERROR),
        ("roe25", Severity.INFO),
    ]


def test_a_pdf_of_almost_the_right_name_is_suggested(make, findings, tmp_path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "Liu25.pdf").write_bytes(b"%PDF")
    (folder / "rohe25.pdf").write_bytes(b"%PDF")
    edition = make.volume(make.paper("liu25"), make.paper("roe25"))
    found = findings(edition, only="pdf-missing pdf-extra", missing=["liu25", "roe25"])
    hints = {(f.code, f.subject or f.where.file): f.hint for f in found}
    assert "papers/Liu25.pdf" in hints["pdf-missing", "liu25"]
    assert "papers/rohe25.pdf" in hints["pdf-missing", "roe25"]
    assert "Is it roe25?" in hints["pdf-extra", "papers/rohe25.pdf"]


def test_a_pdf_whose_entry_was_left_out_is_no_fault_of_its_own(make, findings, tmp_path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "roe25.pdf").write_bytes(b"%PDF")
    (folder / "papers.bib").write_text("@inproceedings{roe25, title {x}}\n", "utf-8")
    (found,) = findings(make.volume(make.paper("liu25")), only="pdf-extra", missing=["liu25"])
    assert found.severity is Severity.INFO
    assert "its entry" in found.message


def test_a_pdf_of_no_paper_is_recognised_by_its_title_if_it_was_looked_into(
    make, findings, tmp_path
) -> None:
    paper = make.paper("liu25", "Measuring the width of rivers from space")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "final_v3.pdf").write_bytes(b"%PDF")
    seen = {"papers/final_v3.pdf": make.seen(make.first_page(paper))}
    (found,) = findings(make.volume(paper), seen, only="pdf-extra", missing=["liu25"])
    assert "Is it liu25?" in found.hint


def test_a_key_that_is_no_file_name_is_given_as_the_file_should_be_called(
    make, findings, tmp_path
) -> None:
    paper = make.paper("müller 26:snow", "Measuring the depth of snow from space",
                       pdf_file="papers/müller-26-snow.pdf")  # fmt: skip
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "muller-26.pdf").write_bytes(b"%PDF")
    seen = {"papers/muller-26.pdf": make.seen(make.first_page(paper))}
    (found,) = findings(make.volume(paper), seen, only="pdf-extra", missing=[paper.key])
    assert found.hint == "Is it müller 26:snow? Then rename it to müller-26-snow.pdf."


def test_a_file_that_may_not_be_read_did_not_break_off(make, findings) -> None:
    edition = make.volume(make.paper("liu25"))
    closed = Inspection(sha256="", size=0, problem="it cannot be read: Permission denied")
    (found,) = findings(edition, {"liu25": closed}, only="pdf-unreadable")
    assert "allowed to read it" in found.hint
    assert "download" not in found.hint


def test_withdrawn_papers_and_supplements_are_not_extra(make, findings, tmp_path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "liu25-supp.pdf").write_bytes(b"%PDF")
    edition = make.volume(make.paper("liu25"), make.paper("gone25", include=Include.WITHDRAWN))
    assert findings(edition, only="pdf-extra supplement-extra") == []


def test_a_pdf_that_should_not_be_there_is_told(make, findings, tmp_path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "link25.pdf").write_bytes(b"%PDF")
    edition = make.volume(make.paper("link25", pdf=PdfKind.LINK, pdf_file=""))
    (found,) = findings(edition, only="pdf-extra")
    assert found.subject == "link25"
    assert "an address instead" in found.message


@pytest.mark.parametrize(
    ("bib", "severity"),
    [
        ("@inproceedings{roe25,\n  title = {Never closed\n", Severity.INFO),
        ("@comment{roe25,\n  title = {Switched off}}\n", Severity.WARNING),
    ],
)
def test_a_pdf_whose_entry_cannot_be_read_is_only_remarked(
    make, findings, tmp_path, bib: str, severity: Severity
) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "roe25.pdf").write_bytes(b"%PDF")
    (tmp_path / "papers" / "papers.bib").write_text(bib, "utf-8")
    (found,) = findings(make.volume(make.paper("liu25")), only="pdf-extra", missing=["liu25"])
    assert found.severity is severity


def test_locked_and_unreadable_and_empty_files_are_errors_of_their_own(make, findings) -> None:
    edition = make.volume(*(make.paper(key) for key in ("locked", "open", "broken", "empty")))
    inspections = {
        "locked": make.seen(encryption="password", problem="it needs a password"),
        "open": make.seen("text", encryption="blank"),
        "broken": make.seen(problem="no reader finds a page in it"),
        "empty": make.seen(),
    }
    found = findings(edition, inspections, only="pdf-encrypted pdf-unreadable pdf-empty")
    assert {(f.code, f.subject, f.severity) for f in found} == {
        ("pdf-encrypted", "locked", Severity.ERROR),
        ("pdf-encrypted", "open", Severity.INFO),
        ("pdf-unreadable", "broken", Severity.ERROR),
        ("pdf-empty", "empty", Severity.ERROR),
    }


def test_engines_that_count_differently_are_quoted(make, findings) -> None:
    edition = make.volume(make.paper("cut25"), make.paper("fine25"))
    counts = (("qpdf", 2), ("pypdf", 11), ("pdfium", None))
    inspections = {
        "cut25": make.seen("one", "two", counts=counts),
        "fine25": make.seen("one", counts=(("qpdf", 1), ("pypdf", 1))),
    }
    (found,) = findings(edition, inspections, only="pdf-page-count")
    assert found.subject == "cut25"
    assert found.severity is Severity.ERROR
    assert "qpdf counts 2" in found.message
    assert "pypdf counts 11" in found.message
    assert "2 pages can be used" in found.message


def test_repairs_are_told_without_the_readers_private_numbers(make, findings) -> None:
    repairs = ("(object 5 0, offset 391): expected endstream", "file is damaged", "x", "y")
    seen = make.seen("one", repairs=repairs, counts=(("qpdf", 1), ("pypdf", None)))
    (found,) = findings(make.volume(make.paper("a25")), {"a25": seen}, only="pdf-repaired")
    assert "offset" not in found.message
    assert "expected endstream; file is damaged; 2 more such notes; pypdf cannot" in found.message


def test_the_same_file_under_two_papers_is_told_for_both(make, findings) -> None:
    edition = make.volume(make.paper("a25"), make.paper("b25"), make.paper("c25"))
    inspections = {
        "a25": make.seen("text of a", sha256="same"),
        "b25": make.seen("text of a", sha256="same"),
        "c25": make.seen("text of c", sha256="other"),
    }
    found = findings(edition, inspections, only="pdf-duplicate")
    assert [(f.subject, f.severity) for f in found] == [
        ("a25", Severity.ERROR),
        ("b25", Severity.ERROR),
    ]
    assert "that of b25" in found[0].message


def test_the_same_first_page_in_two_files_is_a_warning(make, findings) -> None:
    text = "The same introduction, word for word. " * 10
    inspections = {
        "a25": make.seen(text, sha256="one"),
        "b25": make.seen(text.upper(), "more", sha256="two"),
    }
    edition = make.volume(make.paper("a25"), make.paper("b25"))
    found = findings(edition, inspections, only="pdf-duplicate")
    assert [f.severity for f in found] == [Severity.WARNING] * 2


def test_a_scan_is_told_but_one_page_of_pictures_is_not(make, findings) -> None:
    edition = make.volume(make.paper("scan"), make.paper("plots"))
    inspections = {"scan": make.seen("", " \n"), "plots": make.seen("words", "words", "")}
    found = findings(edition, inspections, only="pdf-without-text")
    assert codes(found) == {("pdf-without-text", "scan")}


def test_an_edition_that_has_no_pdfs_yet_is_told_once(make, findings) -> None:
    keys = [f"a{number}" for number in range(80)]
    edition = make.volume(*(make.paper(key) for key in keys))
    (found,) = findings(edition, only="pdf-missing", missing=keys)
    assert (found.subject, found.severity) == ("", Severity.ERROR)
    assert found.message.startswith("none of the 80 PDFs is there yet (a0, a1,")
