"""Options that every verb takes, before or after its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from builder.cli.console import Session

F = TypeVar("F", bound=Callable[..., Any])


def _root(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.ensure_object(Session).root = Path(value)


def _flag(name: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def remember(context: click.Context, _: click.Parameter, value: bool) -> None:
        if value:
            setattr(context.ensure_object(Session), name, True)

    return remember


def _verbose(context: click.Context, _: click.Parameter, value: int) -> None:
    if value:
        context.ensure_object(Session).verbose += value


def shared(function: F) -> F:
    """Adds `-C`, `--json`, `-v`, `-q`, `--debug`, which arrive in the `Session`."""
    options = (
        click.option(
            "-C",
            "root",
            metavar="DIR",
            expose_value=False,
            callback=_root,
            help="The edition: the folder that holds proceedings/ and papers/ (default: here).",
        ),
        click.option(
            "--json",
            is_flag=True,
            expose_value=False,
            callback=_flag("json"),
            help="One JSON document on stdout, everything else on stderr.",
        ),
        click.option(
            "-v",
            "--verbose",
            count=True,
            expose_value=False,
            callback=_verbose,
            help="Say more: notes as well as warnings and errors.",
        ),
        click.option(
            "-q",
            "--quiet",
            is_flag=True,
            expose_value=False,
            callback=_flag("quiet"),
            help="Say only what went wrong.",
        ),
        click.option(
            "--debug",
            is_flag=True,
            expose_value=False,
            callback=_flag("debug"),
            help="Show a traceback where the program itself fails.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


force = click.option(
    "--force", is_flag=True, help="Make everything again, even if nothing has changed since."
)

pass_session = click.make_pass_decorator(Session, ensure=True)
