"""Reading what strangers exported: never a traceback, never outside the folder that was named.

A `Source` reads files and collects what is wrong with them. YAML is read as text only (`NO`,
`12:30` and `0012` stay what they are) from its events, so that neither depth nor aliases can
exhaust anything; JSON gives what JSON gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from builder.gather.reporting import Reporting
from builder.model import Finding, Severity, Where

_LARGEST = 512 << 20
"""Bytes of one file; the exports of the largest conferences stay below 300 MB."""
_LARGEST_YAML = 32 << 20
_DEEPEST = 60
"""Levels of YAML; the deepest real files have nine."""
_MOST = 2_000_000
"""Values of one YAML file, aliases counted as often as they are used."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Table(dict[str, Any]):
    """A YAML mapping which remembers the line of each key."""

    lines: dict[str, int]
    line: int


class Unreadable(Exception):
    """A file could not be read; the message says why, for an editor."""


class Source(Reporting):
    """A file or folder to be read, and what was found wrong on the way."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = path if path.is_dir() else path.parent
        self.findings: list[Finding] = []

    def where(self, name: str, table: Any = None, key: str = "") -> Where:
        """The place of a table, or of a key in it, in the file called `name`."""
        line = None
        if isinstance(table, Table):
            line = table.lines.get(key, table.line)
        return Where(file=name, line=line)

    def inside(self, folder: str, name: str) -> Path | None:
        """The file that `name` means in `folder`, or `None` if it lies outside the source.

        Links are followed first: what counts is where the bytes are.
        """
        if not name or "\0" in name:
            return None
        root = self.root.resolve()
        try:
            file = (root / folder / name.replace("\\", "/")).resolve()
        except (OSError, ValueError, RuntimeError):
            return None
        return file if file.is_relative_to(root) else None

    def existing(self, folder: str, name: str) -> Path | None:
        """The file that `name` means in `folder`, if there is one and it lies in the source."""
        file = self.inside(folder, name)
        try:
            return file if file is not None and file.is_file() else None
        except OSError:  # a name that the system cannot have
            return None

    def file(
        self, folder: str, name: Any, *, subject: str = "", where: Where | None = None
    ) -> Path | None:
        """An existing file that the source names; otherwise `None`, and a finding that says why."""
        if not isinstance(name, str) or not name.strip():
            self.report(
                code="gather-shape",
                message="the name of a file is expected here",
                subject=subject,
                where=where,
            )
            return None
        file = self.inside(folder, name.strip())
        if file is None:
            self.report(
                code="gather-path-outside",
                message=f"the file name “{shown(name)}” leads outside the folder being read; "
                "it is not followed",
                subject=subject,
                where=where,
                hint="name a file inside the folder, without “..” and without a leading slash",
            )
            return None
        if self.existing(folder, name.strip()) is None:
            self.report(
                code="gather-missing-file",
                message=f"the file {folder}/{shown(name)} is named but is not there",
                subject=subject,
                where=where,
                hint="put it there and gather again, or add it to the edition by hand",
            )
            return None
        return file

    def text(self, file: Path) -> str:
        """The text of a file, line ends normalised; raises `Unreadable`."""
        try:
            if file.stat().st_size > _LARGEST:
                raise Unreadable(f"it is larger than {_LARGEST >> 20} MB")
            data = file.read_bytes()
        except OSError as error:
            raise Unreadable(error.strerror or "the system refuses") from error
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            text = data.decode("cp1252", "replace")
            self.report(
                code="gather-encoding",
                message=f"{file.name} is not UTF-8; it was read as Windows-1252",
                where=Where(file=file.name, line=data.count(b"\n", 0, error.start) + 1),
                hint="look at accented letters, or save the file as UTF-8 and gather again",
            )
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def unreadable(self, name: str, why: str, line: int | None = None) -> None:
        """Reports that a file could not be read at all."""
        self.report(
            code="gather-unreadable",
            severity=Severity.ERROR,
            message=f"{name} cannot be read: {why}",
            where=Where(file=name, line=line),
            hint="mend the file or export it again",
        )

    def yaml(self, name: str) -> Any:
        """A YAML file of the source as tables, lists, strings; `None` if it cannot be read."""
        file = self.existing(".", name)
        if file is None:
            return None
        try:
            if file.stat().st_size > _LARGEST_YAML:
                raise Unreadable(f"it is larger than {_LARGEST_YAML >> 20} MB")
            return _Building(self, name).build(self.text(file))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            why = getattr(error, "problem", None) or "it is not YAML"
            self.unreadable(name, str(why), mark.line + 1 if mark else None)
        except (Unreadable, OSError) as error:
            self.unreadable(name, str(error))
        return None


class _Building:
    """Makes values of YAML events without recursion."""

    def __init__(self, source: Source, name: str) -> None:
        self.source = source
        self.name = name
        self.count = 0

    def build(self, text: str) -> Any:
        anchors: dict[str, tuple[Any, int]] = {}
        root: list[Any] = []
        # Each open collection: the value, its anchor, the pending key, the count when it began.
        stack: list[list[Any]] = [[root, None, None, 0]]
        for event in yaml.parse(text, Loader=_Loader):
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.ScalarEvent):
                self._tally(1)
                if event.anchor:
                    anchors[event.anchor] = (event.value, 1)
                self._put(stack, event.value, line)
            elif isinstance(event, yaml.AliasEvent):
                if event.anchor not in anchors:
                    raise Unreadable(f"line {line}: nothing is called &{event.anchor}")
                value, size = anchors[event.anchor]
                self._tally(size)
                self._put(stack, value, line)
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if len(stack) > _DEEPEST:
                    raise Unreadable(f"line {line}: it is nested more than {_DEEPEST} deep")
                value = Table() if isinstance(event, yaml.MappingStartEvent) else []
                if isinstance(value, Table):
                    value.line, value.lines = line, {}
                self._tally(1)
                self._put(stack, value, line)
                stack.append([value, event.anchor, None, self.count])
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                value, anchor, _, began = stack.pop()
                if anchor:
                    anchors[anchor] = (value, self.count - began + 1)
            elif isinstance(event, yaml.DocumentEndEvent):
                break
        return root[0] if root else None

    def _tally(self, number: int) -> None:
        self.count += number
        if self.count > _MOST:
            raise Unreadable("it holds too many values")

    def _put(self, stack: list[list[Any]], value: Any, line: int) -> None:
        top = stack[-1]
        holder, key = top[0], top[2]
        if isinstance(holder, list):
            holder.append(value)
        elif key is None:
            if not isinstance(value, str):
                raise Unreadable(f"line {line}: a key is a list or a table")
            top[2] = (value, line)
        else:
            top[2] = None
            if key[0] in holder:
                self.source.report(
                    code="gather-duplicate",
                    message=f"“{shown(key[0])}” stands twice in one place; the first one counts",
                    where=Where(file=self.name, line=key[1]),
                )
            else:
                holder[key[0]] = value
                holder.lines[key[0]] = key[1]


def json_values(source: Source, file: Path) -> list[Any]:
    """The objects of a JSON file: a list, one object, or JSON lines; raises `Unreadable`."""
    text = source.text(file)
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise Unreadable("it is nested too deeply") from error
    except ValueError as error:
        values = list(_json_lines(text))
        if not values:
            line = getattr(error, "lineno", None)
            raise Unreadable(f"it is not JSON (line {line})" if line else "not JSON") from error
        return values
    return data if isinstance(data, list) else [data]


def _json_lines(text: str) -> Iterator[Any]:
    """One value per line; nothing at all as soon as one line is not JSON."""
    values = []
    for line in text.splitlines():
        if line.strip():
            try:
                values.append(json.loads(line))
            except (ValueError, RecursionError):
                return
    yield from values


def shown(text: Any, most: int = 80) -> str:
    """`text` fit to stand in a message: one line, printable, not too long."""
    line = " ".join(str(text).split())
    line = "".join(char if char.isprintable() else "?" for char in line)
    return line if len(line) <= most else line[: most - 1] + "…"
