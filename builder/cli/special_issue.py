"""`proceedings special-issue`."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from builder.cli import issue_data, issue_tables
from builder.cli.console import Session
from builder.cli.options import pass_session, shared

if TYPE_CHECKING:
    from builder.press.special_issue import Issue

F = TypeVar("F", bound=Callable[..., Any])


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
            issue_data.decision(decision, _title(issue, decision.key))
            for decision in occasion.decisions
        ]
        for occasion in issue.occasions
    }
    session.data["conflicts"] = [issue_data.conflict(conflict) for conflict in issue.conflicts]
    _show(session, issue.findings)
    if session.quiet:
        return
    for occasion in issue.occasions:
        issue_tables.show_decisions(session, occasion.target, occasion.decisions)
    issue_tables.show_conflicts(session, issue.conflicts)


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
        target: [issue_data.standing(row) for row in rows] for target, rows in tables.items()
    }
    written = special_issue.write_page(issue) if html else None
    _show(session, (*special_issue.disorder(issue), *(written.findings if written else ())))
    if not session.quiet:
        for target, rows in tables.items():
            issue_tables.show_standings(session, target, rows)
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
            key: issue_data.overlap(measured)
            for key, measured in occasion.manuscripts.items()
            if not papers or key in papers
        }
        for occasion in issue.occasions
    }
    written = special_issue.write_statements(issue, papers)
    _show(session, (*issue.findings, *written.findings))
    if not session.quiet:
        issue_tables.show_overlaps(session, issue, papers)
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
    issue_tables.show_letters(session, kind, written)


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
