"""How work is done safely: isolated workers with limits, a cache, atomic outputs, progress.

Nothing here knows what a paper is. Every function works on Linux, macOS and Windows; where a
system offers no limit of its own, the parent process watches instead.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from builder.work.cache import Cache
from builder.work.digests import Digests
from builder.work.files import below
from builder.work.lock import Locked, lock
from builder.work.names import file_names
from builder.work.outputs import Busy, Outputs, recover, settle
from builder.work.progress import Progress, Silent
from builder.work.writing import share, write_if_changed

if TYPE_CHECKING:
    from builder.work.jobs import Failure, Job, Limits, Outcome, expect, run

__all__ = [
    "Busy",
    "Cache",
    "Digests",
    "Failure",
    "Job",
    "Limits",
    "Locked",
    "Outcome",
    "Outputs",
    "Progress",
    "Silent",
    "below",
    "expect",
    "file_names",
    "lock",
    "recover",
    "run",
    "settle",
    "share",
    "write_if_changed",
]

_JOBS = ("Failure", "Job", "Limits", "Outcome", "expect", "run")


def __getattr__(name: str) -> Any:
    """Load what runs jobs for whoever does: workers have no use for it, and it is slow to load."""
    if name not in _JOBS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.jobs"), name)
