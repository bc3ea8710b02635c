"""Which papers go into a package: rules that explain themselves. Consent is never assumed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from builder.export.conflicts import Conflict, conflicts
from builder.export.decision import Decision
from builder.export.overlap import Overlap
from builder.export.rules import Case, reasons
from builder.model import Inspection, Volume

if TYPE_CHECKING:
    from builder.edition.private import Private


def decide(
    volume: Volume,
    target: str,
    inspections: Mapping[str, Inspection],
    private: Private | None,
    manuscripts: Mapping[str, Overlap] = MappingProxyType({}),
) -> tuple[Decision, ...]:
    """The decision on every shown paper for the journal `target`, in the volume's order.

    `manuscripts` holds, by paper, how much of the manuscript that came is new.
    """
    case = Case(
        volume=volume,
        target=target,
        inspections=inspections,
        private=private,
        manuscripts=manuscripts,
        guests=_guests(volume),
    )
    return tuple(
        Decision(key=paper.key, reasons=tuple(reasons(case, paper))) for paper in volume.shown
    )


def _guests(volume: Volume) -> Mapping[str, tuple[Conflict, ...]]:
    issue = volume.special_issue
    if issue is None or not issue.guest_editors:
        return {}
    found: dict[str, list[Conflict]] = {}
    for conflict in conflicts(volume, volume.shown):
        if conflict.own:
            found.setdefault(conflict.paper.key, []).append(conflict)
    return {key: tuple(ties) for key, ties in found.items()}
