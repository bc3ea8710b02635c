from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from builder.model import Event, Severity

TITLE = "Measuring the width of rivers from space"


def judged(make, findings, first, only, *more, event=None, **seen):
    paper = make.paper("a25", TITLE)
    edition = make.volume(paper)
    if event:
        edition = replace(edition, event=event)
    return findings(edition, {"a25": make.seen(first, *more, **seen)}, only=only)


def with_byline(byline, tail=""):
    return f"{TITLE}\n{byline}\nAbstract\nWe measure rivers.\n{tail}"


@pytest.mark.parametrize(
    "text",
    [
        with_byline("Anonymous Authors1"),
        with_byline("Anonymous Author(s)\nAffiliation\nAddress"),
        with_byline("Anonymous ACL submission"),
        with_byline("Anonymous"),
        with_byline("Author information omitted for double-blind review"),
        with_byline("Paper ID: 1234\nJane Doe"),
        with_byline("Jane Doe", "Preliminary work. Under review by the Conference"),
        with_byline("Jane Doe", "Under review as a conference paper at ICLR 2025"),
        with_byline("Jane Doe", "Submitted to 38th Conference on Neural Information."),
        with_byline("Jane Doe", "Submission #1234. CONFIDENTIAL REVIEW COPY. DO NOT DISTRIBUTE."),
        with_byline("Jane Doe", "Manuscript submitted to ACM"),
    ],
)  # fmt: skip
def test_a_version_for_review_is_recognised_by_its_marks(make, findings, text) -> None:
    (found,) = judged(make, findings, text, "review-version anonymous-link")
    assert found.code == "review-version"
    assert "camera-ready" in found.hint


def test_one_weak_sign_of_a_review_version_only_warns(make, findings) -> None:
    text = with_byline("Jane Doe", "Manuscript submitted to ACM")
    (found,) = judged(make, findings, text, "review-version anonymous-link")
    assert found.severity is Severity.WARNING


def test_all_signs_of_a_review_version_make_one_finding(make, findings) -> None:
    text = with_byline("Anonymous Author(s)", "Under review as a paper at X 2025.")
    body = make.page("Code: https://anonymous.4open.science/r/rivers")
    (found,) = judged(
        make, findings, text, "review-version anonymous-link", body, line_numbers=True
    )
    assert found.severity is Severity.ERROR
    for sign in (
        "Anonymous Author",
        "Under review",
        "numbered lines",
        "anonymous repository (page 2)",
    ):
        assert sign in found.message


@pytest.mark.parametrize(
    "tail",
    [
        "We review anonymous reviews and review the literature under stress.",
        "Reviewers stayed anonymous. The survey was submitted to all users.",
        "Systems under review are rarely reviewed.",
    ],
)
def test_papers_about_reviewing_are_no_review_versions(make, findings, tail) -> None:
    assert judged(make, findings, with_byline("Jane Doe", tail), "review-version") == []


def test_an_anonymous_link_alone_is_told_as_such(make, findings) -> None:
    body = "Our code is at anonymous.4open.science/r/rivers-1234."
    (found,) = judged(
        make, findings, with_byline("Jane Doe", body), "review-version anonymous-link"
    )
    assert found.code == "anonymous-link"


@pytest.mark.parametrize(
    "notice",
    [
        "Proceedings of the 37 th International Conference on Machine Learning, PMLR 119, 2020.",
        "Published as a conference paper at ICLR 2024",
        "38th Conference on Neural Information Processing Systems (NeurIPS 2024).",
        "Copyright © 2024, Association for the Advancement of Artificial Intelligence. All rights",
        "IEEE TRANSACTIONS ON GEOSCIENCE AND REMOTE SENSING, VOL. 60, 2022",
        "Preprint submitted to Elsevier",
        "ACM Reference Format:",
        "Accepted at NeurIPS 2023 Workshop on Rivers",
    ],
)
def test_the_notice_of_another_publication_is_quoted(make, findings, notice) -> None:
    (found,) = judged(make, findings, with_byline("Jane Doe", notice), "other-venue-notice")
    assert notice[:25] in found.message


