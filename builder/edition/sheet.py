"""One YAML file, read: its form filled in, and where everything in it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from builder.edition import source as sources
from builder.edition import tree as trees
from builder.edition.suggest import slug
from builder.edition.tree import Node
from builder.edition.validate import extras, validate
from builder.model import Finding, Severity, Where

Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True)
class Sheet(Generic[Form]):
    """A file's filled-in form with the places of its values."""

    file: str
    form: Form | None = None
    tree: Node | None = None
    extra: Mapping[tuple[str | int, ...], dict[str, Any]] = field(default_factory=dict)
    """Keys that begin with `x-`, by the path of the mapping that held them."""
    findings: tuple[Finding, ...] = ()

    def where(self, *path: str | int) -> Where:
        """The place of the value that `path` leads to."""
        return self.tree.at(*path).where if self.tree else Where(file=self.file)


def read(root: Path, file: str, form: type[Form], *, required: bool = False) -> Sheet[Form]:
    """The file at `root/file` as a `form`; never raises.

    A file that is not there is a fault only if it is `required`.
    """
    path = root / file
    if not required and not path.exists():
        return Sheet(file)
    source, findings = sources.read(path, file)
    if source is None:
        return Sheet(file, findings=findings)
    tree, more = trees.parse(source)
    findings += more
    if tree is None:
        failed = any(finding.severity is Severity.ERROR for finding in findings)
        # A file that holds nothing but remarks is one that is waiting to be filled in.
        if not failed and (required or not source.text.strip()):
            findings += (_empty(file, required=required),)
        return Sheet(file, findings=findings)
    extra = extras(tree)
    filled, more = validate(form, tree)
    return Sheet(file, filled, tree, extra, findings + more)


def _empty(file: str, *, required: bool) -> Finding:
    return Finding(
        code="yaml-empty",
        severity=Severity.ERROR if required else Severity.INFO,
        message=f"{file} is empty",
        where=Where(file=file),
        hint="fill it in" if required else "nothing needs doing; the file may also be deleted",
    )


@dataclass
class Ids:
    """The ids of one kind of thing: given or made from titles, each of them once."""

    what: str
    """In words: `person`, `session`."""
    findings: list[Finding]
    seen: dict[str, Where] = field(default_factory=dict)

    def given(self, id: str, where: Where) -> str | None:
        """An id that an editor wrote; `None`, with a finding, if another has it already."""
        wanted = slug(id)
        if id != wanted:
            self.findings.append(
                Finding(
                    code="bad-id",
                    severity=Severity.ERROR,
                    message=f"the id `{id}` of a {self.what} should be lower-case letters, digits "
                    "and hyphens",
                    subject=id,
                    where=where,
                    hint=f"write `{wanted}`" if wanted else "choose another",
                )
            )
            # Harmless in addresses and file names: others may refer to it as it stands.
            id = id if id.replace("-", "").replace("_", "").isalnum() else wanted
        if not id:
            return None
        if id in self.seen:
            self.findings.append(
                Finding(
                    code="duplicate-id",
                    severity=Severity.ERROR,
                    message=f"two of the kind {self.what} have the id `{id}`, at lines "
                    f"{self.seen[id].line} and {where.line}; the second is left out",
                    subject=id,
                    where=where,
                    hint="give one of them another id",
                )
            )
            return None
        self.seen[id] = where
        return id

    def made(self, title: str, where: Where) -> str:
        """An id made from a title; numbered if another has it."""
        base = slug(title, self.what)
        id, number = base, 1
        while id in self.seen:
            number += 1
            id = f"{base}-{number}"
        self.seen[id] = where
        return id
