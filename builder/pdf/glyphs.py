"""Characters that no font has: Typst sets an empty box for them and does not say so."""

from __future__ import annotations

from pathlib import Path

import pikepdf


def pages_with_boxes(pdf: pikepdf.Pdf) -> tuple[int, ...]:
    """Pages, from 0, that show glyph 0 (`.notdef`) of a composite font.

    Only for files that we typeset: Typst writes two-byte codes in which 0 is always `.notdef`.
    """
    return tuple(index for index, page in enumerate(pdf.pages) if has_boxes(page))


def missing_glyphs(file: Path) -> tuple[int, ...]:
    """Pages, from 1, of a PDF made by Typst on which a character appears as an empty box."""
    with pikepdf.open(file) as pdf:
        return tuple(index + 1 for index in pages_with_boxes(pdf))


def has_boxes(page: pikepdf.Page) -> bool:
    """Whether a page made by Typst shows glyph 0 of a composite font."""
    fonts = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
    composite = {name for name, font in fonts.items() if font.get("/Subtype") == "/Type0"}
    current = False
    for instruction in pikepdf.parse_content_stream(page, "Tf Tj TJ"):
        operands = instruction.operands
        match str(instruction.operator):
            case "Tf":
                current = str(operands[0]) in composite
            case _ if current:
                shown = operands[0]
                parts = shown if isinstance(shown, pikepdf.Array) else [shown]
                for part in parts:
                    if isinstance(part, pikepdf.String):
                        codes = bytes(part)
                        if any(codes[i : i + 2] == b"\0\0" for i in range(0, len(codes), 2)):
                            return True
    return False
