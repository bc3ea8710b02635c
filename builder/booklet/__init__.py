"""The volume as one PDF: pagination, front and back matter, stamps, joining, audit.

`paginate` is pure and decides every page number; `build` makes the files and trusts none of them
until another engine has read them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from builder.booklet.plan import UnprintableError, has_abstract_page, paginate, prose_files

if TYPE_CHECKING:
    from builder.booklet.kinds import Single, build_single
    from builder.booklet.making import Booklet, Request, build

__all__ = [
    "Booklet",
    "Request",
    "Single",
    "UnprintableError",
    "build",
    "build_single",
    "has_abstract_page",
    "paginate",
    "prose_files",
]

_HOMES = {
    "Booklet": "making",
    "Request": "making",
    "Single": "kinds",
    "build": "making",
    "build_single": "kinds",
}


def __getattr__(name: str) -> Any:
    # Who only paginates (the site does) need not import a typesetter.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
