"""proceedings/program.yaml: sessions and talks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from builder.edition.forms.fields import LINE, Address, Date, Form, SomeoneForm, Time, line_or

SessionKind = Literal[
    "session", "papers", "posters", "talk", "keynote", "panel", "break", "social", "opening",
    "closing",
]  # fmt: skip
TalkKind = Literal["keynote", "invited", "panel", "tutorial", "talk"]


class SlotParts(Form):
    """One paper's turn in a session; a key alone will do."""

    line: str = Field("", alias=LINE)
    paper: str = Field("", description="Key of the paper in papers.bib.")
    title: str = Field("", description="What is shown, if it is no paper of this volume.")
    start: Time | None = Field(None, description="9:00")
    end: Time | None = Field(None, description="9:20")
    presenter: str = Field("", description="Who presents, if you want to say so.")
    remote: bool = Field(False, description="true if presented from elsewhere.")

    @model_validator(mode="after")
    def _something(self) -> SlotParts:
        if not (self.line or self.paper or self.title):
            raise ValueError("a slot needs a `paper` (its key) or a `title`")
        return self


SlotForm = Annotated[SlotParts, BeforeValidator(line_or)]


class SessionForm(Form):
    """A stretch of the program; sessions may hold sessions."""

    id: str = Field("", description="Made from the title if left out.")
    title: str = Field(description="As printed.")
    kind: SessionKind = Field("session", description="What kind of session it is.")
    date: Date | None = Field(None, description="The day; may be left out for a one-day event.")
    start: Time | None = Field(None, description="9:00; left out where nobody knows.")
    end: Time | None = Field(None, description="10:30; left out where nobody knows.")
    room: str = Field("", description="Where.")
    chairs: list[SomeoneForm] = Field([], description="Ids from people.yaml, or names.")
    talk: str = Field("", description="Id of one of the `talks` below.")
    papers: list[SlotForm] = Field([], description="Keys of papers, or paper:, start:, end:, …")
    parallel: bool = Field(False, description="true if the sessions inside run at the same time.")
    sessions: list[SessionForm] = Field([], description="Sessions inside this one.")
    recording: Address = Field("", description="Address of a recording.")
    url: Address = Field("", description="Address of its page.")
    note: str = Field("", description="Free text.")


class TalkForm(Form):
    """A keynote, an invited talk, a tutorial or a panel."""

    id: str = Field("", description="What `talk:` in a session refers to; else from the title.")
    kind: TalkKind = Field("talk", description="What kind of talk it is.")
    title: str = Field(description="As printed.")
    speakers: list[SomeoneForm] = Field([], description="Speakers, or a panel's panelists.")
    moderators: list[SomeoneForm] = Field([], description="Who moderates a panel.")
    abstract: str = Field("", description="Plain text; blank lines separate paragraphs.")
    recording: Address = Field("", description="Address of a recording.")


class ProgramForm(Form):
    """The program, in the order in which it is printed."""

    sessions: list[SessionForm] = Field([], description="In order.")
    talks: list[TalkForm] = Field([], description="What sessions refer to with `talk:`.")
