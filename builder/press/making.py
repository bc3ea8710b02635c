"""Makes the outputs: each is written beside, judged, then moved into place with the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from builder import export
from builder.press import locking, publishing
from builder.press.desk import Desk
from builder.press.locking import Pages
from builder.press.outcome import Made
from builder.press.run import Run
from builder.work import Outputs, expect

if TYPE_CHECKING:
    from builder.booklet.kinds import Kind

# `printing` brings three PDF engines and a typesetter, which a site does without.


def make_volume(desk: Desk, *, final: bool) -> Made:
    """Booklet, stamped papers, site and the special issue's packages, all of one plan.

    Pages of a final volume stay for good.
    """
    from builder.booklet.working import ENGINES
    from builder.press import printing

    expect(*ENGINES)
    with Outputs(desk.build) as outputs:
        pages = locking.of_final(desk.volume) if final else "keep"
        run = Run(desk, outputs, final=final, pages=pages)
        printing.volume(run)
        publishing.site(run)
        publishing.exports(run, _targets(desk), preview=None, asked=False)
        return run.finish()


def make_booklet(
    desk: Desk,
    *,
    final: bool,
    prove: bool = False,
    kind: Kind = "volume",
    imposed: bool = False,
    pages: Pages = "keep",
) -> Made:
    """Booklet, front matter and stamped papers; a final one is proved harmless to every paper.

    Another `kind` is made alone. `imposed` adds the same pages arranged for folding. `pages` says
    whether page numbers are to stay for good, see `Pages`; those of a final volume do.
    """
    from builder.booklet.kinds import FILES
    from builder.booklet.working import ENGINES
    from builder.press import printing

    expect(*ENGINES)
    if pages == "move":
        desk = replace(desk, volume=replace(desk.volume, locked={}, locked_in={}))
    elif final and kind == "volume" and pages == "keep":
        pages = locking.of_final(desk.volume)
    with Outputs(desk.build) as outputs:
        run = Run(desk, outputs, final=final, prove=prove, pages=pages)
        if kind == "volume":
            printing.volume(run)
        else:
            printing.single(run, kind)
        if imposed:
            for name in printing.made_as(run, FILES[kind]):
                printing.imposed(run, name)
        return run.finish()


def make_site(desk: Desk) -> Made:
    """The site alone; links the booklet that already exists if it follows the same plan."""
    with Outputs(desk.build) as outputs:
        run = Run(desk, outputs)
        publishing.site(run)
        return run.finish()


def make_exports(
    desk: Desk,
    targets: Sequence[str],
    *,
    preview: bool | None,
    options: export.Options | None = None,
) -> Made:
    """Packages for journals; `preview=None` makes previews just while consents are missing."""
    with Outputs(desk.build) as outputs:
        run = Run(desk, outputs)
        publishing.exports(run, targets, preview=preview, asked=True, options=options)
        return run.finish()


def _targets(desk: Desk) -> tuple[str, ...]:
    issue = desk.volume.special_issue
    return tuple(name for name in issue.targets if name in export.TARGETS) if issue else ()
