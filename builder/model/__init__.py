"""Frozen records, and the pure functions that belong to them. Nothing here does I/O."""

from builder.model.author import Author, author_id, authors
from builder.model.booklet import BookletSettings, Stamps, VolumeOf, Volumes
from builder.model.finding import Finding, Report, Severity, Where
from builder.model.inspection import Font, Inspection, PageSeen
from builder.model.markup import Markup
from builder.model.name import Name
from builder.model.paper import Include, Paper, PdfKind, Supplement
from builder.model.people import Affiliation, Committee, Contributor, Person
from builder.model.plan import Plan, PlannedPaper
from builder.model.program import Program, Session, Slot, Talk
from builder.model.volume import (
    Event,
    GuestEditor,
    ImportantDate,
    Link,
    News,
    Prose,
    SiteSettings,
    SpecialIssue,
    Sponsor,
    SponsorTier,
    Track,
    Volume,
)

__all__ = [
    "Affiliation",
    "Author",
    "BookletSettings",
    "Committee",
    "Contributor",
    "Event",
    "Finding",
    "Font",
    "GuestEditor",
    "ImportantDate",
    "Include",
    "Inspection",
    "Link",
    "Markup",
    "Name",
    "News",
    "PageSeen",
    "Paper",
    "PdfKind",
    "Person",
    "Plan",
    "PlannedPaper",
    "Program",
    "Prose",
    "Report",
    "Session",
    "Severity",
    "SiteSettings",
    "Slot",
    "SpecialIssue",
    "Sponsor",
    "SponsorTier",
    "Stamps",
    "Supplement",
    "Talk",
    "Track",
    "Volume",
    "VolumeOf",
    "Volumes",
    "Where",
    "author_id",
    "authors",
]
