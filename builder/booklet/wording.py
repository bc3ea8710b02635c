"""What the booklet says in its own words: headings and labels, in the edition's language.

They stand here in English, in one place; `builder/locale` has other languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from gettext import NullTranslations

from builder.model import Volume
from builder.model.language import Speech
from builder.model.language import speech as spoken
from builder.model.licenses import NAMES as LICENSE_NAMES

WORDS = {
    "about": "About {name}",
    "abstract": "Abstract",
    "abstracts": "Abstracts",
    "author-index": "Author Index",
    "available": "Available at",
    "awards": "Awards",
    "blank": "This page is left blank.",
    "box-attention": "Attention",
    "box-caution": "Caution",
    "box-danger": "Danger",
    "box-error": "Error",
    "box-hint": "Hint",
    "box-important": "Important",
    "box-note": "Note",
    "box-tip": "Tip",
    "box-warning": "Warning",
    "chair": "Chair",
    "chairs": "Chairs",
    "cite-paper": "How to cite a paper, for example",
    "cite-volume": "How to cite this volume",
    "colophon": "Typeset in Libertinus Serif. Made with proceedings-builder {version}.",
    "committees": "Committees",
    "contact": "Contact",
    "contents": "Contents",
    "cover": "Cover",
    "date-published": "Published",
    "doi": "DOI",
    "draft": "Draft",
    "draft-edition": "The edition",
    "draft-more": "Further findings, which stand in the report: {number}.",
    "draft-summary": "This is a draft, and this page is not part of the volume. Errors have to be "
    "mended before it can be final.",
    "editor": "Editor",
    "editor-cited": "{names} (ed.)",
    "editors": "Editors",
    "editors-cited": "{names} (eds.)",
    "elsewhere": "not reprinted",
    "erratum": "Erratum",
    "errors": "Errors",
    "event": "Event",
    "findings": "Findings",
    "held": "Held",
    "host": "Part of",
    "imprint": "Imprint",
    "isbn": "ISBN",
    "issn": "ISSN",
    "keynote": "Keynote",
    "kind-invited": "Invited talk",
    "kind-keynote": "Keynote",
    "kind-panel": "Panel",
    "kind-talk": "Talk",
    "kind-tutorial": "Tutorial",
    "keynotes": "Keynotes",
    "keynotes-and-panel": "Keynotes and Panel",
    "invited-talks": "Invited Talks",
    "license": "License",
    "licenses": "Licenses",
    "links": "Links",
    "local-times": "All times are local ({zone}).",
    "logo": "Logo",
    "missing-failed": "Its PDF could not be prepared for printing: {reason}.",
    "missing-file": "There is no file {file}.",
    "missing-locked": "Its PDF has another number of pages ({pages}) than are locked for it "
    "({range}).",
    "missing-unusable": "Its PDF cannot be used: {reason}.",
    "moderated": "Moderated by {names}",
    "no-record": "This volume collects papers presented at the event. It is not a publication of "
    "record, and its page numbers are its own.",
    "non-archival": "non-archival",
    "non-archival-at": "Presented at {event}; non-archival.",
    "other-papers": "Other papers",
    "page": "page {pages}",
    "page-short": "p.\u00a0{page}",
    "pages": "pages {pages}",
    "page-missing": "Page {page} of {pages} of this paper is missing",
    "panel": "Panel",
    "not-reprinted": "Not reprinted in this volume",
    "not-included": "This paper is part of the program; its text is not part of this volume.",
    "withdrawn-notice": "This paper was withdrawn. Its pages are kept so that others stay.",
    "pdf-missing": "PDF missing",
    "place": "Place",
    "posters": "Posters",
    "picture": "Cover picture",
    "presented": "Presented by {name}",
    "program": "Program",
    "publisher": "Publisher",
    "recording": "Recording",
    "remote": "remote",
    "retracted": "Retracted",
    "revised": "Revised",
    "sponsors": "Sponsors",
    "subject-index": "Subject Index",
    "supplements": "Supplementary Files",
    "supplements-attach": "Files whose names are links are attached to this PDF.",
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
    "volume-number": "Volume {number}",
    "warnings": "Warnings",
    "withdrawn": "Withdrawn",
}
"""Headings and labels by name. An edition says its own under `booklet: words:`."""


def speech(volume: Volume) -> Speech:
    """The language of the edition, the editors' own words for it first."""
    known = spoken(volume.language)
    return (
        replace(known, known=_Own(volume.translated, known.known)) if volume.translated else known
    )


class _Own(NullTranslations):
    """Words of the editors before those of the program."""

    def __init__(self, words: Mapping[str, str], others: NullTranslations) -> None:
        super().__init__()
        self._words = words
        self.add_fallback(others)

    def gettext(self, message: str) -> str:
        return self._words.get(message) or super().gettext(message)


def say(word: str, volume: Volume, otherwise: str = "", **values: str) -> str:
    """A heading or a label, as the edition says it or as it is usual, with `values` in it."""
    said = volume.booklet.words.get(word) or speech(volume).say(WORDS.get(word, "")) or otherwise
    for name, value in values.items():
        said = said.replace(f"{{{name}}}", value)
    return said


def words(volume: Volume) -> dict[str, str]:
    """All headings and labels, for the templates."""
    return {name: say(name, volume) for name in WORDS}


def license_name(identifier: str, volume: Volume) -> str:
    """What a licence is called in the language of the edition, or its identifier."""
    return speech(volume).say(LICENSE_NAMES.get(identifier, "")) or identifier


def number(count: int, noun: str) -> str:
    """`1 page`, `8 pages`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
