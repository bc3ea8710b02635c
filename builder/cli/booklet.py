"""`proceedings booklet`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from builder.cli.console import Session
from builder.cli.options import pass_session, shared

if TYPE_CHECKING:
    from builder.press.making import Pages


@click.command("booklet")
@click.option("--final", is_flag=True, help="Refuse while errors stand; no watermark.")
@click.option(
    "--prove", is_flag=True, help="Compare every printed paper with its authors' file, dot by dot."
)
@click.option(
    "--kind",
    type=click.Choice(["volume", "handbook", "front-matter"]),
    default="volume",
    show_default=True,
    help="The volume; or the handbook (program, abstracts, people) or the front matter alone.",
)
@click.option(
    "--imposed", is_flag=True, help="Also two pages on each side, to be printed and folded."
)
@click.option("--lock", is_flag=True, help="From now on, page numbers stay (pagination.lock).")
@click.option(
    "--repaginate", is_flag=True, help="With --lock: give all pages anew. They move; think twice."
)
@shared
@pass_session
def command(session: Session, /, repaginate: bool, lock: bool, **options: Any) -> None:
    """Make the booklet and a stamped PDF per paper.

    Without --final a draft: watermarked, with a labelled page for each paper that is missing.
    A final booklet is always proved: see --prove.
    """
    if repaginate and not lock:
        raise click.UsageError("--repaginate moves pages for good: say --lock, too.")
    from builder.cli.edition import desk, make
    from builder.press import make_booklet

    session.command = "booklet"
    pages: Pages = "move" if repaginate else "lock" if lock else "keep"
    edition = desk(session)
    make(
        session,
        edition,
        lambda: make_booklet(edition, pages=pages, **options),
    )
