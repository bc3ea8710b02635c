"""What came with papers: attached, beside the volume, or left alone, as the edition says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from builder.booklet import supplements
from builder.model import Supplement, Volume
from tests.booklet.conftest import Edition
from tests.booklet.test_making import made


def with_files(volume: Volume, keeping: dict[str, str], *files: str, kind: str = "data") -> Volume:
    first, *others = volume.papers
    ours = tuple(Supplement(file=file, kind=kind) for file in files)
    settings = replace(volume.booklet, supplements=keeping)
    return replace(volume, papers=(replace(first, supplements=ours), *others), booklet=settings)


def test_the_edition_says_by_kind_what_becomes_of_files(volume: Volume) -> None:
    one = with_files(volume, {"data": "attach", "other": "beside"}, "papers/a.csv")
    (kept,), _ = supplements.keep(one, {"papers/a.csv": 10})
    assert kept.keeping == "attach"
    one = with_files(volume, {"data": "attach", "other": "beside"}, "papers/a.mp4", kind="video")
    (kept,), _ = supplements.keep(one, {"papers/a.mp4": 10})
    assert kept.keeping == "beside"
    assert supplements.keep(with_files(volume, {}, "papers/a.csv"), {"papers/a.csv": 10}) == (
        (),
        (),
    )


def test_a_file_that_is_too_large_is_kept_beside_and_told(volume: Volume) -> None:
    one = with_files(volume, {"other": "attach"}, "papers/a.csv", "papers/b.csv", "papers/c.csv")
    size = supplements.MOST + 1
    kept, (finding,) = supplements.keep(one, {"papers/a.csv": size, "papers/b.csv": 5})
    assert [(k.name, k.keeping) for k in kept] == [("a.csv", "beside"), ("b.csv", "attach")]
    assert (finding.code, finding.subject) == ("supplement-not-attached", "ada25")


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (("papers/x/data.zip", "papers/y/data.zip"), ("papers-x-data.zip", "papers-y-data.zip")),
        (("papers/CON.txt",), ("file-CON.txt",)),
        (("papers/a\u202ecod.exe",), None),
        (('papers/x"><script>.js',), None),
        (("papers/Data.csv", "papers/data.csv"), None),
        (("papers/..\\..\\evil.bat",), None),
    ],
)
def test_names_are_safe_and_never_collide(
    volume: Volume, files: tuple[str, ...], names: tuple[str, ...] | None
) -> None:
    kept, _ = supplements.keep(
        with_files(volume, {"other": "attach"}, *files), dict.fromkeys(files, 1)
    )
    found = [one.name for one in kept]
    assert len({name.lower() for name in found}) == len(files)
    assert all(name.isascii() and not set(name) & set('\\/"<>: ') for name in found)
    assert all(not name.startswith(".") for name in found)
    if names:
        assert tuple(found) == names


def test_the_volume_and_the_paper_bring_their_files_and_the_list_says_so(
    edition: Edition, tmp_path: Path
) -> None:
    (edition.root / "papers" / "ada25-supp.csv").write_bytes(b"a,b\n")
    asked = edition.with_volume(
        lambda volume: with_files(volume, {"other": "attach"}, "papers/ada25-supp.csv")
    ).with_volume(
        lambda volume: replace(
            volume,
            booklet=replace(volume.booklet, back_matter=("supplements",), pdf_standard="a-3b+ua-1"),
        )
    )
    booklet = made(asked, tmp_path / "out")
    assert not [one for one in booklet.findings if one.code != "pdf-cleaned"]
    read = pypdf.PdfReader(booklet.volume)
    assert read.attachments == {"ada25-supp.csv": [b"a,b\n"]}
    assert "ada25-supp.csv" in read.pages[-1].extract_text()
    annotations = [one.get_object() for one in read.pages[-1]["/Annots"]]
    (opening,) = [one for one in annotations if one["/Subtype"] == "/FileAttachment"]
    assert opening["/FS"]["/UF"] == "ada25-supp.csv"
    assert pypdf.PdfReader(booklet.papers["ada25"]).attachments == read.attachments
    assert not pypdf.PdfReader(booklet.papers["bo25"]).attachments
    # Typst's papers, stamped and joined, are PDF/A; so the whole says that it is.
    for file in (booklet.volume, booklet.papers["bo25"]):
        assert b"pdfaid:part" in pypdf.PdfReader(file).trailer["/Root"]["/Metadata"].get_data()
    again = made(asked, tmp_path / "again")
    assert again.volume.read_bytes() == booklet.volume.read_bytes()
