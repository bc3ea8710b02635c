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

    line: str = Field(default="", alias=LINE)
    paper: str = Field(default="", description="Key of the paper in papers.bib.")
    title: str = Field(default="", description="What is shown, if it is no paper of this volume.")
    start: Time | None = Field(default=None, description="9:00")
    end: Time | None = Field(default=None, description="9:20")
    presenter: str = Field(default="", description="Who presents, if you want to say so.")
    remote: bool = Field(default=False, description="true if presented from elsewhere.")

    @model_validator(mode="after")
    def _something(self) -> SlotParts:
        if not (self.line or self.paper or self.title):
            raise ValueError("a slot needs a `paper` (its key) or a `title`")
        return self


SlotForm = Annotated[SlotParts, BeforeValidator(line_or)]


class SessionForm(Form):
    """A stretch of the program; sessions may hold sessions."""

    id: str = Field(default="", description="Made from the title if left out.")
    title: str = Field(description="As printed.")
    kind: SessionKind = Field(default="session", description="What kind of session it is.")
    date: Date | None = Field(
        default=None, description="The day; may be left out for a one-day event."
    )
    start: Time | None = Field(default=None, description="9:00; left out where nobody knows.")
    end: Time | None = Field(default=None, description="10:30; left out where nobody knows.")
    room: str = Field(default="", description="Where.")
    chairs: list[SomeoneForm] = Field(default=[], description="Ids from people.yaml, or names.")
    talk: str = Field(default="", description="Id of one of the `talks` below.")
    papers: list[SlotForm] = Field(
        default=[], description="Keys of papers, or paper:, start:, end:, …"
    )
    parallel: bool = Field(
        default=False, description="true if the sessions inside run at the same time."
    )
    sessions: list[SessionForm] = Field(default=[], description="Sessions inside this one.")
    recording: Address = Field(default="", description="Address of a recording.")
    url: Address = Field(default="", description="Address of its page.")
    note: str = Field(default="", description="Free text.")


class TalkForm(Form):
    """A keynote, an invited talk, a tutorial or a panel."""

    id: str = Field(
        default="", description="What `talk:` in a session refers to; else from the title."
    )
    kind: TalkKind = Field(default="talk", description="What kind of talk it is.")
    title: str = Field(description="As printed.")
    speakers: list[SomeoneForm] = Field(default=[], description="Speakers, or a panel's panelists.")
    moderators: list[SomeoneForm] = Field(default=[], description="Who moderates a panel.")
    abstract: str = Field(default="", description="Plain text; blank lines separate paragraphs.")
    recording: Address = Field(default="", description="Address of a recording.")


class ProgramForm(Form):
    """The program, in the order in which it is printed."""

    sessions: list[SessionForm] = Field(default=[], description="In order.")
    talks: list[TalkForm] = Field(default=[], description="What sessions refer to with `talk:`.")
