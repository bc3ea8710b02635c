"""proceedings/edition.yaml: what the booklet holds and how it looks."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from builder.edition.forms.fields import Color, Form

Own = Literal["stamp", "keep", "cover"]
Layout = Literal["columns", "list", "paragraph"]


Keeping = Literal["none", "beside", "attach"]


def _other(value: Any) -> Any:
    """One word for all kinds."""
    return {"other": value} if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.strip().lower().replace(" ", "") if isinstance(value, str) else value


Supplements = Annotated[
    dict[str, Keeping],
    BeforeValidator(_other),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": list(get_args(Keeping))},
                {"type": "object", "additionalProperties": {"enum": list(get_args(Keeping))}},
            ]
        }
    ),
]
PdfStandard = Annotated[Literal["", "ua-1", "a-3b", "a-3b+ua-1"], BeforeValidator(_lower)]


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


class VolumeOfForm(Form):
    """One of several volumes."""

    title: str = Field(default="", description="Below the volume's number: `Long papers`.")
    tracks: list[str] = Field(default=[], description="Ids of the tracks that it prints.")
    papers: list[str] = Field(default=[], description="Keys of the papers that it prints.")


class VolumesForm(Form):
    """Several volumes instead of one."""

    by: Literal["", "track"] = Field(default="", description="track: a volume for each track.")
    pages: int | None = Field(default=None, ge=1, description="Pages of a volume at most.")
    listed: list[VolumeOfForm] = Field(
        default=[], description="The volumes one by one; papers of none go to the last."
    )
    numbering: Literal["restart", "continue"] = Field(
        default="restart",
        description="Each volume begins with page 1, or goes on where the one before ended.",
    )


class BookletForm(Form):
    """What the booklet holds and how it looks."""

    page: Literal["a4", "letter"] = Field(
        default="a4", description="Size of the front matter; papers keep their own."
    )
    scale: Literal["keep", "fit"] = Field(
        default="keep", description="fit: papers' pages are scaled to the size above."
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
    linearize: bool = Field(
        default=False, description="The volume's first page shows before the rest is loaded."
    )
    volumes: VolumesForm | None = Field(
        default=None, description="Several volumes: by track, by pages, or listed."
    )
    supplements: Supplements = Field(
        default={},
        description="none, beside (copied to build/supplements/), or attach (embedded in the "
        "volume); or by kind: {software: attach, video: none, other: beside}.",
    )
    pdf_standard: PdfStandard = Field(
        default="",
        description="ua-1: front and back matter pass PDF/UA-1's machine checks. a-3b: all of it "
        "is PDF/A-3b if every paper allows it. a-3b+ua-1: both.",
    )
    stamps: StampsForm = Field(default=StampsForm(), description="What papers' pages say.")
