"""A document as Word reads it (`.docx`), the same bytes whenever it is made."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from builder.export.documents.blocks import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    Table,
    Verbatim,
)
from builder.export.documents.repacking import repacked

LONGEST = 32_000
"""Characters of one run; longer ones are cut into several."""

SIZES = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height of pages in millimetres."""

_SHORT = 12
"""Rows up to which a table stays on one page."""


def as_docx(
    document: Document,
    *,
    notice: str,
    date: dt.date | None,
    language: str,
    paper: str = "a4",
    pictures: Mapping[str, Path] | None = None,
) -> bytes:
    """The file's bytes; `notice` stands at the head of every page, `date` is its date.

    `pictures` are the files behind the pictures' names; what Word cannot show is left out.
    """
    import docx
    from docx.shared import Mm

    word = docx.Document()
    properties = word.core_properties
    stamp = dt.datetime.combine(date or dt.date(1980, 1, 1), dt.time())
    properties.title = document.title[:255]
    properties.author = properties.last_modified_by = ""
    properties.comments = notice
    properties.language = language
    properties.created = properties.modified = stamp
    section = word.sections[0]
    section.page_width, section.page_height = (Mm(size) for size in SIZES[paper])
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)
    _styles(word.styles, language)
    if notice:
        run = section.header.paragraphs[0].add_run(notice)
        run.bold = True
        run.font.color.rgb = _color("B00020")
    _write(word, document.blocks, pictures or {}, depth=0)
    target = io.BytesIO()
    word.save(target)
    return repacked(target.getvalue())


def _styles(styles: Any, language: str) -> None:
    """One typeface, sizes of a letter, the text's language for whoever checks its spelling."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.1
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), language)
    normal.element.get_or_add_rPr().append(tag)
    for name, size in (("Title", 20), ("Heading 1", 14), ("Heading 2", 11.5), ("Heading 3", 11)):
        style = styles[name]
        style.font.name, style.font.size = "Calibri", Pt(size)
        style.font.color.rgb = _color("1F2D3D")
        # The theme's fonts would go before the one that is named.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[theme]
        style.paragraph_format.keep_with_next = True


def _write(word: Any, blocks: Sequence[Block], pictures: Mapping[str, Path], *, depth: int) -> None:
    for block in blocks:
        match block:
            case Heading(level, runs):
                _fill(word.add_heading(level=max(level - 1, 0)), runs)
            case Paragraph(runs):
                _fill(_indented(word.add_paragraph(), depth), runs)
            case Items():
                _items(word, block, pictures, depth)
            case Table():
                _table(word, block)
            case Verbatim(text):
                _fill(word.add_paragraph(), (Run(text=text.rstrip("\n"), code=True),))
            case Picture(source):
                _picture(word, pictures.get(source))


def _items(word: Any, block: Items, pictures: Mapping[str, Path], depth: int) -> None:
    from docx.shared import Cm, Pt

    for number, item in enumerate(block.items, block.start):
        mark = f"{number}." if block.ordered else "•"
        for place, inner in enumerate(item):
            if place == 0 and isinstance(inner, Paragraph):
                paragraph = _indented(word.add_paragraph(), depth + 1)
                paragraph.paragraph_format.first_line_indent = Cm(-0.6)
                paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.6 * (depth + 1)))
                _fill(paragraph, (Run(text=f"{mark}\t"), *inner.runs))
            else:
                _write(word, (inner,), pictures, depth=depth + 1)
    if depth == 0 and block.items:
        word.paragraphs[-1].paragraph_format.space_after = Pt(7)


def _indented(paragraph: Any, depth: int) -> Any:
    from docx.shared import Cm, Pt

    if depth:
        paragraph.paragraph_format.left_indent = Cm(0.6 * depth)
        paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def _table(word: Any, block: Table) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    lines, width = block.lines, _width(word)
    table = word.add_table(rows=len(lines), cols=len(block.head), style="Table Grid")
    table.autofit = False
    _ruled(table)
    total = sum(block.weights)
    widths = [int(width * weight / total) for weight in block.weights]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    for number, (row, runs) in enumerate(zip(table.rows, lines, strict=True)):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        heads = runs is block.head
        if heads:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, content, wide in zip(row.cells, runs, widths, strict=True):
            cell.width = wide
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = Pt(2)
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = len(lines) <= _SHORT and (
                number < len(lines) - 1
            )
            _fill(paragraph, content)
            for run in paragraph.runs:
                run.font.size = Pt(9.5)
                run.bold = heads or run.bold
    # Word wants a paragraph between a table and what follows.
    after = word.add_paragraph().paragraph_format
    after.space_after, after.line_spacing = Pt(0), Pt(8)


def _ruled(table: Any) -> None:
    """Thin lines between the rows, and none elsewhere."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        shown = side in ("bottom", "insideH")
        line.set(qn("w:val"), "single" if shown else "nil")
        if shown:
            line.set(qn("w:sz"), "4")
            line.set(qn("w:space"), "0")
            line.set(qn("w:color"), "BFBFBF")
        borders.append(line)
    # The standard has an order: borders stand before the layout and the look.
    table._tbl.tblPr.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )


def _width(word: Any) -> int:
    section = word.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _picture(word: Any, file: Path | None) -> None:
    from docx.image.exceptions import (
        InvalidImageStreamError,
        UnexpectedEndOfFileError,
        UnrecognizedImageError,
    )
    from docx.shared import Mm

    if file is None:
        return
    paragraph = word.add_paragraph()
    try:
        paragraph.add_run().add_picture(str(file), height=Mm(28))
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
        paragraph._p.getparent().remove(paragraph._p)


def _fill(paragraph: Any, runs: Sequence[Run]) -> None:
    from docx.enum.text import WD_COLOR_INDEX
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for part in runs:
        for start in range(0, len(part.text), LONGEST):
            run = paragraph.add_run(part.text[start : start + LONGEST])
            run.bold, run.italic = part.strong or None, part.emph or None
            if part.code:
                run.font.name = "Consolas"
            if part.gap:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            if part.url.startswith(("http://", "https://", "mailto:")):
                link = OxmlElement("w:hyperlink")
                target = paragraph.part.relate_to(
                    part.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
                )
                link.set(qn("r:id"), target)
                run.font.underline = True
                paragraph._p.append(link)
                link.append(run._r)


def _color(code: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(code)
