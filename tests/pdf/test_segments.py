"""A paper is normalised once; wherever its segment is put, the paper is as it was."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pypdf
import pypdfium2
import pytest
import typst
from pikepdf import Array, Dictionary, Name, String
from PIL import ImageChops

from builder.pdf import DocumentInfo, Part, Prepared, Stamp, join, prepare
from builder.pdf.normalising import normalise
from builder.pdf.segment import Segment
from links import links
from reference import join as join_slowly

INFO = DocumentInfo(title="A Volume")

TAGGED = b"""
#set document(title: "Tagged")
= One <one>
Text with a #link("https://example.org")[link] and #link(<two>)[another].
#pagebreak()
= Two <two>
- item
"""


def part(source: Path, key: str, *, stamps: list[Stamp] | None = None) -> tuple[Part, Prepared]:
    """A paper, prepared beside itself."""
    segment, overlay = (source.with_suffix(suffix) for suffix in (".segment", ".overlay"))
    out = source.with_name(f"{source.stem}-out.pdf")
    made = prepare(source, out, stamps or [], INFO, segment=segment, overlay=overlay)
    return Part(path=out, key=key, segment=segment, overlay=overlay), made


def pages(file: Path) -> list[object]:
    document = pypdfium2.PdfDocument(file)
    try:
        return [page.render(scale=0.5).to_pil().convert("L") for page in document]
    finally:
        document.close()


def look_equal(one: Path, two: Path) -> bool:
    first, second = pages(one), pages(two)
    return len(first) == len(second) and all(
        ImageChops.difference(a, b).getbbox() is None  # type: ignore[arg-type]
        for a, b in zip(first, second, strict=True)
    )


@pytest.fixture
def parts(make: SimpleNamespace, tmp_path: Path) -> list[Part]:
    made = []
    for number, key in enumerate(("liu25", "Roe:25", "ünal25")):
        paper = make.paper(tmp_path / f"{number}.pdf", 3 + number, word=key, rotate=90 * number)
        stamps = [Stamp(page=n, text=f"{n}") for n in range(1, 4 + number)]
        made.append(part(paper, key, stamps=stamps)[0])
    return made


def test_the_volume_is_what_joining_slowly_makes(parts: list[Part], tmp_path: Path) -> None:
    join(parts, tmp_path / "fast.pdf", info=INFO)
    join_slowly(parts, tmp_path / "slow.pdf")
    assert links(tmp_path / "fast.pdf") == links(tmp_path / "slow.pdf")
    assert look_equal(tmp_path / "fast.pdf", tmp_path / "slow.pdf")
    with pikepdf.open(tmp_path / "fast.pdf") as fast, pikepdf.open(tmp_path / "slow.pdf") as slow:
        names = [set(pikepdf.NameTree(pdf.Root.Names.Dests)) for pdf in (fast, slow)]
        # Besides the papers' own, each key is the name of its paper's first page.
        assert names[0] == names[1] | {"liu25", "Roe%3A25", "%C3%BCnal25"}


def test_a_real_volume_is_what_joining_slowly_makes(shared: Path, tmp_path: Path) -> None:
    papers = sorted((shared / "corpora" / "sigdial2020" / "papers").glob("*.pdf"))[:8]
    made = []
    for paper in papers:
        shutil.copyfile(paper, tmp_path / paper.name)
        made.append(part(tmp_path / paper.name, paper.stem, stamps=[Stamp(page=1, text="1")])[0])
    join(made, tmp_path / "fast.pdf", info=INFO)
    join_slowly(made, tmp_path / "slow.pdf")
    assert links(tmp_path / "fast.pdf") == links(tmp_path / "slow.pdf")
    assert look_equal(tmp_path / "fast.pdf", tmp_path / "slow.pdf")


def test_every_reader_opens_the_volume(parts: list[Part], tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    join(parts, out, info=INFO)
    reader = pypdf.PdfReader(out, strict=True)
    assert "nal25 page 5" in reader.pages[11].extract_text()
    with pikepdf.open(out) as pdf:
        assert pdf.check_pdf_syntax() == []
    for words in (["qpdf", "--check", str(out)], ["pdftotext", str(out), "-"]):
        if shutil.which(words[0]):
            done = subprocess.run(words, capture_output=True, check=False)
            assert (done.returncode, done.stderr) == (0, b"")


def test_another_place_leaves_the_segment_as_it_is(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "a.pdf")
    part(paper, "a", stamps=[Stamp(page=1, text="7")])
    segment = paper.with_suffix(".segment")
    before, stamped = segment.stat(), (tmp_path / "a-out.pdf").read_bytes()
    part(paper, "a", stamps=[Stamp(page=1, text="107")])
    assert segment.stat().st_mtime_ns == before.st_mtime_ns
    assert (tmp_path / "a-out.pdf").read_bytes() != stamped
    normalise(paper, tmp_path / "again.segment")
    assert (tmp_path / "again.segment").read_bytes() == segment.read_bytes()


def test_a_segment_that_is_gone_or_damaged_costs_time_but_no_link(
    parts: list[Part], tmp_path: Path
) -> None:
    whole = join(parts, tmp_path / "one.pdf", info=INFO)
    assert parts[0].segment is not None
    assert parts[1].segment is not None
    parts[0].segment.unlink()
    parts[1].segment.write_bytes(b"nonsense")
    assert join(parts, tmp_path / "two.pdf", info=INFO) == whole
    assert links(tmp_path / "one.pdf") == links(tmp_path / "two.pdf")
    assert look_equal(tmp_path / "one.pdf", tmp_path / "two.pdf")


def test_tagged_papers_stay_tagged_under_one_root(make: SimpleNamespace, tmp_path: Path) -> None:
    made = []
    for key in ("a", "b"):
        (tmp_path / f"{key}.pdf").write_bytes(typst.compile(TAGGED, timestamp=0))
        made.append(part(tmp_path / f"{key}.pdf", key)[0])
    join(made, tmp_path / "out.pdf", info=INFO)
    for file in (made[0].path, tmp_path / "out.pdf"):
        with pikepdf.open(file) as pdf:
            assert pdf.Root.MarkInfo.Marked
            root = pdf.Root.StructTreeRoot
            parents = pikepdf.NumberTree(root.ParentTree)
            keys = [int(page.obj.StructParents) for page in pdf.pages]
            assert len(set(keys)) == len(keys), "no two pages share a key"
            for page in pdf.pages:
                elements = [one for one in parents[int(page.obj.StructParents)] if one is not None]
                assert elements
                for element in elements:
                    assert element.get("/Pg", page.obj).objgen == page.obj.objgen
                    above = element.P
                    while above.get("/Type") != "/StructTreeRoot":
                        above = above.P
                    assert above.objgen == root.objgen
                for annotation in page.obj.get("/Annots", []):
                    assert parents[int(annotation.StructParent)].S == "/Link"
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        assert [str(one.T) for one in document.K] == ["a", "b"]
    untagged, _ = part(make.paper(tmp_path / "c.pdf"), "c")
    join([*made, untagged], tmp_path / "mixed.pdf", info=INFO)
    with pikepdf.open(tmp_path / "mixed.pdf") as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert "/MarkInfo" not in pdf.Root, "a reader would believe that there are two papers"


def test_roles_and_classes_of_a_paper_are_written_out(tmp_path: Path) -> None:
    paper = tmp_path / "a.pdf"
    paper.write_bytes(typst.compile(TAGGED, timestamp=0))
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        root = pdf.Root.StructTreeRoot
        root.RoleMap = Dictionary({"/Essay": Name.Work, "/Work": Name.Article})
        root.ClassMap = Dictionary({"/wide": Dictionary(O=Name.Layout, Width=100)})
        top = root.K[0] if isinstance(root.K, Array) else root.K
        top.S, top.C, top.ID = Name.Essay, Name.wide, String("x")
        top.AF = pdf.make_stream(b"a file that is to stay behind")
        pdf.save(paper)
    made, _ = part(paper, "a")
    with pikepdf.open(made.path) as pdf:
        top = pdf.Root.StructTreeRoot.K[0]
        assert (str(top.S), int(top.A[0].Width)) == ("/Article", 100)
        assert "/C" not in top
        assert str(top.ID).endswith(":x")
        assert not any(
            b"stay behind" in item.read_bytes()
            for item in pdf.objects
            if isinstance(item, pikepdf.Stream)
        )


def test_nothing_of_the_old_file_comes_along_with_a_page(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    paper = make.paper(tmp_path / "a.pdf")
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        first = pdf.pages[0].obj
        first.Strange = Array([pdf.Root, pdf.Root.Pages, first])
        first.Stranger = pdf.make_indirect(
            Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 9, 9]), Parent=pdf.Root.Pages)
        )
        pdf.save(paper)
    made, _ = part(paper, "a")
    join([made, replace(made, key="b")], tmp_path / "out.pdf", info=INFO)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        kinds = [
            str(one.get("/Type"))
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/Type" in one
        ]
        assert kinds.count("/Catalog") == 1
        assert kinds.count("/Page") == len(pdf.pages) == 6
        first = pdf.pages[0].obj
        assert [one is None for one in first.Strange] == [True, True, False]
        assert first.Strange[2].objgen == first.objgen


def test_a_figure_that_is_there_twice_is_stored_once(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "a.pdf")
    data = bytes(range(256)) * 40
    with pikepdf.open(paper, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            image = pikepdf.Stream(pdf, data)
            image.Type, image.Subtype = Name.XObject, Name.Image
            image.Width, image.Height, image.BitsPerComponent = 128, 80, 8
            image.ColorSpace = Name.DeviceGray
            page.obj.Resources.XObject = Dictionary(Im=pdf.make_indirect(image))
        pdf.save(paper)
    made, _ = part(paper, "a")
    with pikepdf.open(made.path) as pdf:
        images = {page.obj.Resources.XObject.Im.objgen for page in pdf.pages}
        assert len(images) == 1
        assert pdf.pages[2].obj.Resources.XObject.Im.read_bytes() == data


def test_strings_that_look_like_references_and_old_generations_are_read_right(
    tmp_path: Path,
) -> None:
    paper = tmp_path / "a.pdf"
    paper.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 4 R]/Count 1>>endobj\n"
        b"3 4 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Note(see 1 0 R \\(100%d\\))"
        b"/Flag 5 0 R/More<28312030205229>/Contents 4 2 R>>endobj\n"
        b"4 2 obj<</Length 9>>stream\n0 0 9 9 re\nendstream endobj\n5 0 obj 12.50 endobj\n"
        b"trailer<</Root 1 0 R/Size 6>>\n%%EOF\n"
    )
    made, prepared = part(paper, "a")
    assert prepared.pages == 1
    with pikepdf.open(made.path) as pdf:
        page = pdf.pages[0].obj
        assert str(page.Note) == "see 1 0 R (100%d)"
        assert bytes(page.More) == b"(1 0 R)"
        assert float(page.Flag) == 12.5
        assert b"0 0 9 9 re" in b"".join(one.read_bytes() for one in page.Contents)


def test_a_segment_cut_short_is_no_segment(make: SimpleNamespace, tmp_path: Path) -> None:
    normalise(make.paper(tmp_path / "a.pdf"), tmp_path / "a.segment")
    with pytest.raises(ValueError, match="is no segment"):
        Segment(make.paper(tmp_path / "b.pdf"))


def test_the_fonts_of_stamps_stand_in_a_volume_once(make: SimpleNamespace, tmp_path: Path) -> None:
    parts = []
    for number in range(4):
        stamps = [
            Stamp(page=1, text=f"Proceedings, Łódź, page {number}: office", place="head-center"),
            Stamp.watermark(2),
        ]
        folder = tmp_path / str(number)
        folder.mkdir()
        files = [folder / name for name in ("a.pdf", "a.segment", "a.overlay")]
        paper = make.paper(tmp_path / f"{number}.pdf", 2, word=f"Word {number}")
        prepare(paper, files[0], stamps, INFO, segment=files[1], overlay=files[2], alphabet="ódźŁ")
        parts.append(Part(path=files[0], key=str(number), segment=files[1], overlay=files[2]))
    join(parts, tmp_path / "out.pdf", info=INFO)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        programs = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        # Light for the line, bold for the watermark.
        assert sum("/FontFile3" in one for one in programs) == 2
    with contextlib.closing(pypdfium2.PdfDocument(tmp_path / "out.pdf")) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    for number in range(4):
        assert f"Łódź, page {number}: office" in texts[2 * number]
        assert "DRAFT" in texts[2 * number + 1]


def test_what_was_encrypted_is_readable_afterwards(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "plain.pdf")
    with pikepdf.open(paper) as pdf:
        pdf.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    made, _ = part(tmp_path / "a.pdf", "a")
    assert look_equal(made.path, paper)
    assert links(made.path) == links(paper)


def test_a_file_with_both_kinds_of_cross_references_is_read_whole(tmp_path: Path) -> None:
    """Objects in object streams that only the stream named by `XRefStm` tells of."""
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Secret(in a stream)>>"
    data = bytearray(b"%PDF-1.5\n")
    places = {}
    for number, body in ((1, catalog), (2, tree)):
        places[number] = len(data)
        data += b"%d 0 obj%sendobj\n" % (number, body)
    places[4] = len(data)
    held = b"3 0 " + page
    data += b"4 0 obj<</Type/ObjStm/N 1/First 4/Length %d>>stream\n%s\nendstream endobj\n" % (
        len(held),
        held,
    )
    stream = len(data)
    row = b"\x02\x00\x04\x00"
    data += b"5 0 obj<</Type/XRef/Size 6/W[1 2 1]/Index[3 1]/Length 4>>stream\n%s\n" % row
    data += b"endstream endobj\n"
    table = len(data)
    data += b"xref\n0 6\n0000000003 65535 f \n%010d 00000 n \n%010d 00000 n \n" % (
        places[1],
        places[2],
    )
    data += b"0000000000 00000 f \n%010d 00000 n \n%010d 00000 n \n" % (places[4], stream)
    data += b"trailer<</Size 6/Root 1 0 R/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n" % (stream, table)
    paper = tmp_path / "a.pdf"
    paper.write_bytes(data)
    made, _ = part(paper, "a")
    with pikepdf.open(made.path) as pdf:
        assert str(pdf.pages[0].obj.Secret) == "in a stream"
