"""Pages come from strangers: no text may keep the check busy."""

from __future__ import annotations

import time

import pytest

HUGE = 400_000


@pytest.mark.parametrize(
    "text",
    [
        " " * HUGE + "a",
        "\n" * HUGE,
        ", " * (HUGE // 2) + "\x00",
        "-\n" * (HUGE // 2) + "x",
        "a " * (HUGE // 2),
        "Section " * (HUGE // 8),
        "[?" + " " * HUGE,
        "Jane " * (HUGE // 5),
        "under review " * (HUGE // 13),
        "1\n2\n" * (HUGE // 4),
        "Proceedings of " * (HUGE // 15),
        "\u0301" * HUGE,
    ],
    ids=range(12),
)
def test_a_huge_page_costs_no_more_than_moments(make, findings, text) -> None:
    paper = make.paper("a25", authors=[f"Jane{n} Doe{n}" for n in range(20)])
    page = make.page(f"{make.first_page(paper)}\n{text}", top=text, bottom=text, left=text)
    other = make.page(text, top=text, bottom=text)
    seen = make.seen(page, other, title_seen=text[:500], references_page=2, references_at=0.1)
    began = time.process_time()
    findings(make.volume(paper), {"a25": seen}, profiles=["acl", "jstars"])
    findings(make.volume(paper), {"a25": make.seen(other, page, title_seen=text[:500])})
    assert time.process_time() - began < 8
