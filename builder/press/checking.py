"""All that can be said of an edition before anything is made of it."""

from __future__ import annotations

from collections.abc import Collection

from builder import check as check_room
from builder.booklet.plan import unfit
from builder.model import Report
from builder.press import proofreading, surroundings
from builder.press.desk import Desk


def check(desk: Desk, profiles: Collection[str] = ()) -> Report:
    """All findings about the edition and its PDFs; writes nothing but into the cache."""
    memory = check_room.Memory(desk.cache.folder / "checked.json", surroundings.digest())
    return Report.of(
        check_room.accept(
            [
                *desk.findings,
                *proofreading.findings(desk),
                *unfit(desk.volume, desk.inspections),
            ],
            desk.volume,
        ),
        check_room.run(desk.volume, desk.inspections, desk.root, profiles, memory),
    )
