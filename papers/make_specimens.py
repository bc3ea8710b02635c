"""Make the specimens: one PDF per accepted paper, standing in for a paper that may not be copied.

    python papers/make_specimens.py [FOLDER]

Each bears the title and the authors of its paper and otherwise a text about itself (specimen.typ).
What makes them useful is what real papers do to a program that joins them: destinations named as
LaTeX's hyperref names them, the same in every file, with links that go there by name; pages that
are rotated, cropped or do not begin at the origin; two sizes of paper. The same input gives the
same bytes.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String

from builder import edition
from builder.model import Paper
from builder.model.markup import plain

PAPERS = Path(__file__).resolve().parent
LINK = "x-specimen:"
"""Scheme of the addresses by which specimen.typ marks links within a specimen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What is particular about one specimen."""

    paragraphs: int
    sections: int = 5
    references: int = 6
    paper: str = "us-letter"
    font: str = "Libertinus Serif"
    rotate: int = 0
    """Degrees clockwise by which every page is turned when shown; what is seen stays upright."""
    wide: bool = False
    """Whether it has a page wider than high, stored upright and turned by 90 degrees."""
    origin: tuple[float, float] = (0, 0)
    """Lower left corner of the media box, in points."""
    margin: float = 0
    """By how many points the media box exceeds what is shown, on every side."""
    tagged: bool = False
    old_names: bool = False
    """Whether destinations stand in a dictionary, as in PDF 1.1, and not in a name tree."""
    note: str = "upright, beginning at the origin"
    """What its table says about its pages."""


SHAPES = {
    "hu25label": Shape(paragraphs=68),
    "boum25smoothing": Shape(paragraphs=76, sections=6, tagged=True),
    "johnson25high": Shape(
        paragraphs=70,
        sections=6,
        wide=True,
        note="one page is wider than high, and stored on its side",
    ),
    "zaytar25optimizing": Shape(paragraphs=66, sections=6, font="New Computer Modern"),
    "castiglioni25shaping": Shape(paragraphs=112, sections=7, references=20),
    "cardille25cloud": Shape(paragraphs=126, sections=8, references=116),
    "nedungadi25aircast": Shape(paragraphs=96, sections=7, references=14),
    "saget25resampling": Shape(paragraphs=72, paper="a4"),
    "butsko25deploying": Shape(paragraphs=116, sections=8, references=40),
    "robinson25whales": Shape(
        paragraphs=84, sections=6, margin=36, note="the media box is larger than what is shown"
    ),
    "rao25multiple": Shape(paragraphs=66, font="New Computer Modern"),
    "shinde25high": Shape(paragraphs=38, sections=4),
    "lee25enhancing": Shape(paragraphs=40, sections=4),
    "barseghyan25less": Shape(
        paragraphs=40, sections=4, origin=(-36, 50), note="the media box begins at (−36, 50)"
    ),
    "tizzei25open": Shape(
        paragraphs=40,
        sections=4,
        margin=24,
        origin=(100, -40),
        note="cropped, and the media box begins elsewhere than at the origin",
    ),
    "liu25multimodal": Shape(paragraphs=48, sections=5, references=16),
    "tamazyan25geocrossbench": Shape(paragraphs=36, sections=4, tagged=True),
    "aybar25missing": Shape(paragraphs=40, sections=4, font="New Computer Modern"),
    "si25scalable": Shape(paragraphs=38, sections=4, paper="a4"),
    "tseng25galileo": Shape(paragraphs=54, sections=5, references=24),
    "liu25end": Shape(
        paragraphs=40, sections=4, rotate=270, note="stored lying on its side, shown upright"
    ),
    "wolki25transfer": Shape(paragraphs=38, sections=4, old_names=True),
    "corley25landsat": Shape(
        paragraphs=42, sections=4, paper="a4", rotate=180, note="stored upside down, shown upright"
    ),
    "kao25llm": Shape(paragraphs=36, sections=4),
}


def make(paper: Paper, shape: Shape, out: Path, *, number: int) -> None:
    """Write the specimen of `paper` to `out`; `number` decides with which words it begins."""
    data = {
        "title": plain.render(paper.title),
        "authors": [contributor.name.full for contributor in paper.contributors],
        "openreview": paper.openreview,
        "paper": shape.paper,
        "font": shape.font,
        "paragraphs": shape.paragraphs,
        "sections": shape.sections,
        "references": shape.references,
        # In which sections there is a figure, counted from 0, and how large it is.
        "figures": [2, 4, 5, 6][: max(1, shape.sections - 4)],
        "scale": 1.5 if shape.sections == 4 else 2.2,
        "wide": shape.wide,
        "offset": number * 5,
        "facts": [
            ["Key", paper.key],
            ["Stands in for", f"a {paper.track} paper"],
            ["Authors", str(len(paper.contributors))],
            ["Paper", "A4" if shape.paper == "a4" else "US Letter"],
            ["Columns", "2"],
            ["Sections", str(shape.sections)],
            ["Boxes", shape.note],
        ],
    }
    compiler = typst.Compiler(
        PAPERS / "specimen.typ",
        root=PAPERS,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data)},
    )
    pages = compiler.compile(format="pdf", timestamp=0, pdf_tags=shape.tagged)
    assert isinstance(pages, bytes), "a PDF is one file"
    targets = json.loads(compiler.query("<target>", field="value"))
    sections = json.loads(compiler.query("<section>", field="value"))
    with pikepdf.open(io.BytesIO(pages)) as pdf:
        heights = [float(page.mediabox[3]) for page in pdf.pages]
        placings = [_place(pdf, page, shape) for page in pdf.pages]
        _name_destinations(pdf, targets, heights, placings, old=shape.old_names)
        for page, placing in zip(pdf.pages, placings, strict=True):
            _mend_links(page, placing, old=shape.old_names)
        _outline(pdf, sections, old=shape.old_names)
        for extra in ("/CreationDate", "/ModDate"):
            if extra in pdf.docinfo:
                del pdf.docinfo[extra]
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _place(pdf: pikepdf.Pdf, page: pikepdf.Page, shape: Shape) -> pikepdf.Matrix:
    """Turn, move and crop a page so that it looks as before; the matrix says where things went."""
    width, height = float(page.mediabox[2]), float(page.mediabox[3])
    turn = 90 if width > height else shape.rotate
    # What is shown turned clockwise is stored turned back by as much.
    turned = {
        0: pikepdf.Matrix(),
        90: pikepdf.Matrix(0, 1, -1, 0, height, 0),
        180: pikepdf.Matrix(-1, 0, 0, -1, width, height),
        270: pikepdf.Matrix(0, -1, 1, 0, 0, width),
    }[turn]
    if turn in (90, 270):
        width, height = height, width
    left, bottom = shape.origin[0] + shape.margin, shape.origin[1] + shape.margin
    matrix = turned @ pikepdf.Matrix().translated(left, bottom)
    box = Array([left, bottom, left + width, bottom + height])
    margin = shape.margin
    page.mediabox = Array(
        [left - margin, bottom - margin, left + width + margin, bottom + height + margin]
    )
    if margin:
        page.cropbox = box
    if turn:
        page.rotate(turn, relative=False)
    if matrix != pikepdf.Matrix():
        page.contents_add(pdf.make_stream(b"q " + matrix.encode() + b" cm"), prepend=True)
        page.contents_add(pdf.make_stream(b"Q" + _cut_marks(box, margin)))
    return matrix


def _cut_marks(box: pikepdf.Array, margin: float) -> bytes:
    """Printers' marks outside of what is shown, which nobody should ever see."""
    if not margin:
        return b""
    left, bottom, right, top = (float(edge) for edge in box)
    lines = [
        f"{x} {y} m {x + dx} {y} l S {x} {y} m {x} {y + dy} l S"
        for x, dx in ((left, -margin / 2), (right, margin / 2))
        for y, dy in ((bottom, -margin / 2), (top, margin / 2))
    ]
    return f" q 0.5 w {' '.join(lines)} Q".encode()


