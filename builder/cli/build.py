"""`proceedings build`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli.console import Session
from builder.cli.options import force, pass_session, shared

if TYPE_CHECKING:
    from builder.press import Desk, Made


@click.command("build")
@click.option(
    "--final", is_flag=True, help="Refuse while errors stand; no watermark; page numbers then stay."
)
@force
@shared
@pass_session
def command(session: Session, *, final: bool, force: bool) -> None:
    """Make everything: booklet, stamped papers, site, packages.

    Without --final a draft. Packages for journals are previews while consents are missing.
    """
    from builder.cli.edition import make
    from builder.press import Order

    def work(desk: Desk) -> Made:
        from builder.press import make_volume

        return make_volume(desk, final=final)

    session.command = "build"
    make(session, work, Order.of(session.root, "build", final=final), force=force)
