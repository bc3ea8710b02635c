"""Papers into `papers.bib`, field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from builder.edition import bibtex
from builder.gather import notation
from builder.gather.bibliography import Editing, comparable
from builder.gather.gathered import GatheredPaper
from builder.gather.merging.desk import BIBLIOGRAPHY, Desk
from builder.gather.reading import shown
from builder.model import Severity, Where
from builder.model.likeness import letters

_ALWAYS_BY_KEY = {"bibtex", "aclpub2", "softconf"}
"""Formats whose keys are ids that people know: an entry of that key is that paper."""


def bibliography(desk: Desk) -> bytes | None:
    """`papers.bib` with the papers in it; `None` if it cannot be edited safely."""
    path = desk.root / BIBLIOGRAPHY
    data = path.read_bytes() if path.is_file() else b""
    present = bibtex.read(path, BIBLIOGRAPHY) if path.is_file() else None
    if present is None:
        present = bibtex.Bibliography(file=BIBLIOGRAPHY)
    elif present.source is None or not present.source.exact:
        desk.report(
            code="gather-unreadable",
            severity=Severity.ERROR,
            message=f"{BIBLIOGRAPHY} is not UTF-8 text; nothing was gathered",
            where=Where(file=BIBLIOGRAPHY),
            hint="save it as UTF-8 in a text editor and gather again",
        )
        return None
    editing = Editing(data, present)
    taken = {entry.key for entry in (*present.entries, *present.unusable)}
    taken |= {known["key"] for known in desk.before.papers.values()}
    claimed: set[str] = set()
    for paper in desk.gathered.papers:
        entry = _find(desk, paper, present, claimed)
        known = desk.before.papers.get(paper.source)
        if entry is not None:
            desk.keys[paper.source] = entry.key
            claimed.add(entry.key)
            fields = _merged(desk, editing, entry, paper, known)
        elif known is not None:
            desk.keys[paper.source] = known["key"]
            fields = dict(known["fields"])
            desk.report(
                code="gather-entry-deleted",
                severity=Severity.INFO,
                message=f"{known['key']} is in the source again, but its entry was taken out "
                f"of {BIBLIOGRAPHY}; it was not put back",
                subject=known["key"],
                hint=f"to have it back, delete it from {desk.remembered} "
                "and gather again; to say why it is gone, write include = {withdrawn}",
            )
        else:
            key = notation.unique_key(paper.key, taken)
            taken.add(key)
            desk.keys[paper.source] = key
            fields = paper.entry
            editing.add(key, paper.kind, fields)
        remembered = {"key": desk.keys[paper.source], "kind": paper.kind, "fields": fields}
        if paper.number:
            remembered["number"] = paper.number
        desk.after.papers[paper.source] = remembered
    _missing(desk)
    return editing.result


def _find(
    desk: Desk, paper: GatheredPaper, present: bibtex.Bibliography, claimed: set[str]
) -> bibtex.Entry | None:
    """The entry of a paper: as it was last time, by its address, or by its key."""
    known = desk.before.papers.get(paper.source)
    if known and (entry := present.entry(known["key"])):
        return entry
    forum = paper.fields.get("openreview", "")
    entries = [entry for entry in present.entries if entry.key not in claimed]
    if forum:
        for entry in entries:
            if _forum(entry.get("openreview")) == _forum(forum):
                return entry
    if known:
        return None
    if desk.gathered.format in _ALWAYS_BY_KEY:
        return next((one for one in entries if one.key == paper.key), None)
    title = letters(paper.fields.get("title", ""))
    for entry in entries:
        if title and not entry.get("openreview") and letters(entry.get("title")) == title:
            return entry
    return None


def _merged(
    desk: Desk,
    editing: Editing,
    entry: bibtex.Entry,
    paper: GatheredPaper,
    known: Mapping[str, Any] | None,
) -> dict[str, str]:
    """Merges the fields of one entry; what is to be remembered of them."""
    ours = {one.name: one.value for one in entry.fields if not one.inherited}
    base: Mapping[str, str] = known["fields"] if known else {}
    theirs = paper.entry
    remembered: dict[str, str] = {}
    for name in [*theirs, *(name for name in base if name not in theirs)]:
        mine, old, new = ours.get(name), base.get(name), theirs.get(name)
        if _same(mine, new) or _same(old, new):
            settled = True
        elif _same(mine, old):
            settled = _update(desk, editing, entry, name, new)
        else:
            settled = False
            _conflict(desk, entry, name, mine, new)
        keep = new if settled else old
        if keep is not None:
            remembered[name] = keep
    return remembered


def _update(desk: Desk, editing: Editing, entry: bibtex.Entry, name: str, new: str | None) -> bool:
    """Writes or drops one field."""
    if new is not None:
        editing.set(entry, name, new)
        return True
    return editing.drop(entry, name)


def _conflict(
    desk: Desk, entry: bibtex.Entry, name: str, mine: str | None, new: str | None
) -> None:
    """Both sides changed one field differently."""
    known = entry.field(name)
    have = f"“{shown(mine)}”" if mine is not None else "nothing"
    got = f"“{shown(new)}”" if new is not None else "nothing"
    desk.report(
        code="gather-conflict",
        message=f"`{name}`: the source has {got}, the edition has {have}; yours stays",
        subject=entry.key,
        where=known.where if known else entry.where,
        hint="take the source's value over by hand if it is the better one",
    )


def _missing(desk: Desk) -> None:
    """Reports the papers that came last time and did not come now."""
    now = {paper.source for paper in desk.gathered.papers}
    for id, known in desk.before.papers.items():
        if id in now:
            continue
        desk.after.papers[id] = known
        desk.keys[id] = known["key"]
        if id in desk.gathered.withdrawn:
            message = f"{known['key']} was withdrawn or is no longer accepted in the source"
        elif desk.gathered.complete:
            message = f"{known['key']} is no longer in the source"
        else:
            continue
        desk.report(
            code="gather-removed",
            message=f"{message}; it was left in the edition",
            subject=known["key"],
            hint="if it is withdrawn, write include = {withdrawn} into its entry in "
            f"{BIBLIOGRAPHY}",
        )


def _same(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    return comparable(one) == comparable(other)


def _forum(address: str) -> str:
    """The forum's id out of an address or out of itself."""
    match = re.search(r"[?&]id=([\w-]+)", address.replace("\\", ""))
    return match[1] if match else address.strip()
