"""The editors' YAML files: merged in place, value by value, remarks untouched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from builder.gather import leaves, yamldump, yamltext
from builder.gather.merging.desk import AUTHORS, CONTACTS, EDITION, Desk
from builder.gather.reading import shown
from builder.gather.received import Received
from builder.model import Severity, Where

Failed = list[tuple[leaves.Put | leaves.Drop, str]]
"""Edits that could not be made, each with the reason."""
_Absent = type(leaves.ABSENT)


def table(
    desk: Desk,
    name: str,
    theirs: Any,
    *,
    prune: bool,
    before: Received | None = None,
    after: Received | None = None,
) -> None:
    """Merges `theirs` into the YAML file `name`; `before` and `after` hold its merge base."""
    before = desk.before if before is None else before
    after = desk.after if after is None else after
    text = desk.text(name)
    blank = desk.blank.get(name, "")
    base = before.tables.get(name, leaves.ABSENT)
    plain: Any = json.loads(json.dumps(theirs))
    try:
        ours = yamltext.read(text) if text is not None else None
        if text is None or ours is None:
            head = text.rstrip() + "\n\n" if text and text.strip() else _heading(name)
            result = head + yamldump.dump(theirs) if theirs else text
            after.tables[name] = plain
            if result is not None and theirs:
                desk.write(name, result)
            return
        untouched = yamltext.read(blank) if blank else leaves.ABSENT
        outcome = leaves.merge(ours, base, theirs, untouched=untouched, prune=prune)
        outcome.edits += _no_longer_true(name, ours, untouched, theirs)
        result, failed = yamltext.edited(text, outcome.edits, blank)
    except yamldump.CannotEdit as why:
        if plain != base:
            desk.proposal(name, yamldump.dump(theirs), str(why))
        if base is not leaves.ABSENT:
            after.tables[name] = base
        return
    desk.write(name, result)
    after.tables[name] = json.loads(json.dumps(outcome.base))
    _report(desk, name, outcome, failed, theirs)
    if failed:
        # They are tried again next time, once the editors have dealt with them.
        if base is leaves.ABSENT:
            del after.tables[name]
        else:
            after.tables[name] = base


def _report(desk: Desk, name: str, outcome: leaves.Merge, failed: Failed, theirs: Any) -> None:
    """Reports what could not be merged into a YAML file."""
    by_paper = name in {AUTHORS, CONTACTS}
    large = []
    for conflict in outcome.conflicts:
        subject = str(conflict.path[0]) if by_paper and conflict.path else ""
        place = _place(conflict.path)
        simple = isinstance(conflict.ours, str | _Absent) and isinstance(conflict.theirs, str)
        if not simple:
            large.append(place)
            continue
        have = "nothing" if conflict.ours is leaves.ABSENT else f"“{shown(conflict.ours)}”"
        values = (
            "the source and the edition have different addresses"
            if name == CONTACTS
            else f"the source has “{shown(conflict.theirs)}”, the edition has {have}"
        )
        desk.report(
            code="gather-conflict",
            message=f"`{place}`: {values}; yours stays",
            subject=subject,
            where=Where(file=name),
            hint="take the source's value over by hand if it is the better one",
        )
    large += [f"{_place(edit.path)} ({why})" for edit, why in failed]
    if large:
        desk.proposal(name, yamldump.dump(theirs), f"edited: {', '.join(large[:8])}")
    if by_paper:
        return
    for path in outcome.removed:
        desk.report(
            code="gather-removed",
            severity=Severity.INFO,
            message=f"`{_place(path)}` in {name} is no longer in the source; it was left there",
            where=Where(file=name),
        )


def _no_longer_true(name: str, ours: Any, untouched: Any, theirs: Any) -> list[leaves.Drop]:
    """The scaffold's statement "non-archival", where the source says that it is a publication."""
    if name != EDITION:
        return []

    def volume(table: Any, key: str) -> Any:
        inner = table.get("volume") if isinstance(table, dict) else None
        return inner.get(key) if isinstance(inner, dict) else None

    statement = volume(ours, "statement")
    if volume(theirs, "archival") != "true" or not statement:
        return []
    blank = volume(untouched, "statement") == statement
    return [leaves.Drop(("volume", "statement"))] if blank else []


def _place(path: Iterable[str | int]) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def _heading(name: str) -> str:
    headings = {
        AUTHORS: "# What BibTeX cannot hold about authors: by paper, then by name as printed.\n\n",
        CONTACTS: "# E-mail addresses of authors, for you alone. Never commit this file.\n\n",
    }
    return headings.get(name, "")
