"""Sessions, slots and talks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from builder.edition.forms.program import ProgramForm, SessionForm, SlotParts, TalkForm
from builder.edition.people import Registry
from builder.edition.sheet import Ids, Sheet
from builder.model import Event, Program, Session, Slot, Talk


def program(sheet: Sheet[ProgramForm], registry: Registry, event: Event) -> Program:
    """The program; sessions of a one-day event, and those inside others, inherit their date."""
    if sheet.form is None:
        return Program(timezone=event.timezone)
    one_day = event.start is not None and event.end in {None, event.start}
    reader = _Reader(sheet, registry)
    return Program(
        timezone=event.timezone,
        sessions=reader.sessions(sheet.form.sessions, (), event.start if one_day else None),
        talks=reader.talks(sheet.form.talks),
    )


@dataclass
class _Reader:
    sheet: Sheet[ProgramForm]
    registry: Registry

    def __post_init__(self) -> None:
        self.session_ids = Ids("session", self.registry.findings)
        self.talk_ids = Ids("talk", self.registry.findings)
        # Ids that editors wrote come before those that are made from titles.
        self.written = set(_written(self.sheet.form.sessions)) if self.sheet.form else set()

    def sessions(
        self, forms: list[SessionForm], path: tuple[str | int, ...], date: dt.date | None
    ) -> tuple[Session, ...]:
        found = []
        for index, form in enumerate(forms):
            here = (*path, "sessions", index)
            where = self.sheet.where(*here)
            if form.id:
                id = self.session_ids.given(form.id, self.sheet.where(*here, "id"))
            else:
                id = self.session_ids.made(form.title, where)
                while id in self.written:
                    id = self.session_ids.made(form.title, where)
            if id is None:
                id = self.session_ids.made(form.title, where)
            day = form.date or date
            found.append(
                Session(
                    id=id,
                    title=form.title,
                    kind=form.kind,
                    date=day,
                    start=form.start,
                    end=form.end,
                    room=form.room,
                    chairs=self.registry.contributors(form.chairs, self.sheet, *here, "chairs"),
                    talk=form.talk,
                    slots=tuple(
                        self.slot(slot, (*here, "papers", at))
                        for at, slot in enumerate(form.papers)
                    ),
                    sessions=self.sessions(form.sessions, here, day),
                    parallel=form.parallel,
                    recording=form.recording,
                    url=form.url,
                    note=form.note,
                    where=where,
                )
            )
        return tuple(found)

    def slot(self, form: SlotParts, path: tuple[str | int, ...]) -> Slot:
        return Slot(
            paper=form.line or form.paper,
            title=form.title,
            start=form.start,
            end=form.end,
            presenter=form.presenter,
            remote=form.remote,
            where=self.sheet.where(*path),
        )

    def talks(self, forms: list[TalkForm]) -> tuple[Talk, ...]:
        found = []
        for index, form in enumerate(forms):
            where = self.sheet.where("talks", index)
            id = self.talk_ids.given(form.id, where) if form.id else None
            if id is None:
                if form.id:
                    continue  # a second talk of that id: nothing could refer to it
                id = self.talk_ids.made(form.title, where)
            path = ("talks", index)
            people = self.registry.contributors
            found.append(
                Talk(
                    id=id,
                    kind=form.kind,
                    title=form.title,
                    speakers=people(form.speakers, self.sheet, *path, "speakers"),
                    moderators=people(form.moderators, self.sheet, *path, "moderators"),
                    abstract=form.abstract,
                    recording=form.recording,
                    where=where,
                )
            )
        return tuple(found)


def _written(forms: list[SessionForm]) -> Iterator[str]:
    for form in forms:
        if form.id:
            yield form.id
        yield from _written(form.sessions)
