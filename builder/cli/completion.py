"""`proceedings completion`."""

from __future__ import annotations

import click

from builder.cli.console import Session
from builder.cli.options import pass_session, shared


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@shared
@pass_session
def command(session: Session, shell: str) -> None:
    """Print the script that completes `proceedings` in your SHELL.

    For bash: `proceedings completion bash >> ~/.bashrc`.
    """
    from click.shell_completion import get_completion_class

    from builder.cli.app import app

    session.command = "completion"
    completer = get_completion_class(shell)
    assert completer is not None, "click knows these three shells"
    script = completer(app, {}, "proceedings", "_PROCEEDINGS_COMPLETE").source()
    session.data["script"] = script
    if not session.json:
        click.echo(script)
