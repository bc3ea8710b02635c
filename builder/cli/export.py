"""`proceedings export`."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

import click

from builder.cli.console import Session
from builder.cli.options import pass_session, shared


class _Target(click.ParamType[str]):
    """A journal that packages can be made for; the list is read only when it is needed."""

    name = "target"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The target of that name; complains with a suggestion otherwise."""
        from builder.export import TARGETS

        if value not in TARGETS:
            self.fail(_unknown(value, TARGETS), param, ctx)
        return value


def _unknown(value: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(value, names, n=1)
    meant = f" Did you mean '{near[0]}'?" if near else ""
    return f"there is no target '{value}'.{meant} Targets: {', '.join(names)}."


@click.command("export")
@click.argument("targets", nargs=-1, required=True, type=_Target())
@click.option(
    "--preview", is_flag=True, help="Make packages although consents are missing; they say so."
)
@click.option(
    "--style",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A copy of the journal's style file, which goes into every paper's folder (DMLR).",
)
@click.option(
    "--scholarone",
    metavar="CLIENT-KEY",
    default="",
    help="Also make deposits for ScholarOne; the key is an integrator's (JSTARS).",
)
@click.option("--meca", is_flag=True, help="Also pack each paper for MECA (NISO RP-30).")
@shared
@pass_session
def command(
    session: Session,
    *,
    targets: tuple[str, ...],
    preview: bool,
    style: Path | None,
    scholarone: str,
    meca: bool,
) -> None:
    """Make packages for a journal's special issue: a folder and a zip per TARGET."""
    from builder.cli.edition import make
    from builder.export import Options
    from builder.press import make_exports

    session.command = "export"
    options = Options(style=style, scholarone=scholarone, meca=meca)
    make(session, lambda desk: make_exports(desk, targets, preview=preview, options=options))
