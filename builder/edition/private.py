"""What editors keep to themselves: consents and addresses. Never part of a `Volume`.

Read only by whoever prepares a package for a journal; site and booklet never see these records.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, RootModel

from builder.edition import sheet
from builder.edition.forms.fields import Date, Form, Mail
from builder.model import Finding, Where

CONSENTS = "private/consents.yaml"
CONTACTS = "private/contacts.yaml"


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
    """An author's address."""

    paper: str
    author: str
    """As printed on the paper."""
    email: str
    where: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """Everything in `private/` that packages need."""

    consents: tuple[Consent, ...] = ()
    contacts: tuple[Contact, ...] = ()
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


class ConsentForm(Form):
    """One answer."""

    consent: bool = Field(description="yes or no.")
    date: Date | None = Field(default=None, description="When they answered.")
    by: str = Field(default="", description="Who answered.")
    note: str = Field(default="", description="Anything to remember.")


class ConsentsForm(RootModel[dict[str, dict[str, ConsentForm]]]):
    """private/consents.yaml: by target, then by paper."""


class ContactsForm(RootModel[dict[str, dict[str, Mail]]]):
    """private/contacts.yaml: by paper, then by author."""


def load(root: Path) -> Private:
    """Reads `private/` of the edition in `root`; files that are not there hold nothing."""
    consents = sheet.read(root, CONSENTS, ConsentsForm)
    contacts = sheet.read(root, CONTACTS, ContactsForm)
    answers = consents.form.root if consents.form else {}
    people = contacts.form.root if contacts.form else {}
    return Private(
        consents=tuple(
            Consent(
                target=target,
                paper=paper,
                given=form.consent,
                date=form.date,
                by=form.by,
                note=form.note,
                where=consents.where(target, paper),
            )
            for target, papers in answers.items()
            for paper, form in papers.items()
        ),
        contacts=tuple(
            Contact(paper=paper, author=author, email=email, where=contacts.where(paper, author))
            for paper, authors in people.items()
            for author, email in authors.items()
        ),
        findings=consents.findings + contacts.findings,
    )
