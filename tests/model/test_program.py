from __future__ import annotations

from builder.model import Program, Session, Slot, Talk


def test_a_paper_may_stand_in_any_number_of_sessions() -> None:
    spotlight = Session(id="s", title="Spotlights", slots=(Slot(paper="a"), Slot(paper="b")))
    posters = Session(id="p", title="Posters", slots=(Slot(paper="a"),))
    day = Session(id="d", title="Day", sessions=(spotlight, posters), parallel=True)
    program = Program(sessions=(day,))
    assert [session.id for session in program.walk()] == ["d", "s", "p"]
    assert [session.id for session, _ in program.sessions_of("a")] == ["s", "p"]
    assert program.sessions_of("c") == ()


def test_talks_are_found_by_their_id() -> None:
    program = Program(talks=(Talk(id="t", kind="keynote", title="T"),))
    assert program.talk("t") is program.talks[0]
    assert program.talk("u") is None
