"""Invited talks and panels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from builder.edition import latex
from builder.gather import notation
from builder.gather.aclpub2.facts import image
from builder.gather.aclpub2.keys import LINKS, NAMES, entries, full_name, line, understood
from builder.gather.aclpub2.prose import converted
from builder.gather.aclpub2.times import moment
from builder.gather.reading import Source
from builder.gather.yamldump import Row
from builder.model import Where

_TALK = (
    *("speaker_name", "institution", "title", "abstract_file", "bio_file", "photo", "date", "time"),
    *("location", "chair", "custom_prefix", "end_time", "speaker"),
)
_PANEL = (
    *("title", "photo", "date", "time", "location", "chair", "abstract_file", "moderators"),
    *("panelists", "end_time", "custom_prefix"),
)


def talks_of(
    source: Source, photos: dict[str, Path]
) -> Iterable[tuple[dict[str, Any], dict[str, str]]]:
    """The invited talks, each with when and where it is held."""
    file = "invited_talks.yml"
    for entry in entries(source, file, source.yaml(file)):
        table = understood(source, file, entry, _TALK)
        title = latex.plain(line(table.get("title")))
        speaker = _person(source, file, table.get("speaker"), photos) if table else {}
        if name := latex.plain(line(table.get("speaker_name"))):
            speaker = Row(name=name)
            if place := latex.plain(line(table.get("institution"))):
                speaker["affiliation"] = place
        if not title and not speaker:
            continue
        if speaker:
            speaker = dict(speaker)
            if bio := _file(source, table, "bio_file", source.where(file, entry, "bio_file")):
                speaker["biography"] = bio
            photo = line(table.get("photo"))
            if photo and (kept := image(source, "invited_talks", photo, photos)):
                speaker["photo"] = kept
        prefix = line(table.get("custom_prefix"))
        kind = "keynote" if "keynote" in prefix.lower() else "invited"
        id = notation.slug(str(speaker.get("name", "")) or title, "talk")
        talk: dict[str, Any] = {"id": id, "kind": kind}
        talk["title"] = title or f"Talk by {speaker['name']}"
        if speaker:
            talk["speakers"] = [speaker]
        if abstract := _file(
            source, table, "abstract_file", source.where(file, entry, "abstract_file")
        ):
            talk["abstract"] = abstract
        yield talk, _held(source, table, source.where(file, entry))


def panels(
    source: Source, photos: dict[str, Path]
) -> Iterable[tuple[dict[str, Any], dict[str, str]]]:
    """The panels, each with when and where it is held."""
    file = "panels.yml"
    for entry in entries(source, file, source.yaml(file)):
        table = understood(source, file, entry, _PANEL)
        title = latex.plain(line(table.get("title")))
        if not title:
            continue
        talk: dict[str, Any] = {"id": notation.slug(title, "panel"), "kind": "panel"}
        talk["title"] = title
        for key, field in (("panelists", "speakers"), ("moderators", "moderators")):
            people = [
                person
                for one in entries(source, file, table.get(key))
                if (person := _person(source, file, one, photos))
            ]
            if people:
                talk[field] = people
        if abstract := _file(
            source, table, "abstract_file", source.where(file, entry, "abstract_file")
        ):
            talk["abstract"] = abstract
        yield talk, _held(source, table, source.where(file, entry))


def _person(source: Source, file: str, entry: Any, photos: dict[str, Path]) -> dict[str, Any]:
    if isinstance(entry, str):
        return Row(name=latex.plain(line(entry))) if line(entry) else {}
    if entry is None:
        return {}
    table = understood(source, file, entry, (*NAMES, *LINKS, "bio_file", "photo"))
    name = latex.plain(line(table.get("name")) or " ".join(filter(None, full_name(table))))
    if not name:
        return {}
    person: dict[str, Any] = Row(name=name)
    if place := latex.plain(line(table.get("institution") or table.get("affiliation"))):
        person["affiliation"] = place
    if bio := _file(source, table, "bio_file", source.where(file, entry, "bio_file")):
        person["biography"] = bio
    photo = line(table.get("photo"))
    if photo and (kept := image(source, "panels", photo, photos)):
        person["photo"] = kept
    return person


def _file(source: Source, table: Mapping[str, Any], key: str, where: Where) -> str:
    """The text of a LaTeX file that a talk or a panel names, as plain text."""
    name = line(table.get(key))
    if not name:
        return ""
    # Panels' files lie beside those of the talks in some conferences' folders.
    for folder in ("invited_talks", "panels"):
        candidate = source.existing(folder, name)
        if candidate is not None:
            return converted(source, candidate, markdown=False)
    source.file("invited_talks", name, where=where)
    return ""


def _held(source: Source, table: Mapping[str, Any], where: Where) -> dict[str, str]:
    """When, where and under whose chair a talk is held."""
    date, time = moment(source, table, "date", where)
    if line(table.get("time")):
        time = moment(source, table, "time", where)[1] or time
    held = {"date": date, "start": time, "end": moment(source, table, "end_time", where)[1]}
    held["room"] = latex.plain(line(table.get("location")))
    held["chair"] = line(table.get("chair"))
    return {key: value for key, value in held.items() if value}
