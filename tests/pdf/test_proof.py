"""The proof finds whatever was done to a paper, and nothing where nothing was done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import typst

from builder.pdf import DocumentInfo, Prepared, Stamp, prepare, prove
from builder.pdf.proof import summary

PAPER = b"""#set page(width: 400pt, height: 500pt)
= One <one>
Some words, and a #link(<two>)[link] to another page, and #link("https://example.org")[out].
#pagebreak()
= Two <two>
More words. #link(<one>)[Back].
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    made = typst.compile(PAPER, timestamp=0)
    assert isinstance(made, bytes)
    file = tmp_path / "paper.pdf"
    file.write_bytes(made)
    return file


@pytest.fixture
def prepared(source: Path, tmp_path: Path) -> Prepared:
    stamps = [Stamp(page=1, text="A line"), Stamp(page=2, text="2"), Stamp.watermark(2)]
    return prepare(source, tmp_path / "out.pdf", stamps, DocumentInfo(title="Paper"))


def changed(file: Path, how: str) -> None:
    """Do to a printed paper what must not happen to it."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        if how == "paint":
            page.Contents.append(pdf.make_stream(b"q 1 0 0 rg 100 300 9 9 re f Q"))
        elif how == "white-on-white":
            page.Contents.append(pdf.make_stream(b"q 1 g 380 480 9 9 re f Q"))
        elif how == "empty":
            page.Contents = pdf.make_stream(b"")
        elif how == "unlinked":
            del page.Annots[0]
        elif how == "elsewhere":
            page.Annots[1].A.URI = pikepdf.String("https://example.com")
        elif how == "larger":
            page.MediaBox = pikepdf.Array([0, 0, 410, 500])
        pdf.save(file)


def test_a_stamped_paper_is_unharmed(source: Path, prepared: Prepared, tmp_path: Path) -> None:
    verdict = prove(source, tmp_path / "out.pdf", prepared)
    assert verdict.differences == ()
    assert (verdict.pages, verdict.annotations) == (2, 3)
    assert "1 of 1 papers" in summary({"x": verdict}).message


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("paint", ["looks"]),
        ("white-on-white", []),
        ("empty", ["looks", "text"]),
        ("unlinked", ["links"]),
        ("elsewhere", ["links"]),
        ("larger", ["looks"]),
    ],
)
def test_what_must_not_happen_is_found(
    source: Path, prepared: Prepared, tmp_path: Path, how: str, found: list[str]
) -> None:
    changed(tmp_path / "out.pdf", how)
    verdict = prove(source, tmp_path / "out.pdf", prepared)
    assert sorted({one.what for one in verdict.differences}) == found
    assert {one.page for one in verdict.differences} <= {1}
    codes = [finding.code for finding in verdict.findings("x", "papers/x.pdf")]
    assert sorted(codes) == [f"proof-{what}" for what in found]


def test_a_difference_says_where_it_is(source: Path, prepared: Prepared, tmp_path: Path) -> None:
    changed(tmp_path / "out.pdf", "paint")
    (one,) = prove(source, tmp_path / "out.pdf", prepared).differences
    assert one.box == pytest.approx((100, 300, 109, 309), abs=1.1)


def test_a_stamp_that_is_not_declared_is_a_difference(
    source: Path, prepared: Prepared, tmp_path: Path
) -> None:
    silent = replace(prepared, stamps=())
    found = prove(source, tmp_path / "out.pdf", silent).differences
    assert {one.page for one in found if one.what == "looks"} == {1, 2}


def test_the_pages_of_the_volume_are_compared(
    source: Path, prepared: Prepared, tmp_path: Path
) -> None:
    volume = tmp_path / "volume.pdf"
    with pikepdf.new() as pdf, pikepdf.open(tmp_path / "out.pdf") as paper:
        pdf.add_blank_page()
        pdf.add_pages_from(paper)
        pdf.save(volume)
    good = prove(source, tmp_path / "out.pdf", prepared, volume=volume, sheet=2)
    assert good.differences == ()
    wrong = prove(source, tmp_path / "out.pdf", prepared, volume=volume, sheet=1)
    assert wrong.differences
