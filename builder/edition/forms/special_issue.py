"""proceedings/special-issue.yaml: a special issue that grows out of the workshop."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from builder.edition.forms.fields import LINE, DateForm, Form, Someone, answer

Answer = Annotated[Literal["no", "ask", "yes"], BeforeValidator(answer)]


class SelectForm(Form):
    """The rules by which papers are selected."""

    tracks: list[str] = Field(default=[], description="Ids of tracks; all if left out.")
    minimum_pages: int | None = Field(default=None, ge=1, description="References not counted.")
    exclude: dict[str, str] = Field(
        default={}, description="Papers that are out, each with the reason: `liu25: withdrawn`."
    )
    previously_published: Answer = Field(
        default="no", description="Whether papers published elsewhere before may be handed in."
    )
    published_tracks: list[str] = Field(
        default=[],
        description="Tracks whose papers may have been published elsewhere, by the call's rules.",
    )
    new_content: dict[str, Annotated[int, Field(ge=0, le=100)]] = Field(
        default={}, description="Per cent of new text a journal asks for: `{jstars: 40}`."
    )
    own_papers: dict[str, Answer] = Field(
        default={},
        description="Whether a journal lets guest editors hand in own papers: `{jstars: no}`.",
    )


class GuestEditorForm(Someone):
    """A proposed guest editor."""

    line: str = Field(default="", alias=LINE)
    experience: str = Field(
        default="", description="What journals ask: editorial experience, expertise."
    )
    lead: bool = Field(default=False, description="true for the one whom the journal writes to.")


class SpecialIssueForm(Form):
    """What a journal asks of a proposal."""

    title: str = Field(default="", description="Proposed title.")
    scope: str = Field(default="", description="A paragraph or two.")
    motivation: str = Field(default="", description="What it is for; a paragraph or two.")
    relevance: str = Field(default="", description="Why this journal.")
    timeliness: str = Field(default="", description="Why now.")
    review: str = Field(
        default="", description="How papers were reviewed so far, and how the issue's will be."
    )
    expected: str = Field(
        default="", description="How many manuscripts and papers you expect, in words."
    )
    publicity: str = Field(default="", description="How the call will be made known.")
    conflicts: str = Field(
        default="", description="What you agreed to do about conflicts of interest."
    )
    topics: list[str] = Field(
        default=[], description="Topics of interest; the edition's if left out."
    )
    targets: list[str] = Field(default=[], description="Journals in question: dmlr, jstars, pmlr.")
    select: SelectForm = Field(default=SelectForm(), description="Which papers are eligible.")
    guest_editors: list[GuestEditorForm] = Field(default=[], description="Who would edit it.")
    timeline: list[DateForm] = Field(
        default=[], description="Call, submission, decisions, publication."
    )
