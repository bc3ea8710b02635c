"""The handbook and the front matter, made without a single paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from builder.booklet import Request, Single, build_single, paginate
from builder.model import Markup
from tests.booklet.conftest import Edition, make_edition


def single(edition: Edition, folder: Path, kind: Any) -> Single:
    return build_single(
        Request(
            volume=edition.volume,
            plan=paginate(edition.volume, edition.inspections, draft=True),
            inspections=edition.inspections,
            root=edition.root,
            sources={},
            folder=folder,
            cache=edition.cache,
            draft=False,
        ),
        kind,
    )


def test_the_handbook_has_program_abstracts_and_people(tmp_path: Path) -> None:
    edition = make_edition(tmp_path).with_volume(
        lambda volume: replace(
            volume,
            papers=tuple(
                replace(one, abstract=Markup.text(f"What {one.key} is about."))
                for one in volume.papers
            ),
        )
    )
    made = single(edition, tmp_path / "work", "handbook")
    assert made.findings == ()
    pages = [page.extract_text() for page in pypdf.PdfReader(made.file).pages]
    whole = "\n".join(pages)
    for key in ("ada25", "bo25", "cy25"):
        assert f"What {key} is about." in whole
    assert "Organizers" in whole
    assert "Author Index" in pages[-1]


def test_the_front_matter_stands_alone_with_the_volumes_page_numbers(tmp_path: Path) -> None:
    edition = make_edition(tmp_path)
    made = single(edition, tmp_path / "work", "front-matter")
    text = pypdf.PdfReader(made.file).pages[-1].extract_text()
    assert "Contents" in text
    assert "On the Second Thing" in text


def test_the_volume_is_no_single_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="build"):
        single(make_edition(tmp_path), tmp_path / "work", "volume")
