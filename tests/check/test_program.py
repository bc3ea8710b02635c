from __future__ import annotations

import datetime as dt

import pytest

from builder.model import Event, Include, Program, Session, Severity, Slot, Talk


def at(text):
    return dt.time.fromisoformat(text.zfill(5)) if text else None


def session(title, start="", end="", **more):
    return Session(
        id=title.lower().replace(" ", "-"), title=title, start=at(start), end=at(end), **more
    )


def slot(paper, start="", end="", **more):
    return Slot(paper=paper, start=at(start), end=at(end), **more)


@pytest.fixture
def judged(make, findings):
    def run(*sessions, only, papers=("a25", "b25"), talks=(), end=None):
        event = Event(name="E", short_name="E", start=dt.date(2025, 7, 19), end=end)
        edition = make.volume(
            *(make.paper(key) for key in papers),
            make.paper("gone25", include=Include.WITHDRAWN),
            event=event,
            program=Program(sessions=sessions, talks=talks),
        )
        return findings(edition, only=only)

    return run


def test_references_to_nothing_are_errors_with_a_guess(judged) -> None:
    found = judged(
        session("Papers", slots=(slot("a26"), slot("gone25"), slot("", title="No paper of ours"))),
        session("Keynote", talk="sujit"),
        only="program-paper-unknown program-talk-unknown withdrawn-in-program",
        talks=(Talk(id="sujit-roy", kind="keynote", title="T"),),
    )
    assert {(f.code, f.subject): f.hint for f in found} == {
        ("program-paper-unknown", "papers"): "Did you mean “a25”?",
        ("program-talk-unknown", "keynote"): "Did you mean “sujit-roy”?",
        ("withdrawn-in-program", "gone25"): "Remove it from program.yaml, or correct `include` in "
        "papers.bib.",
    }


def test_unscheduled_papers_are_a_remark_where_the_program_lists_papers(judged) -> None:
    (found,) = judged(session("P", slots=(slot("a25"),)), only="paper-unscheduled")
    assert found.message == "1 paper of 2 in no session: b25"
    assert judged(session("Posters"), only="paper-unscheduled") == []


def test_talks_without_a_session(judged) -> None:
    talk = Talk(id="sujit-roy", kind="keynote", title="T")
    assert len(judged(session("P"), only="talk-unscheduled", talks=(talk,))) == 1
    assert judged(session("P", talk="sujit-roy"), only="talk-unscheduled", talks=(talk,)) == []


def test_a_paper_twice_in_a_session_but_not_in_two(judged) -> None:
    twice = session("P", slots=(slot("a25"), slot("a25")))
    assert [f.subject for f in judged(twice, only="slot-repeated")] == ["a25"]
    two = (session("P", slots=(slot("a25"),)), session("Q", slots=(slot("a25"),)))
    assert judged(*two, only="slot-repeated") == []


def test_days(judged) -> None:
    codes = "session-outside-event session-undated"
    (found,) = judged(session("Late", date=dt.date(2025, 7, 20)), only=codes)
    assert found.code == "session-outside-event"
    assert judged(session("Any"), only=codes) == []
    (found,) = judged(
        session("Some", date=dt.date(2025, 7, 20)),
        session("Any", sessions=(session("Inner"),)),
        only=codes,
        end=dt.date(2025, 7, 21),
    )
    assert found.code == "session-undated"
    assert found.message.endswith("1 session has no date: Any")


def test_times_that_cannot_be(judged) -> None:
    found = judged(
        session("Backwards", "10:00", "9:00"),
        session("Outer", "9:00", "10:00", sessions=(session("Inner", "9:30", "10:30"),)),
        session(
            "Papers", "11:00", "12:00",
            slots=(slot("a25", "11:00", "11:20"), slot("b25", "11:10", "12:10")),
        ),
        session(
            "Fine", "13:00", "14:00",
            slots=(slot("a25", "13:00", "13:20"), slot("b25", "13:20")),
        ),
        only="session-times slot-times",
    )  # fmt: skip
    assert [(f.code, f.subject) for f in found] == [
        ("session-times", "backwards"),
        ("session-times", "inner"),
        ("slot-times", "papers"),
    ]
    assert "b25 (11:10–12:10) lies outside it" in found[2].message
    assert "a25 and b25 overlap" in found[2].message


def test_posters_may_stand_at_the_same_time(judged) -> None:
    slots = (slot("a25", "11:00", "12:00"), slot("b25", "11:00", "12:00"))
    assert (
        judged(session("P", "11:00", "12:00", kind="posters", slots=slots), only="slot-times") == []
    )


def test_overlaps_in_a_room_or_under_a_chair(make, judged) -> None:
    jane = (make.someone("Jane Doe"),)
    one = session("One", "9:00", "10:00", room="Hall A")
    two = session("Two", "9:30", "10:30", room="hall a")
    (found,) = judged(one, two, only="session-overlap")
    assert "are both in Hall A" in found.message
    one, two = (
        session("One", "9:00", "10:00", chairs=jane),
        session("Two", "9:30", "9:45", chairs=jane),
    )
    (found,) = judged(one, two, only="session-overlap")
    assert "are both chaired by Jane Doe" in found.message


def test_sessions_that_follow_or_hold_each_other_do_not_overlap(judged) -> None:
    inner = session("Inner", "9:00", "9:30", room="Hall A")
    outer = session("Outer", "9:00", "10:00", room="Hall A", sessions=(inner,))
    after = session("After", "10:00", "11:00", room="Hall A")
    elsewhere = session("Elsewhere", "9:00", "11:00", room="Hall B")
    assert judged(outer, after, elsewhere, only="session-overlap") == []


def test_presenters_are_looked_for_among_the_authors(judged) -> None:
    slots = (slot("a25", presenter="J. Doe"), slot("b25", presenter="Ivan Petrov"))
    (found,) = judged(session("P", slots=slots), only="presenter-unknown")
    assert (found.subject, found.severity) == ("b25", Severity.INFO)
