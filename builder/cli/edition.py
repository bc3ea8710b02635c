"""What the verbs that work on an edition have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.cli.app import Leave
from builder.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from builder.cli.console import Session
    from builder.model import Report
    from builder.press import Desk, Made, Order


def desk(session: Session) -> Desk:
    """The edition that the user means."""
    from builder.press import open_desk

    return open_desk(session.root, session.progress())


def make(
    session: Session,
    work: Callable[[Desk], Made],
    order: Order | None = None,
    *,
    force: bool = False,
) -> None:
    """Runs `work`, shows its findings and names its outputs, or says why it was refused.

    What an `order` asks for is not made again while it stands untouched, unless by `force`.
    """
    if order and not force and (filled := order.filled()):
        _tell(session, filled.report, filled.titles, "Nothing has changed since:", filled.outputs)
        return
    from builder.press import Refused, open_desk

    of = open_desk(session.root, session.progress(), order)
    try:
        made = work(of)
    except Refused as refused:
        session.show(refused.report, titles=of.titles)
        session.fail(
            f"{refused}; the previous outputs stay as they were",
            f"All of it is in {of.build / 'report.html'}.",
        )
        raise Leave(Exit.FINDINGS, str(refused)) from refused
    _tell(session, made.report, of.titles, "Made:", made.outputs)
    if made.failed:
        session.fail(
            f"{' and '.join(made.failed)} could not be made; what stood there before stays",
            "The findings above say why.",
        )
        raise Leave(Exit.FINDINGS, f"not made: {', '.join(made.failed)}")


def _tell(
    session: Session,
    report: Report,
    titles: dict[str, str],
    heading: str,
    outputs: Sequence[Path],
) -> None:
    session.show(report, titles=titles)
    session.say(heading)
    session.made(outputs)