def _named(name: str, *, old: bool) -> pikepdf.Object:
    return Name("/" + name) if old else String(name)


def _name_destinations(
    pdf: pikepdf.Pdf,
    targets: list[dict[str, Any]],
    heights: list[float],
    placings: list[pikepdf.Matrix],
    *,
    old: bool,
) -> None:
    """Write the places that specimen.typ recorded as named destinations."""
    found: dict[str, pikepdf.Object] = {}
    for target in targets:
        index = target["page"] - 1
        page = pdf.pages[index]
        # As hyperref does: a little above and left of what is meant.
        x, y = placings[index].transform((target["x"] - 3, heights[index] - target["y"] + 10))
        view = {
            "XYZ": [Name.XYZ, round(x, 2), round(y, 2), None],
            "Fit": [Name.Fit],
            "FitH": [Name.FitH, round(y, 2)],
        }[target["view"]]
        found[target["name"]] = pdf.make_indirect(
            Dictionary(D=Array([page.obj, *view])) if not old else Array([page.obj, *view])
        )
    if old:
        pdf.Root.Dests = pdf.make_indirect(
            Dictionary({f"/{name}": place for name, place in sorted(found.items())})
        )
    else:
        names = [part for pair in sorted(found.items()) for part in (String(pair[0]), pair[1])]
        tree = Dictionary(Names=Array(names), Limits=Array([names[0], names[-2]]))
        kids = Array([pdf.make_indirect(tree)])
        pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Kids=kids)))


def _mend_links(page: pikepdf.Page, placing: pikepdf.Matrix, *, old: bool) -> None:
    """Turn `x-specimen:` addresses into links by name, and move all links with their page."""
    for annotation in page.get("/Annots", ()):
        corners = [float(value) for value in annotation.Rect]
        moved = placing.transform(pikepdf.Rectangle(*corners))
        annotation.Rect = Array(
            round(edge, 2) for edge in (moved.llx, moved.lly, moved.urx, moved.ury)
        )
        if "/QuadPoints" in annotation:
            del annotation["/QuadPoints"]
        uri = str(annotation.get("/A", Dictionary()).get("/URI", ""))
        if uri.startswith(LINK):
            annotation.A = Dictionary(S=Name.GoTo, D=_named(uri.removeprefix(LINK), old=old))


def _outline(pdf: pikepdf.Pdf, sections: list[dict[str, str]], *, old: bool) -> None:
    """Bookmarks for the sections, which lead to them by name."""
    with pdf.open_outline() as outline:
        outline.root.clear()
        for section in sections:
            action = Dictionary(S=Name.GoTo, D=_named(f"section.{section['number']}", old=old))
            title = f"{section['number']} {section['title']}"
            outline.root.append(pikepdf.OutlineItem(title, action=action))


def main(folder: Path) -> None:
    """Make every specimen of the edition that this script belongs to, in `folder`."""
    volume = edition.load(PAPERS.parent).volume
    if volume is None:
        raise SystemExit("the edition cannot be read; `proceedings check` says why")
    for number, paper in enumerate(volume.papers):
        if paper.specimen:
            make(paper, SHAPES[paper.key], folder / f"{paper.key}.pdf", number=number)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PAPERS)
