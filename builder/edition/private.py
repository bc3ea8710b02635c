"""What editors keep to themselves: consents, addresses, decisions. Never part of a `Volume`.

Read only by whoever prepares a package for a journal; site and booklet never see these records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from builder.edition import sheet
from builder.edition.forms.private import (
    ConsentsForm,
    ContactsForm,
    DecisionsForm,
    ProgressForm,
    StatusForm,
)
from builder.edition.sheet import Sheet
from builder.edition.suggest import did_you_mean
from builder.model import Finding, Severity, Volume, Where

CONSENTS = "private/consents.yaml"
CONTACTS = "private/contacts.yaml"
DECISIONS = "private/decisions.yaml"
STATUS = "private/status.yaml"

ALL = "all"
"""In decisions.yaml, in place of a target: for whatever journal."""
EDITORS = "editors"
"""In contacts.yaml, in place of a paper's key: who writes the letters."""

Day = dt.date | Literal[True] | None
"""A day, `True` for one that nobody noted, `None` for not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What the authors of a paper answered when asked about one target."""

    target: str
    """Export target: `dmlr`, `jstars`, …"""
    paper: str
    """Key of the paper."""
    given: bool
    date: dt.date | None = None
    by: str = ""
    """Who answered."""
    note: str = ""
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody's address."""

    paper: str
    """Key of the paper, or `EDITORS`."""
    author: str
    """As printed on the paper."""
    email: str
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the editors decided about one paper, whatever the rules say."""

    target: str
    """Export target, or `ALL`."""
    paper: str
    decision: Literal["yes", "no"]
    reason: str
    date: dt.date | None = None
    by: str = ""
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far one paper is on its way to one journal, as the editors noted it."""

    target: str
    paper: str
    invited: Day = None
    reminded: Day = None
    accepted: Day = None
    """The authors accepted the invitation."""
    declined: Day = None
    received: Day = None
    """Their manuscript came."""
    checked: Day = None
    packaged: Day = None
    submitted: Day = None
    journal_id: str = ""
    decision: str = ""
    """The journal's, in the editors' words."""
    decided: Day = None
    note: str = ""
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """Everything in `private/` that packages need."""

    consents: tuple[Consent, ...] = ()
    contacts: tuple[Contact, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    progress: tuple[Progress, ...] = ()
    findings: tuple[Finding, ...] = ()

    def consent(self, target: str, paper: str) -> Consent | None:
        """What is recorded about a paper and a target; `None` where nobody was asked."""
        return next(
            (item for item in self.consents if item.target == target and item.paper == paper), None
        )

    def email(self, paper: str, author: str) -> str:
        """An author's address, or an empty text."""
        return next(
            (item.email for item in self.contacts if item.paper == paper and item.author == author),
            "",
        )

    def ruling(self, target: str, paper: str) -> Ruling | None:
        """The editors' own decision; one for this target goes before one for all."""
        found = {item.target: item for item in self.rulings if item.paper == paper}
        return found.get(target) or found.get(ALL)

    def on_its_way(self, target: str, paper: str) -> Progress:
        """How far a paper is; an empty record where nothing is noted."""
        return next(
            (item for item in self.progress if item.target == target and item.paper == paper),
            Progress(target=target, paper=paper),
        )

    @property
    def senders(self) -> tuple[Contact, ...]:
        """Who writes the letters, in the order of contacts.yaml."""
        return tuple(item for item in self.contacts if item.paper == EDITORS)


def load(root: Path) -> Private:
    """Reads `private/` of the edition in `root`; files that are not there hold nothing."""
    consents = sheet.read(root, CONSENTS, ConsentsForm)
    contacts = sheet.read(root, CONTACTS, ContactsForm)
    decisions = sheet.read(root, DECISIONS, DecisionsForm)
    status = sheet.read(root, STATUS, StatusForm)
    return Private(
        consents=tuple(
            Consent(
                target=target,
                paper=paper,
                given=form.consent,
                date=form.date,
                by=form.by,
                note=form.note,
                where=where,
            )
            for target, paper, form, where in _each(consents)
        ),
        contacts=tuple(
            Contact(paper=paper, author=author, email=email, where=where)
            for paper, author, email, where in _each(contacts)
        ),
        rulings=tuple(
            Ruling(
                target=target,
                paper=paper,
                decision=form.decision,
                reason=form.reason,
                date=form.date,
                by=form.by,
                where=where,
            )
            for target, paper, form, where in _each(decisions)
        ),
        progress=tuple(
            _progress(target, paper, form, where) for target, paper, form, where in _each(status)
        ),
        findings=consents.findings + contacts.findings + decisions.findings + status.findings,
    )


def strangers(private: Private, volume: Volume, targets: Iterable[str]) -> Iterator[Finding]:
    """What `private/` says about papers, authors and targets that do not exist: slips, mostly."""
    keys = [paper.key for paper in volume.papers]
    known = sorted({*targets})
    entries = [
        *((item.target, item.paper, item.where) for item in private.consents),
        *((item.target, item.paper, item.where) for item in private.rulings),
        *((item.target, item.paper, item.where) for item in private.progress),
    ]
    told: set[tuple[str, str]] = set()
    for target, _, where in entries:
        file = where.file if where else ""
        if target not in known and target != ALL and (file, target) not in told:
            told.add((file, target))
            yield Finding(
                code="private-unknown-target",
                severity=Severity.WARNING,
                message=f"{file} speaks of `{target}`, which is no target"
                f"{did_you_mean(target, known)}",
                where=where,
                hint=f"targets: {', '.join(known)}",
            )
    papers = [(paper, where) for _, paper, where in entries]
    papers += [(item.paper, item.where) for item in private.contacts if item.paper != EDITORS]
    for paper, where in papers:
        file = where.file if where else ""
        if paper not in keys and (file, paper) not in told:
            told.add((file, paper))
            yield Finding(
                code="private-unknown-paper",
                severity=Severity.WARNING,
                message=f"{file} speaks of `{paper}`, which papers.bib does not have"
                f"{did_you_mean(paper, keys)}",
                where=where,
                hint="correct the key, or delete what stands below it",
            )
    for contact in private.contacts:
        found = volume.paper(contact.paper)
        printed = [author.name.full for author in found.contributors] if found else []
        if found and contact.author not in printed:
            yield Finding(
                code="private-unknown-author",
                severity=Severity.WARNING,
                message=f"`{contact.author}` is none of the authors of {contact.paper}"
                f"{did_you_mean(contact.author, printed)}",
                subject=contact.paper,
                where=contact.where,
                hint="write the name as papers.bib prints it, given name first",
            )


def _each(part: Sheet[Any]) -> Iterator[tuple[str, str, Any, Where]]:
    for outer, entries in part.form.root.items() if part.form else ():
        for inner, form in entries.items():
            yield outer, inner, form, part.where(outer, inner)


def _progress(target: str, paper: str, form: ProgressForm, where: Where) -> Progress:
    said = {name: getattr(form, name) for name in ProgressForm.model_fields}
    return Progress(target=target, paper=paper, where=where, **said)
