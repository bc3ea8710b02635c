from __future__ import annotations

import pytest

from builder.check.pages import described, size_name
from builder.model import Font, Severity

CODES = "page-size-mixed page-size-unusual page-landscape page-sizes-differ"


def judged(make, findings, *pages):
    edition = make.volume(make.paper("a25"))
    return findings(edition, {"a25": make.seen(*pages)}, only=CODES)


@pytest.mark.parametrize(
    ("width", "height", "name"),
    [
        (595.276, 841.89, "A4"),
        (595, 842, "A4"),
        (596, 843, "A4"),
        (841.89, 595.28, "A4"),
        (612, 792, "US Letter"),
        (613, 793.5, "US Letter"),
        (420, 595, None),
        (595, 792, None),
    ],
)
def test_sizes_have_names_within_a_tolerance(make, width, height, name) -> None:
    assert size_name(make.page(width=width, height=height)) == name


def test_sizes_without_a_name_are_given_in_millimetres(make) -> None:
    assert described(make.page(width=498.9, height=708.66)) == "176 × 250 mm"


def test_word_and_latex_disagree_about_a4_by_a_hair_and_nobody_minds(make, findings) -> None:
    pages = [make.page("x", width=595.28), make.page("x", width=596, height=842)]
    assert judged(make, findings, *pages) == []


def test_a_page_of_another_size_is_pointed_at(make, findings) -> None:
    pages = [make.page("x"), make.page("x"), make.page("x", width=612, height=792)]
    (found,) = judged(make, findings, *pages)
    assert found.code == "page-size-mixed"
    assert "most are A4, page 3 US Letter" in found.message
    assert found.where.page == 3


def test_a_turned_page_is_only_worth_knowing(make, findings) -> None:
    pages = [make.page("x"), make.page("x", width=841.89, height=595.28)]
    (found,) = judged(make, findings, *pages)
    assert (found.code, found.severity) == ("page-landscape", Severity.INFO)


def test_neither_a4_nor_letter_is_told_with_its_size(make, findings) -> None:
    (found,) = judged(make, findings, make.page("x", width=420, height=595))
    assert found.code == "page-size-unusual"
    assert "148 × 210 mm (420 × 595 points)" in found.message


def test_two_sizes_in_one_volume_make_one_remark(make, findings) -> None:
    keys = ("a25", "b25", "c25")
    inspections = {
        "a25": make.seen(make.page("a")),
        "b25": make.seen(make.page("b", width=612, height=792)),
        "c25": make.seen(make.page("c")),
    }
    (found,) = findings(make.volume(*map(make.paper, keys)), inspections, only=CODES)
    assert (found.code, found.subject) == ("page-sizes-differ", "")
    assert "2 on A4, 1 on US Letter (b25)" in found.message


def test_fonts_that_are_not_embedded_are_named_once(make, findings) -> None:
    fonts = (
        Font(name="Helvetica", kind="Type1", embedded=False),
        Font(name="ABCDEF+CMR10", kind="Type1", embedded=True, subset=True),
        Font(name="/Arial,Bold", kind="TrueType", embedded=False),
        Font(name="Arial,Bold", kind="TrueType", embedded=False),
        Font(name="", kind="Type3", embedded=False),
    )
    seen = {"a25": make.seen("x", fonts=fonts)}
    found = findings(make.volume(make.paper("a25")), seen, only="font-not-embedded font-type3")
    assert [(f.code, f.severity) for f in found] == [
        ("font-not-embedded", Severity.WARNING),
        ("font-type3", Severity.INFO),
    ]
    assert "Arial,Bold and Helvetica" in found[0].message
