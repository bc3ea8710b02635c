"""A YAML file as a tree of texts, in which every key and every value knows its place.

Values stay what was typed: `NO`, `12:30` and `0012` are texts. The tree is built from the
parser's events, because composing it by recursion would let a hostile file exhaust the stack, and
expanding aliases blindly would let a small one exhaust the memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from builder.edition.complaints import complaint
from builder.edition.source import Source
from builder.model import Finding, Severity, Where

DEEPEST = 40
"""Levels of nesting; an edition needs nine."""
LARGEST = 1_000_000
"""Values, aliases expanded; 5,000 papers with authors have 60,000."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True, eq=False)
class Node:
    """A text, a list, a mapping, or nothing at all, with its place."""

    where: Where
    value: str | list[Node] | dict[str, Node] | None = None
    keys: dict[str, Where] = field(default_factory=dict)
    """Of a mapping: where each key stands."""
    size: int = 1
    """How many values it holds, itself included, aliases expanded."""
    open: bool = False
    """Whether it is still being read; an alias to such a node never ends."""

    def child(self, step: str | int) -> Node | None:
        """What stands under a key of a mapping or at a place of a list, if anything does."""
        if isinstance(self.value, dict):
            return self.value.get(step) if isinstance(step, str) else None
        if isinstance(self.value, list) and isinstance(step, int):
            return self.value[step] if 0 <= step < len(self.value) else None
        return None

    def at(self, *path: str | int) -> Node:
        """The node that `path` leads to, or the last one before `path` leaves the tree."""
        node = self
        for step in path:
            inner = node.child(step)
            if inner is None:
                break
            node = inner
        return node

    def key(self, *path: str | int) -> Where:
        """Where the key that `path` ends with stands, or the value, or what is left of `path`."""
        *above, last = path or ("",)
        holder = self.at(*above)
        if isinstance(last, str) and last in holder.keys:
            return holder.keys[last]
        return self.at(*path).where

    def plain(self) -> Any:
        """Texts, lists and dictionaries; keys without a value are left out."""
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items() if item.value is not None}
        return self.value

    @property
    def kind(self) -> str:
        """What it is, in words."""
        names: dict[type, str] = {list: "a list", dict: "a mapping", str: "text"}
        return names.get(type(self.value), "nothing")


def parse(source: Source) -> tuple[Node | None, tuple[Finding, ...]]:
    """The tree of a YAML file, `None` where it is empty or cannot be read; never raises."""
    builder = _Builder(source)
    try:
        root = builder.build()
    except _TooMuch as fault:
        return None, (*builder.findings, fault.finding)
    except yaml.YAMLError as error:
        return None, (*builder.findings, complaint(source, error))
    return root, tuple(builder.findings)


class _TooMuch(Exception):
    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


