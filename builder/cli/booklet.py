"""`proceedings booklet`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from builder.cli.console import Session
from builder.cli.options import force, pass_session, shared

if TYPE_CHECKING:
    from builder.press import Desk, Made
    from builder.press.locking import Pages


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
@click.option(
    "--lock",
    is_flag=True,
    help="Page numbers stay from now on, as after --final (pagination.lock).",
)
@click.option(
    "--repaginate",
    is_flag=True,
    help="With --final or --lock: give all pages anew. They move; think twice.",
)
@force
@shared
@pass_session
def command(
    session: Session, /, *, final: bool, repaginate: bool, lock: bool, force: bool, **options: Any
) -> None:
    """Make the booklet and a stamped PDF per paper.

    Without --final a draft: watermarked, with a labelled page for each paper that is missing.
    A final booklet is always proved, see --prove; the first one fixes the page numbers.
    """
    if repaginate and not (lock or final):
        raise click.UsageError("--repaginate moves pages for good: say --final or --lock, too.")
    from builder.cli.edition import make
    from builder.press import Order

    pages: Pages = "move" if repaginate else "lock" if lock else "keep"

    def work(desk: Desk) -> Made:
        from builder.press import make_booklet

        return make_booklet(desk, final=final, pages=pages, **options)

    session.command = "booklet"
    order = Order.of(session.root, "booklet", final=final, pages=pages, **options)
    make(session, work, order, force=force or repaginate)
