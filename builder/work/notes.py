"""A file of a program's own, to be read in its next run, if nobody and nothing changed it since."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from builder.work.writing import write


def recall(path: Path, form: str) -> str | None:
    """The text noted last, or `None`: where there is none of this `form`, or it is damaged."""
    with contextlib.suppress(OSError, ValueError):
        mark, _, text = path.read_bytes().decode().partition("\n")
        if mark == _mark(form, text):
            return text
    return None


def note(path: Path, form: str, text: str) -> None:
    """Keeps `text` for `recall`; raises `OSError`.

    `form` is one line, and another one whenever what was noted must not be used any more.
    """
    write(path, f"{_mark(form, text)}\n{text}")


def _mark(form: str, text: str) -> str:
    return f"{form} {hashlib.sha256(text.encode()).hexdigest()}"
