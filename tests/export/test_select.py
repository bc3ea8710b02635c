"""Which papers may be handed in, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from builder.edition.private import Consent, Private, Progress, Ruling
from builder.export.decision import Decision
from builder.export.overlap import Overlap
from builder.export.profile import threshold
from builder.export.select import decide
from builder.model import (
    Contributor,
    Event,
    GuestEditor,
    Include,
    Inspection,
    Markup,
    Name,
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


def test_a_retracted_paper_is_out() -> None:
    paper = replace(LONG, status="retracted")
    (decision,) = decide(volume(paper), "dmlr", {}, answered(True, "long"))
    (reason,) = decision.decisive
    assert (decision.verdict, reason.rule) == ("no", "printed")
    assert "retracted" in reason.evidence


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


@pytest.mark.parametrize(
    ("allowed", "verdict"), [("no", "no"), ("ask", "ask"), ("yes", "yes"), (None, "no")]
)
def test_what_was_published_before_is_out_unless_the_editors_say_otherwise(
    allowed: str | None, verdict: str
) -> None:
    paper = replace(LONG, published="Journal of Elsewhere, doi:10.5555/x")
    issue = {"previously_published": allowed} if allowed else {}
    decision = the(decide(volume(paper, **issue), "dmlr", {}, answered(True)), "long")
    assert decision.verdict == verdict
    reason = decision.reason("published")
    assert reason is not None
    assert "Journal of Elsewhere" in reason.evidence


def test_papers_that_the_call_let_be_published_elsewhere_are_asked_about() -> None:
    issue = volume(LONG, published_tracks=("long",))
    decision = the(decide(issue, "dmlr", {}, answered(True)), "long")
    assert (decision.verdict, decision.decisive[0].rule) == ("ask", "published")


def test_an_excluded_paper_is_out_with_its_reason() -> None:
    issue = volume(LONG, excluded={"long": "its data may not be shared"})
    decision = the(decide(issue, "dmlr", {}, answered(True)), "long")
    assert decision.verdict == "no"
    assert "its data may not be shared" in decision.decisive[0].evidence


def test_references_do_not_make_a_paper_long_enough() -> None:
    nine = Inspection(
        sha256="",
        size=1,
        pages=(PageSeen(width=1, height=1, text="word " * 50),) * 9,
        references_page=6,
        references_at=0.1,
    )
    decision = the(decide(volume(LONG, minimum_pages=6), "dmlr", {"long": nine}, None), "long")
    reason = decision.reason("length")
    assert reason is not None
    assert (reason.verdict, "5 pages" in reason.evidence) == ("no", True)


def agreed(*targets: str, **progress: object) -> Private:
    consents = tuple(Consent(target=target, paper="long", given=True) for target in targets)
    noted = (Progress(target="jstars", paper="long", **progress),) if progress else ()  # type: ignore[arg-type]
    return Private(consents=consents, progress=noted)


def test_choosing_pmlr_bars_the_journals_but_for_enough_new_material() -> None:
    both = agreed("dmlr", "pmlr")
    barred = the(decide(volume(LONG), "dmlr", {}, both), "long")
    assert (barred.verdict, barred.decisive[0].rule) == ("no", "elsewhere")
    assert "archival" in barred.decisive[0].evidence
    for share, verdict in ((0.6, "yes"), (0.05, "no"), (0.31, "no")):
        found = decide(volume(LONG), "dmlr", {}, both, {"long": Overlap(new=share)})
        reason = the(found, "long").reason("elsewhere")
        assert reason is not None
        assert reason.verdict == verdict
    assert the(decide(volume(LONG), "pmlr", {}, both), "long").verdict == "ask"


def test_one_paper_cannot_go_to_two_journals() -> None:
    promised = the(decide(volume(LONG), "dmlr", {}, agreed("dmlr", "jstars")), "long")
    assert (promised.verdict, promised.decisive[0].rule) == ("ask", "elsewhere")
    handed_in = agreed("dmlr", submitted=dt.date(2025, 9, 1), journal_id="JSTARS-1")
    submitted = the(decide(volume(LONG), "dmlr", {}, handed_in), "long")
    assert submitted.verdict == "no"
    assert "JSTARS-1" in submitted.decisive[0].evidence
    back = agreed("dmlr", submitted=True, decision="Rejected")
    assert the(decide(volume(LONG), "dmlr", {}, back), "long").verdict == "yes"


@pytest.mark.parametrize(
    ("publisher", "verdict"),
    [("Another Press", "ask"), ("", "ask"), ("PMLR", "yes"),
     ("Proceedings of Machine Learning Research", "yes")],
)  # fmt: skip
def test_what_is_archived_already_is_asked_about_unless_pmlr_is_the_archive(
    publisher: str, verdict: str
) -> None:
    archived = replace(volume(replace(LONG, archival=True)), publisher=publisher)
    found = the(decide(archived, "pmlr", {}, answered(True, target="pmlr")), "long")
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("share", "target", "archival", "verdict"),
    [
        (0.5, "dmlr", True, "yes"),
        (0.1, "dmlr", True, "no"),
        (0.1, "dmlr", False, "ask"),
        (0.31, "dmlr", True, "ask"),
        (0.5, "jstars", True, "ask"),
    ],
)
def test_a_manuscript_is_held_against_the_journals_share_of_new_text(
    share: float, target: str, archival: bool, verdict: str
) -> None:
    paper = replace(LONG, archival=archival)
    found = decide(volume(paper), target, {}, agreed(target), {"long": Overlap(new=share)})
    assert the(found, "long").verdict == verdict


def test_the_editors_may_know_a_journals_share_better_than_its_profile() -> None:
    issue = volume(LONG, new_content={"jstars": 40})
    found = decide(issue, "jstars", {}, agreed("jstars"), {"long": Overlap(new=0.5)})
    assert the(found, "long").verdict == "yes"
    assert threshold(issue, "jstars") == (40, "special-issue.yaml")
    assert threshold(volume(LONG), "jstars")[0] is None
    assert threshold(volume(LONG), "nowhere") == (None, "")


@pytest.mark.parametrize(
    ("rule", "orcid", "verdict"),
    [(None, True, "yes"), ("no", True, "no"), ("no", False, "ask"), ("yes", True, "yes")],
)
def test_guest_editors_own_papers_follow_the_journals_rule(
    rule: str | None, orcid: bool, verdict: str
) -> None:
    jane = Contributor(
        name=Name(given="Jane", family="Doe"), orcid="0000-0002-1825-0097" if orcid else ""
    )
    paper = replace(LONG, contributors=(jane,))
    issue = volume(
        paper,
        guest_editors=(GuestEditor(contributor=jane),),
        **({"own_papers": {"dmlr": rule}} if rule else {}),
    )
    decision = the(decide(issue, "dmlr", {}, answered(True)), "long")
    assert decision.verdict == verdict
    reason = decision.reason("guests")
    assert reason is not None
    assert "Jane Doe" in reason.evidence


def ruled(decision: str, target: str = "dmlr", consent: bool | None = True) -> Private:
    ruling = Ruling(
        target=target,
        paper="short",
        decision=decision,  # type: ignore[arg-type]
        reason="invited as an extended abstract",
        date=dt.date(2025, 9, 1),
        by="Jane Doe",
    )
    consents = () if consent is None else (Consent(target="dmlr", paper="short", given=consent),)
    return Private(consents=consents, rulings=(ruling,))


@pytest.mark.parametrize("target", ["dmlr", "all"])
def test_the_editors_decision_goes_before_the_rules_and_gives_its_reason(target: str) -> None:
    decision = the(decide(volume(SHORT), "dmlr", {}, ruled("yes", target)), "short")
    assert decision.verdict == "yes"
    said = decision.reason("editors")
    assert said is not None
    assert "invited as an extended abstract" in said.evidence
    assert "2025-09-01" in said.evidence
    assert [reason.rule for reason in decision.overruled] == ["track"]


def test_the_editors_no_needs_no_other_reason() -> None:
    decision = the(decide(volume(SHORT), "dmlr", {}, ruled("no")), "short")
    assert decision.verdict == "no"
    assert [reason.rule for reason in decision.decisive] == ["editors"]


@pytest.mark.parametrize(("consent", "verdict"), [(None, "ask"), (False, "no")])
def test_no_decision_of_the_editors_stands_for_the_authors_consent(
    consent: bool | None, verdict: str
) -> None:
    decision = the(decide(volume(SHORT), "dmlr", {}, ruled("yes", consent=consent)), "short")
    assert decision.verdict == verdict
    assert [reason.rule for reason in decision.decisive] == ["consent"]


def test_another_targets_decision_decides_nothing_here() -> None:
    decision = the(decide(volume(SHORT), "dmlr", {}, ruled("yes", "jstars")), "short")
    assert decision.verdict == "no"
    assert decision.overruled == ()


@pytest.mark.parametrize("target", ["dmlr", "jstars", "pmlr"])
def test_terrabytes_asks_for_its_eleven_long_papers_and_leaves_the_short_ones_out(
    repository: object, target: str
) -> None:
    from pathlib import Path

    from builder import edition

    loaded = edition.load(Path(str(repository)))
    assert loaded.volume is not None
    decisions = decide(loaded.volume, target, {}, Private())
    verdicts = [decision.verdict for decision in decisions]
    assert (verdicts.count("ask"), verdicts.count("no"), verdicts.count("yes")) == (11, 13, 0)
    assert all(
        decision.decisive[0].rule == "track" for decision in decisions if decision.verdict == "no"
    )
