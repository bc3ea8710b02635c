"""One audit: what is read, what it is compared with, and how its objections are worded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from builder.model import Finding, Severity, Where
from builder.pdf.expected import Expected, ExpectedPart
from builder.pdf.joining import sheet_of
from builder.pdf.rereading import Reader, Source
from builder.pdf.written import Written


@dataclass(frozen=True, slots=True)
class Review:
    """What one audit has open."""

    file: Path
    expected: Expected
    volume: Reader
    """The volume as pypdf reads it."""
    offsets: Sequence[int]
    """Index of the first page of each part, and of the page after the last."""
    matter: Mapping[int, Source]
    """What we typeset, by its place among the parts; open as long as links may lead to it."""
    written: Written
    """The volume as qpdf reads it."""
    firsts: Mapping[str, int]
    """First sheet of each paper."""
    outlines: dict[str, list[Any]] = field(default_factory=dict)
    """The papers' own."""
    numbers: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Object numbers of parts that the ledger can know again: the first, and the one after."""
    alone: set[int] = field(default_factory=set)
    """Those of them of which all that was read has such a number."""
    known: dict[int, list[Any]] = field(default_factory=dict)
    """Papers, by their place among the parts, that stand as they stood when they were found sound;
    with their own outlines."""

    @property
    def parts(self) -> Iterator[tuple[ExpectedPart, int]]:
        """Each part with the index of its first page."""
        yield from zip(self.expected.parts, self.offsets, strict=False)

    def find(self, address: str) -> int | None:
        """Index of the page that an address means, worked out from the plan alone."""
        sheet = self.expected.targets.get(address)
        kind, _, name = address.partition("/")
        name = unquote(name)
        if sheet is None and kind == "paper":
            sheet = self.firsts.get(name)
        elif sheet is None and kind == "page":
            sheet = sheet_of(self.expected.labels, name)
        elif sheet is None and kind == "sheet" and name.isdecimal():
            sheet = int(name)
        elif sheet is None and kind == "section":
            for index, source in self.matter.items():
                if (page := source.named(name)) is not None:
                    return page + self.offsets[index]
        return sheet - 1 if sheet is not None and 1 <= sheet <= self.offsets[-1] else None


def who(part: ExpectedPart) -> str:
    """A part, for a message."""
    return f"paper {part.key}" if part.key else part.path.name


def sheet_name(index: int | None) -> str:
    """A page of the volume by its index, for a message."""
    return "nowhere" if index is None else f"sheet {index + 1}"


def finding(
    code: str, message: str, file: Path, subject: str = "", page: int | None = None
) -> Finding:
    """An objection: something that the builder did wrong."""
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        subject=subject,
        where=Where(file=file.name, page=page),
        hint="this is a fault of the builder, not of the edition: please report it",
    )
