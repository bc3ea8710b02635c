"""What the verbs that work on an edition have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.cli.app import Leave
from builder.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from builder.cli.console import Session
    from builder.press import Desk, Made


def desk(session: Session) -> Desk:
    """The edition that the user means."""
    from builder.press import open_desk

    return open_desk(session.root, session.progress())


def titles(of: Desk) -> dict[str, str]:
    """Plain titles by key, for headings."""
    from builder.model.markup import plain

    return {paper.key: plain.render(paper.title) for paper in of.volume.papers}


def make(session: Session, of: Desk, work: Callable[[], Made]) -> None:
    """Runs `work`, shows its findings and names its outputs, or says why it was refused."""
    from builder.press import Refused

    try:
        made = work()
    except Refused as refused:
        session.show(refused.report, titles=titles(of))
        session.fail(
            f"{refused}; the previous outputs stay as they were",
            f"All of it is in {of.build / 'report.html'}.",
        )
        raise Leave(Exit.FINDINGS, str(refused)) from refused
    session.show(made.report, titles=titles(of))
    session.say("Made:")
    session.made(made.outputs)
    if made.failed:
        session.fail(
            f"{' and '.join(made.failed)} could not be made; what stood there before stays",
            "The findings above say why.",
        )
        raise Leave(Exit.FINDINGS, f"not made: {', '.join(made.failed)}")
