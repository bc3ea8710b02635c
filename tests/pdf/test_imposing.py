"""Folded and stapled, the pages come in order."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
import typst

from builder.pdf.imposing import impose, order


def folded(pages: int) -> list[int]:
    """The pages in the order in which a reader of the folded sheets turns them."""
    sizes, sides = order(pages)
    read: list[int] = []
    start = 0
    for size in sizes:
        sheets = [(sides[start + at], sides[start + at + 1]) for at in range(0, size // 2, 2)]
        front = [page for (_, right), (left, _) in sheets for page in (right, left)]
        behind = [page for (left, _), (_, right) in reversed(sheets) for page in (right, left)]
        read += front + behind
        start += size // 2
    return read


@pytest.mark.parametrize("pages", [1, 2, 4, 5, 8, 15, 16, 64, 65, 97, 347])
def test_turning_the_leaves_counts_the_pages(pages: int) -> None:
    read = folded(pages)
    assert [page for page in read if page] == list(range(1, pages + 1))
    assert read[pages:] == [0] * (len(read) - pages)
    assert sum(order(pages)[0]) == len(read)


def test_a_sheet_shows_two_pages_upright_whatever_their_turn(tmp_path: Path) -> None:
    made = typst.compile(
        b"#set page(width: 300pt, height: 400pt)\n"
        b"#for n in range(1, 5) [Page #n #pagebreak(weak: true)]",
        timestamp=0,
    )
    assert isinstance(made, bytes)
    source, out = tmp_path / "in.pdf", tmp_path / "out.pdf"
    source.write_bytes(made)
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        for page, turn in zip(pdf.pages, (0, 90, 180, 270), strict=True):
            page.obj.Rotate = turn
        pdf.save(source)
    imposed = impose(source, out)
    assert (imposed.sheets, imposed.signatures) == (1, (4,))
    pages = pypdf.PdfReader(out).pages
    assert [tuple(page.mediabox[2:]) for page in pages] == [(600, 400)] * 2
    before, after = pypdfium2.PdfDocument(source), pypdfium2.PdfDocument(out)
    # Page 1 fills the right half of the front, as it looks alone.
    alone = before[0].render(scale=1).to_pil().convert("L")
    half = after[0].render(scale=1).to_pil().convert("L").crop((300, 0, 600, 400))
    assert half.tobytes() == alone.tobytes()
    # Page 3, upside down, fills the right half of the back.
    alone = before[2].render(scale=1).to_pil().convert("L")
    half = after[1].render(scale=1).to_pil().convert("L").crop((300, 0, 600, 400))
    dark = [sum(value < 128 for value in image.tobytes()) for image in (alone, half)]
    assert dark[0] > 20
    assert dark[1] == pytest.approx(dark[0], rel=0.2)
    before.close()
    after.close()
