"""`crossref`: an entry inherits the fields that it lacks, wherever its parent stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from builder.edition.bibtex.records import Entry, Field
from builder.edition.suggest import did_you_mean
from builder.model import Finding, Severity

_GENERATIONS = 20
"""Parents of parents; a longer chain is taken for a circle."""
_NOT_INHERITED = frozenset({"crossref", "xref", "ids", "abstract", "author", "keywords", "note"})


def inherit(entries: Sequence[Entry]) -> tuple[list[Entry], list[Finding]]:
    """The entries with what they inherit, and findings for parents that are not there.

    A parent's `title` becomes the child's `booktitle` if it has none of its own, as in biblatex.
    """
    by_key: dict[str, Entry] = {}
    for entry in entries:
        by_key.setdefault(entry.key.casefold(), entry)
    findings: list[Finding] = []
    complete: dict[int, tuple[Field, ...]] = {}

    def fields(entry: Entry, above: frozenset[int]) -> tuple[Field, ...]:
        if id(entry) in complete:
            return complete[id(entry)]
        own = {field.name: field for field in entry.fields}
        reference = own.get("crossref")
        if reference is not None:
            name = reference.value.strip()
            parent = by_key.get(name.casefold())
            circle = parent is entry or id(parent) in above or len(above) > _GENERATIONS
            if parent is None or circle:
                findings.append(
                    Finding(
                        code="bibtex-crossref",
                        severity=Severity.WARNING,
                        message=f"`crossref` names `{name}`, "
                        + (
                            f"but there is no such entry{did_you_mean(name, by_key)}"
                            if parent is None
                            else "which leads back to this entry"
                        ),
                        subject=entry.key,
                        where=reference.where,
                        hint="correct the key, or delete the field",
                    )
                )
            else:
                for field in fields(parent, above | {id(entry)}):
                    name = field.name
                    if name == "title":
                        name = "booktitle"
                        if any(other.name == "booktitle" for other in parent.fields):
                            continue
                    if name not in _NOT_INHERITED and name not in own:
                        own[name] = replace(field, name=name, inherited=True)
        complete[id(entry)] = tuple(own.values())
        return complete[id(entry)]

    return [
        replace(entry, fields=fields(entry, frozenset())) if entry.field("crossref") else entry
        for entry in entries
    ], findings
