"""`proceedings explain`."""

from __future__ import annotations

import click

from builder.cli.console import Session
from builder.cli.options import pass_session, shared


@click.command("explain")
@click.argument("code", required=False)
@shared
@pass_session
def command(session: Session, code: str | None) -> None:
    """Show the manual's page on one finding; without CODE, list all codes."""
    import difflib

    from builder import check

    session.command = "explain"
    codes = check.codes()
    if code is None:
        session.data["codes"] = list(codes)
        if not session.json:
            for name in codes:
                click.echo(name)
        return
    try:
        page = check.explain(code)
    except KeyError:
        near = difflib.get_close_matches(code, codes, n=1)
        meant = f" Did you mean '{near[0]}'?" if near else ""
        raise click.BadParameter(
            f"there is no finding '{code}'.{meant}", param_hint="CODE"
        ) from None
    session.data["page"] = page
    if session.json:
        return
    if session.out.is_terminal:
        from rich.markdown import Markdown

        session.out.print(Markdown(page))
    else:
        click.echo(page)
