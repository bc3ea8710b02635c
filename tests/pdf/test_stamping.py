"""A stamp stands upright where a reader expects it, and nothing else on the page changes."""

from __future__ import annotations

import io
import math
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from builder.pdf import DocumentInfo, Placed, Stamp, prepare
from builder.pdf.balance import balance
from builder.pdf.view import View
from builder.pdf.viewing import view

SCALE = 2.0


def stamped(path: Path, *stamps: Stamp) -> tuple[bytes, tuple[Placed, ...], tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.pdf"
        made = prepare(path, out, stamps, DocumentInfo(title="A Paper"))
        return out.read_bytes(), made.stamps, made.missing


def render(source: Path | bytes, page: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(source)
    try:
        return document[page].render(scale=SCALE).to_pil().convert("L")
    finally:
        document.close()


def pixels(box: tuple[float, ...], image: Image.Image, seen: View) -> tuple[int, ...]:
    """A box in seen points as pixels of a rendering, a little larger."""
    # pdfium ignores UserUnit when it renders.
    factor = image.width / seen.width
    left, bottom, right, top = box
    return (
        math.floor(left * factor) - 1,
        math.floor(image.height - top * factor) - 1,
        math.ceil(right * factor) + 1,
        math.ceil(image.height - bottom * factor) + 1,
    )


def corpus(shared: Path) -> list[Path]:
    return sorted((shared / "corpora" / "pdf" / "stamping").glob("*.pdf"))


def test_every_awkward_page_is_stamped_and_otherwise_unchanged(shared: Path) -> None:
    files = corpus(shared)
    assert len(files) == 19
    for file in files:
        with pikepdf.open(file) as pdf:
            seen = view(pdf.pages[0].obj)
        data, placed, missing = stamped(
            file,
            Stamp(page=1, text="42"),
            Stamp(page=1, text="Ünïcode line", place="foot-left"),
            Stamp(page=1, text="HEAD", place="head-right"),
        )
        assert missing == ()
        before, after = render(file), render(data)
        assert before.size == after.size, file.name
        difference = ImageChops.difference(before, after)
        mask = ImageDraw.Draw(difference)
        for one in placed:
            box = pixels(one.box, after, seen)
            # Seen upright: the stamp fills its box as it would on a plain page.
            ink = ImageChops.invert(after.crop(box)).getbbox()  # type: ignore[arg-type]
            assert ink is not None, (file.name, one.text)
            assert ink[2] - ink[0] > 0.85 * (box[2] - box[0] - 4) - 4, (file.name, one.text)
            mask.rectangle(box, fill=0)
        assert difference.getbbox() is None, file.name


def test_every_awkward_page_looks_the_same_in_its_stamp(shared: Path) -> None:
    """The upright number is pixel for pixel the same, whichever way the page is turned."""
    shapes = {}
    for file in corpus(shared):
        if file.stem == "userunit":
            continue  # pdfium draws it at half the size
        with pikepdf.open(file) as pdf:
            seen = view(pdf.pages[0].obj)
        data, placed, _ = stamped(file, Stamp(page=1, text="4217", size=20))
        image = render(data)
        box = pixels(placed[0].box, image, seen)
        shape = ImageChops.invert(image.crop(box))  # type: ignore[arg-type]
        ink = shape.getbbox()
        assert ink is not None
        shapes[file.stem] = (ink[2] - ink[0], ink[3] - ink[1])
    widths, heights = zip(*shapes.values(), strict=True)
    assert max(widths) - min(widths) <= 1, shapes
    assert max(heights) - min(heights) <= 1, shapes


def test_stamps_on_a_large_unit_are_as_large_as_anywhere(shared: Path) -> None:
    file = shared / "corpora" / "pdf" / "stamping" / "userunit.pdf"
    _, placed, _ = stamped(file, Stamp(page=1, text="42", size=10))
    plain = shared / "corpora" / "pdf" / "stamping" / "plain.pdf"
    _, elsewhere, _ = stamped(plain, Stamp(page=1, text="42", size=10))
    (left, bottom, right, top), other = placed[0].box, elsewhere[0].box
    assert right - left == pytest.approx(other[2] - other[0])
    assert (bottom, top) == pytest.approx((other[1], other[3]))


def test_stamps_that_would_touch_are_stacked(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "paper.pdf")
    line = "Presented at a workshop with a very long name " * 4
    _, placed, _ = stamped(
        paper,
        Stamp(page=1, text="1"),
        Stamp(page=1, text=line),
        Stamp(page=1, text="left", place="foot-left"),
        Stamp(page=1, text="top", place="head-center"),
        Stamp(page=1, text="below", place="head-center"),
    )
    number, long, left, top, below = (one.box for one in placed)
    assert long[1] >= number[3]
    assert long[0] >= 36
    assert long[2] <= 612 - 36 + 0.01
    assert long[3] - long[1] > 1.8 * (number[3] - number[1])  # set in two lines
    assert left[1] == number[1]  # not touched by the short number in the middle
    assert below[3] <= top[1]


def test_a_stamp_keeps_its_letters_and_embeds_their_font(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    paper = make.paper(tmp_path / "paper.pdf")
    text = "Łukasz Đurić · Nguyễn Thị Ánh · Ολυμπία · Владимир"
    data, placed, missing = stamped(paper, Stamp(page=2, text=text))
    assert (placed[0].text, missing) == (text, ())
    document = pypdfium2.PdfDocument(data)
    assert text in " ".join(document[1].get_textpage().get_text_range().split())
    document.close()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        form = pdf.pages[1].obj.Resources.XObject["/ProceedingsStamps"]
        assert form.Resources.Font
        for font in form.Resources.Font.values():
            assert "/FontFile3" in font.DescendantFonts[0].FontDescriptor


def test_a_character_that_no_font_has_is_reported_and_left_out(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    paper = make.paper(tmp_path / "paper.pdf")
    _, placed, missing = stamped(
        paper, Stamp(page=1, text="A\U000f1234B 7"), Stamp(page=2, text="7")
    )
    assert missing == ("\U000f1234",)
    assert [one.text for one in placed] == ["AB 7", "7"]


def test_one_number_on_two_pages_is_stored_once(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "paper.pdf", 12)
    once, *_ = stamped(paper, Stamp(page=1, text="same"))
    often, *_ = stamped(paper, *(Stamp(page=n, text="same") for n in range(1, 13)))
    assert len(often) - len(once) < 12 * 400


def test_a_page_that_is_not_there_cannot_be_stamped(make: SimpleNamespace, tmp_path: Path) -> None:
    paper = make.paper(tmp_path / "paper.pdf")
    with pytest.raises(IndexError, match="no page 4"):
        stamped(paper, Stamp(page=4, text="4"))


@pytest.mark.parametrize(
    ("content", "after", "stray", "broken"),
    [
        (b"q 1 0 0 1 0 0 cm Q", 0, 0, False),
        (b"q q 0 g", 2, 0, False),
        (b"Q Q q Q Q", 0, 3, False),
        (b"BT (a Q \\) q (nested Q) q) Tj ET", 0, 0, False),
        (b"% q in a comment\nq", 1, 0, False),
        (b"BI /W 1 /H 1 ID q Q\x00 Q EI Q", 0, 1, False),
        (b"/q gs /Q Do [q] 0 d", 1, 0, False),
        (b"BT (never closed", 0, 0, True),
        (b"BI /W 9 ID q q q", 0, 0, True),
    ],
)
def test_what_a_page_leaves_open_is_seen(
    content: bytes, after: int, stray: int, broken: bool
) -> None:
    state = balance(content)
    assert (state.after, len(state.stray), state.broken) == (after, stray, broken)
    if not broken:
        whole = b"q\n" + state.without_strays(content) + state.suffix
        assert (balance(whole).after, balance(whole).stray) == (0, ())


@given(
    st.tuples(st.floats(-500, 500), st.floats(-500, 500), st.floats(10, 2000), st.floats(10, 2000)),
    st.sampled_from([0, 90, 180, 270]),
    st.floats(0.5, 4),
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
)
def test_seen_and_user_space_are_inverse(
    origin: tuple[float, float, float, float],
    rotation: int,
    unit: float,
    shares: tuple[float, float, float, float],
) -> None:
    x, y, width, height = origin
    seen = View((x, y, x + width, y + height), rotation, unit)
    box = (
        min(shares[0], shares[2]) * seen.width,
        min(shares[1], shares[3]) * seen.height,
        max(shares[0], shares[2]) * seen.width,
        max(shares[1], shares[3]) * seen.height,
    )
    user = seen.to_user(box)
    assert seen.to_seen(user) == pytest.approx(box, abs=1e-6)
    assert x - 1e-6 <= user[0] <= user[2] <= x + width + 1e-6
    assert y - 1e-6 <= user[1] <= user[3] <= y + height + 1e-6


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"q BT [(see [1)-20(,2])]TJ ET", (1, False, False)),
        (b"BT [(q [ Q)]TJ (a (q) Q) Tj ET q q Q", (1, False, False)),
        (b"q BT (\\( q) Tj ET Q", (0, False, False)),
        (b"q BT [(never closed ]TJ ET Q", (1, True, True)),
    ],
)
def test_what_stands_in_strings_opens_and_closes_nothing(
    content: bytes, state: tuple[int, bool, bool]
) -> None:
    found = balance(content)
    assert (found.after, found.text, found.broken) == state
    assert found.stray == ()
