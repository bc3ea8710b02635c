"""Pages fitted onto the volume's: what is drawn, what links to it, and what it is called, alike."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
import typst
from pikepdf import Array, Dictionary, Name, String

from builder.pdf import DocumentInfo, Stamp, prepare, prove
from builder.pdf.fit import Fit
from builder.pdf.fitting import plan
from builder.pdf.view import View
from builder.pdf.viewing import view

A4 = (595.276, 841.89)
INFO = DocumentInfo(title="A paper")
FIGURE = b"""
#set page(width: 300pt, height: 400pt, fill: rgb("fffbe8"))
#let dots = tiling(size: (20pt, 20pt), circle(radius: 8pt, fill: red))
= Figures
#rect(width: 100%, height: 80pt, fill: dots)
#rect(width: 100%, height: 80pt, fill: gradient.linear(blue, green))
#link("https://example.org")[out]
"""


def fitted(source: Path, out: Path, **more: Any) -> Any:
    return prepare(source, out, [Stamp(page=1, text="Our line")], INFO, size=A4, **more)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_links_and_what_they_lead_to_stay_where_they_are_on_the_page(
    make: SimpleNamespace, tmp_path: Path, rotate: int
) -> None:
    source = make.paper(tmp_path / "paper.pdf", 3, size=(306, 396), rotate=rotate)
    out = tmp_path / "out.pdf"
    made = fitted(source, out)
    with pikepdf.open(out) as pdf:
        seen = view(pdf.pages[0].obj)
        wide, high = A4 if rotate % 180 == 0 else A4[::-1]
        assert (seen.width, seen.height) == pytest.approx((wide, high), abs=0.01)
        assert seen.rotation == rotate
        first = pdf.pages[0].Annots[0]
        by, dx, dy = made.fits[0].scale, made.fits[0].dx, made.fits[0].dy
        assert by > 1.9
        corners = [72 * by + dx, 100 * by + dy, 200 * by + dx, 112 * by + dy]
        assert [float(one) for one in first.Rect] == pytest.approx(corners, abs=0.001)
        # To section 2 by name: 72, 700 - 2 on a page of the old size.
        assert [float(one) for one in list(first.A.D)[2:4]] == pytest.approx(
            [72 * by + dx, 698 * by + dy], abs=0.001
        )
    verdict = prove(source, out, made)
    assert verdict.differences == ()
    assert verdict.annotations == 9


def test_patterns_and_shadings_are_scaled_with_what_they_fill(tmp_path: Path) -> None:
    source = tmp_path / "figure.pdf"
    source.write_bytes(typst.compile(FIGURE, timestamp=0))
    made = fitted(source, tmp_path / "out.pdf")
    assert prove(source, tmp_path / "out.pdf", made).differences == ()


def test_a_page_full_of_type_is_proved_though_no_pixel_is_a_whole_point(tmp_path: Path) -> None:
    source = tmp_path / "letter.pdf"
    source.write_bytes(typst.compile(b'#set page("us-letter")\n#lorem(700)', timestamp=0))
    made = fitted(source, tmp_path / "out.pdf")
    assert made.fits[0].scale < 1
    assert prove(source, tmp_path / "out.pdf", made).differences == ()


def test_the_proof_sees_what_a_fitted_page_lacks(make: SimpleNamespace, tmp_path: Path) -> None:
    source = make.paper(tmp_path / "paper.pdf", 1, size=(306, 396))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"0 0 1 rg 50 200 80 60 re f")
        pdf.save(source)
    out = tmp_path / "out.pdf"
    made = fitted(source, out)
    assert prove(source, out, made).differences == ()
    with pikepdf.open(out, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"1 g 0 0 600 800 re f")
        pdf.pages[0].Annots[0].Rect = Array([0, 0, 10, 10])
        pdf.save(out)
    assert {one.what for one in prove(source, out, made).differences} == {"looks", "links"}


def test_pages_of_the_right_size_are_left_alone(make: SimpleNamespace, tmp_path: Path) -> None:
    source = make.paper(tmp_path / "paper.pdf", 2, size=A4)
    prepare(source, tmp_path / "plain.pdf", [], INFO)
    made = prepare(source, tmp_path / "out.pdf", [], INFO, size=A4)
    assert made.fits == ()
    assert (tmp_path / "out.pdf").read_bytes() == (tmp_path / "plain.pdf").read_bytes()


def test_a_landscape_page_stays_one_and_units_and_crops_are_honoured() -> None:
    wide = plan(View((0, 0, 960, 540)), A4)
    assert wide.seen_scale == pytest.approx(841.89 / 960)
    cropped = plan(View((100, 200, 400, 600), unit=2.0), A4)
    assert cropped.point(100, 200)[0] == pytest.approx(0, abs=1e-6)
    assert cropped.scale == pytest.approx(2 * cropped.seen_scale)
    assert plan(View((0, 0, 595, 842)), A4) == Fit()


def test_stamps_are_not_scaled_and_avoid_the_ink_where_it_came_to_lie(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    source = make.paper(tmp_path / "paper.pdf", 1, size=(306, 396))
    free = fitted(source, tmp_path / "free.pdf")
    box = free.stamps[0].box
    by, dy = free.fits[0].seen_scale, free.fits[0].seen_dy
    ink = (box[0] / by, (box[1] - dy) / by, box[2] / by, (box[3] - dy) / by)
    moved = fitted(source, tmp_path / "moved.pdf", ink={1: (ink,)})
    assert box[3] - box[1] < 12
    assert moved.stamps[0].box != box


def test_boxes_of_figures_and_comments_move_with_the_page(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    source = make.paper(tmp_path / "paper.pdf", 1, size=(306, 396))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        layout = Dictionary(O=Name.Layout, BBox=Array([10, 20, 30, 40]), Width=20)
        figure = Dictionary(Type=Name.StructElem, S=Name.Figure, P=root, Pg=page, A=layout)
        root.K = pdf.make_indirect(figure)
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        page.Annots.append(
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Highlight,
                    Rect=Array([10, 20, 30, 40]),
                    QuadPoints=Array([10, 40, 30, 40, 10, 20, 30, 20]),
                    Contents=String("Look"),
                )
            )
        )
        pdf.save(source)
    made = fitted(source, tmp_path / "out.pdf")
    fit = made.fits[0]
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        (figure,) = [one for one in _dictionaries(pdf) if one.get("/S") == "/Figure"]
        corners = [*fit.point(10, 20), *fit.point(30, 40)]
        assert [float(one) for one in figure.A.BBox] == pytest.approx(corners, abs=0.001)
        assert float(figure.A.Width) == pytest.approx(20 * fit.scale, abs=0.001)
        comment = pdf.pages[0].Annots[-1]
        assert [float(one) for one in comment.QuadPoints][:2] == pytest.approx(
            fit.point(10, 40), abs=0.001
        )


def _dictionaries(pdf: pikepdf.Pdf) -> list[Any]:
    return [one for one in pdf.objects if isinstance(one, Dictionary)]
