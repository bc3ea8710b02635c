"""What the booklet would refuse is known before it is made."""

from __future__ import annotations

from pathlib import Path

from builder.model import Severity
from builder.press import check, open_desk


def about_prose(root: Path) -> list[tuple[str, Severity, str, int | None]]:
    return [
        (f.code, f.severity, f.where.file, f.where.line)
        for f in check(open_desk(root)).findings
        if f.code.startswith("prose") and f.where
    ]


def test_a_reference_to_nobody_in_the_preface_is_an_error_of_the_check(workshop: Path) -> None:
    preface = workshop / "proceedings" / "preface.md"
    preface.write_text("# Preface\n\nRead {paper}`nokey`.\n", "utf-8")
    assert about_prose(workshop) == [
        ("prose-unknown-reference", Severity.ERROR, "proceedings/preface.md", 3)
    ]
    preface.write_text("# Preface\n\nRead {paper}`doe25`.\n", "utf-8")
    assert about_prose(workshop) == []


def test_a_fault_of_the_preface_can_be_accepted(workshop: Path) -> None:
    (workshop / "proceedings" / "preface.md").write_text("# P\n\n{paper}`nokey`\n", "utf-8")
    file = workshop / "proceedings" / "edition.yaml"
    text = file.read_text("utf-8")
    file.write_text(text + '\naccept: {prose-unknown-reference: "*"}\n', "utf-8")
    assert [severity for _, severity, _, _ in about_prose(workshop)] == [Severity.INFO]


def test_pages_of_the_site_alone_are_left_to_sphinx(workshop: Path) -> None:
    index = workshop / "proceedings" / "index.md"
    index.write_text("# Home\n\n```{only} html\nHi {paper}`nokey`\n```\n", "utf-8")
    assert about_prose(workshop) == []


def test_a_page_that_cannot_be_read_does_not_stop_the_check(workshop: Path) -> None:
    (workshop / "proceedings" / "preface.md").write_bytes("# Préface\n".encode("latin-1"))
    assert "file-encoding" in {f.code for f in check(open_desk(workshop)).findings}
