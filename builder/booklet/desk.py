"""What every section of the booklet is made from, and the few facts all of them need."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from builder.booklet import wording
from builder.booklet.dividing import numbered
from builder.booklet.supplements import Kept
from builder.model import Affiliation, Contributor, Paper, Plan, PlannedPaper, Volume
from builder.model.language import Speech
from builder.model.markup import Markup, plain
from builder.model.markup.html import address
from builder.model.markup.typst import to_data
from builder.prose import Document

Data = dict[str, Any]
"""A piece of what Typst receives: plain JSON, never source."""

PAPER_LINK = "x-proc:paper/"
SECTION_LINK = "x-proc:section/"
FILE_LINK = "x-proc:file/"
ATTACHMENT_LINK = "x-proc:attachment/"
"""Links across the parts of the volume; joining turns them into links to pages."""


@dataclass(frozen=True)
class Desk:
    """A volume, its plan, and what was read from files beside it."""

    volume: Volume
    plan: Plan
    draft: bool = False
    standalone: bool = False
    """Whether the front matter is printed alone, so that its links cannot lead to pages."""
    handbook: bool = False
    """Whether this is the handbook: every shown paper by its abstract, none printed."""
    number: int = 0
    """Which of several volumes this is; 0 where it is the only one."""
    others: Mapping[str, PlannedPaper] = field(default_factory=dict)
    """Papers of the other volumes, by key."""
    back_pages: Mapping[str, str] = field(default_factory=dict)
    """Sections of the back matter whose pages are known, by id."""
    images: Mapping[str, str] = field(default_factory=dict)
    """Images that can be set: path relative to `proceedings/` to their staged name."""
    kept: Mapping[str, Kept] = field(default_factory=dict)
    """What becomes of supplements, by their path (as in `Supplement.file`)."""
    prose: Mapping[str, Document] = field(default_factory=dict)
    """Pages of prose that the booklet includes, by path relative to `proceedings/`."""

    @cached_property
    def planned(self) -> Mapping[str, PlannedPaper]:
        """Where papers stand, by key."""
        return {planned.key: planned for planned in self.plan.papers}

    def paper(self, planned: PlannedPaper) -> Paper:
        """The paper that a place is planned for; raises `ValueError` if the volume has none."""
        paper = self.volume.paper(planned.key)
        if paper is None:
            raise ValueError(f"the plan has a paper {planned.key!r} that the volume does not have")
        return paper

    def files(self, folder: Path) -> dict[str, Path]:
        """Where each planned paper is made, by key: numbered, since keys are strangers' text."""
        return {
            planned.key: folder / f"{number:04d}.pdf"
            for number, planned in enumerate(self.plan.papers)
        }

    @property
    def placed(self) -> tuple[Paper, ...]:
        """What has pages here, in their order: printed papers, and notices of withdrawn ones."""
        if self.handbook:
            return self.volume.shown
        papers = [paper for paper in self.volume.papers if paper.key in self.planned]
        return tuple(sorted(papers, key=lambda paper: self.planned[paper.key].first))

    @property
    def listed(self) -> tuple[Paper, ...]:
        """The papers that indexes list: nobody looks for what was withdrawn."""
        return tuple(paper for paper in self.placed if paper.shown)

    @property
    def indexed(self) -> tuple[Paper, ...]:
        """The papers that indexes list: those of all volumes."""
        others = [self.volume.paper(key) for key in self.others]
        return (*self.listed, *(paper for paper in others if paper and paper.shown))

    def say(self, word: str, otherwise: str = "", **values: str) -> str:
        """A heading or a label in the booklet's own words."""
        return wording.say(word, self.volume, otherwise, **values)

    @property
    def speech(self) -> Speech:
        """How dates and lists are written."""
        return wording.speech(self.volume)

    def abstract_label(self, key: str) -> str:
        """The name under which a paper's abstract can be linked within the same part."""
        return f"abstract-{quote(key, safe='')}"

    @property
    def archival(self) -> bool:
        """Whether the volume claims to be a publication."""
        return self.volume.archival

    def paper_href(self, paper: Paper) -> str:
        """Where a mention of the paper leads: its page, else its address, else nowhere."""
        if self.handbook:
            told = "abstracts" in self.volume.booklet.handbook and paper.shown
            return f"#{self.abstract_label(paper.key)}" if told else paper_address(paper)
        if paper.key in self.planned and not self.standalone:
            return paper_target(paper.key)
        if (other := self.others.get(paper.key)) and not self.standalone:
            file = numbered("booklet.pdf", other.volume)
            return f"{FILE_LINK}{file}/{quote(paper.key, safe='')}"
        if (paper.key in self.planned or other) and self.volume.site.url:
            return self.volume.site.url
        return paper_address(paper)

    def page(self, key: str) -> str:
        """The paper's first page as printed, `2:7` where it is that of another volume; or empty."""
        planned = self.planned.get(key)
        return str(planned.first) if planned else self.index_page(key)

    def index_page(self, key: str) -> str:
        """The same for an index of several volumes, which always names the volume."""
        planned, other = self.planned.get(key), self.others.get(key)
        if planned:
            return f"{self.number}:{planned.first}" if self.number else str(planned.first)
        return f"{other.volume}:{other.first}" if other else ""

    def image(self, path: str) -> str:
        """The staged name of an image, or empty where it cannot be set."""
        return self.images.get(path, "") if path else ""


def paper_target(key: str) -> str:
    """The address within the volume under which a paper's first page is linked."""
    return PAPER_LINK + quote(key, safe="")


def paper_address(paper: Paper) -> str:
    """Where the paper is on the web, the most lasting address first; or empty."""
    doi = f"https://doi.org/{paper.doi}" if paper.doi else ""
    return next(
        (a for a in map(address, (doi, paper.url, paper.openreview, paper.pdf_url)) if a), ""
    )


def text(source: str) -> str:
    """`source` without characters that no page can show."""
    return "".join(
        char for char in source if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
    )


def paragraphs(source: str) -> list[str]:
    """Plain text with blank lines between paragraphs, as a list of paragraphs."""
    groups = text(source).replace("\r\n", "\n").split("\n\n")
    return [" ".join(group.split()) for group in groups if group.strip()]


def rich(markup: Markup) -> list[Data]:
    """A title or an abstract as nodes."""
    return to_data(markup)


def title_text(markup: Markup) -> str:
    """A title as one line of plain text."""
    return " ".join(plain.render(markup).split())


def affiliation(affiliations: tuple[Affiliation, ...]) -> str:
    """Affiliations as printed, in one line."""
    return "; ".join(text(one.name) for one in affiliations)


def names(contributors: tuple[Contributor, ...]) -> list[str]:
    """Names as printed."""
    return [text(one.name.full) for one in contributors]


def person(contributor: Contributor, desk: Desk) -> Data:
    """Somebody as printed here, with a photo and biography if the registry or the place has one."""
    registered = desk.volume.person(contributor.person) if contributor.person else None
    photo = contributor.photo or (registered.photo if registered else "")
    biography = contributor.biography or (registered.biography if registered else "")
    return {
        "name": text(contributor.name.full),
        "affiliation": affiliation(contributor.affiliations),
        "role": text(contributor.role),
        "url": address(contributor.url),
        "photo": desk.image(photo),
        "biography": paragraphs(biography),
    }
