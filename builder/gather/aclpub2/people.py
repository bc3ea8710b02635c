"""Committees: lists of people, blocks of names, under `members`, `entries` or nothing at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from builder.edition import latex
from builder.gather import notation
from builder.gather.aclpub2.keys import LINKS, NAMES, entries, full_name, line, understood
from builder.gather.reading import Source
from builder.gather.yamldump import Row

_GROUP = ("role", "members", "entries", "type", "title", "name")


def committees(source: Source) -> list[dict[str, Any]]:
    """The organizing committee as one, its offices as roles; each further group by itself."""
    made: list[dict[str, Any]] = []
    organizers: list[dict[str, Any]] = []
    for role, members in _groups(source, "organizing_committee.yml"):
        organizers += [_with_role(member, role) for member in members]
    if organizers:
        made.append(
            {
                "id": "organizing-committee",
                "title": "Organizing Committee",
                "members": organizers,
            }
        )
    taken = {"organizing-committee"}
    for role, members in _groups(source, "program_committee.yml"):
        title = role or "Program Committee"
        id = notation.unique_key(notation.slug(title, "committee"), taken)
        taken.add(id)
        made.append({"id": id, "title": title, "members": members})
    return made


def _with_role(member: dict[str, Any], role: str) -> dict[str, Any]:
    return Row({**member, "role": role}) if role else member


def _groups(source: Source, file: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Each group's role as printed, and its members in the form of `people.yaml`."""
    data = source.yaml(file)
    if isinstance(data, Mapping) and not {"role", "members", "entries"} & data.keys():
        # A table from role to people.
        data = [{"role": role, "members": members} for role, members in data.items()]
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    for group in entries(source, file, data):
        if isinstance(group, str):
            groups.append(("", [Row(name=latex.plain(group))]))
            continue
        if isinstance(group, Mapping) and {"first_name", "last_name"} & group.keys():
            table: Mapping[str, Any] = {"members": [group]}
        else:
            table = understood(source, file, group, _GROUP)
        people = table.get("members") or table.get("entries")
        role = latex.plain(line(table.get("role") or table.get("title")))
        members: list[dict[str, Any]] = []
        block = line(table.get("type")) == "name_block"
        if isinstance(people, str):
            people = re.split(r"[;\n]", people)
        for entry in entries(source, file, people):
            if isinstance(entry, str):
                members += _names(entry, block)
            elif member := _member(source, file, entry):
                members.append(member)
        if members:
            groups.append((role, members))
    return groups


def _names(entry: str, block: bool) -> list[dict[str, Any]]:
    """The people of one line: a block holds names only, other lines "name, affiliation"."""
    text = latex.plain(notation.one_line(entry))
    if block or text.count(",") > 1:
        parts = re.split(r"\s*[,;]\s*(?!(?:Jr|Sr)\b)", text)
        return [Row(name=part) for part in parts if part]
    name, _, affiliation = text.partition(",")
    if not name.strip():
        return []
    row = Row(name=name.strip())
    if affiliation.strip():
        row["affiliation"] = affiliation.strip()
    return [row]


def _member(source: Source, file: str, entry: Any) -> dict[str, Any] | None:
    table = understood(source, file, entry, (*NAMES, *LINKS, "role"))
    name = latex.plain(" ".join(filter(None, full_name(table))))
    if not name:
        source.report(
            code="gather-author",
            message=f"somebody in {file} has no name; left out",
            where=source.where(file, entry),
            hint="add the name in proceedings/people.yaml",
        )
        return None
    row = Row(name=name)
    place = latex.plain(line(table.get("institution") or table.get("affiliation")))
    if place:
        row["affiliation"] = place
    url = line(table.get("homepage"))
    if re.match(r"https?://\S+\Z", url):
        row["url"] = url
    if role := latex.plain(line(table.get("role"))):
        row["role"] = role
    return row
