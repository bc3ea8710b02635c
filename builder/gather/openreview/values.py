"""Values out of a note's content, whichever version of the API wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from builder.gather import notation


def content(note: Mapping[str, Any], name: str) -> Any:
    """A field of the content: itself in API 1, `{value: …}` in API 2."""
    value = note["content"].get(name)
    return value.get("value") if isinstance(value, dict) and "value" in value else value


def text_of(value: Any) -> str:
    """A text, or a number as text; empty for everything else."""
    if isinstance(value, str):
        return notation.cleaned(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def texts_of(value: Any) -> list[str]:
    """A list of texts, or one text with commas or semicolons; empty for everything else."""
    if isinstance(value, str):
        value = re.split(r"[;,]", value)
    return [words for item in value if (words := text_of(item))] if isinstance(value, list) else []