@pytest.mark.parametrize(
    "notice",
    [
        "Proceedings of the Workshop on Examples at RiverConf 2025, Oslo.",
        "Presented at Examples 2025",
        "Accepted at RiverConf 2025 Workshop on Examples",
        "The proceedings of such meetings are long.",
        "In the proceedings of the senate, rivers are mentioned.",
        "Data were published in Zenodo.",
    ],
)
def test_the_editions_own_notice_and_prose_are_fine(make, findings, notice) -> None:
    event = Event(
        name="Workshop on Examples",
        short_name="Examples 2025",
        host="RiverConf 2025",
        start=dt.date(2025, 7, 19),
    )
    text = with_byline("Jane Doe", notice)
    assert judged(make, findings, text, "other-venue-notice", event=event) == []


def test_last_years_notice_of_the_same_event_is_another_publications(make, findings) -> None:
    event = Event(
        name="Workshop on Examples", short_name="Examples 2025", start=dt.date(2025, 7, 19)
    )
    text = with_byline("Jane Doe", "Proceedings of the Workshop on Examples 2024, Oslo.")
    assert judged(make, findings, text, "other-venue-notice", event=event)


def test_references_on_page_1_are_not_taken_for_notices(make, findings) -> None:
    text = with_byline(
        "Jane Doe",
        "References\nA. B. Title. In\nProceedings of the 12th Conference on Water, 2012.",
    )
    found = judged(make, findings, text, "other-venue-notice", references_page=1)
    assert found == []


def test_the_side_stamp_of_arxiv_is_found_in_the_margin(make, findings) -> None:
    page = make.page(with_byline("Jane Doe"), left="arXiv:2501.01234v2 [cs.CV] 3 Jan 2025")
    (found,) = judged(make, findings, page, "arxiv-stamp")
    assert "arXiv:2501.01234v2" in found.message


def test_a_citation_of_arxiv_is_no_stamp(make, findings) -> None:
    text = with_byline("Jane Doe", "arXiv preprint arXiv:2501.01234 (2025), arXiv:1234.56789.")
    assert judged(make, findings, text, "arxiv-stamp") == []


def test_page_numbers_that_run_through_the_paper_are_found(make, findings) -> None:
    own = [make.page("text", bottom=str(number)) for number in (1, 2, 3, 4)]
    (found,) = judged(make, findings, own[0], "page-numbers-printed", *own[1:])
    assert found.severity is Severity.INFO
    foreign = [make.page("text", top=f"Author et al. {number}") for number in (1534, 1535, 1536)]
    (found,) = judged(make, findings, foreign[0], "page-numbers-printed", *foreign[1:])
    assert found.severity is Severity.WARNING
    assert "from 1534 on" in found.message


def test_numbers_that_do_not_count_are_no_page_numbers(make, findings) -> None:
    pages = [make.page("text", bottom=text) for text in ("2025", "2025", "2025", "7 figures")]
    assert judged(make, findings, pages[0], "page-numbers-printed", *pages[1:]) == []


def test_drafts_say_so(make, findings) -> None:
    pages = [make.page("DRAFT\nSome text") for _ in range(3)]
    (found,) = judged(make, findings, pages[0], "draft-mark", *pages[1:])
    assert "3 pages marked “DRAFT”" in found.message
    text = "We draft a plan.\nThe draft was long.\nConfidential data are not used."
    assert judged(make, findings, with_byline("Jane Doe", text), "draft-mark") == []


def test_references_that_latex_left_open_are_counted(make, findings) -> None:
    body = "see Section ?? and Figure~?? as well as [?] and (?; ?)."
    (found,) = judged(make, findings, with_byline("Jane Doe"), "unresolved-reference", body)
    assert found.where.page == 2
    assert "4 references left open, such as “Section ??” (page 2)" in found.message


@pytest.mark.parametrize("body", ["A: what??", "B: really???", "who (?) knows", "is it? [sic]"])
def test_question_marks_of_people_are_theirs(make, findings, body) -> None:
    assert judged(make, findings, with_byline("Jane Doe", body), "unresolved-reference") == []
