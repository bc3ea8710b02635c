"""How often Python looks for circles among what a run made."""

from __future__ import annotations

import gc

_SELDOM = (100_000, 20, 50)
"""Objects made before it looks, and so on. Its own 700 are for programs that run for days; a build
lives for seconds, keeps what it reads to its end, and makes few circles."""


def be_patient() -> None:
    """Looks seldom from now on, unless somebody asked for less."""
    if 0 < gc.get_threshold()[0] < _SELDOM[0]:
        gc.set_threshold(*_SELDOM)
