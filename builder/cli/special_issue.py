"""`proceedings special-issue`."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from builder.cli.console import Session
from builder.cli.options import pass_session, shared

if TYPE_CHECKING:
    from builder.export.conflicts import Conflict
    from builder.export.select import Decision
    from builder.export.status import Row
    from builder.press.special_issue import Issue, Written

F = TypeVar("F", bound=Callable[..., Any])
_STYLE = {"yes": "green", "no": "red", "ask": "yellow"}


class _Journal(click.ParamType[str]):
    """A journal that papers may be selected for; the list is read only when it is needed."""

    name = "target"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The target of that name; complains with a suggestion otherwise."""
        from builder.press.special_issue import JOURNALS

        if value not in JOURNALS:
            near = difflib.get_close_matches(value, JOURNALS, n=1)
            meant = f" Did you mean '{near[0]}'?" if near else ""
            known = ", ".join(JOURNALS)
            self.fail(f"there is no target '{value}'.{meant} Targets: {known}.", param, ctx)
        return value


class _Day(click.ParamType[dt.date]):
    """A day, as 2025-10-01."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """The day; complains about anything else."""
        from builder.edition.forms.fields import date

        try:
            day = date(value)
        except ValueError as problem:
            self.fail(str(problem), param, ctx)
        assert isinstance(day, dt.date)
        return day


_targets = click.argument("targets", nargs=-1, type=_Journal())


def _papers(function: F) -> F:
    return click.option(
        "--paper", "papers", multiple=True, metavar="KEY", help="Only this paper; repeatable."
    )(function)


@click.group("special-issue")
@shared
def command() -> None:
    """Select papers for a journal, write to their authors, and keep track of each."""


@command.command("select")
@_targets
@shared
@pass_session
def select(session: Session, targets: tuple[str, ...]) -> None:
    """Say of each paper whether it may be handed in to TARGET, by which rule, and why."""
    session.command = "special-issue select"
    issue = _issue(session, targets)
    session.data["targets"] = {
        occasion.target: [
            {"title": _title(issue, decision.key), **_decision_data(decision)}
            for decision in occasion.decisions
        ]
        for occasion in issue.occasions
    }
    session.data["conflicts"] = [_conflict_data(conflict) for conflict in issue.conflicts]
    _show(session, issue.findings)
    if session.quiet:
        return
    for occasion in issue.occasions:
        _print_decisions(session, occasion.target, occasion.decisions)
    _print_conflicts(session, issue.conflicts)


@command.command("status")
@_targets
@click.option("--html", is_flag=True, help="Also write private/special-issue.html.")
@shared
@pass_session
def status(session: Session, targets: tuple[str, ...], html: bool) -> None:
    """Show where each paper stands on its way to TARGET, and what is to be done next."""
    from builder.press import special_issue

    session.command = "special-issue status"
    issue = _issue(session, targets)
    tables = special_issue.rows(issue)
    session.data["targets"] = {
        target: [_row_data(row) for row in rows] for target, rows in tables.items()
    }
    written = special_issue.write_page(issue) if html else None
    _show(session, (*special_issue.disorder(issue), *(written.findings if written else ())))
    if not session.quiet:
        for target, rows in tables.items():
            _print_status(session, target, rows)
    session.made(written.files if written else ())


@command.command("compare")
@_targets
@_papers
@click.option(
    "--manuscript",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A manuscript that lies elsewhere; with one --paper.",
)
@shared
@pass_session
def compare(
    session: Session, targets: tuple[str, ...], papers: tuple[str, ...], manuscript: Path | None
) -> None:
    """Measure how much of each manuscript is new, and draft the statement of differences."""
    from builder.press import special_issue

    session.command = "special-issue compare"
    if manuscript is not None and len(papers) != 1:
        raise click.UsageError("--manuscript needs exactly one --paper.")
    issue = _issue(session, targets, papers, {papers[0]: manuscript} if manuscript else None)
    session.data["targets"] = {
        occasion.target: {
            key: {
                "new_percent": measured.percent,
                "problem": measured.problem,
                "words": list(measured.words),
                "pages": list(measured.pages),
                "figures": list(measured.figures),
                "tables": list(measured.tables),
                "added": list(measured.added),
                "dropped": list(measured.dropped),
            }
            for key, measured in occasion.manuscripts.items()
            if not papers or key in papers
        }
        for occasion in issue.occasions
    }
    written = special_issue.write_statements(issue, papers)
    _show(session, (*issue.findings, *written.findings))
    if not session.quiet:
        _print_overlaps(session, issue, papers)
    session.made(written.files)


@command.command("invite")
@_targets
@click.option(
    "--letter",
    "kind",
    type=click.Choice(["invitation", "reminder", "missing"]),
    default="invitation",
    show_default=True,
    help="What is to be written.",
)
@_papers
@click.option("--date", type=_Day(), help="Date of the letters; left out, mail programs set it.")
@shared
@pass_session
def invite(
    session: Session,
    targets: tuple[str, ...],
    kind: str,
    papers: tuple[str, ...],
    date: dt.date | None,
) -> None:
    """Write the letters that are due, as text and as drafts for a mail program. Sends nothing."""
    from builder.press import special_issue

    session.command = "special-issue invite"
    issue = _issue(session, targets, papers)
    written = special_issue.write_letters(issue, kind, papers, date)  # type: ignore[arg-type] # Choice
    _show(session, (*issue.findings, *written.findings))
    session.data["letters"] = list(written.keys)
    session.data["kept"] = [path.as_posix() for path in written.kept]
    _say_letters(session, kind, written)


def _issue(
    session: Session,
    targets: tuple[str, ...],
    papers: Iterable[str] = (),
    more: dict[str, Path] | None = None,
) -> Issue:
    from builder.cli.edition import desk
    from builder.press.special_issue import open_issue

    edition = desk(session)
    known = [paper.key for paper in edition.volume.papers]
    for key in papers:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            meant = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(f"papers.bib has no paper '{key}'.{meant}")
    return open_issue(edition, targets, more)


def _show(session: Session, findings: Iterable[Any]) -> None:
    from builder.model import Report

    report = Report.of(findings)
    if report.findings:
        session.show(report)


def _title(issue: Issue, key: str) -> str:
    from builder.model.markup import plain

    paper = issue.desk.volume.paper(key)
    return plain.render(paper.title) if paper else ""


def _decision_data(decision: Decision) -> dict[str, Any]:
    return {
        "paper": decision.key,
        "decision": decision.verdict,
        "reasons": [
            {"rule": one.rule, "verdict": one.verdict, "evidence": one.evidence}
            for one in decision.reasons
        ],
        "decisive": [one.rule for one in decision.decisive],
        "overruled": [one.rule for one in decision.overruled],
    }


def _conflict_data(conflict: Conflict) -> dict[str, Any]:
    return {
        "who": conflict.editor.name.full,
        "role": conflict.role,
        "paper": conflict.paper.key,
        "author": conflict.author.name.full,
        "basis": conflict.basis,
        "certain": conflict.certain,
        "via": conflict.via,
    }


def _row_data(row: Row) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(row)


def _print_decisions(session: Session, target: str, decisions: tuple[Decision, ...]) -> None:
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


def _print_conflicts(session: Session, found: tuple[Conflict, ...]) -> None:
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


def _print_status(session: Session, target: str, rows: tuple[Row, ...]) -> None:
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


def _print_overlaps(session: Session, issue: Issue, papers: tuple[str, ...]) -> None:
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


def _say_letters(session: Session, kind: str, written: Written) -> None:
    number = len(written.keys)
    letters = "1 letter" if number == 1 else f"{number} letters"
    session.made(written.files)
    session.say(f"{letters} ({kind}); nothing was sent")
    if number and kind != "missing":
        word = "invited" if kind == "invitation" else "reminded"
        session.say(f"once they are sent, note `{word}: <date>` in private/status.yaml")
