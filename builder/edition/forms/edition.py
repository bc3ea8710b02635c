"""proceedings/edition.yaml: the event, the volume, and how they are shown."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from builder.edition.forms.booklet import BookletForm
from builder.edition.forms.fields import (
    LINE,
    Address,
    Date,
    DateForm,
    Doi,
    Form,
    Mail,
    Moved,
    NewsForm,
    Place,
    SomeoneForm,
    line_or,
)


class ContactForm(Form):
    """A public contact."""

    name: str = Field(description="Whom to write to.")
    email: Mail = Field(default="", description="Printed and shown: public.")
    url: Address = Field(default="", description="Instead of an e-mail address.")

    @model_validator(mode="after")
    def _one_of_them(self) -> ContactForm:
        if not (self.email or self.url):
            raise ValueError("a contact needs an `email` or a `url`")
        return self


class LinkForm(Form):
    """An address under a title."""

    title: str = Field(description="What the link says.")
    url: Address = Field(description="https://…")


class EventForm(Form):
    """The workshop or conference."""

    name: str = Field(description="In full.")
    short_name: str = Field(default="", description="As people say it, with the year.")
    start: Date | None = Field(default=None, description="First day: 2025-07-19.")
    end: Date | None = Field(default=None, description="Last day; left out for one day.")
    place: str = Field(default="", description="Town, country.")
    timezone: str = Field(default="", description="IANA name: America/Vancouver.")
    host: str = Field(default="", description="The conference it is part of: ICML 2025.")
    host_url: Address = Field(default="", description="Address of that conference.")
    url: Address = Field(default="", description="Address of the event.")
    contacts: list[ContactForm] = Field(default=[], description="Public contacts.")
    links: list[LinkForm] = Field(default=[], description="Official schedule, recordings, …")


class VolumeForm(Form):
    """The volume."""

    title: str = Field(description="On the cover; `Proceedings of …` only if it is a publication.")
    subtitle: str = Field(default="", description="Below the title.")
    editors: list[SomeoneForm] = Field(default=[], description="Ids from people.yaml, or names.")
    archival: bool = Field(default=False, description="true if this is a publication.")
    statement: str = Field(default="", description="What a volume that is none says about itself.")
    publisher: str = Field(default="", description="Only if there is one.")
    isbn: str = Field(default="", description="Only if there is one.")
    issn: str = Field(default="", description="Only if there is one.")
    doi: Doi = Field(default="", description="Only if there is one: 10.1234/abcd.")
    license: str = Field(default="", description="SPDX identifier: CC-BY-4.0.")
    language: str = Field(default="en", description="Language of the volume: en, fr, pt-BR.")
    date: Date | None = Field(
        default=None, description="Publication date; else the event's first day."
    )
    order: Literal["listed", "track", "program", "title"] = Field(
        default="listed",
        description="Order of papers: as in papers.bib, by track, by program, by title.",
    )


class TrackForm(Form):
    """A kind of paper."""

    id: str = Field(description="What `track = {…}` in papers.bib says: lower-case letters.")
    name: str = Field(description="Heading, plural: `Full-length papers`.")
    page_limit: int | None = Field(default=None, ge=1, description="Pages; left out for no limit.")
    references_counted: bool = Field(
        default=False, description="true if the list of references counts towards the limit."
    )


class SponsorForm(Form):
    """Who supported the event."""

    name: str = Field(description="Set in type where there is no logo.")
    url: Address = Field(default="", description="https://…")
    logo: str = Field(
        default="", description="Image in proceedings/, for example images/sponsor.png."
    )


class TierForm(Form):
    """Sponsors of one level."""

    title: str = Field(default="Sponsors", description="Heading: `Gold Sponsors`.")
    sponsors: list[SponsorForm] = Field(default=[], description="In order.")


class SponsorsForm(Form):
    """Sponsors and what they ask to have printed."""

    tiers: list[TierForm] = Field(default=[], description="Levels, highest first.")
    acknowledgement: str = Field(default="", description="Sentence that sponsors ask for.")


class ProseParts(Form):
    """A page of prose."""

    line: str = Field(default="", alias=LINE)
    file: str = Field(default="", description="A .md file in proceedings/.")
    booklet: bool = Field(default=True, description="false to show it on the site only.")


ProseForm = Annotated[ProseParts, BeforeValidator(line_or)]


class OtherEditionForm(Form):
    """One edition of the event, this one included if you like."""

    title: str = Field(description="As people say it: TerraBytes 2024.")
    url: Place = Field(description="Full address, or relative to this site: ../2024/.")


class RedirectForm(Form):
    """A page that moved."""

    old: Moved = Field(description="Where it stood, below the site's root: papers/old25.html.")
    new: Place = Field(description="Where it stands: papers/new25.html, or a full address.")


class SiteForm(Form):
    """What the site exposes."""

    url: Address = Field(
        default="", description="Where it will stand; empty while you do not know."
    )
    scholarly_tags: bool | None = Field(
        default=None, description="Tags for Google Scholar; left out: decided honestly."
    )
    index: bool | None = Field(
        default=None, description="Whether search engines are invited; left out: decided honestly."
    )
    editions: list[OtherEditionForm] = Field(
        default=[], description="The event's editions, in the order to be shown."
    )
    redirects: list[RedirectForm] = Field(
        default=[], description="Pages that moved, so that old links still lead to them."
    )


def _subjects(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: [item] if isinstance(item, str) else item for key, item in value.items()}
    return value


class EditionForm(Form):
    """The edition: event, volume, tracks, dates, sponsors, settings."""

    event: EventForm = Field(description="The workshop or conference.")
    volume: VolumeForm = Field(description="The volume.")
    tracks: list[TrackForm] = Field(default=[], description="Kinds of papers, in order.")
    topics: list[str] = Field(default=[], description="Topics of the call.")
    dates: list[DateForm] = Field(default=[], description="Important dates.")
    news: list[NewsForm] = Field(
        default=[], description="What happened, in any order; the home page shows the latest."
    )
    sponsors: SponsorsForm = Field(default=SponsorsForm(), description="Sponsors.")
    prose: list[ProseForm] | None = Field(
        default=None,
        description="Pages of prose in order; every .md file but index.md if left out.",
    )
    booklet: BookletForm = Field(default=BookletForm(), description="The booklet.")
    site: SiteForm = Field(default=SiteForm(), description="The site.")
    accept: Annotated[dict[str, list[str]], BeforeValidator(_subjects)] = Field(
        default={}, description="Findings you looked at and accept: code, then subjects or '*'."
    )
