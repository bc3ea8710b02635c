"""Runs the steps in order over an edition: inspect, check, plan, make, report, move into place.

Holds no rule and no format: those live in the rooms that it calls.
"""

from builder.press.checking import check
from builder.press.desk import Desk, Unreadable, open_desk
from builder.press.making import make_booklet, make_exports, make_site, make_volume
from builder.press.outcome import Made, Refused
from builder.press.status import Row, Status, status

__all__ = [
    "Desk",
    "Made",
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
