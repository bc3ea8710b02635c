from __future__ import annotations

import pytest

from builder.check.lengths import counted
from builder.model import Track

BODY = "Words of the paper that fill the page. " * 10


@pytest.mark.parametrize(
    ("pages", "start", "at", "length"),
    [
        ([BODY] * 4, None, None, 4),
        ([BODY, BODY, f"References\n{BODY}"], 3, 0.08, 2),
        ([BODY, BODY, f"A head 7\nReferences\n{BODY}"], 3, 0.08, 2),
        ([BODY, BODY, f"{BODY}\n7. References\n{BODY}"], 3, 0.5, 3),
        # At the top of the right column: the left one is full of text.
        ([BODY, f"{BODY}\nREFERENCES\n{BODY}", BODY], 2, 0.08, 2),
        ([BODY, "no heading in the text", BODY], 2, 0.6, 2),
        ([BODY, "no heading in the text", BODY], 2, 0.08, 1),
    ],
)
def test_pages_count_up_to_the_references(make, pages, start, at, length) -> None:
    seen = make.seen(*pages, references_page=start, references_at=at)
    assert counted(seen).pages == length


def test_references_count_where_the_track_says_so(make) -> None:
    seen = make.seen(BODY, f"References\n{BODY}", references_page=2, references_at=0.1)
    assert counted(seen, references_counted=True).pages == 2


def test_a_paper_over_the_limit_is_told_how_it_was_counted(make, findings) -> None:
    edition = make.volume(
        make.paper("a25", track="short"),
        make.paper("b25", track="short"),
        tracks=(Track(id="short", name="Short papers", page_limit=2),),
    )
    inspections = {
        "a25": make.seen(BODY, BODY, BODY, "References", "Appendix", references_page=4,
                         references_at=0.08),
        "b25": make.seen(BODY, BODY, "References", "Appendix", references_page=3,
                         references_at=0.08),
    }  # fmt: skip
    (found,) = findings(edition, inspections, only="over-length")
    assert found.subject == "a25"
    assert found.message == (
        "3 pages where Short papers may have 2 (references begin at the top of page 4; 2 pages "
        "from there on not counted, appendices included; 5 pages in all)"
    )


def test_a_paper_without_references_is_counted_whole_and_it_is_said(make, findings) -> None:
    edition = make.volume(
        make.paper("a25", track="short"),
        tracks=(Track(id="short", name="Short papers", page_limit=1),),
    )
    (found,) = findings(edition, {"a25": make.seen(BODY, BODY)}, only="over-length")
    assert "no list of references was found" in found.message
