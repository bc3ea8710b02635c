"""What a machine can see of PDF/UA-1 (ISO 14289-1) in a file; clauses as the standard numbers them.

An independent reading, by pikepdf, of what Typst claims of its own output. No judgement of what
only people can judge: whether an order makes sense or a description describes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Name

_PAINTS = frozenset(
    ["Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "b", "B*", "b*", "Do", "sh", "EI"]
)


def faults(file: Path) -> list[str]:
    """Every failure, clause first; empty where there is none."""
    with pikepdf.open(file) as pdf:
        elements = list(_elements(pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary()).get("/K")))
        return [*_document(pdf), *_structure(elements), *_pages(pdf, elements)]


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    with pdf.open_metadata() as record:
        if record.get("pdfuaid:part") != "1":
            yield "5: the file does not say that it is PDF/UA-1"
        if not record.get("dc:title"):
            yield "7.1: no title"
    if not root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False):
        yield "7.1: not tagged"
    if not root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle", False):
        yield "7.1: readers show the file's name instead of its title"
    if not str(root.get("/Lang", "")):
        yield "7.2: no language"


def _structure(elements: list[Any]) -> Iterator[str]:
    before = 0
    for element in elements:
        kind = str(element.get("/S", ""))
        if kind in ("/Figure", "/Formula") and not {"/Alt", "/ActualText"} & set(element.keys()):
            yield f"7.3, 7.7: {kind} without a description"
        if kind == "/TH" and "/A" not in element:
            yield "7.5: the head of a table does not say what it heads"
        if kind[:2] == "/H" and kind[2:].isdigit():
            if int(kind[2:]) > before + 1:
                yield f"7.4.2: after level {before} comes {kind}"
            before = int(kind[2:])


def _pages(pdf: pikepdf.Pdf, elements: list[Any]) -> Iterator[str]:
    known = {e.Obj.objgen for e in elements if e.get("/Type") == Name.OBJR}
    for number, page in enumerate(pdf.pages, 1):
        annotations = page.get("/Annots", [])
        if annotations and page.get("/Tabs") != Name.S:
            yield f"7.18.3: page {number} is not walked through in the structure's order"
        for annotation in annotations:
            if annotation.objgen not in known:
                yield f"7.18.5: page {number} has a link outside the structure"
            if not str(annotation.get("/Contents", "")):
                yield f"7.18.5: page {number} has a link that does not say where it leads"
        if loose := _loose(page):
            yield f"7.1: page {number} paints {loose} times outside the structure"
        for name, font in page.resources.get("/Font", pikepdf.Dictionary()).items():
            if "/ToUnicode" not in font:
                yield f"7.21.7: {name} of page {number} does not say what its letters are"


def _loose(page: pikepdf.Page) -> int:
    """How often content is painted that is neither tagged nor marked as an artifact."""
    depth = found = 0
    for instruction in pikepdf.parse_content_stream(page):
        match str(instruction.operator):
            case "BDC" | "BMC":
                depth += 1
            case "EMC":
                depth -= 1
            case operator:
                found += depth == 0 and operator in _PAINTS
    return found


def _elements(node: Any) -> Iterator[Any]:
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _elements(one)
    elif isinstance(node, pikepdf.Dictionary):
        yield node
        if "/K" in node:
            yield from _elements(node.K)
