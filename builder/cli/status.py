"""`proceedings status`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from builder.cli.console import Session
from builder.cli.options import pass_session, shared

if TYPE_CHECKING:
    from rich.table import Table

    from builder.press import Row


@click.command("status")
@shared
@pass_session
def command(session: Session) -> None:
    """Show every paper at a glance, and what each final output still lacks."""
    from builder.cli.edition import desk
    from builder.press import status

    session.command = "status"
    found = status(desk(session))
    session.findings.extend(found.report.findings)
    session.data["papers"] = [asdict(row) for row in found.rows]
    session.data["missing"] = {output: list(lacks) for output, lacks in found.missing}
    if session.quiet:
        return
    console = session.out
    console.print(_table(found.rows))
    for output, lacks in found.missing:
        if not lacks:
            console.print(f"{output}: ready", style="green", markup=False)
            continue
        console.print(f"{output}: not final yet, because", style="bold", markup=False)
        for line in lacks:
            console.print(f"  {line}", markup=False, soft_wrap=True)


def _table(rows: tuple[Row, ...]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), expand=True)
    table.add_column("paper", no_wrap=True)
    # The title takes what the others leave: a narrow terminal loses its end, never a column.
    table.add_column("title", overflow="ellipsis", no_wrap=True, ratio=1, min_width=12)
    for heading in ("track", "where", "PDF"):
        table.add_column(heading, no_wrap=True)
    for heading in ("pages", "err", "warn"):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(
            Text(row.key),
            Text(row.title),
            Text(row.track),
            row.include,
            Text(row.pdf, style="red" if row.pdf in {"missing", "unusable"} else ""),
            "" if row.pages is None else str(row.pages),
            Text(str(row.errors or ""), style="red"),
            Text(str(row.warnings or ""), style="yellow"),
        )
    return table
