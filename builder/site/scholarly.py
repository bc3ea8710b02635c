"""What scholarly search engines read in a paper's page, and who is invited to read it.

The tags are Highwire's, as Google Scholar's inclusion guidelines list them (section "Indexing",
read 2025): one `citation_author` per author, each followed by that author's institution and ORCID.
Beside them stands Dublin Core, which library catalogues read, under the same condition: Scholar
takes it for want of anything better, so a page without the one must not carry the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import markupsafe

from builder.cite import facts
from builder.model import Volume
from builder.site import rendering
from builder.site.desk import Desk
from builder.site.views import PaperView

DUBLIN = "http://purl.org/dc/elements/1.1/"
"""The vocabulary's own name; never fetched."""


def tagged(view: PaperView, volume: Volume) -> bool:
    """Whether a paper's page carries `citation_*` tags.

    A specimen never does. The editors' word comes next; without it only what is claimed as a
    publication does.
    """
    if view.specimen:
        return False
    wish = volume.site.scholarly_tags
    return view.archival if wish is None else wish


def indexed(view: PaperView | None, volume: Volume) -> bool:
    """Whether search engines are invited to a page; `view` is the paper it is about, if any."""
    if view is not None and view.specimen:
        return False
    return volume.site.index is not False


def meta(view: PaperView | None, desk: Desk) -> str:
    """The `<meta>` elements of a page, as HTML."""
    volume = desk.volume
    rows: list[tuple[str, str]] = []
    if not indexed(view, volume):
        rows.append(("robots", "noindex"))
    if view is not None and tagged(view, volume):
        rows.extend(_citation(view, desk))
        rows.extend(_dublin(view, desk))
    schema = f'\n<link rel="schema.DC" href="{DUBLIN}">' if ("DC.type", "Text") in rows else ""
    return schema + "".join(
        f'\n<meta name="{name}" content="{markupsafe.escape(content)}">'
        for name, content in rows
        if content
    )


def _dublin(view: PaperView, desk: Desk) -> Iterator[tuple[str, str]]:
    """The fifteen elements (DCMI, version 1.1), those that are known."""
    volume, paper = desk.volume, view.paper
    published = facts.published(volume, paper)
    yield "DC.title", view.title
    for byline in view.bylines:
        yield "DC.creator", byline.contributor.name.inverted
    for keyword in paper.keywords:
        yield "DC.subject", keyword
    if paper.abstract:
        yield "DC.description", " ".join(view.abstract.split())
    if date := facts.date(volume, archival=published):
        yield "DC.date", date.isoformat()
    yield "DC.publisher", volume.publisher if published else ""
    yield "DC.relation", volume.title if published else volume.event.name
    yield "DC.identifier", f"doi:{paper.doi}" if paper.doi else ""
    if url := site_url(volume):
        yield "DC.identifier", url + quote(f"{desk.addresses.paper(paper.key)}.html")
    yield "DC.rights", paper.license or volume.license
    yield "DC.language", paper.language or volume.language
    yield "DC.format", "application/pdf" if view.pdf else "text/html"
    yield "DC.type", "Text"


def site_url(volume: Volume) -> str:
    """Absolute address of the site, ending in `/`, or empty while nobody knows it."""
    url = volume.site.url
    return url if not url or url.endswith("/") else f"{url}/"


def _citation(view: PaperView, desk: Desk) -> Iterator[tuple[str, str]]:
    volume, paper = desk.volume, view.paper
    published, planned = facts.published(volume, paper), facts.pages(desk.plan, paper.key)
    yield "citation_title", view.title
    for byline in view.bylines:
        yield "citation_author", byline.contributor.name.inverted
        for affiliation in byline.contributor.affiliations:
            yield "citation_author_institution", affiliation.name
        yield "citation_author_orcid", rendering.orcid(byline.contributor.orcid)
    if date := facts.date(volume, archival=published):
        yield "citation_publication_date", date.strftime("%Y/%m/%d")
    yield "citation_conference_title", volume.title if published else volume.event.name
    if planned:
        yield "citation_firstpage", str(planned.first)
        yield "citation_lastpage", str(planned.last)
    if published:
        for editor in volume.editors:
            yield "citation_editor", editor.name.inverted
        yield "citation_publisher", volume.publisher
        yield "citation_isbn", volume.isbn
        yield "citation_issn", volume.issn
    yield "citation_doi", paper.doi
    yield "citation_language", paper.language or volume.language
    for keyword in paper.keywords:
        yield "citation_keywords", keyword
    if paper.abstract:
        yield "citation_abstract", " ".join(view.abstract.split())
    if url := site_url(volume):
        if view.pdf:
            yield "citation_pdf_url", url + quote(view.pdf)
        yield "citation_abstract_html_url", url + quote(f"{desk.addresses.paper(paper.key)}.html")
