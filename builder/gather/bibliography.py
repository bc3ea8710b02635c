"""Editing `papers.bib` in place: what is not meant stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from builder.edition.bibtex import Bibliography, Entry, Field
from builder.gather import notation


@dataclass(slots=True)
class Editing:
    """The bytes of a bibliography and the changes to be made to them."""

    data: bytes
    bibliography: Bibliography
    _changes: list[tuple[int, int, bytes]] = field(default_factory=list)
    _new: list[str] = field(default_factory=list)

    @property
    def _line_end(self) -> str:
        return "\r\n" if b"\r\n" in self.data else "\n"

    def set(self, entry: Entry, name: str, value: str) -> None:
        """Gives a field of an entry a new value; adds the field where there is none."""
        known = _own(entry, name)
        if known is None:
            self._add(entry, {name: value})
            return
        begin, end = known.span
        old = self.data[begin:end]
        raw = known.raw.encode()
        if raw and old.endswith(raw):
            begin = end - len(raw)
            new = f"{{{_wrapped(name, value)}}}"
        else:  # a raw value that is not what stands there: the name is written again too
            new = f"{name} = {{{_wrapped(name, value)}}}"
        self._change(begin, end, new)

    def drop(self, entry: Entry, name: str) -> bool:
        """Takes a field out of an entry with its comma; whether that was possible."""
        known = _own(entry, name)
        own = [one for one in entry.fields if not one.inherited]
        if known is None or len(own) < 2:
            return False
        at = own.index(known)
        if at + 1 < len(own):
            begin, end = known.span[0], own[at + 1].span[0]
        else:
            begin, end = own[at - 1].span[1], known.span[1]
        if any(begin < one.span[1] and one.span[0] < end for one in own if one is not known):
            return False
        self._change(begin, end, "")
        return True

    def add(self, key: str, kind: str, fields: Mapping[str, str]) -> None:
        """Adds an entry at the end of the file."""
        lines = [f"  {name} = {{{_wrapped(name, value)}}}," for name, value in fields.items()]
        self._new.append("\n".join([f"@{kind}{{{key},", *lines, "}"]) + "\n")

    def _add(self, entry: Entry, fields: Mapping[str, str]) -> None:
        lines = ",\n".join(
            f"  {name} = {{{_wrapped(name, value)}}}" for name, value in fields.items()
        )
        own = [one for one in entry.fields if not one.inherited]
        if own:
            at = max(one.span[1] for one in own)
            self._change(at, at, f",\n{lines}")
            return
        at = entry.span[1] - 1  # before the closing brace
        before = self.data[entry.span[0] : at].rstrip()
        comma = "" if before.endswith(b",") else ","
        self._change(at, at, f"{comma}\n{lines}\n")

    def _change(self, begin: int, end: int, new: str) -> None:
        self._changes.append((begin, end, new.replace("\n", self._line_end).encode()))

    @property
    def result(self) -> bytes:
        """The bytes with all changes made."""
        result = self.data
        # Backwards, so that places stay right; insertions at one place keep their order.
        numbered = enumerate(self._changes)
        for _, (begin, end, new) in sorted(
            numbered, key=lambda pair: (pair[1][0], pair[0]), reverse=True
        ):
            result = result[:begin] + new + result[end:]
        for entry in self._new:
            text = entry.replace("\n", self._line_end).encode()
            if result:
                gap = self._line_end.encode()
                result = (
                    result.rstrip(b"\r\n") + gap + gap
                    if result.endswith(b"\n")
                    else (result + gap + gap)
                )
            result += text
        return result


def _own(entry: Entry, name: str) -> Field | None:
    return next((one for one in entry.fields if one.name == name and not one.inherited), None)


def _wrapped(name: str, value: str) -> str:
    return notation.wrapped(value, len(name) + 6)


def comparable(value: str) -> str:
    """A value as it is compared: white space in it does not count."""
    return re.sub(r"\s+", " ", value).strip()
