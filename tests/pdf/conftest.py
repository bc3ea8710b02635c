"""Small papers, and files made to hurt a reader, for the tests of this room."""

from __future__ import annotations

import zlib
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String


def make_paper(
    path: Path,
    pages: int = 3,
    *,
    word: str = "paper",
    size: tuple[float, float] = (612, 792),
    rotate: int = 0,
) -> Path:
    """A paper as LaTeX writes them: destinations `section.N`, links by name, an outline.

    Page N holds: a link by name to section N + 1 (the last one's leads nowhere), a link by page
    to page 1, and a link to an address.
    """
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica"))
    )
    for number in range(1, pages + 1):
        pdf.add_blank_page(page_size=size)
        page = pdf.pages[-1].obj
        page.Resources = Dictionary(Font=Dictionary(F=font))
        text = f"BT /F 20 Tf 72 650 Td ({word} page {number}) Tj ET".encode()
        page.Contents = pdf.make_stream(text)
        if rotate:
            page.Rotate = rotate
    names = []
    for number, page in enumerate(pdf.pages, start=1):
        names += [
            String(f"section.{number}"),
            Array([page.obj, Name.XYZ, 72, 700 - number, None]),
        ]
        named = Dictionary(S=Name.GoTo, D=String(f"section.{number + 1}"))
        links = [
            {"A": named},
            {"Dest": Array([pdf.pages[0].obj, Name.FitH, 500 + number])},
            {"A": Dictionary(S=Name.URI, URI=String(f"https://example.org/{word}/{number}"))},
        ]
        page.obj.Annots = Array(
            [
                pdf.make_indirect(
                    Dictionary(
                        Type=Name.Annot,
                        Subtype=Name.Link,
                        Rect=Array([72, 100 + 20 * index, 200, 112 + 20 * index]),
                        Border=Array([0, 0, 0]),
                        P=page.obj,
                        **link,
                    )
                )
                for index, link in enumerate(links)
            ]
        )
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=Array(names))))
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    with pdf.open_outline() as outline:
        for number in range(1, pages + 1):
            item = pikepdf.OutlineItem(f"{word}, section {number}", f"section.{number}")
            item.destination = None
            item.action = Dictionary(S=Name.GoTo, D=String(f"section.{number}"))
            outline.root.append(item)
    pdf.save(path)
    return path


def truncate(source: Path, out: Path, share: float = 0.6) -> Path:
    """A paper whose copying stopped early."""
    data = source.read_bytes()
    out.write_bytes(data[: int(len(data) * share)])
    return out


def nest(out: Path, depth: int = 200_000) -> Path:
    """Arrays in arrays in arrays, where the page's content should be."""
    out.write_bytes(
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents "
        + b"[" * depth
        + b"]" * depth
        + b">>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n"
    )
    return out


def _with_content(out: Path, piece: bytes, megabytes: int) -> Path:
    """One page whose content is `piece`, again and again; tiny on disk."""
    packer = zlib.compressobj(1)
    block = piece * ((1 << 20) // len(piece))
    data = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F=font))
    stream = pikepdf.Stream(pdf, data)
    stream.Filter = Name.FlateDecode
    pdf.pages[0].obj.Contents = pdf.make_indirect(stream)
    pdf.save(out)
    return out


def bomb(out: Path, megabytes: int = 600) -> Path:
    """Content that unfolds to gigabytes."""
    return _with_content(out, b"0 " * 512, megabytes)


def endless(out: Path) -> Path:
    """Content that is allowed but keeps a reader busy for a long time."""
    return _with_content(out, b"BT /F 9 Tf 1 0 0 1 20 20 Tm (slow) Tj ET\n", 150)


@pytest.fixture
def make() -> SimpleNamespace:
    """Everything that can be made here, by name."""
    return SimpleNamespace(
        paper=make_paper, truncated=truncate, nested=nest, bomb=bomb, endless=endless
    )
