"""Runs the steps in order over an edition: inspect, check, plan, make, report, move into place.

Holds no rule and no format: those live in the rooms that it calls.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.press.checking import check
    from builder.press.desk import Desk, Unreadable, open_desk
    from builder.press.making import make_booklet, make_exports, make_site, make_volume
    from builder.press.order import Filled, Order
    from builder.press.outcome import Made, Refused
    from builder.press.readiness import Row, Status, status

_HOMES = {
    "Desk": "desk",
    "Filled": "order",
    "Made": "outcome",
    "Order": "order",
    "Refused": "outcome",
    "Row": "readiness",
    "Status": "readiness",
    "Unreadable": "desk",
    "check": "checking",
    "make_booklet": "making",
    "make_exports": "making",
    "make_site": "making",
    "make_volume": "making",
    "open_desk": "desk",
    "status": "readiness",
}

__all__ = [
    "Desk",
    "Filled",
    "Made",
    "Order",
    "Refused",
    "Row",
    "Status",
    "Unreadable",
    "check",
    "make_booklet",
    "make_exports",
    "make_site",
    "make_volume",
    "open_desk",
    "status",
]


def __getattr__(name: str) -> Any:
    # Who only sees that nothing changed need not import what would make everything.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
