"""proceedings/edition.yaml: the event, the volume, and how they are shown."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from builder.edition.forms.fields import (
    LINE,
    Address,
    Color,
    Date,
    DateForm,
    Doi,
    Form,
    Mail,
    SomeoneForm,
    line_or,
)


class ContactForm(Form):
    """A public contact."""

    name: str = Field(description="Whom to write to.")
    email: Mail = Field("", description="Printed and shown: public.")
    url: Address = Field("", description="Instead of an e-mail address.")

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
    short_name: str = Field("", description="As people say it, with the year.")
    start: Date | None = Field(None, description="First day: 2025-07-19.")
    end: Date | None = Field(None, description="Last day; left out for one day.")
    place: str = Field("", description="Town, country.")
    timezone: str = Field("", description="IANA name: America/Vancouver.")
    host: str = Field("", description="The conference it is part of: ICML 2025.")
    host_url: Address = Field("", description="Address of that conference.")
    url: Address = Field("", description="Address of the event.")
    contacts: list[ContactForm] = Field([], description="Public contacts.")
    links: list[LinkForm] = Field([], description="Official schedule, recordings, …")


class VolumeForm(Form):
    """The volume."""

    title: str = Field(description="On the cover; `Proceedings of …` only if it is a publication.")
    subtitle: str = Field("", description="Below the title.")
    editors: list[SomeoneForm] = Field([], description="Ids from people.yaml, or names.")
    archival: bool = Field(False, description="true if this is a publication.")
    statement: str = Field("", description="What a volume that is none says about itself.")
    publisher: str = Field("", description="Only if there is one.")
    isbn: str = Field("", description="Only if there is one.")
    issn: str = Field("", description="Only if there is one.")
    doi: Doi = Field("", description="Only if there is one: 10.1234/abcd.")
    license: str = Field("", description="SPDX identifier: CC-BY-4.0.")
    language: str = Field("en", description="Language of the volume: en, fr, pt-BR.")
    date: Date | None = Field(None, description="Publication date; else the event's first day.")
    order: Literal["listed", "track", "program", "title"] = Field(
        "listed", description="Order of papers: as in papers.bib, by track, by program, by title."
    )


class TrackForm(Form):
    """A kind of paper."""

    id: str = Field(description="What `track = {…}` in papers.bib says: lower-case letters.")
    name: str = Field(description="Heading, plural: `Full-length papers`.")
    page_limit: int | None = Field(None, ge=1, description="Pages; left out for no limit.")
    references_counted: bool = Field(
        False, description="true if the list of references counts towards the limit."
    )


class SponsorForm(Form):
    """Who supported the event."""

    name: str = Field(description="Set in type where there is no logo.")
    url: Address = Field("", description="https://…")
    logo: str = Field("", description="Image in proceedings/, for example images/sponsor.png.")


class TierForm(Form):
    """Sponsors of one level."""

    title: str = Field("Sponsors", description="Heading: `Gold Sponsors`.")
    sponsors: list[SponsorForm] = Field([], description="In order.")


class SponsorsForm(Form):
    """Sponsors and what they ask to have printed."""

    tiers: list[TierForm] = Field([], description="Levels, highest first.")
    acknowledgement: str = Field("", description="Sentence that sponsors ask for.")


class ProseParts(Form):
    """A page of prose."""

    line: str = Field("", alias=LINE)
    file: str = Field("", description="A .md file in proceedings/.")
    booklet: bool = Field(True, description="false to show it on the site only.")


ProseForm = Annotated[ProseParts, BeforeValidator(line_or)]


class StampsForm(Form):
    """What is printed on the pages of papers."""

    first_page: str = Field(
        "",
        description="Line at the foot of a paper's first page. Fields in braces: event, volume, "
        "statement, place, dates, year, key, title, authors, pages, first, last, doi, isbn.",
    )
    page_numbers: bool = Field(True, description="Page numbers at the foot of every page.")


class BookletForm(Form):
    """What the booklet holds and how it looks."""

    page: Literal["a4", "letter"] = Field(
        "a4", description="Size of the front matter; papers keep their own."
    )
    front_matter: list[str] | None = Field(
        None,
        description="Parts in order: cover, imprint, sponsors, prose, committees, talks, program, "
        "contents; or a page of prose by its file name.",
    )
    back_matter: list[str] | None = Field(None, description="Parts in order: author-index.")
    contents: Literal["tracks", "sessions", "flat"] = Field(
        "tracks", description="How the list of contents is divided."
    )
    color: Color = Field("#1f4e79", description="Colour of cover and headings, in quotes.")
    stamps: StampsForm = Field(default_factory=StampsForm, description="What papers' pages say.")


class SiteForm(Form):
    """What the site exposes."""

    url: Address = Field("", description="Where it will stand; empty while you do not know.")
    scholarly_tags: bool | None = Field(
        None, description="Tags for Google Scholar; left out: decided honestly."
    )
    index: bool | None = Field(
        None, description="Whether search engines are invited; left out: decided honestly."
    )


def _subjects(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: [item] if isinstance(item, str) else item for key, item in value.items()}
    return value


class EditionForm(Form):
    """The edition: event, volume, tracks, dates, sponsors, settings."""

    event: EventForm = Field(description="The workshop or conference.")
    volume: VolumeForm = Field(description="The volume.")
    tracks: list[TrackForm] = Field([], description="Kinds of papers, in order.")
    topics: list[str] = Field([], description="Topics of the call.")
    dates: list[DateForm] = Field([], description="Important dates.")
    sponsors: SponsorsForm = Field(default_factory=SponsorsForm, description="Sponsors.")
    prose: list[ProseForm] | None = Field(
        None, description="Pages of prose in order; every .md file but index.md if left out."
    )
    booklet: BookletForm = Field(default_factory=BookletForm, description="The booklet.")
    site: SiteForm = Field(default_factory=SiteForm, description="The site.")
    accept: Annotated[dict[str, list[str]], BeforeValidator(_subjects)] = Field(
        {}, description="Findings you looked at and accept: code, then subjects or '*'."
    )
