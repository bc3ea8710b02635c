"""What the special issue's commands show to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.cli.console import Session

if TYPE_CHECKING:
    from builder.export.conflicts import Conflict
    from builder.export.decision import Decision
    from builder.export.status import Row
    from builder.press.special_issue import Issue, Written

_STYLE = {"yes": "green", "no": "red", "ask": "yellow"}


def show_decisions(session: Session, target: str, decisions: tuple[Decision, ...]) -> None:
    """Each paper: yes, no or ask, with the rules that decided; with `-v` all of them."""
    from rich.text import Text

    verdicts = [decision.verdict for decision in decisions]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in ("yes", "ask", "no"))
    console = session.out
    console.print(Text(f"{target.upper()}: {counts}", style="bold"))
    width = max((len(decision.key) for decision in decisions), default=0)
    for decision in decisions:
        shown = decision.reasons if session.verbose else decision.telling
        for number, reason in enumerate(shown):
            line = Text("  ")
            if number == 0:
                line.append(f"{decision.verdict:<4}", style=_STYLE[decision.verdict])
                line.append(f"{decision.key:<{width}}  ", style="bold")
            else:
                line.append(" " * (width + 6))
            line.append(f"{reason.rule}: ", style=_STYLE[reason.verdict])
            line.append(reason.evidence)
            console.print(line, soft_wrap=True)
        for reason in decision.overruled:
            if reason.verdict == "yes":
                continue
            line = Text(" " * (width + 8) + f"overruled: {reason.rule}: {reason.evidence}")
            console.print(line, style="dim", soft_wrap=True)
    console.print()


def show_conflicts(session: Session, found: tuple[Conflict, ...]) -> None:
    """Who should not handle which paper; questions by name alone only where they count."""
    from rich.text import Text

    console = session.out
    shown = [one for one in found if session.verbose or one.own or one.certain]
    console.print(Text("Conflicts of interest", style="bold"))
    if not found:
        console.print("  none was found")
    for conflict in shown:
        line = Text("  ")
        line.append(conflict.editor.name.full, style="bold")
        line.append(f", {conflict.role}: {conflict.paper.key}: {conflict.how}")
        console.print(line, soft_wrap=True)
    if len(shown) < len(found):
        more = len(found) - len(shown)
        console.print(f"  {more} more question{'' if more == 1 else 's'} by name (see with -v)")


def show_standings(session: Session, target: str, rows: tuple[Row, ...]) -> None:
    """Where each paper stands, as a table."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0),
        title=target.upper(), title_justify="left", title_style="bold",
    )  # fmt: skip
    table.add_column("paper", overflow="fold")
    table.add_column("in?", no_wrap=True)
    table.add_column("stands at", overflow="fold")
    table.add_column("new", no_wrap=True, justify="right")
    table.add_column("next", no_wrap=True)
    out = []
    for row in rows:
        done = [step for step in row.steps if step.state != "open"]
        done = [step for step in done if step.state == "refused"] or done
        if row.verdict == "no" and not done:
            out.append(row.key)
            continue
        stands = f"{done[-1].said} {done[-1].when}".strip() if done else ""
        share = f"{row.new} %" if row.new is not None else ""
        table.add_row(
            Text(row.key),
            Text(row.verdict, style=_STYLE[row.verdict]),
            Text(row.outcome or stands),
            Text(share, style=_STYLE.get(row.enough, "")),
            Text(row.next),
        )
    session.out.print(table)
    if out:
        papers = "1 paper is" if len(out) == 1 else f"{len(out)} papers are"
        session.out.print(
            f"{papers} not eligible (`select` says why): {', '.join(out)}",
            style="dim", markup=False, soft_wrap=True,
        )  # fmt: skip
        session.out.print()


def show_overlaps(session: Session, issue: Issue, papers: tuple[str, ...]) -> None:
    """How much of each manuscript is new."""
    from rich.text import Text

    number = 0
    for occasion in issue.occasions:
        for key, measured in occasion.manuscripts.items():
            if papers and key not in papers:
                continue
            number += 1
            line = Text(f"{occasion.target.upper()} ", style="dim")
            line.append(f"{key}: ", style="bold")
            if measured.percent is None:
                line.append(measured.problem)
            else:
                line.append(
                    f"about {measured.percent} % of the text is new; pages "
                    f"{measured.pages[0]} → {measured.pages[1]}, figures {measured.figures[0]} → "
                    f"{measured.figures[1]}, tables {measured.tables[0]} → {measured.tables[1]}"
                )
            session.out.print(line, soft_wrap=True)
    if not number:
        session.say("no manuscript lies in private/manuscripts/<target>/<key>.pdf")


def show_letters(session: Session, kind: str, written: Written) -> None:
    """What was written, and what to note once it is sent."""
    number = len(written.keys)
    letters = "1 letter" if number == 1 else f"{number} letters"
    session.made(written.files)
    session.say(f"{letters} ({kind}); nothing was sent")
    if number and kind != "missing":
        word = "invited" if kind == "invitation" else "reminded"
        session.say(f"once they are sent, note `{word}: <date>` in private/status.yaml")
