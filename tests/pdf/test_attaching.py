"""Supplements are in the volume byte by byte, and its list of them opens them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pypdf
import pytest
import typst

from builder.pdf import (
    Attachment,
    DocumentInfo,
    Expected,
    ExpectedPart,
    Part,
    audit,
    join,
    obstacles,
    prepare,
)

INFO = DocumentInfo(title="A Volume", date=dt.date(2025, 7, 19))

FRONT = b"""
#set document(title: "A Volume", date: datetime(year: 2025, month: 7, day: 19))
= Files
#link("x-proc:paper/liu25")[Liu]: #link("x-proc:attachment/liu25-supp.csv")[data],
#link("x-proc:attachment/liu25-supp.zip")[software], #link("x-proc:attachment/gone.zip")[gone]
"""


@pytest.fixture
def attachments(tmp_path: Path) -> tuple[Attachment, ...]:
    (tmp_path / "data.csv").write_bytes(b"a,b\n" * 4000)
    (tmp_path / "code.zip").write_bytes(bytes(range(256)))
    return (
        Attachment(
            path=tmp_path / "data.csv",
            name="liu25-supp.csv",
            mime="text/csv",
            description="Data: Übersicht",
            relationship="Data",
        ),
        Attachment(path=tmp_path / "code.zip", name="liu25-supp.zip", mime="application/zip"),
    )


@pytest.fixture
def parts(make: SimpleNamespace, tmp_path: Path) -> tuple[Part, ...]:
    front = tmp_path / "front.pdf"
    front.write_bytes(typst.compile(FRONT, timestamp=0, pdf_standards=["a-3b", "ua-1"]))
    source = make.paper(tmp_path / "a.pdf", 2)
    prepare(source, tmp_path / "liu25.pdf", [], INFO)
    return (Part(path=front), Part(path=tmp_path / "liu25.pdf", key="liu25"))


def volume(parts: tuple[Part, ...], out: Path, attachments: tuple[Attachment, ...]) -> Path:
    join(parts, out, info=INFO, attachments=attachments)
    return out


def test_every_file_is_there_as_it_was_with_its_kind(
    parts: tuple[Part, ...], attachments: tuple[Attachment, ...], tmp_path: Path
) -> None:
    out = volume(parts, tmp_path / "volume.pdf", attachments)
    read = pypdf.PdfReader(out, strict=True)
    assert {name: data[0] for name, data in read.attachments.items()} == {
        one.name: one.path.read_bytes() for one in attachments
    }
    with pikepdf.open(out) as pdf:
        data, code = pdf.Root.AF
        assert (str(data.AFRelationship), str(code.AFRelationship)) == ("/Data", "/Supplement")
        assert data.EF.UF.Subtype == "/text/csv"
        assert str(data.Desc) == "Data: Übersicht"
        assert str(data.EF.F.Params.ModDate) == "D:20250719000000Z"
        # What can be packed is packed; what cannot is stored as it is.
        assert len(data.EF.F.read_raw_bytes()) < 200
        assert code.EF.F.read_raw_bytes() == bytes(range(256))


def test_the_list_of_files_opens_them_where_their_names_stand(
    parts: tuple[Part, ...], attachments: tuple[Attachment, ...], tmp_path: Path
) -> None:
    out = volume(parts, tmp_path / "volume.pdf", attachments)
    with pikepdf.open(out) as pdf, pikepdf.open(parts[0].path) as front:
        opening = [one for one in pdf.pages[0].Annots if one.Subtype == "/FileAttachment"]
        assert [str(one.FS.UF) for one in opening] == ["liu25-supp.csv", "liu25-supp.zip"]
        links = list(front.pages[0].Annots)
        assert [list(one.Rect) for one in opening] == [list(one.Rect) for one in links[1:3]]
        dictionaries = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        kinds = {str(one.get("/S")) for one in dictionaries}
    # Who cannot see is told of a file, not of a link; the link to the paper is still one.
    assert {"/Annot", "/Link"} <= kinds


def test_the_audit_sees_a_missing_or_changed_file(
    parts: tuple[Part, ...], attachments: tuple[Attachment, ...], tmp_path: Path
) -> None:
    out = volume(parts, tmp_path / "volume.pdf", attachments)
    wanted = Expected(
        parts=tuple(
            ExpectedPart(path=part.path, key=part.key, pages=pages)
            for part, pages in zip(parts, (1, 2), strict=True)
        ),
        info=INFO,
        attachments=attachments,
    )
    # The link to a file that is not attached is told, and nothing else.
    assert [one.code for one in audit(out, wanted)] == ["audit-attachments"]
    volume(parts, out, attachments[:1])
    assert {one.code for one in audit(out, wanted)} == {"audit-attachments"}
    (tmp_path / "data.csv").write_bytes(b"other")
    volume(parts, out, attachments)
    (tmp_path / "data.csv").write_bytes(b"another")
    told = [one.message for one in audit(out, wanted)]
    assert any("liu25-supp.csv is not what was attached" in message for message in told)


def test_a_volume_with_files_and_text_of_ours_is_pdf_a_3b(
    parts: tuple[Part, ...], attachments: tuple[Attachment, ...], tmp_path: Path
) -> None:
    out = tmp_path / "volume.pdf"
    join(parts[:1], out, info=INFO, attachments=attachments, archival=True)
    assert obstacles(out) == ()
    packet = pypdf.PdfReader(out).trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfaid:part>3</pdfaid:part>" in packet
    assert b"prism:" not in packet


def test_a_paper_that_is_no_pdf_a_does_not_say_that_it_is(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    source = make.paper(tmp_path / "b.pdf", 1)
    made = prepare(source, tmp_path / "out.pdf", [], INFO, archival=True)
    assert [one.rule for one in made.obstacles] == ["ISO 19005-3, 6.2.11.4.1"]
    told = made.findings("liu25", "papers/liu25.pdf")
    assert [one.code for one in told if one.subject == "liu25"][-1] == "pdf-standard-obstacle"
    assert "a font is not embedded" in told[-1].message
    packet = pypdf.PdfReader(tmp_path / "out.pdf").trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfaid" not in packet


def test_links_without_flags_and_notes_of_programs_stand_in_nobodys_way(tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(typst.compile(b'#link("https://example.org")[out]', timestamp=0))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Annots[0]["/F"] = 0
        pdf.pages[0].obj["/PieceInfo"] = pikepdf.Dictionary(Word=pikepdf.Dictionary())
        pdf.pages[0].obj["/LastModified"] = "D:20250101"
        pdf.save(source)
    made = prepare(source, tmp_path / "out.pdf", [], INFO, archival=True)
    assert made.obstacles == ()
    packet = pypdf.PdfReader(tmp_path / "out.pdf").trailer["/Root"]["/Metadata"].get_data()
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in packet