@dataclass
class _Builder:
    source: Source
    findings: list[Finding] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    stack: list[tuple[Node, list[str | None]]] = field(default_factory=list)
    root: Node | None = None
    total: int = 0

    def build(self) -> Node | None:
        documents = 0
        for event in yaml.parse(self.source.text, Loader=_LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self.unsupported(self.where(event), "a second document (after `---`)", event)
                    break
            elif isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            elif isinstance(event, yaml.AliasEvent):
                self.alias(event)
            elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
                self.opened(event)
            elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
                node, _ = self.stack.pop()
                node.open = False
                if self.stack:
                    self.stack[-1][0].size += node.size
        root = self.root
        if root is not None and root.value is None:
            return None
        return root

    def where(self, event: Any) -> Where:
        mark = event.start_mark
        return Where(file=self.source.file, line=mark.line + 1, column=mark.column + 1)

    def scalar(self, event: yaml.ScalarEvent) -> None:
        where = self.where(event)
        plain = event.style is None or event.style == ""
        text: str | None = event.value
        if plain and event.value in {"", "~", "null"}:
            text = None
        if event.tag is not None and not event.implicit[0]:
            self.unsupported(where, f"the tag `{event.tag}`", event)
        if plain and not event.value.startswith("|"):
            self.comment(event, where)
        self.place(Node(where, text), event, event.value)

    def comment(self, event: yaml.ScalarEvent, where: Where) -> None:
        mark: Any = event.end_mark
        rest = self.source.rest_of_line(mark.line, mark.column)
        if re.match(r"\s*(?<=\s)#[^\s#!=-]", " " + rest if mark.column == 0 else rest):
            self.findings.append(
                Finding(
                    code="yaml-comment",
                    severity=Severity.WARNING,
                    message=f"`{rest.strip()[:40]}` is not read: in YAML ` #` begins a remark",
                    where=where,
                    hint='put the whole value in quotes ("…") if it belongs to it, '
                    "or write a space after the `#` if it is a remark",
                )
            )

    def alias(self, event: yaml.AliasEvent) -> None:
        where = self.where(event)
        target = self.anchors.get(str(event.anchor))
        if target is None:
            self.findings.append(
                Finding(
                    code="yaml-syntax",
                    severity=Severity.ERROR,
                    message=f"`*{event.anchor}` refers to an anchor that does not exist",
                    where=where,
                    hint="put a value that begins with `*` in quotes",
                )
            )
            target = Node(where, f"*{event.anchor}")
        elif target.open:
            raise _TooMuch(self.complex(where, f"`*{event.anchor}` contains itself"))
        self.total += target.size - 1
        self.place(target, event, None)
        if self.stack:
            self.stack[-1][0].size += target.size - 1

    def opened(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> None:
        where = self.where(event)
        if event.tag is not None and not event.implicit:
            self.unsupported(where, f"the tag `{event.tag}`", event)
        sequence = isinstance(event, yaml.SequenceStartEvent)
        node = Node(where, [] if sequence else {}, open=True)
        self.place(node, event, None)
        if len(self.stack) >= DEEPEST:
            raise _TooMuch(self.complex(where, f"more than {DEEPEST} levels of nesting"))
        self.stack.append((node, []))

    def place(self, node: Node, event: Any, key: str | None) -> None:
        """Puts a node where it belongs: into the list or mapping that is being read."""
        anchor = getattr(event, "anchor", None)
        if anchor is not None and not isinstance(event, yaml.AliasEvent):
            self.anchors[anchor] = node
        self.total += 1
        if self.total > LARGEST:
            raise _TooMuch(
                self.complex(node.where, f"more than {LARGEST:,} values, aliases expanded")
            )
        if not self.stack:
            self.root = node
            return
        holder, pending = self.stack[-1]
        if isinstance(holder.value, list):
            holder.value.append(node)
            holder.size += not node.open
        elif isinstance(holder.value, dict):
            if not pending:
                if key is None:
                    self.unsupported(node.where, "a list or mapping as a key", event)
                pending.append(key)
                self.named(holder, key, node.where, pending)
                return
            name = pending.pop()
            if name is not None:
                holder.value[name] = node
            holder.size += not node.open

    def named(self, holder: Node, key: str | None, where: Where, pending: list[str | None]) -> None:
        if key is None:
            return
        if key == "<<":
            self.unsupported(where, "merging with `<<`", None)
            pending[-1] = None
        elif key in holder.keys:
            self.findings.append(
                Finding(
                    code="yaml-duplicate-key",
                    severity=Severity.ERROR,
                    message=f"`{key}` stands twice, at lines {holder.keys[key].line} and "
                    f"{where.line}; the first is used",
                    where=where,
                    hint="join the two, or delete the one that is wrong",
                )
            )
            pending[-1] = None
        else:
            holder.keys[key] = where

    def unsupported(self, where: Where, what: str, event: Any) -> None:
        self.findings.append(
            Finding(
                code="yaml-unsupported",
                severity=Severity.ERROR,
                message=f"{what} is not understood here, and is left out",
                where=where,
                hint="write the values out",
            )
        )

    def complex(self, where: Where, what: str) -> Finding:
        return Finding(
            code="yaml-too-complex",
            severity=Severity.ERROR,
            message=f"{self.source.file} cannot be read: {what}",
            where=where,
            hint="an edition needs nothing like this; write the values out",
        )
