"""Brings the world's formats into an edition, and PDFs to their papers.

A reader turns one format into a `Gathered` and touches nothing; `merge` brings that into an
edition and never overwrites what an editor typed. To add a format, write a module with a function
`read(path) -> Gathered` and name it in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.gather.gathered import Gathered, Merged
    from builder.gather.merging import merge
    from builder.gather.pairing import Proposal, copy, pair
    from builder.gather.received import numbers

__all__ = ["FORMATS", "Gathered", "Merged", "Proposal", "copy", "merge", "numbers", "pair"]

_HOMES = {
    "Gathered": "gathered",
    "Merged": "gathered",
    "Proposal": "pairing",
    "copy": "pairing",
    "merge": "merging",
    "numbers": "received",
    "pair": "pairing",
}


class _Formats(Mapping[str, "Callable[[Path], Gathered]"]):
    """The readers by the names that people type; each is imported when it is used."""

    _names = ("bibtex", "openreview", "aclpub2", "softconf")

    def __getitem__(self, name: str) -> Callable[[Path], Gathered]:
        if name not in self._names:
            raise KeyError(name)
        reader: Callable[[Path], Gathered] = import_module(f"builder.gather.{name}").read
        return reader

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


FORMATS: Mapping[str, Callable[[Path], Gathered]] = _Formats()
"""Name of a format to its reader, which never raises for what stands in a file."""


def __getattr__(name: str) -> Any:
    # Readers import parsers; `proceedings --help` should not pay for them.
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"builder.gather.{_HOMES[name]}"), name)
