"""Brings what was gathered into an edition: nothing that an editor typed is ever overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builder.gather import notation
from builder.gather.gathered import Gathered, Merged
from builder.gather.merging import entries, people, prose
from builder.gather.merging.desk import BIBLIOGRAPHY, EDITION, PEOPLE, PROGRAM, Desk
from builder.gather.merging.files import files
from builder.gather.merging.tables import table


def merge(root: Path, gathered: Gathered) -> Merged:
    """Merges `gathered` into the edition in `root`.

    Fields that nobody edited since the last time are updated, edited ones stay; what both sides
    changed differently is reported and stays as the editors have it. Nothing is deleted because a
    paper is missing. A second run with the same source changes no file. Raises `OSError` if a
    file cannot be written.
    """
    desk = Desk.of(root, gathered)
    given = gathered.papers or gathered.edition or gathered.people or gathered.program
    bibliography = entries.bibliography(desk) if given else None
    if bibliography is None:  # nothing could be read, or not be written safely: touch nothing
        return Merged(tuple(desk.findings), ())
    prose.name_untouched(desk)
    files(desk)
    prose.prose(desk)
    people.contacts(desk)
    people.authors(desk)
    tables = {
        EDITION: prose.with_prose(desk, gathered.edition),
        PEOPLE: gathered.people,
        PROGRAM: _with_keys(gathered.program, desk.keys),
    }
    for name, value in tables.items():
        if value:
            table(desk, name, value, prune=False)
        elif name in desk.before.tables:
            desk.after.tables[name] = desk.before.tables[name]
    desk.write(BIBLIOGRAPHY, bibliography)
    # Last of all: if we are killed before, the next run finds both sides equal.
    desk.write(desk.remembered, desk.after.text())
    return Merged(tuple(desk.findings), tuple(sorted(Path(name) for name in desk.changed)))


def _with_keys(value: Any, keys: Mapping[str, str]) -> Any:
    """The program with the edition's keys in place of the source's ids."""
    if isinstance(value, dict):
        made = type(value)()
        for name, inner in value.items():
            if name == "paper" and isinstance(inner, str):
                made[name] = keys.get(inner) or notation.safe_key(inner)
            else:
                made[name] = _with_keys(inner, keys)
        return made
    if isinstance(value, list):
        return [_with_keys(inner, keys) for inner in value]
    return value
