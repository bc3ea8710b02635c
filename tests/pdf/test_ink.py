"""Stamps stand where a page prints nothing, or say that there was no such place."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import typst

from builder.pdf import DocumentInfo, Placed, Stamp, inspect, prepare
from builder.pdf.ink import margins
from builder.pdf.view import Box
from builder.pdf.viewing import view


def page(body: str) -> bytes:
    made = typst.compile(
        f"#set page(width: 400pt, height: 500pt, margin: 0pt)\n{body}".encode(), timestamp=0
    )
    assert isinstance(made, bytes)
    return made


def block(up: int = 0, w: int = 40, h: int = 10) -> str:
    rect = f"rect(width: {w}pt, height: {h}pt, fill: black)"
    return f"#place(bottom + center, dy: -{up}pt, {rect})"


def ink(data: bytes) -> tuple[Box, ...]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        seen = view(pdf.pages[0].obj)
    document = pypdfium2.PdfDocument(data)
    try:
        return margins(document[0], seen)
    finally:
        document.close()


def placed(data: bytes, *stamps: Stamp, folder: Path) -> tuple[Placed, ...]:
    source = folder / "source.pdf"
    source.write_bytes(data)
    printed = {1: ink(data)}
    return prepare(source, folder / "out.pdf", stamps, DocumentInfo(title="x"), ink=printed).stamps


def touches(box: Box, others: tuple[Box, ...]) -> bool:
    return any(box[0] < o[2] and o[0] < box[2] and box[1] < o[3] and o[1] < box[3] for o in others)


def test_ink_is_found_where_it_is_seen() -> None:
    (box,) = ink(page(block(up=20)))
    assert box == pytest.approx((180, 20, 220, 30), abs=1.1)


def test_a_turned_page_is_looked_at_as_it_is_seen() -> None:
    with pikepdf.open(io.BytesIO(page(block(up=20)))) as pdf:
        pdf.pages[0].obj.Rotate = 180
        stream = io.BytesIO()
        pdf.save(stream)
    (box,) = ink(stream.getvalue())
    assert box == pytest.approx((180, 470, 220, 480), abs=1.1)


def test_white_and_a_light_ground_are_no_ink_but_a_dark_one_is() -> None:
    assert ink(page("")) == ()
    assert ink(page("#set page(fill: yellow)\n")) == ()
    assert len(ink(page("#set page(fill: navy)\n"))) == 2


def test_a_stamp_moves_away_from_what_the_page_prints(tmp_path: Path) -> None:
    data = page(block(up=22, w=30, h=12))
    (one,) = placed(data, Stamp(page=1, text="57", margin=24), folder=tmp_path)
    assert not one.crowded
    assert not touches(one.box, ink(data))
    assert (one.box[0] + one.box[2]) / 2 == pytest.approx(200, abs=1)  # still in the middle


def test_a_full_middle_sends_it_to_the_side_and_a_full_foot_to_the_head(tmp_path: Path) -> None:
    middle = page(block(w=60, h=70))
    (one,) = placed(middle, Stamp(page=1, text="57"), folder=tmp_path)
    assert one.box[0] > 300
    foot = page(block(w=400, h=70))
    (one,) = placed(foot, Stamp(page=1, text="57"), folder=tmp_path)
    assert one.box[1] > 430
    assert not one.crowded


def test_where_nothing_is_free_it_is_said(tmp_path: Path) -> None:
    # Narrow stripes everywhere: no ground, nowhere room for a line.
    stripes = "".join(f"#place(top, dy: {y}pt, line(length: 400pt))" for y in range(2, 500, 4))
    source = tmp_path / "source.pdf"
    source.write_bytes(page(stripes))
    prepared = prepare(
        source,
        tmp_path / "out.pdf",
        [Stamp(page=1, text="57")],
        DocumentInfo(title="x"),
        ink={1: ink(source.read_bytes())},
    )
    assert prepared.stamps[0].crowded
    assert [f.code for f in prepared.findings("x", "papers/x.pdf")] == ["stamp-crowded"]


def test_what_is_covered_is_white_and_frees_its_place(tmp_path: Path) -> None:
    data = page(block(up=24, w=30, h=12))
    source = tmp_path / "source.pdf"
    source.write_bytes(data)
    boxes = ink(data)
    out = tmp_path / "out.pdf"
    prepared = prepare(source, out, [], DocumentInfo(title="x"), ink={1: boxes}, covers={1: boxes})
    assert prepared.covered == ((1, boxes[0]),)
    assert ink(out.read_bytes()) == ()


def picture(bottom: float, height: float) -> bytes:
    """A page of 400 by 500 points with a white picture, 100 points wide."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 500))
    image = pdf.make_stream(
        b"\xff",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=1,
        Height=1,
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceGray,
    )
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    drawn = f"q 100 0 0 {height} 150 {bottom} cm /I Do Q".encode()
    pdf.pages[0].Contents = pdf.make_stream(drawn)
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def test_a_picture_in_the_margin_is_what_is_seen_of_it() -> None:
    assert ink(picture(bottom=20, height=100)) == ()


def test_a_picture_that_only_just_reaches_into_a_margin_fills_what_it_takes_of_it() -> None:
    assert ink(picture(bottom=61, height=100)) == (pytest.approx((150, 61, 250, 64)),)
    assert ink(picture(bottom=338, height=100)) == (pytest.approx((150, 436, 250, 438)),)


def test_comments_are_ink_and_links_are_none(tmp_path: Path) -> None:
    def noted(subtype: str) -> bytes:
        with pikepdf.open(io.BytesIO(page(""))) as pdf:
            note = pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name(subtype),
                Rect=[100, 20, 140, 40],
                C=[1, 0, 0],
                IC=[1, 0, 0],
                F=4,
                QuadPoints=[100, 40, 140, 40, 100, 20, 140, 20],
            )
            pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
            stream = io.BytesIO()
            pdf.save(stream)
        return stream.getvalue()

    path = tmp_path / "noted.pdf"
    path.write_bytes(noted("/Square"))
    assert inspect(path).pages[0].ink
    path.write_bytes(noted("/Link"))
    assert inspect(path).pages[0].ink == ()
