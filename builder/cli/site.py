"""`proceedings site`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from builder.cli.console import Session
from builder.cli.options import force, pass_session, shared

if TYPE_CHECKING:
    from builder.press import Desk, Made


@click.command("site")
@force
@shared
@pass_session
def command(session: Session, *, force: bool) -> None:
    """Make the site. Never rebuilds the booklet; links it if it follows the same pagination."""
    from builder.cli.edition import make
    from builder.press import Order

    session.command = "site"
    make(session, _make, Order.of(session.root, "site"), force=force)


def _make(desk: Desk) -> Made:
    from builder.press import make_site

    return make_site(desk)
