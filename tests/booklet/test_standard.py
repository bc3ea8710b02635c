"""Front matter for readers who cannot see: made to PDF/UA-1, or it is said why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from builder import prose
from builder.booklet import paginate, standard
from builder.booklet.desk import Desk
from builder.booklet.front import SECTION_NAMES, divider, front_matter, handbook
from builder.booklet.typeset import typeset
from builder.model import Inspection, Markup, Paper, PdfKind, Supplement, Volume
from tests.booklet.conftest import Edition
from tests.booklet.test_making import made
from tests.support.universal import faults

PREFACE = """\
# Preface

Words, *more* words[^1], [a link](https://example.org), and $E = mc^2$.

| Sheet | Scale |
| --- | --- |
| North | 1:50 |

- one
- two

[^1]: A note.
"""


@pytest.fixture
def asked(volume: Volume) -> Volume:
    return replace(volume, booklet=replace(volume.booklet, pdf_standard="ua-1"))


def test_what_passes_says_so(
    asked: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    desk = Desk(volume=asked, plan=paginate(asked, inspections, draft=False))
    made = typeset(front_matter(desk), "booklet.typ", {}, tmp_path / "front.pdf")
    assert made.obstacle == ""
    assert standard.findings(asked, [made]) == ()
    metadata = pypdf.PdfReader(tmp_path / "front.pdf").trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfuaid:part" in metadata


@pytest.mark.parametrize("layout", ["columns", "list", "paragraph"])
def test_every_part_passes_what_a_machine_can_check(
    asked: Volume, inspections: dict[str, Inspection], tmp_path: Path, layout: Any
) -> None:
    everything = tuple(name for name in SECTION_NAMES if name != "prose")
    settings = replace(
        asked.booklet,
        front_matter=(*everything, "preface.md"),
        committees={"organizers": layout},
        dividers=True,
    )
    page = prose.parse(PREFACE, "proceedings/preface.md")
    asked = replace(asked, booklet=settings, papers=tuple(map(told, asked.papers)))
    plan = paginate(asked, inspections, draft=False)
    desk = Desk(volume=asked, plan=plan, prose={"preface.md": page})
    for data in (front_matter(desk), divider(desk, plan.papers[0].key), handbook(desk)):
        made = typeset(data, "booklet.typ", {}, tmp_path / "part.pdf")
        assert made.obstacle == ""
        assert faults(tmp_path / "part.pdf") == []


def test_what_a_machine_can_check_is_checked(
    volume: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    desk = Desk(volume=volume, plan=paginate(volume, inspections, draft=False))
    typeset(front_matter(desk), "booklet.typ", {}, tmp_path / "front.pdf")
    with pikepdf.open(tmp_path / "front.pdf", allow_overwriting_input=True) as pdf:
        del pdf.Root.Lang
        for page in pdf.pages:
            page.contents_add(b"0 0 9 9 re f")
        pdf.save()
    clauses = {fault.partition(":")[0] for fault in faults(tmp_path / "front.pdf")}
    assert {"5", "7.1", "7.2"} <= clauses


def told(paper: Paper) -> Paper:
    """The paper with something for every part."""
    return replace(
        paper,
        abstract=Markup.text("What it is about."),
        keywords=("things",),
        awards=("Best Paper",),
        supplements=(Supplement(file=f"papers/{paper.key}-supp.zip"),),
    )


def test_a_heading_that_skips_a_level_is_told_and_the_page_made_all_the_same(
    asked: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    page = prose.parse("# Preface\n\nWords.\n", "proceedings/preface.md")
    desk = Desk(
        volume=asked,
        plan=paginate(asked, inspections, draft=False),
        prose={"preface.md": page},
    )
    data = front_matter(desk)
    body = next(one["body"] for one in data["sections"] if one["kind"] == "prose")
    words = [{"t": "text", "s": "Too deep"}]
    body.append({"t": "heading", "level": 4, "label": "deep", "text": "Too deep", "c": words})
    made = typeset(data, "booklet.typ", {}, tmp_path / "front.pdf")
    (finding,) = standard.findings(asked, [made])
    assert finding.code == "pdf-standard-obstacle"
    assert "heading level" in finding.message
    assert made.pages == len(pypdf.PdfReader(tmp_path / "front.pdf").pages)


def test_a_page_that_stands_for_a_paper_leaves_the_volume_pdf_a(
    edition: Edition, tmp_path: Path
) -> None:
    def archived(volume: Volume) -> Volume:
        first, *others = volume.papers
        papers = (replace(first, pdf=PdfKind.NONE, pdf_file=""), *others)
        booklet = replace(volume.booklet, pdf_standard="a-3b")
        return replace(volume, papers=papers, booklet=booklet)

    booklet = made(edition.with_volume(archived), tmp_path / "out")
    assert "pdf-standard-obstacle" not in {one.code for one in booklet.findings}
    metadata = pypdf.PdfReader(booklet.volume).trailer["/Root"]["/Metadata"].get_data()
    assert b"pdfaid:part" in metadata
