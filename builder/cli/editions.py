"""`proceedings editions`."""

from __future__ import annotations

from pathlib import Path

import click

from builder.cli.app import Leave
from builder.cli.console import Session
from builder.cli.exits import Exit
from builder.cli.options import pass_session, shared


@click.command("editions")
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.argument(
    "editions", nargs=-1, required=True, type=click.Path(path_type=Path, file_okay=False)
)
@shared
@pass_session
def command(session: Session, out: Path, editions: tuple[Path, ...]) -> None:
    """Put the sites of several EDITIONS side by side into OUT, with an index over all of them.

    Each stands under its year (OUT/2025/). Make every site first, with `proceedings site`.
    """
    from builder.site.shelving import NoSite, shelve

    session.command = "editions"
    try:
        shelved = shelve([edition / "build" / "site" for edition in editions], out)
    except NoSite as problem:
        session.fail(f"{problem}; nothing was changed")
        raise Leave(Exit.FILES, str(problem)) from problem
    session.data["editions"] = [one.folder for one in shelved]
    session.say("Made:")
    session.made([out / "index.html", *(out / one.folder for one in shelved)])
