from __future__ import annotations

from builder.model import Plan, PlannedPaper


def test_a_paper_knows_its_pages_as_printed() -> None:
    paper = PlannedPaper(key="a", first=7, last=12)
    assert (paper.pages, paper.range) == (6, "7–12")
    assert PlannedPaper(key="b", first=3, last=3).range == "3"


def test_a_plan_finds_papers_and_its_last_page() -> None:
    plan = Plan((PlannedPaper(key="a", first=1, last=4), PlannedPaper(key="b", first=5, last=9)))
    assert plan.of("b") is plan.papers[1]
    assert plan.of("c") is None
    assert plan.last_page == 9
    assert Plan().last_page == 0


def test_a_placeholder_makes_a_plan_incomplete() -> None:
    whole = Plan((PlannedPaper(key="a", first=1, last=4),))
    draft = Plan((PlannedPaper(key="a", first=1, last=1, placeholder=True),))
    assert whole.complete
    assert not draft.complete


def test_plans_belong_together_only_if_every_page_and_file_is_the_same() -> None:
    one = Plan((PlannedPaper(key="a", first=1, last=4, sha256="x"),))
    same = Plan((PlannedPaper(key="a", first=1, last=4, sha256="x"),))
    moved = Plan((PlannedPaper(key="a", first=1, last=5, sha256="x"),))
    other = Plan((PlannedPaper(key="a", first=1, last=4, sha256="y"),))
    assert one.digest == same.digest
    assert len({one.digest, moved.digest, other.digest}) == 3
