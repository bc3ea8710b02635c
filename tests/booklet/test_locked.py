"""Once pages are locked, nothing moves them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from builder.booklet import UnprintableError, paginate
from builder.booklet.plan import gaps, misfits, unfit
from builder.booklet.stamps import paper_stamps
from builder.model import Include, Inspection, PlannedPaper, Volume
from tests.booklet.conftest import make_edition, paper, pdf, seen
from tests.booklet.test_making import made

LOCKED = {"ada25": (1, 3), "bo25": (4, 5), "cy25": (6, 6)}


def changed(volume: Volume, key: str, **more: Any) -> Volume:
    papers = (replace(one, **more) if one.key == key else one for one in volume.papers)
    return replace(volume, papers=tuple(papers))


def ranges(volume: Volume, inspections: dict[str, Inspection]) -> dict[str, str]:
    return {p.key: p.range for p in paginate(volume, inspections, draft=False).papers}


def test_a_late_paper_gets_the_next_pages_wherever_it_is_listed(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    late = paper("late25", "On Being Late", "Lea Tate")
    volume = replace(volume, locked=LOCKED, papers=(late, *reversed(volume.papers)))
    found = ranges(volume, {**inspections, "late25": seen(4)})
    assert list(found.items()) == [
        ("ada25", "1–3"),
        ("bo25", "4–5"),
        ("cy25", "6"),
        ("late25", "7–10"),
    ]


def test_a_paper_that_was_taken_back_keeps_its_pages(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    volume = changed(replace(volume, locked=LOCKED), "bo25", include=Include.WITHDRAWN)
    assert ranges(volume, inspections) == {"ada25": "1–3", "bo25": "4–5", "cy25": "6"}


def test_a_paper_that_grew_keeps_its_pages_and_is_told(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    volume = replace(volume, locked=LOCKED)
    grown = {**inspections, "bo25": seen(3)}
    assert ranges(volume, grown)["cy25"] == "6"
    assert misfits(volume, grown) == {"bo25": 3}
    assert misfits(volume, inspections) == {}
    (told,) = unfit(volume, grown)
    assert "has 3 pages, but 2 pages" in told.message
    assert "fits" in told.hint


def test_free_pages_are_known(volume: Volume, inspections: dict[str, Inspection]) -> None:
    locked = replace(volume, locked={"ada25": (2, 4), "bo25": (7, 8), "cy25": (9, 9)})
    assert gaps(paginate(locked, inspections, draft=False)) == {"ada25": 1, "bo25": 2}


def test_a_locked_paper_without_pdf_still_stops_a_final_volume(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    del inspections["bo25"]
    with pytest.raises(UnprintableError):
        paginate(replace(volume, locked=LOCKED), inspections, draft=False)


def test_a_volume_with_a_withdrawn_a_grown_and_a_moved_paper_is_sound(tmp_path: Path) -> None:
    edition = make_edition(tmp_path).with_volume(
        lambda volume: changed(
            replace(volume, locked={"ada25": (1, 3), "bo25": (6, 7), "cy25": (8, 8)}),
            "ada25",
            include=Include.WITHDRAWN,
            notice="Taken back by its authors.",
        )
    )
    edition.sources["cy25"].write_bytes(pdf(2, "Paper cy25"))
    edition = replace(edition, inspections={**edition.inspections, "cy25": seen(2, "new")})
    booklet = made(edition, tmp_path / "work", draft=True)
    # The check has told it, before anything was made.
    assert booklet.findings == ()
    (finding,) = unfit(edition.volume, edition.inspections)
    assert (finding.code, finding.subject) == ("pages-locked", "cy25")
    reader = pypdf.PdfReader(booklet.volume)
    labels = reader.page_labels
    text = {label: reader.pages[n].extract_text() for n, label in enumerate(labels)}
    assert "Taken back by its authors." in text["1"]
    assert "left blank" in text["4"]
    assert "left blank" in text["5"]
    assert "Paper bo25" in text["6"]
    assert "are locked for it" in text["8"]


@pytest.mark.parametrize(
    ("status", "notice", "line"),
    [
        ("revised", "Figure 2 replaced.", "Revised: Figure 2 replaced."),
        ("erratum", "Read 5 for 4 in Table 1.", "Erratum: Read 5 for 4 in Table 1."),
        ("retracted", "", "Retracted."),
    ],
)
def test_what_became_of_a_paper_stands_on_its_first_page(
    volume: Volume, status: Any, notice: str, line: str
) -> None:
    one = replace(volume.papers[0], status=status, notice=notice)
    planned = PlannedPaper(key=one.key, first=1, last=3)
    stamps = paper_stamps(volume, one, planned, draft=False)
    assert [s.text for s in stamps if s.page == 1 and s.place == "head-center"] == [line]
    across = [s.page for s in stamps if s.text == "RETRACTED"]
    assert across == ([1, 2, 3] if status == "retracted" else [])
