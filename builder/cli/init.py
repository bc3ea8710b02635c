"""`proceedings init`."""

from __future__ import annotations

from pathlib import Path

import click

from builder.cli.console import Session
from builder.cli.options import pass_session, shared


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="Gather papers from this file or folder at once.",
)
@click.option(
    "--format", "format_", metavar="FORMAT", help="What PATH is; see `proceedings gather`."
)
@shared
@pass_session
def command(session: Session, folder: Path, source: Path | None, format_: str | None) -> None:
    """Begin an edition in DIR: files with comments, to be filled in without the manual.

    Never overwrites a file that is there.
    """
    from builder import edition
    from builder.cli.gather import gather_into, known_format

    session.command = "init"
    if (source is None) != (format_ is None):
        raise click.UsageError("--from and --format go together.")
    if format_ is not None:
        known_format(format_)  # before anything is written
    written = edition.scaffold(folder)
    session.outputs.extend(path.as_posix() for path in written)
    session.say(
        f"{folder}: {len(written)} {'file' if len(written) == 1 else 'files'} written"
        if written
        else f"{folder}: every file was there already; nothing was changed"
    )
    if source is not None and format_ is not None:
        gather_into(session, folder, format_, source)
    session.say("Next:", style="bold")
    session.say(f"  1. fill in {folder / 'proceedings' / 'edition.yaml'}")
    session.say(
        f"  2. put papers into {folder / 'papers'} (papers.bib, and <key>.pdf for each entry)"
    )
    session.say(f"  3. proceedings build -C {folder}")
