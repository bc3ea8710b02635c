"""Packages for journals and archives: one module per target. Deposits nothing by itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from builder.export import dmlr, jstars, manuscripts, pmlr
from builder.export.select import Decision, Reason
from builder.export.target import Options, Package, Request, Target

__all__ = [
    "TARGETS",
    "Decision",
    "Options",
    "Package",
    "Reason",
    "Request",
    "Target",
    "manuscripts",
]

TARGETS: Mapping[str, Target] = MappingProxyType(
    {target.name: target for target in (dmlr.TARGET, jstars.TARGET, pmlr.TARGET)}
)
"""Every target, by the name that `proceedings export` takes."""
