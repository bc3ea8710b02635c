"""Setting text with Typst: Unicode, shaped, with embedded subset fonts."""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import Any

import typst

from builder.pdf.fonts import BUNDLED, Fonts


@functools.cache
def _compiler(chosen: Fonts) -> typst.Compiler:
    return typst.Compiler(font_paths=chosen.load(), ignore_system_fonts=True)


@functools.cache
def template(name: str) -> bytes:
    """The Typst source `name` that stands beside this module."""
    return resources.files(__package__).joinpath(name).read_bytes()


def typeset(source: bytes, data: Any, chosen: Fonts = BUNDLED) -> bytes:
    """A PDF of the Typst source, which finds `data` and `fonts` as JSON in `sys.inputs`.

    Data is never part of the source, so nothing in it needs escaping. Equal input gives equal
    bytes. Raises `typst.TypstError`.
    """
    made = _compiler(chosen).compile(
        input=source,
        format="pdf",
        sys_inputs={
            "data": json.dumps(data, ensure_ascii=False),
            "fonts": json.dumps(chosen.families),
        },
        timestamp=0,
        # Stamps become artifacts of other documents; a structure tree would only be dropped.
        pdf_tags=False,
    )
    assert isinstance(made, bytes)
    return made
