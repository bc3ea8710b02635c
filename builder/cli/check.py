"""`proceedings check`."""

from __future__ import annotations

import click

from builder.cli.app import Leave
from builder.cli.console import Session
from builder.cli.exits import Exit
from builder.cli.options import pass_session, shared


@click.command("check")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="Exit with 1 when there is a finding this bad or worse.",
)
@click.option(
    "--for",
    "profiles",
    multiple=True,
    metavar="PROFILE",
    help="Also apply the rules that only one venue has (pmlr, dmlr, jstars, acl); repeatable.",
)
@shared
@pass_session
def command(session: Session, fail_on: str, profiles: tuple[str, ...]) -> None:
    """Look for faults in metadata, people, program and PDFs; changes nothing."""
    from builder import check as room
    from builder.cli.edition import desk
    from builder.model import Severity
    from builder.press import check

    session.command = "check"
    unknown = [profile for profile in profiles if profile not in room.PROFILES]
    if unknown:
        known = ", ".join(sorted(room.PROFILES))
        raise click.BadParameter(
            f"there is no profile '{unknown[0]}'; profiles: {known}.", param_hint="--for"
        )
    edition = desk(session)
    report = check(edition, profiles)
    session.show(report, titles=edition.titles)
    if fail_on != "never" and report.at_least(Severity.from_label(fail_on)):
        raise Leave(Exit.FINDINGS, f"findings at {fail_on} or above")
