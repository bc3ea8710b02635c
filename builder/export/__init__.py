"""Packages for journals and archives: one module per target. Deposits nothing by itself."""

from __future__ import annotations

import importlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from builder.export import manuscripts
    from builder.export.decision import Decision, Reason
    from builder.export.target import Options, Package, Request, Target

    TARGETS: Mapping[str, Target]
    """Every target, by the name that `proceedings export` takes."""

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

_HOMES = {
    "Decision": "select",
    "Options": "target",
    "Package": "target",
    "Reason": "select",
    "Request": "target",
    "Target": "target",
}


def __getattr__(name: str) -> Any:
    # Who makes no package need not import what journals want.
    if name == "TARGETS":
        from builder.export import dmlr, jstars, pmlr

        found = MappingProxyType({one.TARGET.name: one.TARGET for one in (dmlr, jstars, pmlr)})
        globals()[name] = found
        return found
    if name == "manuscripts":
        return importlib.import_module("builder.export.manuscripts")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
