"""The site: a Sphinx extension that turns an edition into pages, and `build`, which runs it.

With `extensions = ["builder.site"]`, `sphinx-build proceedings build/site` makes the same site as
`proceedings site` does. The room puts no metadata into a page unescaped, and makes no PDF.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.site.extension import setup
    from builder.site.making import build
    from builder.site.record import remembered
    from builder.site.voice import failed

__all__ = ["build", "failed", "remembered", "setup"]

_HOMES = {"build": "making", "failed": "voice", "remembered": "record", "setup": "extension"}


def __getattr__(name: str) -> Any:
    # Sphinx takes a third of a second to import; `proceedings check` does not need it.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
