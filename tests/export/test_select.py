"""Which papers may be handed in, and why."""

from __future__ import annotations

import datetime as dt

import pytest

from builder.edition.private import Consent, Private
from builder.export.select import Decision, decide
from builder.model import (
    Event,
    Include,
    Inspection,
    Markup,
    PageSeen,
    Paper,
    SpecialIssue,
    Track,
    Volume,
)

LONG = Paper(key="long", title=Markup.text("L"), contributors=(), track="long")
SHORT = Paper(key="short", title=Markup.text("S"), contributors=(), track="short")
NONE = Paper(key="none", title=Markup.text("N"), contributors=())
AWAY = Paper(
    key="away", title=Markup.text("A"), contributors=(), track="long", include=Include.PROGRAM
)
GONE = Paper(key="gone", title=Markup.text("G"), contributors=(), include=Include.WITHDRAWN)


def volume(*papers: Paper, **issue: object) -> Volume:
    return Volume(
        event=Event(name="E", short_name="E"),
        title="E",
        papers=papers,
        tracks=(
            Track(id="long", name="Full-length papers"),
            Track(id="short", name="Short papers"),
        ),
        special_issue=SpecialIssue(tracks=("long",), **issue),  # type: ignore[arg-type]
    )


def answered(given: bool, paper: str = "long", target: str = "dmlr") -> Private:
    answer = Consent(
        target=target, paper=paper, given=given, date=dt.date(2025, 8, 1), by="Jane Doe"
    )
    return Private(consents=(answer,))


def seen(pages: int) -> Inspection:
    return Inspection(sha256="", size=1, pages=(PageSeen(width=1, height=1),) * pages)


def the(decisions: tuple[Decision, ...], key: str) -> Decision:
    return next(decision for decision in decisions if decision.key == key)


def test_consent_that_nobody_recorded_is_asked_for() -> None:
    for private in (
        None,
        Private(),
        answered(True, target="jstars"),
        answered(True, paper="short"),
    ):
        decision = the(decide(volume(LONG), "dmlr", {}, private), "long")
        assert decision.verdict == "ask"
        (reason,) = decision.decisive
        assert reason.rule == "consent"
        assert "private/consents.yaml" in reason.evidence


@pytest.mark.parametrize(("given", "verdict"), [(True, "yes"), (False, "no")])
def test_an_answer_decides_and_is_evidence_with_its_date(given: bool, verdict: str) -> None:
    decision = the(decide(volume(LONG), "dmlr", {}, answered(given)), "long")
    assert decision.verdict == verdict
    evidence = " ".join(reason.evidence for reason in decision.reasons)
    assert "Jane Doe" in evidence
    assert "2025-08-01" in evidence


def test_another_track_is_out_and_the_rule_is_named() -> None:
    decision = the(decide(volume(LONG, SHORT), "dmlr", {}, answered(True, "short")), "short")
    assert decision.verdict == "no"
    (reason,) = decision.decisive
    assert reason.rule == "track"
    assert "Short papers" in reason.evidence
    assert "Full-length papers" in reason.evidence


def test_a_paper_without_a_track_is_asked_about() -> None:
    decision = the(decide(volume(NONE), "dmlr", {}, answered(True, "none")), "none")
    assert (decision.verdict, decision.decisive[0].rule) == ("ask", "track")


def test_only_printed_papers_can_be_handed_in_and_withdrawn_ones_are_not_even_named() -> None:
    decisions = decide(volume(AWAY, GONE), "dmlr", {}, answered(True, "away"))
    assert [decision.key for decision in decisions] == ["away"]
    assert decisions[0].verdict == "no"


@pytest.mark.parametrize(("pages", "verdict"), [(5, "no"), (6, "yes"), (9, "yes")])
def test_a_minimum_length_is_held_against_the_pdf(pages: int, verdict: str) -> None:
    issue = volume(LONG, minimum_pages=6)
    decision = the(decide(issue, "dmlr", {"long": seen(pages)}, answered(True)), "long")
    assert decision.verdict == verdict


def test_the_length_of_a_missing_pdf_or_of_a_specimen_is_not_guessed() -> None:
    specimen = Paper(
        key="long", title=Markup.text("L"), contributors=(), track="long", specimen=True
    )
    for paper, inspections in ((LONG, {}), (specimen, {"long": seen(9)})):
        issue = volume(paper, minimum_pages=6)
        decision = the(decide(issue, "dmlr", inspections, answered(True)), "long")
        assert (decision.verdict, decision.decisive[0].rule) == ("ask", "length")


def test_terrabytes_asks_for_its_eleven_long_papers_and_leaves_the_short_ones_out(
    repository: object,
) -> None:
    from pathlib import Path

    from builder import edition

    loaded = edition.load(Path(str(repository)))
    assert loaded.volume is not None
    decisions = decide(loaded.volume, "jstars", {}, Private())
    verdicts = [decision.verdict for decision in decisions]
    assert (verdicts.count("ask"), verdicts.count("no"), verdicts.count("yes")) == (11, 13, 0)
    assert all(
        decision.decisive[0].rule == "track" for decision in decisions if decision.verdict == "no"
    )
