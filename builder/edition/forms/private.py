"""private/*.yaml: what editors keep to themselves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, RootModel

from builder.edition.forms.fields import Date, Day, Form, Mail, answer


class ConsentForm(Form):
    """One answer."""

    consent: bool = Field(description="yes or no.")
    date: Date | None = Field(default=None, description="When they answered.")
    by: str = Field(default="", description="Who answered.")
    note: str = Field(default="", description="Anything to remember.")


class ConsentsForm(RootModel[dict[str, dict[str, ConsentForm]]]):
    """private/consents.yaml: by target, then by paper."""


class ContactsForm(RootModel[dict[str, dict[str, Mail]]]):
    """private/contacts.yaml: by paper, then by author; under `editors`, who writes the letters."""


class DecisionForm(Form):
    """What the editors decided about one paper."""

    decision: Annotated[Literal["yes", "no"], BeforeValidator(answer)] = Field(
        description="yes or no: it goes before every rule but the authors' consent."
    )
    reason: str = Field(description="Why; shown wherever the decision is.", min_length=1)
    date: Date | None = Field(default=None, description="When it was decided.")
    by: str = Field(default="", description="Who decided.")


class DecisionsForm(RootModel[dict[str, dict[str, DecisionForm]]]):
    """private/decisions.yaml: by target (or `all`), then by paper."""


class ProgressForm(Form):
    """How far one paper is on its way to one journal: dates, or `yes` where nobody noted one."""

    invited: Day = Field(default=None, description="The invitation was sent.")
    reminded: Day = Field(default=None, description="The last reminder was sent.")
    accepted: Day = Field(default=None, description="The authors accepted the invitation.")
    declined: Day = Field(default=None, description="The authors declined it.")
    received: Day = Field(default=None, description="Their manuscript came.")
    checked: Day = Field(default=None, description="An editor looked it through.")
    packaged: Day = Field(
        default=None, description="The package was handed over to whoever submits."
    )
    submitted: Day = Field(default=None, description="It was submitted to the journal.")
    journal_id: str = Field(default="", description="The number that the journal gave it.")
    decision: str = Field(
        default="", description="What the journal decided: accepted, minor revision, rejected, …"
    )
    decided: Day = Field(default=None, description="When the journal decided.")
    note: str = Field(default="", description="Anything to remember.")


class StatusForm(RootModel[dict[str, dict[str, ProgressForm]]]):
    """private/status.yaml: by target, then by paper."""
