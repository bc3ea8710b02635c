"""What the booklet says in its own words: headings and labels. English, in one place."""

from __future__ import annotations

import datetime as dt

from builder.model import Volume
from builder.model import dates as english

WORDS = {
    "about": "About",
    "abstract": "Abstract",
    "abstracts": "Abstracts",
    "author-index": "Author Index",
    "available": "Available at",
    "awards": "Awards",
    "chair": "Chair",
    "chairs": "Chairs",
    "cite-paper": "How to cite a paper, for example",
    "cite-volume": "How to cite this volume",
    "committees": "Committees",
    "contact": "Contact",
    "contents": "Contents",
    "date-published": "Published",
    "doi": "DOI",
    "editor": "Editor",
    "editors": "Editors",
    "elsewhere": "published elsewhere",
    "erratum": "Erratum",
    "event": "Event",
    "findings": "Findings",
    "held": "Held",
    "host": "Part of",
    "imprint": "Imprint",
    "isbn": "ISBN",
    "issn": "ISSN",
    "keynote": "Keynote",
    "keynotes": "Keynotes",
    "keynotes-and-panel": "Keynotes and Panel",
    "invited-talks": "Invited Talks",
    "license": "License",
    "licenses": "Licenses",
    "links": "Links",
    "moderated": "Moderated by",
    "other-papers": "Other papers",
    "page-missing": "Page {page} of {pages} of this paper is missing",
    "panel": "Panel",
    "not-reprinted": "Not reprinted in this volume",
    "not-included": "This paper is part of the program; its text is not part of this volume.",
    "blank": "This page is left blank.",
    "withdrawn-notice": "This paper was withdrawn. Its pages are kept so that others stay.",
    "pdf-missing": "PDF missing",
    "place": "Place",
    "posters": "Posters",
    "presented": "Presented by",
    "program": "Program",
    "publisher": "Publisher",
    "recording": "Recording",
    "remote": "remote",
    "retracted": "Retracted",
    "revised": "Revised",
    "sponsors": "Sponsors",
    "subject-index": "Subject Index",
    "supplements": "Supplementary Files",
    "supplements-beside": "These files accompany the volume in the folder supplements.",
    "supplement-appendix": "Appendix",
    "supplement-checklist": "Checklist",
    "supplement-dataset": "Data",
    "supplement-note": "Note",
    "supplement-poster": "Poster",
    "supplement-presentation": "Slides",
    "supplement-software": "Software",
    "supplement-supplement": "Supplement",
    "supplement-video": "Video",
    "talks": "Talks",
    "withdrawn": "Withdrawn",
}
"""Headings and labels by name. An edition says its own under `booklet: words:`."""


def say(word: str, volume: Volume, otherwise: str = "") -> str:
    """A heading or a label, as the edition says it or as it is usual."""
    return volume.booklet.words.get(word) or WORDS.get(word, "") or otherwise


def words(volume: Volume) -> dict[str, str]:
    """All headings and labels, for the templates."""
    return WORDS | {name: said for name, said in volume.booklet.words.items() if said}


LICENSES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0 International", "by/4.0"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0 International", "by-sa/4.0"),
    "CC-BY-NC-4.0": ("Creative Commons Attribution-NonCommercial 4.0 International", "by-nc/4.0"),
    "CC-BY-ND-4.0": ("Creative Commons Attribution-NoDerivatives 4.0 International", "by-nd/4.0"),
    "CC-BY-NC-SA-4.0": (
        "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International",
        "by-nc-sa/4.0",
    ),
    "CC-BY-NC-ND-4.0": (
        "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International",
        "by-nc-nd/4.0",
    ),
}
"""SPDX identifiers that editors use most: the licence's name, and its path below
`https://creativecommons.org/licenses/` (spdx.org/licenses, read 2025-10)."""

TALK_KINDS = {
    "keynote": "Keynote",
    "invited": "Invited talk",
    "panel": "Panel",
    "tutorial": "Tutorial",
    "talk": "Talk",
}
"""What a talk's kind is called."""


dates, times, clock = english.span, english.hours, english.clock


def date(day: dt.date, *, weekday: bool = False) -> str:
    """`19 July 2025`, or `Saturday, 19 July 2025`."""
    return english.weekday(day) if weekday else english.day(day)


def number(count: int, noun: str) -> str:
    """`1 page`, `8 pages`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def joined(words: list[str]) -> str:
    """`a`, `a and b`, `a, b, and c`."""
    if len(words) <= 2:
        return " and ".join(words)
    return f"{', '.join(words[:-1])}, and {words[-1]}"
