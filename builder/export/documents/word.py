"""A document as Word reads it (`.docx`), the same bytes whenever it is made."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

from builder.export.documents.blocks import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Run,
    Table,
    Verbatim,
)
from builder.export.documents.repacking import repacked

LONGEST = 32_000
"""Characters of one run; longer ones are cut into several."""


def as_docx(document: Document, *, notice: str, date: dt.date | None, language: str) -> bytes:
    """The file's bytes; `notice` stands at the head of every page, `date` is its date."""
    import docx
    from docx.shared import Pt

    word = docx.Document()
    properties = word.core_properties
    stamp = dt.datetime.combine(date or dt.date(1980, 1, 1), dt.time())
    properties.title = document.title[:255]
    properties.author = properties.last_modified_by = ""
    properties.comments = notice
    properties.language = language
    properties.created = properties.modified = stamp
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    if notice:
        head = word.sections[0].header.paragraphs[0]
        run = head.add_run(notice)
        run.bold = True
        run.font.color.rgb = _red()
    _write(word, document.blocks, depth=0)
    target = io.BytesIO()
    word.save(target)
    return repacked(target.getvalue())


def _write(word: Any, blocks: Sequence[Block], *, depth: int) -> None:
    for block in blocks:
        match block:
            case Heading(level, runs):
                _fill(word.add_heading(level=max(level - 1, 0)), runs)
            case Paragraph(runs):
                _fill(_indented(word.add_paragraph(), depth), runs)
            case Items():
                _items(word, block, depth)
            case Table():
                _table(word, block)
            case Verbatim(text):
                _fill(word.add_paragraph(), (Run(text=text.rstrip("\n"), code=True),))


def _items(word: Any, block: Items, depth: int) -> None:
    from docx.shared import Cm

    for number, item in enumerate(block.items, block.start):
        mark = f"{number}." if block.ordered else "•"
        for place, inner in enumerate(item):
            if place == 0 and isinstance(inner, Paragraph):
                paragraph = _indented(word.add_paragraph(), depth + 1)
                paragraph.paragraph_format.first_line_indent = Cm(-0.6)
                paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.6 * (depth + 1)))
                _fill(paragraph, (Run(text=f"{mark}\t"), *inner.runs))
            else:
                _write(word, (inner,), depth=depth + 1)


def _indented(paragraph: Any, depth: int) -> Any:
    from docx.shared import Cm, Pt

    if depth:
        paragraph.paragraph_format.left_indent = Cm(0.6 * depth)
        paragraph.paragraph_format.space_after = Pt(3)
    return paragraph


def _table(word: Any, block: Table) -> None:
    from docx.shared import Pt

    table = word.add_table(rows=1 + len(block.rows), cols=len(block.head), style="Table Grid")
    for cells, runs in zip(table.rows, (block.head, *block.rows), strict=True):
        for cell, content in zip(cells.cells, runs, strict=False):
            _fill(cell.paragraphs[0], content)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9.5)
                if cells is table.rows[0] or runs is block.head:
                    run.bold = True
    word.add_paragraph()


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


def _red() -> Any:
    from docx.shared import RGBColor

    return RGBColor(0xB0, 0x00, 0x20)
