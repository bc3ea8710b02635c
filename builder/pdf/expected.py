"""What a volume must be: what its audit compares it with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.pdf.metadata import DocumentInfo, Label
from builder.pdf.parts import Attachment, Entry
from builder.pdf.stamping import Placed


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPart:
    """One part of the volume, as it went in."""

    path: Path
    key: str = ""
    """The paper's key; empty for what we typeset."""
    pages: int
    first_label: str = ""
    """The number that its first page must bear by the plan (`7`, `iii`); empty to leave it open."""
    stamps: tuple[Placed, ...] = ()
    digest: str = ""
    """SHA-256 of the file, in hexadecimal, where it is known already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the volume must be: the same records that `join` was given, and the plan's numbers."""

    parts: tuple[ExpectedPart, ...]
    labels: tuple[Label, ...] = ()
    outline: tuple[Entry, ...] = ()
    info: DocumentInfo | None = None
    targets: Mapping[str, int] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


def label_of(labels: Sequence[Label], sheet: int) -> str | None:
    """The label that a sheet must bear; `None` before the first range."""
    ranges = [label for label in labels if label.sheet <= sheet]
    if not ranges:
        return None
    label = max(ranges, key=lambda label: label.sheet)
    number = label.start + sheet - label.sheet
    if label.style == "none":
        return label.prefix
    return label.prefix + (str(number) if label.style == "arabic" else _roman(number))


def _roman(number: int) -> str:
    text = ""
    for value, letters in (
        *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
        *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
    ):
        times, number = divmod(number, value)
        text += letters * times
    return text
