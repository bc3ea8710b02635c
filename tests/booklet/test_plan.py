"""Pagination: pure, in the volume's order, arabic from 1."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builder.booklet import UnprintableError, paginate
from builder.model import Include, Inspection, PdfKind, Volume


def test_papers_follow_each_other_in_the_volumes_order(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    plan = paginate(volume, inspections, draft=False)
    assert [(p.key, p.first, p.last) for p in plan.papers] == [
        ("ada25", 1, 3),
        ("bo25", 4, 5),
        ("cy25", 6, 6),
    ]
    assert plan.complete
    assert plan.papers[0].sha256 == "a"


def test_in_a_draft_one_page_stands_for_a_missing_or_unusable_pdf(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    del inspections["ada25"]
    inspections["bo25"] = replace(inspections["bo25"], problem="it is encrypted")
    plan = paginate(volume, inspections, draft=True)
    assert [(p.first, p.last, p.placeholder) for p in plan.papers] == [
        (1, 1, True),
        (2, 2, True),
        (3, 3, False),
    ]
    assert not plan.complete


def test_a_final_volume_names_every_paper_that_cannot_be_printed(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    del inspections["ada25"], inspections["cy25"]
    with pytest.raises(UnprintableError, match="ada25, cy25") as raised:
        paginate(volume, inspections, draft=False)
    assert raised.value.keys == ("ada25", "cy25")


@pytest.mark.parametrize("kind", [PdfKind.LINK, PdfKind.NONE])
@pytest.mark.parametrize("draft", [True, False])
def test_a_paper_published_elsewhere_has_one_page_of_its_own(
    volume: Volume, inspections: dict[str, Inspection], kind: PdfKind, draft: bool
) -> None:
    papers = (replace(volume.papers[0], pdf=kind), *volume.papers[1:])
    plan = paginate(replace(volume, papers=papers), inspections, draft=draft)
    assert (plan.papers[0].pages, plan.papers[0].placeholder) == (1, False)
    assert plan.complete


@pytest.mark.parametrize("include", [Include.PROGRAM, Include.WITHDRAWN])
def test_papers_that_are_not_in_the_volume_have_no_pages(
    volume: Volume, inspections: dict[str, Inspection], include: Include
) -> None:
    papers = (replace(volume.papers[0], include=include), *volume.papers[1:])
    plan = paginate(replace(volume, papers=papers), inspections, draft=False)
    assert plan.of("ada25") is None
    assert plan.papers[0].first == 1


def test_an_empty_volume_has_an_empty_plan(volume: Volume) -> None:
    plan = paginate(replace(volume, papers=()), {}, draft=False)
    assert plan.papers == ()
    assert plan.last_page == 0
