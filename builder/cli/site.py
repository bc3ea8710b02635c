"""`proceedings site`."""

from __future__ import annotations

import click

from builder.cli.console import Session
from builder.cli.options import pass_session, shared


@click.command("site")
@shared
@pass_session
def command(session: Session) -> None:
    """Make the site. Never rebuilds the booklet; links it if it follows the same pagination."""
    from builder.cli.edition import desk, make
    from builder.press import make_site

    session.command = "site"
    edition = desk(session)
    make(session, edition, lambda: make_site(edition))
