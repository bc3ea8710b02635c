"""A paper and the three independent facts about it: `archival`, `include`, `pdf`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from builder.model.finding import Where
from builder.model.markup import Markup
from builder.model.people import Contributor


class Include(StrEnum):
    """Where a paper is printed."""

    VOLUME = "volume"
    """In the volume, with page numbers."""
    PROGRAM = "program"
    """In the program and on the site only (presented, published elsewhere or nowhere)."""
    WITHDRAWN = "withdrawn"
    """Nowhere; kept on record so that nobody adds it again by mistake."""


class PdfKind(StrEnum):
    """Whether we may and can print a paper's PDF."""

    LOCAL = "local"
    """A file in `papers/`."""
    LINK = "link"
    """Only an address elsewhere."""
    NONE = "none"
    """There is none, and none is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """A file that belongs to a paper."""

    file: str
    """Path relative to the edition's root, forward slashes (`papers/liu25-supp.zip`)."""
    kind: str = "supplement"
    """`supplement`, `software`, `dataset`, `poster`, `presentation`, `note`, …"""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper: metadata exactly as its editors have it."""

    key: str
    """The BibTeX key: unique, names the PDF, appears in addresses."""
    title: Markup
    contributors: tuple[Contributor, ...]
    abstract: Markup | None = None
    keywords: tuple[str, ...] = ()
    track: str = ""
    """Id of a `Track` of the edition, or empty."""
    include: Include = Include.VOLUME
    archival: bool = False
    """Whether the editors claim it as a publication (the edition's default unless stated)."""
    pdf: PdfKind = PdfKind.LOCAL
    pdf_file: str = ""
    """For `PdfKind.LOCAL`: path relative to the edition's root, whether or not it exists yet."""
    pdf_url: str = ""
    """For `PdfKind.LINK`: where the PDF is."""
    supplements: tuple[Supplement, ...] = ()
    specimen: bool = False
    """The PDF stands in for the paper (it may not be redistributed): shown, never indexed."""
    presentation: str = ""
    """`oral`, `poster`, `spotlight`, `invited`, …, as the editors call it."""
    awards: tuple[str, ...] = ()
    openreview: str = ""
    """Address of its OpenReview forum, or empty."""
    doi: str = ""
    """Bare DOI (`10.5555/x`), or empty."""
    url: str = ""
    video: str = ""
    code: str = ""
    data: str = ""
    poster: str = ""
    slides: str = ""
    license: str = ""
    """SPDX identifier (`CC-BY-4.0`) or empty for the edition's."""
    language: str = ""
    """BCP 47 tag, or empty for the edition's."""
    published: str = ""
    """Where it was published before it came here (venue, DOI or address, as the editors have it);
    empty where nobody said."""
    status: Literal["", "revised", "erratum", "retracted"] = ""
    """What became of it after it was published; empty for nothing."""
    notice: str = ""
    """The sentence that says why, printed on its first page."""
    note: str = ""
    where: Where | None = None
    """The entry in `papers.bib`."""

    @property
    def in_volume(self) -> bool:
        """Whether the volume prints it."""
        return self.include is Include.VOLUME

    @property
    def shown(self) -> bool:
        """Whether the program and the site show it."""
        return self.include is not Include.WITHDRAWN
