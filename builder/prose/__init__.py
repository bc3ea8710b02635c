"""MyST to a docutils document in which our directives are neutral nodes.

Site and booklet render the same source: `nodes` says what a directive means, `directives` how it
is written, `parse` reads a page without Sphinx, `unresolved` compares its ids with a volume.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.prose.directives import DIRECTIVES, ROLES
    from builder.prose.document import EXTENSIONS, HEADING_ANCHORS, Document, parse
    from builder.prose.references import unresolved

__all__ = [
    "DIRECTIVES",
    "EXTENSIONS",
    "HEADING_ANCHORS",
    "ROLES",
    "Document",
    "parse",
    "unresolved",
]

_HOMES = {
    "DIRECTIVES": "directives",
    "ROLES": "directives",
    "EXTENSIONS": "document",
    "HEADING_ANCHORS": "document",
    "Document": "document",
    "parse": "document",
    "unresolved": "references",
}


def __getattr__(name: str) -> Any:
    # docutils and MyST take a third of a second to import; only who parses pays for them.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
