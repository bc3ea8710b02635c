"""The program: nested sessions, and the talks that belong into them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from builder.edition import latex
from builder.gather import notation
from builder.gather.aclpub2.keys import entries, full_name, line, understood
from builder.gather.aclpub2.talks import panels, talks_of
from builder.gather.aclpub2.times import moment
from builder.gather.reading import Source, shown
from builder.gather.yamldump import Row

_FILE = "program.yml"
_SESSION = (
    *("title", "start_time", "end_time", "location", "chair", "chairs", "url", "papers"),
    *("subsessions", "date", "time", "recording", "note", "room"),
)
_SLOT = ("id", "start_time", "end_time", "title", "presenter", "url")
_DEEPEST = 8
_KINDS = (
    (r"\b(coffee|tea|lunch)\b|\bbreak\b", "break"),
    (r"\bpanel\b", "panel"),
    (r"\bkeynote\b", "keynote"),
    (r"\b(opening|welcome)\b", "opening"),
    (r"\bclosing\b", "closing"),
    (r"\b(dinner|banquet|reception|social|excursion)\b", "social"),
)


def program(source: Source, papers: Collection[str]) -> tuple[dict[str, Any], dict[str, Path]]:
    """`program.yml` and the talks in the form of `program.yaml`; speakers' photos by name."""
    photos: dict[str, Path] = {}
    sessions = [
        session
        for entry in entries(source, _FILE, source.yaml(_FILE))
        if (session := _session(source, entry, papers, 0))
    ]
    talks: list[dict[str, Any]] = []
    for talk, held in [*talks_of(source, photos), *panels(source, photos)]:
        talk["id"] = notation.unique_key(talk["id"], [other["id"] for other in talks])
        talks.append(talk)
        _announce(sessions, talk, held)
    made: dict[str, Any] = {}
    if sessions:
        made["sessions"] = sessions
    if talks:
        made["talks"] = talks
    return made, photos


def _session(
    source: Source, entry: Any, papers: Collection[str], depth: int
) -> dict[str, Any] | None:
    table = understood(source, _FILE, entry, _SESSION)
    where = source.where(_FILE, entry)
    if not table:
        return None
    if depth > _DEEPEST:
        source.report(
            code="gather-shape", message="sessions are nested too deeply; left out", where=where
        )
        return None
    title = latex.plain(line(table.get("title")))
    start = moment(source, table, "start_time", where)
    end = moment(source, table, "end_time", where)
    slots = _slots(source, table.get("papers"), papers)
    inner = [
        made
        for one in entries(source, _FILE, table.get("subsessions"))
        if (made := _session(source, one, papers, depth + 1))
    ]
    session: dict[str, Any] = {"title": title or "Session"}
    kind = _kind(title, bool(slots), bool(inner))
    if kind:
        session["kind"] = kind
    date = start[0] or line(table.get("date"))[:10] or end[0]
    if not date and slots:
        date = next((slot[0] for slot in slots if slot[0]), "")
    if date:
        session["date"] = date
    if start[1]:
        session["start"] = start[1]
    if end[1]:
        session["end"] = end[1]
    if room := latex.plain(line(table.get("location") or table.get("room"))):
        session["room"] = room
    if chairs := _chairs(table.get("chairs") or table.get("chair")):
        session["chairs"] = chairs
    for key in ("url", "recording"):
        if re.match(r"https?://\S+\Z", line(table.get(key))):
            session[key] = line(table.get(key))
    if note := latex.plain(line(table.get("note"))):
        session["note"] = note
    if slots:
        session["papers"] = [row for _, row in slots]
    if inner:
        session["sessions"] = inner
    return session


def _kind(title: str, slots: bool, inner: bool) -> str:
    """The kind of a session, where its title or contents say it plainly."""
    if slots:
        return "posters" if re.search(r"\bposters?\b", title, re.IGNORECASE) else "papers"
    if inner:
        return ""
    return next((kind for pattern, kind in _KINDS if re.search(pattern, title, re.IGNORECASE)), "")


def _chairs(value: Any) -> list[str]:
    if isinstance(value, str):
        value = re.split(r"\s*(?:;|,|\band\b|&)\s*", value)
    if not isinstance(value, list):
        return []
    names = (
        " ".join(filter(None, full_name(one))) if isinstance(one, Mapping) else line(one)
        for one in value
    )
    return [latex.plain(name) for name in names if name]


def _slots(source: Source, value: Any, papers: Collection[str]) -> list[tuple[str, Any]]:
    """Each slot with its date."""
    slots: list[tuple[str, Any]] = []
    for entry in entries(source, _FILE, value):
        table = {"id": entry} if isinstance(entry, str) else understood(source, _FILE, entry, _SLOT)
        where = source.where(_FILE, entry)
        start = moment(source, table, "start_time", where)
        end = moment(source, table, "end_time", where)
        id = line(table.get("id"))
        title = latex.plain(line(table.get("title")))
        row = Row()
        if id and (id in papers or not title):
            row["paper"] = id
        elif title:
            row["title"] = title
        if not row:
            continue
        if id and id not in papers:
            source.report(
                code="gather-unknown-paper",
                message=f"the program has a paper “{shown(id)}” that papers.yml does not have",
                where=where,
                hint="add the paper, or take it out of the program",
            )
        if start[1]:
            row["start"] = start[1]
        if end[1]:
            row["end"] = end[1]
        if presenter := latex.plain(line(table.get("presenter"))):
            row["presenter"] = presenter
        slots.append((start[0] or end[0], row))
    return slots


def _announce(sessions: list[dict[str, Any]], talk: dict[str, Any], held: dict[str, str]) -> None:
    """Puts a talk into the program: into the session of its title, or where its time belongs."""
    for session in _walk(sessions):
        if session["title"].casefold() == talk["title"].casefold() and "papers" not in session:
            session["talk"] = talk["id"]
            session.setdefault("kind", talk["kind"] if talk["kind"] != "invited" else "talk")
            return
    if "date" not in held:
        return  # nobody said when; the talk stands among the talks
    kind = talk["kind"] if talk["kind"] in {"keynote", "panel"} else "talk"
    session = {"title": talk["title"], "kind": kind, "date": held["date"]}
    session |= {key: held[key] for key in ("start", "end", "room") if key in held}
    if chairs := _chairs(held.get("chair")):
        session["chairs"] = chairs
    session["talk"] = talk["id"]
    when = (held["date"], held.get("start", ""))
    at = next(
        (
            place
            for place, other in enumerate(sessions)
            if (other.get("date", ""), other.get("start", "")) > when
        ),
        len(sessions),
    )
    sessions.insert(at, session)


def _walk(sessions: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    for session in sessions:
        yield session
        yield from _walk(session.get("sessions", []))
