"""Stamps: what stands on the pages of papers, and what it claims."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from builder.booklet import paginate
from builder.booklet.stamps import (
    covers,
    fill,
    first_page_line,
    paper_stamps,
    unknown_fields,
)
from builder.model import Inspection, PageSeen, Paper, PlannedPaper, Stamps, Volume


@pytest.fixture
def first(volume: Volume, inspections: dict[str, Inspection]) -> tuple[Paper, PlannedPaper]:
    plan = paginate(volume, inspections, draft=True)
    return volume.papers[0], plan.papers[0]


def archival(volume: Volume) -> Volume:
    return replace(
        volume,
        archival=True,
        title="Proceedings of WoE",
        papers=tuple(replace(one, archival=True) for one in volume.papers),
    )


def templated(volume: Volume, template: str) -> Volume:
    return replace(volume, booklet=replace(volume.booklet, stamps=Stamps(first_page=template)))


def test_a_non_archival_volume_says_so_on_every_paper(
    volume: Volume, first: tuple[Paper, PlannedPaper]
) -> None:
    assert first_page_line(volume, *first) == "Presented at WoE 2025; non-archival. Pages 1–3."


def test_the_editors_own_statement_is_used(
    volume: Volume, first: tuple[Paper, PlannedPaper]
) -> None:
    said = replace(volume, statement="Shown at WoE; please cite the later paper")
    assert first_page_line(said, *first).startswith("Shown at WoE; please cite the later paper. ")


def test_of_several_volumes_the_line_names_the_one(
    volume: Volume, first: tuple[Paper, PlannedPaper]
) -> None:
    line = first_page_line(volume, first[0], replace(first[1], volume=2))
    assert line == "Presented at WoE 2025; non-archival. Volume 2, pages 1–3."


def test_an_archival_paper_names_volume_pages_place_and_date(volume: Volume) -> None:
    volume = archival(volume)
    planned = PlannedPaper(key="ada25", first=7, last=12)
    line = first_page_line(volume, volume.papers[0], planned)
    assert line == "Proceedings of WoE, pages 7–12, Vancouver, Canada, 19 July 2025."


def test_a_non_archival_paper_in_an_archival_volume_claims_nothing(volume: Volume) -> None:
    volume = archival(volume)
    guest = replace(volume.papers[0], archival=False)
    line = first_page_line(volume, guest, PlannedPaper(key="ada25", first=7, last=7))
    assert "non-archival" in line
    assert "Proceedings" not in line
    assert line.endswith("Page 7.")


def test_every_field_is_filled(volume: Volume, first: tuple[Paper, PlannedPaper]) -> None:
    said = templated(
        replace(volume, isbn="978-0"),
        "{event}|{volume}|{statement}|{place}|{dates}|{year}|{key}|{title}|{authors}|{pages}|"
        "{first}|{last}|{isbn}|{{x}}",
    )
    assert first_page_line(said, *first) == (
        "WoE 2025|WoE 2025 Papers|Presented at WoE 2025; non-archival.|Vancouver, Canada|"
        "19 July 2025|2025|ada25|On the First Thing|Ada Álvarez and Bo Łukasik|1–3|1|3|978-0|{x}"
    )


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{event} · {doi}", "E"),
        ("{event} · {doi} · {pages}", "E · 1"),
        ("{doi}, {event}", "E"),
        ("{event}, doi:{doi}, pages {pages}", "E, pages 1"),
        ("{event} https://doi.org/{doi}", "E"),
        ("{event} – {pages}", "E – 1"),
    ],
)
def test_an_empty_field_leaves_no_separator_behind(template: str, line: str) -> None:
    assert fill(template, {"event": "E", "pages": "1", "doi": ""}) == line


def test_a_field_that_does_not_exist_is_found(
    volume: Volume, first: tuple[Paper, PlannedPaper]
) -> None:
    said = templated(volume, "{event} {evnt} {pages!r} {{fine}}")
    findings = unknown_fields(said)
    assert [f.code for f in findings] == ["stamp-unknown-field"] * 2
    assert "`{evnt}`" in findings[0].message
    assert first_page_line(said, *first) == "WoE 2025 {fine}"
    assert unknown_fields(volume) == ()


def test_values_are_never_read_as_templates(
    volume: Volume, first: tuple[Paper, PlannedPaper]
) -> None:
    said = templated(replace(volume, title="{key} {0.__class__}"), "{volume}")
    assert first_page_line(said, *first) == "{key} {0.__class__}"


def test_each_page_bears_its_number_and_a_draft_its_watermark(
    volume: Volume, first: tuple[Paper, PlannedPaper]
) -> None:
    paper, _ = first
    planned = PlannedPaper(key="ada25", first=7, last=9)
    final = paper_stamps(volume, paper, planned, draft=False)
    assert [(s.page, s.text) for s in final[1:]] == [(1, "7"), (2, "8"), (3, "9")]
    assert final[0].page == 1
    draft = paper_stamps(volume, paper, planned, draft=True)
    assert [s.page for s in draft if s.place == "watermark"] == [1, 2, 3]


def test_page_numbers_can_be_left_out(volume: Volume, first: tuple[Paper, PlannedPaper]) -> None:
    quiet = replace(volume, booklet=replace(volume.booklet, stamps=Stamps(page_numbers=False)))
    assert len(paper_stamps(quiet, *first, draft=False)) == 1


def test_a_volume_without_dates_and_place_has_a_line_without_them(volume: Volume) -> None:
    bare = archival(volume)
    bare = replace(bare, event=replace(bare.event, start=None, place=""))
    line = first_page_line(bare, bare.papers[0], PlannedPaper(key="ada25", first=1, last=2))
    assert line == "Proceedings of WoE, pages 1–2."


def test_dates_of_several_days(volume: Volume, first: tuple[Paper, PlannedPaper]) -> None:
    said = templated(
        replace(volume, event=replace(volume.event, end=dt.date(2025, 7, 21))), "{dates}"
    )
    assert first_page_line(said, *first) == "19–21 July 2025"


def numbered(pages: int, start: int = 1) -> Inspection:
    """A paper that prints its own numbers, and the last lines of its text close to them."""
    return Inspection(
        sha256="x",
        size=1,
        pages=tuple(
            PageSeen(
                width=612,
                height=792,
                bottom=str(start + page),
                ink=((300.0, 30.0, 312.0, 38.0), (72.0, 52.0, 300.0, 64.0)),
            )
            for page in range(pages)
        ),
    )


def with_stamps(volume: Volume, **more: object) -> Volume:
    return replace(volume, booklet=replace(volume.booklet, stamps=Stamps(**more)))  # type: ignore[arg-type]


def test_a_paper_may_keep_its_own_page_numbers(
    volume: Volume, first: tuple[Paper, PlannedPaper]
) -> None:
    kept = with_stamps(volume, numbers="keep")
    stamps = paper_stamps(kept, *first, draft=False, inspection=numbered(3))
    assert [stamp.text for stamp in stamps] == [first_page_line(volume, *first)]
    # A paper without numbers gets the volume's, whatever is said about those that have some.
    bare = Inspection(sha256="y", size=1, pages=(PageSeen(width=612, height=792),) * 3)
    assert len(paper_stamps(kept, *first, draft=False, inspection=bare)) == 4


def test_a_papers_own_numbers_are_covered_but_never_its_text(
    volume: Volume, first: tuple[Paper, PlannedPaper]
) -> None:
    paper, planned = first
    said = with_stamps(volume, numbers="cover")
    hidden = covers(said, paper, numbered(3))
    assert hidden == dict.fromkeys((1, 2, 3), ((300.0, 30.0, 312.0, 38.0),))
    assert len(paper_stamps(said, paper, planned, draft=False, inspection=numbered(3))) == 4
    assert covers(volume, paper, numbered(3)) == {}


def test_one_paper_may_be_treated_unlike_the_others(
    volume: Volume, first: tuple[Paper, PlannedPaper]
) -> None:
    paper, _ = first
    said = with_stamps(volume, numbers="cover", papers={paper.key: "stamp"})
    assert covers(said, paper, numbered(3)) == {}
    assert unknown_fields(with_stamps(volume, papers={paper.key: "keep"})) == ()
    (finding,) = unknown_fields(with_stamps(volume, papers={"nobody": "keep"}))
    assert finding.code == "stamp-unknown-paper"


def test_headers_and_footers_differ_on_first_and_following_pages(
    volume: Volume, first: tuple[Paper, PlannedPaper]
) -> None:
    paper, _ = first
    said = with_stamps(
        volume,
        first_page="{event}",
        first_header="{track}",
        header="{short_authors}: {title}, {page}",
        footer="{publisher} {event}",
        page_numbers=False,
    )
    planned = PlannedPaper(key=paper.key, first=7, last=8)
    stamps = paper_stamps(said, paper, planned, draft=False)
    assert [(s.page, s.place, s.text) for s in stamps] == [
        (1, "foot-center", "WoE 2025"),
        (1, "head-center", "Long papers"),
        (2, "head-center", "Álvarez and Łukasik: On the First Thing, 8"),
        (2, "foot-center", "WoE 2025"),
    ]
