"""Reads what editors wrote into a `Volume`: every error at once, each with its place.

The only reader of an edition's files and the only reader of BibTeX. It never guesses silently:
whatever it does with something doubtful stands in a finding. `docs/edition.md` is its contract.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.edition import bibtex, latex, names, private, schemas
    from builder.edition.loading import Loaded, load
    from builder.edition.scaffolding import scaffold, scaffold_private, untouched

__all__ = [
    "Loaded",
    "bibtex",
    "latex",
    "load",
    "names",
    "private",
    "scaffold",
    "scaffold_private",
    "schemas",
    "untouched",
]

_HOMES = {
    "Loaded": "loading",
    "load": "loading",
    "scaffold": "scaffolding",
    "scaffold_private": "scaffolding",
    "untouched": "scaffolding",
}


def __getattr__(name: str) -> Any:
    # pydantic and the parsers take a fifth of a second to import, so only who reads pays for them.
    if name not in __all__:
        raise AttributeError(name)
    from importlib import import_module

    module = import_module(f"builder.edition.{_HOMES.get(name, name)}")
    return getattr(module, name) if name in _HOMES else module
