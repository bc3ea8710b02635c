"""Word files, taken apart: Word refuses what LibreOffice forgives."""

from __future__ import annotations

import datetime as dt
import io
import posixpath
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from builder.export.documents import as_docx, read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"

ORDER = {
    # ECMA-376, part 1, CT_RPr, CT_PPr and CT_TblPr: what we use of them, in the standard's order.
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs highlight u lang",
    "pPr": "pStyle keepNext keepLines pageBreakBefore pBdr tabs spacing ind contextualSpacing jc "
    "outlineLvl rPr",
    "tblPr": "tblStyle tblW jc tblBorders tblLayout tblLook",
}
TEXT = """# A title

**bold** and [a link](https://example.org), `code` and [Authors: with `code` in it].

![](photos/one.png)

| | |
| --- | --- |
| only | rows |

| a | b |
| --- | --- |
| 1 | [To be written by Jane: 2] |

1. one
2. two

   more

- x
"""


@pytest.fixture
def made(fictional: Path) -> bytes:
    photo = fictional / "proceedings/images/jane.png"
    return as_docx(
        read(TEXT), notice="a preview", date=dt.date(2025, 7, 19), language="de",
        paper="letter", pictures={"photos/one.png": photo},
    )  # fmt: skip


def parts(office: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_part_has_a_type_and_every_relationship_a_target(made: bytes) -> None:
    found = parts(made)
    types = etree.fromstring(found["[Content_Types].xml"])
    named = {part.get("PartName", "").lstrip("/") for part in types}
    suffixes = {part.get("Extension") for part in types}
    for name in found:
        if name != "[Content_Types].xml":
            assert name in named or name.rpartition(".")[2] in suffixes, name
    for name in found:
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for relation in etree.fromstring(found[name]):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
                assert target.lstrip("/") in found, (name, target)


def test_styles_and_links_that_are_used_exist(made: bytes) -> None:
    found = parts(made)
    styles = etree.fromstring(found["word/styles.xml"])
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    relations = etree.fromstring(found["word/_rels/document.xml.rels"])
    ids = {relation.get("Id") for relation in relations.iter(f"{PACKAGE}Relationship")}
    body = etree.fromstring(found["word/document.xml"])
    for tag in ("pStyle", "rStyle", "tblStyle"):
        assert {one.get(f"{W}val") for one in body.iter(f"{W}{tag}")} <= known
    assert {one.get(f"{R}id") for one in body.iter(f"{W}hyperlink")} <= ids


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_properties_stand_in_the_standard_s_order(made: bytes, part: str) -> None:
    root = etree.fromstring(parts(made)[part])
    for name, order in ORDER.items():
        places = {f"{W}{tag}": number for number, tag in enumerate(order.split())}
        for element in root.iter(f"{W}{name}"):
            met = [places[child.tag] for child in element if child.tag in places]
            assert met == sorted(met), etree.tostring(element)


def test_it_is_a_letter_on_the_edition_s_paper_in_its_language(made: bytes) -> None:
    word = docx.Document(io.BytesIO(made))
    section = word.sections[0]
    assert (section.page_width.inches, section.page_height.inches) == (8.5, 11.0)
    assert b'<w:lang w:val="de"/>' in parts(made)["word/styles.xml"]
    plain, headed = word.tables
    assert [cell.text for cell in plain.rows[0].cells] == ["only", "rows"]
    assert [cell.text for cell in headed.rows[0].cells] == ["a", "b"]
    assert headed.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert len(word.inline_shapes) == 1


def test_whatever_is_still_to_be_written_is_marked_whole(made: bytes) -> None:
    word = docx.Document(io.BytesIO(made))
    (paragraph,) = (p for p in word.paragraphs if "with code in it" in p.text)
    marked = "".join(run.text for run in paragraph.runs if run.font.highlight_color is not None)
    assert marked == "[Authors: with code in it]"
