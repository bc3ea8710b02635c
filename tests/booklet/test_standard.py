"""Front matter for readers who cannot see: made to PDF/UA-1, or it is said why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from builder import prose
from builder.booklet import paginate, standard
from builder.booklet.desk import Desk
from builder.booklet.front import front_matter
from builder.booklet.typeset import typeset
from builder.model import Inspection, Volume


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
