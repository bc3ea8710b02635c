"""`proceedings build`."""

from __future__ import annotations

import click

from builder.cli.console import Session
from builder.cli.options import pass_session, shared


@click.command("build")
@click.option("--final", is_flag=True, help="Refuse while errors stand; no watermark.")
@shared
@pass_session
def command(session: Session, final: bool) -> None:
    """Make everything: booklet, stamped papers, site, packages.

    Without --final a draft. Packages for journals are previews while consents are missing.
    """
    from builder.cli.edition import desk, make
    from builder.press import make_volume

    session.command = "build"
    edition = desk(session)
    make(session, edition, lambda: make_volume(edition, final=final))
