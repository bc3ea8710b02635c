"""Pictures of first pages."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from builder import pdf
from builder.pdf.engines import Unusable


def written(path: Path, width: float, height: float) -> Path:
    document = pikepdf.new()
    document.add_blank_page(page_size=(width, height))
    document.save(path)
    return path


def test_the_first_page_becomes_a_picture_of_its_own_shape(tmp_path: Path) -> None:
    out = tmp_path / "a.jpg"
    size = pdf.thumbnail(written(tmp_path / "a.pdf", 600, 800), out)
    with Image.open(out) as picture:
        assert picture.format == "JPEG"
        assert picture.size == size == (480, 640)


def test_the_same_page_gives_the_same_bytes(tmp_path: Path, repository: Path) -> None:
    source = next(iter(sorted((repository / "tests/data/fictional/papers").glob("*.pdf"))))
    pdf.thumbnail(source, tmp_path / "a.jpg")
    pdf.thumbnail(source, tmp_path / "b.jpg")
    assert (tmp_path / "a.jpg").read_bytes() == (tmp_path / "b.jpg").read_bytes()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nno more", b"\x00" * 100])
def test_what_cannot_be_drawn_is_said_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(Unusable):
        pdf.thumbnail(tmp_path / "a.pdf", tmp_path / "a.jpg")
    assert not (tmp_path / "a.jpg").exists()


def test_a_strip_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="no size"):
        pdf.thumbnail(written(tmp_path / "a.pdf", 3, 14000), tmp_path / "a.jpg")
