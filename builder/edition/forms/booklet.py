"""proceedings/edition.yaml: what the booklet holds and how it looks."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from builder.edition.forms.fields import Color, Form

Own = Literal["stamp", "keep", "cover"]
Layout = Literal["columns", "list", "paragraph"]


class StampsForm(Form):
    """What is printed on the pages of papers."""

    first_page: str = Field(
        default="",
        description="Line at the foot of a paper's first page. Fields in braces: event, volume, "
        "statement, place, dates, year, publisher, editors, isbn, issn, volume_doi, key, title, "
        "authors, short_authors, track, pages, first, last, page, doi, license.",
    )
    page_numbers: bool = Field(default=True, description="Page numbers at the foot of every page.")
    first_header: str = Field(default="", description="Line at the head of first pages.")
    header: str = Field(default="", description="Line at the head of the following pages.")
    footer: str = Field(default="", description="Line at the foot of the following pages.")
    numbers: Own = Field(
        default="stamp",
        description="Papers that print page numbers of their own: stamp (print ours all the "
        "same), keep (print none of ours), cover (hide theirs, print ours).",
    )
    papers: dict[str, Own] = Field(default={}, description="The same for single papers, by key.")


class BookletForm(Form):
    """What the booklet holds and how it looks."""

    page: Literal["a4", "letter"] = Field(
        default="a4", description="Size of the front matter; papers keep their own."
    )
    front_matter: list[str] | None = Field(
        default=None,
        description="Parts in order: cover, half-title, title-page, imprint, sponsors, prose, "
        "committees, awards, keynotes, talks, program, posters, contents, abstracts; or a page of "
        "prose by its file name; or a committee by its id.",
    )
    back_matter: list[str] | None = Field(
        default=None,
        description="Parts in order: author-index, subject-index, abstracts, supplements, or any "
        "part of the front matter.",
    )
    handbook: list[str] | None = Field(
        default=None, description="Parts of the handbook, in order; the same names as above."
    )
    words: dict[str, str] = Field(
        default={}, description="Headings in other words: `contents: Inhalt`."
    )
    contents: Literal["tracks", "sessions", "flat"] = Field(
        default="tracks", description="How the list of contents is divided."
    )
    color: Color = Field(default="#1f4e79", description="Colour of cover and headings, in quotes.")
    cover: Literal["contours", "bands", "type", "frame", "image"] = Field(
        default="contours", description="How the cover looks."
    )
    cover_image: str = Field(
        default="", description="For `cover: image`: a picture in proceedings/ that fills the page."
    )
    logos: list[str] = Field(default=[], description="Images on the cover, in proceedings/.")
    dividers: bool = Field(
        default=False, description="A page before the papers of each track or session."
    )
    committees: dict[str, Layout] = Field(
        default={},
        description="How committees stand, by id: columns (the usual), list (one to a line), "
        "paragraph (running on).",
    )
    particles: Literal["sorted", "ignored"] = Field(
        default="sorted", description="Author index: `van der Maaten` under V, or under M."
    )
    supplements: Literal["none", "beside"] = Field(
        default="none", description="beside: copied to build/supplements/."
    )
    pdf_standard: Literal["", "ua-1"] = Field(
        default="", description="ua-1: front and back matter pass PDF/UA-1's machine checks."
    )
    stamps: StampsForm = Field(default=StampsForm(), description="What papers' pages say.")
