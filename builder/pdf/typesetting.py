"""Setting text with Typst: Unicode, shaped, with embedded subset fonts."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any

import typst


@functools.cache
def _compiler(system: bool) -> typst.Compiler:
    # Looking for the system's fonts takes a seventh of a second: only who needs them pays.
    return typst.Compiler(ignore_system_fonts=not system)


@functools.cache
def template(name: str) -> bytes:
    """The Typst source `name` that stands beside this module."""
    return resources.files(__package__).joinpath(name).read_bytes()


def typeset(source: bytes, data: Any, *, system_fonts: bool = False) -> bytes:
    """A PDF of the Typst source, which finds `data` as JSON in `sys.inputs.data`.

    Data is never part of the source, so nothing in it needs escaping. Equal input gives equal
    bytes. Raises `typst.TypstError`.
    """
    compiler = _compiler(system_fonts)
    made = compiler.compile(
        input=source,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=0,
        # Stamps become artifacts of other documents; a structure tree would only be dropped.
        pdf_tags=False,
    )
    assert isinstance(made, bytes)
    return made
