"""FAIR Signposting, level 1: `link` elements from which a machine finds its way.

The relations are those of the profile (signposting.org/FAIR, read 2025): author, cite-as,
describedby, item, license, type. Addresses below the site are relative, as on every page.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator

import markupsafe

from builder.model.licenses import license_address
from builder.site import addresses, links, rendering
from builder.site.downloads import Files
from builder.site.rendering import Here
from builder.site.views import PaperView, Shelf

Row = tuple[str, str, str]
"""Relation, address, media type or empty."""

FORMATS = (
    ("bib", "application/x-bibtex"),
    ("ris", "application/x-research-info-systems"),
    ("json", "application/vnd.citationstyles.csl+json"),
    ("mods.xml", "application/mods+xml"),
)
"""Suffix of a paper's citations that describe it for machines, with their media types."""

_LANDING = "https://schema.org/AboutPage"


def of_paper(view: PaperView, shelf: Shelf, files: Files, here: Here) -> Iterator[Row]:
    """The links of a paper's page; a specimen, which stands in for a paper, has none."""
    if view.specimen:
        return
    paper = view.paper
    for byline in view.bylines:
        if address := rendering.orcid(byline.contributor.orcid):
            yield "author", address, ""
    if address := links.doi(paper.doi):
        yield "cite-as", address, ""
    for suffix, kind in FORMATS:
        path = shelf.desk.addresses.citation(paper.key, suffix)
        if path in files:
            yield "describedby", here.file(path), kind
    if view.pdf:
        yield "item", here.file(view.pdf), "application/pdf"
    for attachment in view.attachments:
        kind = mimetypes.types_map.get(f".{attachment.file.rpartition('.')[2].lower()}", "")
        yield "item", here.file(attachment.file), kind
    if address := license_address(paper.license or shelf.volume.license):
        yield "license", address, ""
    yield "type", "https://schema.org/ScholarlyArticle", ""
    yield "type", _LANDING, ""


def of_volume(shelf: Shelf, files: Files, here: Here) -> Iterator[Row]:
    """The links of the home page, which speaks for the volume."""
    volume = shelf.volume
    if not shelf.papers:
        return
    for editor in volume.editors:
        if address := rendering.orcid(editor.orcid):
            yield "author", address, ""
    if address := links.doi(volume.doi):
        yield "cite-as", address, ""
    for path, kind in (
        (addresses.METADATA, "application/json"),
        (addresses.ALL_BIBTEX, "application/x-bibtex"),
        (addresses.ALL_CSL, "application/vnd.citationstyles.csl+json"),
    ):
        if path in files:
            yield "describedby", here.file(path), kind
    for _, book in files.books():
        yield "item", here.file(book.path), "application/pdf"
    if address := license_address(volume.license):
        yield "license", address, ""
    yield "type", "https://schema.org/Collection", ""
    yield "type", _LANDING, ""


def elements(rows: Iterator[Row]) -> str:
    """The rows as HTML, each once."""
    return "".join(
        f'\n<link rel="{relation}"'
        + (f' type="{markupsafe.escape(kind)}"' if kind else "")
        + f' href="{markupsafe.escape(address)}">'
        for relation, address, kind in dict.fromkeys(rows)
    )
