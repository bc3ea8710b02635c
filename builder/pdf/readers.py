"""Which readers look at PDFs here: what they saw holds as long as they are the same."""

from __future__ import annotations

import functools


@functools.cache
def readers() -> str:
    """The readers and their versions: a newer one may see more."""
    import importlib.metadata

    return " ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("pikepdf", "pypdf", "pypdfium2")
    )
