"""Typesetting: every string arrives as it is, whatever it looks like to a typesetter."""

from __future__ import annotations

import copy
import shutil
import struct
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
import typst

from builder.booklet import glyphs, paginate
from builder.booklet.desk import Desk
from builder.booklet.front import SIZES, back_matter, card, front_matter
from builder.booklet.images import gather
from builder.booklet.typeset import Typeset, typeset, usable_image
from builder.model import (
    Committee,
    Inspection,
    Markup,
    Prose,
    Sponsor,
    SponsorTier,
    Volume,
)
from builder.model.markup import Math
from builder.pdf import fonts
from builder.prose import parse
from builder.work import Cache
from tests.booklet.conftest import paper, person


def png() -> bytes:
    """One red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\xff\0\0")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*one) for one in ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    )


PNG = png()


def front(volume: Volume, inspections: dict[str, Inspection]) -> dict[str, Any]:
    return front_matter(Desk(volume=volume, plan=paginate(volume, inspections, draft=True)))


def set_front(volume: Volume, inspections: dict[str, Inspection], out: Path) -> Typeset:
    return typeset(front(volume, inspections), "booklet.typ", {}, out)


def words(file: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


HOSTILE = [
    '#import "@preview/x:1.0.0": *',
    "#{panic()}",
    '#read("/etc/passwd")',
    "*bold* _emph_ `raw` $x$",
    '")] #panic() //',
    "\\ \\u{41} @reference <label> = heading",
    "~ -- --- ... 'single' \"double\"",
    "/* comment */ // another",
    "https://example.org/[1]",
]


LABELS = {"event": "Herausgeber", "held": "Keynote", "place": "Available", "host": "Veranstalter"}


def test_labels_set_apart_are_copied_as_words(
    volume: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    # Readers take air between letters for spaces: a copy said `H ERAUSGEBER`.
    out = tmp_path / "front.pdf"
    said = replace(volume.booklet, front_matter=("imprint",), words=LABELS)
    set_front(replace(volume, booklet=said), inspections, out)
    document = pypdfium2.PdfDocument(out)
    texts = [words(out), document[0].get_textpage().get_text_range()]
    document.close()
    if poppler := shutil.which("pdftotext"):
        run = subprocess.run([poppler, out, "-"], check=True, capture_output=True, text=True)
        texts.append(run.stdout)
    for text in texts:
        for label in LABELS.values():
            assert label.upper() in text


def test_strings_are_printed_as_they_are_and_never_evaluated(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    papers = (paper("ada25", " ¶ ".join(HOSTILE), "Ada #panic() Álvarez"),)
    made = replace(volume, title="#panic() *T*", papers=papers, statement="#v(1fr) $ #x $")
    set_front(made, inspections, tmp_path / "front.pdf")
    found = "".join(words(tmp_path / "front.pdf").split())
    for one in HOSTILE:
        assert "".join(one.split()) in found
    assert "Ada#panic()Álvarez" in found


def test_equal_data_gives_equal_bytes(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    set_front(volume, inspections, tmp_path / "one.pdf")
    set_front(volume, inspections, tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert b"CreationDate" not in (tmp_path / "one.pdf").read_bytes()


def test_front_matter_is_tagged_titled_and_in_its_language(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    made = replace(volume, language="de-AT", editors=(person("Jane Doe"),))
    set_front(made, inspections, tmp_path / "front.pdf")
    reader = pypdf.PdfReader(tmp_path / "front.pdf")
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("WoE 2025 Papers", "Jane Doe")
    assert str(reader.root_object["/Lang"]).lower() == "de-at"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.page_labels[:3] == ["i", "ii", "iii"]


def test_marks_say_where_sections_begin(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    made = set_front(volume, inspections, tmp_path / "front.pdf")
    assert [(mark.title, mark.page) for mark in made.marks] == [
        ("Cover", 1),
        ("Imprint", 2),
        ("Sponsors", 3),
        ("Organizers", 4),
        ("Keynote", 5),
        ("Program", 6),
        ("Contents", 7),
    ]
    assert made.pages == len(pypdf.PdfReader(tmp_path / "front.pdf").pages) == 7


@pytest.mark.parametrize("page", ["a4", "letter"])
def test_pages_have_the_size_of_the_settings(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection], page: Any
) -> None:
    made = replace(volume, booklet=replace(volume.booklet, page=page))
    set_front(made, inspections, tmp_path / "front.pdf")
    box = pypdf.PdfReader(tmp_path / "front.pdf").pages[2].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(SIZES[page], abs=0.01)


@pytest.mark.parametrize("count", [1, 57, 1000])
@pytest.mark.parametrize("affiliation", ["", "An Institution with Quite a Long Name, Somewhere"])
def test_committees_of_any_size_are_printed_whole(
    tmp_path: Path,
    volume: Volume,
    inspections: dict[str, Inspection],
    count: int,
    affiliation: str,
) -> None:
    members = tuple(person(f"Given{n} Family{n}x", affiliation) for n in range(count))
    committee = Committee(id="pc", title="Program committee", members=members)
    set_front(replace(volume, committees=(committee,)), inspections, tmp_path / "front.pdf")
    found = words(tmp_path / "front.pdf")
    assert all(f"Family{n}x" in found for n in range(count))


def test_titles_of_any_length_stay_on_the_cover(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    for length in (1, 12, 60):
        title = " ".join(["Extraordinarily"] * length)
        made = set_front(replace(volume, title=title), inspections, tmp_path / "front.pdf")
        assert [mark.page for mark in made.marks][:2] == [1, 2]
        cover = pypdf.PdfReader(tmp_path / "front.pdf").pages[0].extract_text()
        assert cover.count("Extraordinarily") == length


def test_the_index_numbers_its_pages_on_from_the_papers(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    desk = Desk(volume=volume, plan=paginate(volume, inspections, draft=True))
    data = back_matter(desk)
    assert data is not None
    typeset(data, "booklet.typ", {}, tmp_path / "back.pdf")
    reader = pypdf.PdfReader(tmp_path / "back.pdf")
    assert reader.page_labels == ["7"]
    assert reader.pages[0].extract_text().rstrip().endswith("7")


@pytest.mark.parametrize("paragraphs", [0, 1, 40])
@pytest.mark.parametrize("pages", [1, 3])
def test_a_page_that_stands_for_a_paper_never_overflows(
    tmp_path: Path,
    volume: Volume,
    inspections: dict[str, Inspection],
    paragraphs: int,
    pages: int,
) -> None:
    desk = Desk(volume=volume, plan=paginate(volume, inspections, draft=True))
    long = replace(
        volume.papers[0], abstract=Markup.text("\n\n".join(["Many words. " * 60] * paragraphs))
    )
    data = card(desk, long, pages=pages, missing="There is no file.", size=SIZES["a4"])
    made = typeset(data, "card.typ", {}, tmp_path / "card.pdf")
    assert made.pages == pages
    assert "There is no file." in words(tmp_path / "card.pdf")


def test_formulas_are_set_or_shown_as_tex(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    papers = (
        replace(volume.papers[0], title=Markup((Math(r"\mathbb{R}^n"),))),
        replace(volume.papers[1], title=Markup((Math(r"\undefinedcommand{x}"),))),
    )
    data = front(replace(volume, papers=papers), inspections)
    typeset(data, "booklet.typ", {}, tmp_path / "front.pdf")
    found = words(tmp_path / "front.pdf")
    assert "ℝ" in found
    assert r"\mathbb" not in found
    assert r"\undefinedcommand" in found


def test_a_formula_that_typst_refuses_falls_back_alone(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    data = front(volume, inspections)
    entries = [one for s in data["sections"] if s["kind"] == "contents" for one in s["groups"]]
    good = {"t": "math", "s": "x", "typst": "attach(x, t: 2)", "display": False}
    bad = {"t": "math", "s": r"\bad", "typst": "frac(x, #panic())", "display": False}
    entries[0]["papers"][0]["title"] = [good, bad]
    kept = copy.deepcopy(data)
    typeset(kept, "booklet.typ", {}, tmp_path / "front.pdf")
    assert r"\bad" in words(tmp_path / "front.pdf")
    assert "attach" not in words(tmp_path / "front.pdf")


def test_a_character_that_no_font_has_is_found_and_named(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    odd = "\U0010fffd"
    papers = (paper("ada25", f"A {odd} sign", "Ada Álvarez"), *volume.papers[1:])
    made = replace(volume, papers=papers)
    result = set_front(made, inspections, tmp_path / "front.pdf")
    assert result.missing == (odd,)
    (finding,) = glyphs.findings(made, result.missing)
    assert (finding.code, finding.subject) == ("glyph-missing", "ada25")
    assert "U+10FFFD" in finding.message
    assert "Install a font" in finding.hint


def test_text_of_europe_needs_no_font_of_the_system(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    names = (
        "Łucja Đurić",
        "Þóra Ødegård",
        "Nguyễn Văn Ẩn",
        "Ολύμπιος",
        "Иван Ёлкин",
        "x̌ q̃ ∀ ℓ → ℝ",
    )
    papers = (paper("ada25", "Naïve façade — “quoted” … ½", *names),)
    made = set_front(replace(volume, papers=papers), inspections, tmp_path / "front.pdf")
    assert made.missing == made.system_fonts == ()


def test_names_in_other_scripts_use_fonts_of_the_system(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    if "Noto Serif CJK SC" not in typst.Fonts().families():
        pytest.skip("needs the system's Noto CJK fonts")
    papers = (paper("ada25", "漢字", "山田太郎", "김민수"),)
    made = set_front(replace(volume, papers=papers), inspections, tmp_path / "front.pdf")
    assert made.missing == ()
    assert made.system_fonts == ("Noto Serif CJK SC",)
    assert "山田太郎" in words(tmp_path / "front.pdf")


def test_every_string_is_looked_at_for_missing_glyphs() -> None:
    data = {"a": ["x", {"b": "y", "n": 1, "none": None}], "c": {"t": "z"}}
    assert sorted(fonts.strings(data)) == ["x", "y", "z"]


def test_images_must_exist_be_images_and_lie_in_the_edition(tmp_path: Path, volume: Volume) -> None:
    folder = tmp_path / "proceedings"
    (folder / "images").mkdir(parents=True)
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "good.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    (folder / "images" / "good.png").write_bytes(PNG)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 40)
    (folder / "script.html").write_text("<script>")
    logos = (
        "images/good.png",
        "good.svg",
        "broken.png",
        "script.html",
        "../secret.png",
        "gone.png",
    )
    tier = SponsorTier(title="T", sponsors=tuple(Sponsor(name=x, logo=x) for x in logos))
    prose = {"p.md": parse("![x](nowhere.png) ![y](https://example.org/y.png)", "p.md")}
    names, files, findings = gather(
        replace(volume, sponsors=(tier,)), prose, tmp_path, Cache(tmp_path / "cache")
    )
    assert sorted(names) == ["good.svg", "images/good.png"]
    assert {file.name for file in files.values()} == {"good.svg", "good.png"}
    assert {f.code for f in findings} == {"image-unusable"}
    told = " ".join(f.message for f in findings)
    for path in ("broken.png", "script.html", "../secret.png", "nowhere.png"):
        assert f"`{path}`" in told
    assert "`gone.png`" not in told, "check says that a logo is not there"


def test_an_image_cannot_read_other_files(tmp_path: Path) -> None:
    svg = tmp_path / "x.svg"
    svg.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        f'<image href="{tmp_path.as_posix()}/other.png" width="9" height="9"/></svg>'
    )
    (tmp_path / "other.png").write_bytes(PNG)
    # Whether it is refused or set without the other file: nothing outside is read.
    assert isinstance(usable_image(svg), str)


def test_sponsors_with_and_without_logos(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    sponsors = (Sponsor(name="Pictured", logo="l.png"), Sponsor(name="Set in Type"))
    made = replace(volume, sponsors=(SponsorTier(title="Gold", sponsors=sponsors),))
    plan = paginate(made, inspections, draft=True)
    data = front_matter(Desk(volume=made, plan=plan, images={"l.png": "1.png"}))
    typeset(data, "booklet.typ", {"1.png": tmp_path / "logo.png"}, tmp_path / "front.pdf")
    page = pypdf.PdfReader(tmp_path / "front.pdf").pages[2]
    assert "Set in Type" in page.extract_text()
    assert "Pictured" not in page.extract_text()
    assert len(page.images) == 1


def test_short_pages_of_prose_share_a_sheet_and_long_ones_begin_their_own(
    tmp_path: Path, volume: Volume, inspections: dict[str, Inspection]
) -> None:
    files = ("a.md", "b.md", "c.md")
    made = replace(volume, prose=tuple(Prose(file=file, title="") for file in files))
    pages = {
        "a.md": parse("# Alpha\n\nShort.\n", "a.md"),
        "b.md": parse("# Beta\n\nShort[^1].\n\n[^1]: Note.\n", "b.md"),
        "c.md": parse("# Gamma\n\n" + "Long words go on and on. " * 400, "c.md"),
    }
    plan = paginate(made, inspections, draft=True)
    data = front_matter(Desk(volume=made, plan=plan, prose=pages))
    result = typeset(data, "booklet.typ", {}, tmp_path / "front.pdf")
    where = {mark.title: mark.page for mark in result.marks}
    assert where["Alpha"] == where["Beta"]
    assert where["Gamma"] == where["Beta"] + 1
