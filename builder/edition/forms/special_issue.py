"""proceedings/special-issue.yaml: a special issue that grows out of the workshop."""

from __future__ import annotations

from pydantic import Field

from builder.edition.forms.fields import LINE, DateForm, Form, Someone


class SelectForm(Form):
    """Which papers are eligible."""

    tracks: list[str] = Field([], description="Ids of tracks; all if left out.")
    minimum_pages: int | None = Field(None, ge=1, description="References not counted.")


class GuestEditorForm(Someone):
    """A proposed guest editor."""

    line: str = Field("", alias=LINE)
    experience: str = Field("", description="What journals ask: editorial experience, expertise.")
    lead: bool = Field(False, description="true for the one whom the journal writes to.")


class SpecialIssueForm(Form):
    """What a journal asks of a proposal."""

    title: str = Field("", description="Proposed title.")
    scope: str = Field("", description="A paragraph or two.")
    motivation: str = Field("", description="Why now, why this journal.")
    topics: list[str] = Field([], description="Topics of interest; the edition's if left out.")
    targets: list[str] = Field([], description="Journals in question: dmlr, jstars, pmlr.")
    select: SelectForm = Field(default_factory=SelectForm, description="Which papers are eligible.")
    guest_editors: list[GuestEditorForm] = Field([], description="Who would edit it.")
    timeline: list[DateForm] = Field([], description="Call, submission, decisions, publication.")
