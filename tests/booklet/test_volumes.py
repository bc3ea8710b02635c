"""Several volumes: divided as the edition says, one program and one index across them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from builder.booklet import Booklet, paginate
from builder.booklet.dividing import unknown
from builder.edition import lock
from builder.model import Inspection, Severity, Volume, VolumeOf, Volumes
from tests.booklet.conftest import Edition, make_edition, seen
from tests.booklet.test_making import made


def divided(volume: Volume, **said: Any) -> Volume:
    return replace(volume, booklet=replace(volume.booklet, volumes=Volumes(**said)))


def placed(volume: Volume, inspections: dict[str, Inspection]) -> list[tuple[str, int, str]]:
    plan = paginate(volume, inspections, draft=False)
    return [(one.key, one.volume, one.range) for one in plan.papers]


def test_each_track_is_a_volume_with_pages_of_its_own(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    assert placed(divided(volume, by_track=True), inspections) == [
        ("ada25", 1, "1–3"),
        ("cy25", 1, "4"),
        ("bo25", 2, "1–2"),
    ]


def test_page_numbers_may_run_on(volume: Volume, inspections: dict[str, Inspection]) -> None:
    on = divided(volume, by_track=True, numbering="continue")
    assert placed(on, inspections)[-1] == ("bo25", 2, "5–6")
    plan = paginate(on, inspections, draft=False)
    assert (plan.part(1).start, plan.part(2).start, plan.volumes) == (1, 5, (1, 2))


def test_a_volume_is_full_when_the_next_paper_would_exceed_its_pages(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    assert [row[1] for row in placed(divided(volume, pages=5), inspections)] == [1, 1, 2]
    # One paper may have more pages than a volume.
    assert [row[1] for row in placed(divided(volume, pages=1), inspections)] == [1, 2, 3]


def test_editors_list_papers_and_tracks_and_what_nobody_names_goes_to_the_last(
    volume: Volume, inspections: dict[str, Inspection]
) -> None:
    listed = (VolumeOf(title="First", papers=("cy25",)), VolumeOf(tracks=("short", "gone")))
    one = divided(volume, listed=listed)
    assert placed(one, inspections) == [("cy25", 1, "1"), ("ada25", 2, "1–3"), ("bo25", 2, "4–5")]
    assert [finding.code for finding in unknown(one)] == ["volumes-unknown"]
    assert unknown(divided(volume, by_track=True)) == ()
    assert len(unknown(divided(volume))) == 1


def test_locked_papers_stay_in_their_volume_whatever_comes(
    volume: Volume, inspections: dict[str, Inspection], tmp_path: Path
) -> None:
    before = divided(volume, pages=5)
    text = lock.text(paginate(before, inspections, draft=False), {})
    assert text.splitlines()[-3:] == ["ada25: 1/1-3", "bo25: 1/4-5", "cy25: 2/1"]
    (tmp_path / "proceedings").mkdir()
    (tmp_path / lock.FILE).write_text(text, "utf-8")
    locked, findings = lock.read(tmp_path, inspections)
    assert not findings
    late = replace(volume.papers[0], key="di25")
    after = replace(
        divided(volume, pages=5),
        papers=(late, *volume.papers),
        locked=locked,
        locked_in=lock.volumes(tmp_path),
    )
    assert placed(after, inspections | {"di25": seen(4, "d")}) == [
        ("ada25", 1, "1–3"),
        ("bo25", 1, "4–5"),
        ("cy25", 2, "1"),
        ("di25", 2, "2–5"),
    ]


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Booklet:
    folder = tmp_path_factory.mktemp("volumes")
    edition: Edition = make_edition(folder)
    edition = edition.with_volume(lambda volume: divided(volume, by_track=True))
    return made(edition, folder / "out", prove=True)


def test_each_volume_passes_its_audit_and_proof_and_says_which_it_is(two: Booklet) -> None:
    assert [one for one in two.findings if one.severity >= Severity.WARNING] == []
    assert [one.code for one in two.findings].count("proof-done") == 2
    titles = [str(pypdf.PdfReader(file).metadata.title) for file in two.volumes.values()]
    assert titles == ["WoE 2025 Papers, Volume 1", "WoE 2025 Papers, Volume 2"]
    assert set(two.papers) == {"ada25", "bo25", "cy25"}


def test_contents_program_and_index_cover_both_and_lead_into_the_other(two: Booklet) -> None:
    read = pypdf.PdfReader(two.volumes[1])
    text = "\n".join(page.extract_text() for page in read.pages)
    assert "Volume 2" in text
    assert "2:1" in text  # Bo's paper, in contents and index
    assert "1:4" in text  # the index names the volume of its own papers, too
    with pikepdf.open(two.volumes[1]) as pdf:
        actions = [
            annotation.A
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if annotation.get("/A", {}).get("/S") == "/GoToR"
        ]
        led = {(str(action.F), str(action.D)) for action in actions}
    assert led == {("booklet-2.pdf", "bo25")}
    assert "bo25" in pypdf.PdfReader(two.volumes[2]).named_destinations


def test_pages_of_papers_bear_the_number_of_their_volume(two: Booklet) -> None:
    page = pypdf.PdfReader(two.papers["bo25"]).pages[0].extract_text()
    assert "1" in page.splitlines()[-2:][0] or "1" in page.splitlines()[-1]
    assert pypdf.PdfReader(two.papers["bo25"]).page_labels[0] == "1"
