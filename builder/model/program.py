"""The program: days of sessions, sessions of slots; papers any number of times."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from builder.model.finding import Where
from builder.model.people import Contributor


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One paper's turn in a session."""

    paper: str
    """Key of the paper, or empty when `title` names something that is no paper of the volume."""
    title: str = ""
    start: dt.time | None = None
    end: dt.time | None = None
    presenter: str = ""
    """As printed, or empty when nobody said."""
    remote: bool = False
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A keynote, an invited talk or a panel."""

    id: str
    kind: str
    """`keynote`, `invited`, `panel`, `tutorial` or `talk`."""
    title: str
    speakers: tuple[Contributor, ...] = ()
    """Speakers, or a panel's panelists."""
    moderators: tuple[Contributor, ...] = ()
    abstract: str = ""
    """Plain text, paragraphs separated by blank lines, or empty."""
    recording: str = ""
    """Address of a recording, or empty."""
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A stretch of the program; may hold slots, a talk, and sessions of its own."""

    id: str
    title: str
    kind: str = "session"
    """`session`, `papers`, `posters`, `talk`, `keynote`, `panel`, `break`, `social`, `opening` or
    `closing`."""
    date: dt.date | None = None
    start: dt.time | None = None
    """Local to the program's time zone; `None` where the source is silent."""
    end: dt.time | None = None
    room: str = ""
    chairs: tuple[Contributor, ...] = ()
    talk: str = ""
    """Id of a `Talk`, or empty."""
    slots: tuple[Slot, ...] = ()
    sessions: tuple[Session, ...] = ()
    parallel: bool = False
    """Whether `sessions` run at the same time rather than one after the other."""
    recording: str = ""
    url: str = ""
    note: str = ""
    where: Where | None = None

    def walk(self) -> Iterator[Session]:
        """Yields this session, then all sessions inside it, in order."""
        yield self
        for session in self.sessions:
            yield from session.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The whole program, in the order its editors wrote it."""

    timezone: str = ""
    """IANA name (`America/Vancouver`), or empty where nobody said."""
    sessions: tuple[Session, ...] = ()
    talks: tuple[Talk, ...] = ()

    def walk(self) -> Iterator[Session]:
        """Every session at any depth, in order."""
        for session in self.sessions:
            yield from session.walk()

    def talk(self, id: str) -> Talk | None:
        """The talk of that id, or `None`."""
        return next((talk for talk in self.talks if talk.id == id), None)

    def sessions_of(self, paper: str) -> tuple[tuple[Session, Slot], ...]:
        """Every session and slot in which the paper of that key appears."""
        return tuple(
            (session, slot)
            for session in self.walk()
            for slot in session.slots
            if slot.paper == paper
        )
