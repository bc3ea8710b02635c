"""The only room that imports a PDF library: inspect, sanitise, stamp, join, audit.

It knows files and pages, never what an edition is. `inspect`, `prepare` and `join` open files
that strangers made: call them in a worker (`builder.work.run`), as `inspect_all` does by itself.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.pdf.archiving import obstacles
    from builder.pdf.auditing import audit
    from builder.pdf.expected import Expected, ExpectedPart
    from builder.pdf.glyphs import missing_glyphs
    from builder.pdf.inspecting import inspect, inspect_all
    from builder.pdf.joining import join
    from builder.pdf.linearizing import linearize
    from builder.pdf.metadata import DocumentInfo, Label
    from builder.pdf.parts import Attachment, Entry, Joined, Part
    from builder.pdf.placeholders import placeholder
    from builder.pdf.prepared import Obstacle, Prepared, Wanted
    from builder.pdf.preparing import prepare, prepare_all
    from builder.pdf.proof import Verdict, prove
    from builder.pdf.repertoire import common_letters
    from builder.pdf.segment import SEGMENT_FORM
    from builder.pdf.stamping import Placed, Stamp
    from builder.pdf.thumbnails import thumbnail

_HOMES = {
    "Attachment": "parts",
    "DocumentInfo": "metadata",
    "Entry": "parts",
    "Expected": "expected",
    "ExpectedPart": "expected",
    "Joined": "parts",
    "Label": "metadata",
    "Obstacle": "prepared",
    "Part": "parts",
    "Placed": "stamping",
    "Prepared": "prepared",
    "SEGMENT_FORM": "segment",
    "Stamp": "stamping",
    "Verdict": "proof",
    "Wanted": "prepared",
    "audit": "auditing",
    "common_letters": "repertoire",
    "inspect": "inspecting",
    "inspect_all": "inspecting",
    "join": "joining",
    "linearize": "linearizing",
    "missing_glyphs": "glyphs",
    "obstacles": "archiving",
    "placeholder": "placeholders",
    "prepare": "preparing",
    "prepare_all": "preparing",
    "thumbnail": "thumbnails",
    "prove": "proof",
}

__all__ = [
    "SEGMENT_FORM",
    "Attachment",
    "DocumentInfo",
    "Entry",
    "Expected",
    "ExpectedPart",
    "Joined",
    "Label",
    "Obstacle",
    "Part",
    "Placed",
    "Prepared",
    "Stamp",
    "Verdict",
    "Wanted",
    "audit",
    "common_letters",
    "inspect",
    "inspect_all",
    "join",
    "linearize",
    "missing_glyphs",
    "obstacles",
    "placeholder",
    "prepare",
    "prepare_all",
    "prove",
    "thumbnail",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: three PDF engines are slow to load."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
