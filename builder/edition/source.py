"""A text file as its editors saved it: its characters, and where each of them stands."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from builder.model import Finding, Severity, Where

_LINE_END = re.compile(r"\r\n|\r|\n")
# What XML, and therefore most of what we write, cannot hold (XML 1.0, production 2).
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True)
class Source:
    """The text of a file, with lines and columns from 1 and the way back to its bytes."""

    file: str
    """Path relative to the edition's root, with forward slashes."""
    text: str
    """Without a byte order mark; a byte that is no UTF-8 stands as U+FFFD."""
    exact: bool = True
    """Whether `byte` is right, so that a part of the file may be replaced in place."""
    skipped: int = 0
    """Bytes before the first character: the length of a byte order mark."""
    _escaped: str = field(default="", repr=False)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    @cached_property
    def _ascii(self) -> bool:
        return self.text.isascii()

    @cached_property
    def _bytes(self) -> list[int]:
        # The byte at which each line begins, so that one character costs one line's encoding.
        starts = [self.skipped]
        original = self._escaped or self.text
        for begin, end in zip(self._lines, self._lines[1:], strict=False):
            starts.append(starts[-1] + len(_encoded(original[begin:end])))
        return starts

    def line(self, at: int) -> int:
        """The line, from 1, of the character at offset `at`."""
        return bisect_right(self._lines, at)

    def where(self, at: int) -> Where:
        """The place of the character at offset `at`."""
        line = self.line(at)
        return Where(file=self.file, line=line, column=at - self._lines[line - 1] + 1)

    def byte(self, at: int) -> int:
        """The offset in bytes, in the file as it is on disk, of the character at offset `at`."""
        if self._ascii:
            return self.skipped + at
        line = self.line(at) - 1
        original = self._escaped or self.text
        return self._bytes[line] + len(_encoded(original[self._lines[line] : at]))

    def rest_of_line(self, line: int, column: int) -> str:
        """What stands on a line (from 0) from a column (from 0) on."""
        if line >= len(self._lines):
            return ""
        end = self._lines[line + 1] if line + 1 < len(self._lines) else len(self.text)
        return self.text[self._lines[line] + column : end].rstrip("\r\n")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def read(path: Path, file: str) -> tuple[Source | None, tuple[Finding, ...]]:
    """The text of the file at `path`, which findings call `file`.

    `None`, with a finding, if there is no such file or it cannot be read; everything else about
    its encoding is a finding beside a text that can be worked with.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None, (
            Finding(
                code="file-missing",
                severity=Severity.ERROR,
                message=f"{file} does not exist",
                where=Where(file=file),
                hint="create the file; `proceedings init` writes every file of an edition anew "
                "and leaves those that exist as they are",
            ),
        )
    except OSError as error:
        return None, (
            Finding(
                code="file-unreadable",
                severity=Severity.ERROR,
                message=f"{file} cannot be read: {error.strerror or error}",
                where=Where(file=file),
                hint="check that it is a file, that you may read it, "
                "and that no other program holds it open",
            ),
        )
    return decode(data, file)


def decode(data: bytes, file: str) -> tuple[Source, tuple[Finding, ...]]:
    """`data` as text, with a finding for a byte order mark and for what is no UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
        return Source(file, text, exact=False), (_not_utf8(Where(file=file, line=1), "UTF-16"),)
    findings = []
    skipped = 0
    if data.startswith(codecs.BOM_UTF8):
        skipped = len(codecs.BOM_UTF8)
        findings.append(
            Finding(
                code="file-byte-order-mark",
                severity=Severity.INFO,
                message=f"{file} begins with a byte order mark, which is ignored",
                where=Where(file=file, line=1, column=1),
                hint="nothing needs doing; other programs may like the file better saved as "
                "“UTF-8” than as “UTF-8 with BOM”",
            )
        )
    escaped = data[skipped:].decode("utf-8", "surrogateescape")
    text = re.sub(r"[\udc80-\udcff]", "\ufffd", escaped)
    if text == escaped:
        return Source(file, text, skipped=skipped), tuple(findings)
    source = Source(file, text, skipped=skipped, _escaped=escaped)
    bad = [match.start() for match in re.finditer(r"[\udc80-\udcff]", escaped)]
    findings.append(_not_utf8(source.where(bad[0]), f"{len(bad)} bytes are something else"))
    return source, tuple(findings)


def _not_utf8(where: Where, what: str) -> Finding:
    return Finding(
        code="file-encoding",
        severity=Severity.ERROR,
        message=f"{where.file} is not UTF-8 ({what})",
        where=where,
        hint="save the file as UTF-8 in your text editor, then look at the accented letters",
    )
