"""The edition as one immutable record: everything published is a pure function of a `Volume`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from builder.model.booklet import BookletSettings
from builder.model.finding import Where
from builder.model.paper import Paper
from builder.model.people import Committee, Contributor, Person
from builder.model.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A titled address."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The workshop or conference."""

    name: str
    """In full: `TerraBytes: Towards global datasets and models for Earth Observation`."""
    short_name: str
    """As people say it, year included: `TerraBytes 2025`."""
    start: dt.date | None = None
    end: dt.date | None = None
    place: str = ""
    host: str = ""
    """The conference it is part of (`ICML 2025`), or empty."""
    host_url: str = ""
    url: str = ""
    timezone: str = ""
    contacts: tuple[Link, ...] = ()
    """Public contacts: `title` is the name, `url` a `mailto:` or http(s) address."""
    links: tuple[Link, ...] = ()
    """Official schedule, recordings, submission site, …"""

    @property
    def year(self) -> int | None:
        """The year it took place, or `None` where no date is given."""
        return self.start.year if self.start else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A kind of paper, with the rule on its length."""

    id: str
    name: str
    """For headings, plural: `Full-length papers`."""
    page_limit: int | None = None
    """Pages, references not counted; `None` for no limit."""
    references_counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportantDate:
    """One line of the list of important dates."""

    what: str
    date: dt.date | None = None
    text: str = ""
    """As printed where it is no plain date (`TBD`, `July 7th 23:59 AoE, 2025`)."""
    replaces: str = ""
    """The earlier date that it replaced, as printed, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that happened, for the home page."""

    date: dt.date
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sponsor:
    """Who supported the event."""

    name: str
    url: str = ""
    logo: str = ""
    """Path of an image relative to `proceedings/`, or empty: the name is set in type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SponsorTier:
    """Sponsors of one level."""

    title: str
    sponsors: tuple[Sponsor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """What the site exposes."""

    url: str = ""
    """Absolute address where it will stand, ending in `/`; empty while nobody knows."""
    scholarly_tags: bool | None = None
    """`citation_*` tags; `None` decides honestly: on for archival papers that are no specimens."""
    index: bool | None = None
    """Whether search engines are invited; `None`: specimens never, everything else yes."""
    editions: tuple[Link, ...] = ()
    """The event's editions, in the editors' order: full addresses, or relative to the site's root
    (`../2024/`)."""
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Pages that moved: old path below the site's root to the new one, or to a full address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """One page of prose, as a MyST file in `proceedings/`."""

    file: str
    """Path relative to `proceedings/`, forward slashes (`preface.md`)."""
    title: str
    """Its first heading."""
    booklet: bool = True
    """Whether the booklet's front matter includes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestEditor:
    """A proposed guest editor; `contributor.person` ties it to the registry."""

    contributor: Contributor
    experience: str = ""
    lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialIssue:
    """What the editors wrote in `special-issue.yaml`."""

    title: str = ""
    scope: str = ""
    topics: tuple[str, ...] = ()
    motivation: str = ""
    relevance: str = ""
    """Why this journal."""
    timeliness: str = ""
    """Why now."""
    review: str = ""
    """How the papers were reviewed so far, and how the issue's are to be."""
    expected: str = ""
    """How many manuscripts and papers the editors expect, in their words."""
    publicity: str = ""
    """How the call will be made known."""
    conflicts: str = ""
    """What the editors agreed to do about conflicts of interest."""
    tracks: tuple[str, ...] = ()
    """Ids of the tracks whose papers are eligible; empty for all."""
    minimum_pages: int | None = None
    """References not counted."""
    excluded: Mapping[str, str] = field(default_factory=dict)
    """Papers that are out, whatever the other rules say: key to the reason."""
    previously_published: Literal["no", "ask", "yes"] = "no"
    """Whether papers that were published elsewhere before are eligible."""
    published_tracks: tuple[str, ...] = ()
    """Ids of the tracks whose papers the call let be published elsewhere before."""
    new_content: Mapping[str, int] = field(default_factory=dict)
    """By target, the share of new text in per cent that the journal asks of a manuscript, where
    the editors know it better than the journal's profile."""
    own_papers: Mapping[str, Literal["no", "ask", "yes"]] = field(default_factory=dict)
    """By target, whether guest editors may hand in papers of their own, as the journal said."""
    targets: tuple[str, ...] = ()
    """Export targets in question: `dmlr`, `jstars`, `pmlr`."""
    guest_editors: tuple[GuestEditor, ...] = ()
    timeline: tuple[ImportantDate, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Volume:
    """Everything the editors wrote, validated and frozen."""

    event: Event
    title: str
    """Title of the volume: `Proceedings of …`, or for non-archival ones what they call it."""
    subtitle: str = ""
    editors: tuple[Contributor, ...] = ()
    archival: bool = False
    """Whether this is a publication. If not, it says so everywhere."""
    statement: str = ""
    """The sentence printed where a non-archival volume says that it is one."""
    publisher: str = ""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    license: str = ""
    """SPDX identifier, or empty where nobody said."""
    language: str = "en"
    translated: Mapping[str, str] = field(default_factory=dict)
    """The program's fixed words, English to what the editors made of them (`locales/`)."""
    date: dt.date | None = None
    """Publication date; the event's start where not given. Nothing ever comes from the clock."""
    tracks: tuple[Track, ...] = ()
    papers: tuple[Paper, ...] = ()
    """In the order of the volume, each once, withdrawn ones included."""
    people: tuple[Person, ...] = ()
    committees: tuple[Committee, ...] = ()
    program: Program = field(default_factory=Program)
    sponsors: tuple[SponsorTier, ...] = ()
    acknowledgement: str = ""
    """The sponsors' acknowledgement as they ask for it, or empty."""
    dates: tuple[ImportantDate, ...] = ()
    news: tuple[News, ...] = ()
    """The latest first."""
    topics: tuple[str, ...] = ()
    prose: tuple[Prose, ...] = ()
    booklet: BookletSettings = field(default_factory=BookletSettings)
    site: SiteSettings = field(default_factory=SiteSettings)
    special_issue: SpecialIssue | None = None
    locked: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """First and last page of papers whose pages nothing may move (`pagination.lock`)."""
    locked_in: Mapping[str, int] = field(default_factory=dict)
    """The volumes of those papers, where there are several."""
    accepted: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Findings that the editors looked at and accepted: code to subjects (`*` for all)."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Fields under `x-…`, kept for templates that editors write themselves."""
    where: Where | None = None

    @property
    def printed(self) -> tuple[Paper, ...]:
        """The papers that the volume prints, in its order."""
        return tuple(paper for paper in self.papers if paper.in_volume)

    @property
    def shown(self) -> tuple[Paper, ...]:
        """The papers that program and site show, in the volume's order."""
        return tuple(paper for paper in self.papers if paper.shown)

    def paper(self, key: str) -> Paper | None:
        """The paper of that key, or `None`."""
        return self._papers.get(key)

    def person(self, id: str) -> Person | None:
        """The person of that id, or `None`."""
        return self._people.get(id)

    # Every part of booklet and site asks for papers and people one by one: thousands, of thousands.
    @cached_property
    def _papers(self) -> Mapping[str, Paper]:
        return {paper.key: paper for paper in reversed(self.papers)}

    @cached_property
    def _people(self) -> Mapping[str, Person]:
        return {person.id: person for person in reversed(self.people)}

    def track(self, id: str) -> Track | None:
        """The track of that id, or `None`."""
        return next((track for track in self.tracks if track.id == id), None)
