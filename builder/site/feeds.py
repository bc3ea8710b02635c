"""What robots and readers of feeds ask for by name: `sitemap.xml`, `robots.txt`, `feed.xml`.

All dates are the edition's; nothing comes from the clock.
"""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape

from builder.cite import facts
from builder.model import Volume
from builder.site import addresses, scholarly
from builder.site.desk import Desk
from builder.site.views import PaperView, Shelf

MOST_ADDRESSES = 50_000
"""Addresses in one file (sitemaps.org, protocol 0.9)."""
MOST_ENTRIES = 500
"""Papers in the feed; of more, the first, and the feed links the list of all."""

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def date(volume: Volume) -> dt.date | None:
    """The day that the whole site is dated with: of publication, else of the event."""
    return volume.date or volume.event.start


def robots(shelf: Shelf) -> str:
    """`robots.txt`, which counts only at the root of a host; elsewhere pages speak for themselves.

    The PDFs of specimens are closed here, since no PDF can say `noindex` by itself.
    """
    volume = shelf.volume
    base = scholarly.site_url(volume)
    root = urlsplit(base).path or "/"
    closed = [root] if volume.site.index is False else _specimens(shelf, root)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if not closed:
        lines.append("Disallow:")
    if base and volume.site.index is not False:
        lines += ["", f"Sitemap: {base}{addresses.SITEMAP}"]
    return "\n".join([*lines, ""])


def _specimens(shelf: Shelf, root: str) -> list[str]:
    return [root + quote(view.pdf) for view in shelf.papers if view.specimen and view.pdf]


def sitemaps(desk: Desk, pages: Iterable[str]) -> Mapping[str, str]:
    """Sitemaps of `pages` (files below the root); none without an address, or if none is invited.

    Pages of specimens and of withdrawn papers are no part of it.
    """
    volume = desk.volume
    base = scholarly.site_url(volume)
    if not base or volume.site.index is False:
        return {}
    closed = {
        f"{desk.addresses.paper(paper.key)}.html"
        for paper in volume.papers
        if paper.specimen or not paper.shown
    }
    listed = sorted(page for page in pages if page not in closed)
    day = date(volume)
    parts = [listed[at : at + MOST_ADDRESSES] for at in range(0, len(listed), MOST_ADDRESSES)]
    if len(parts) < 2:
        return {addresses.SITEMAP: _urls(base, listed, day)}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = ET.Element("sitemapindex", {"xmlns": _SITEMAP})
    for name in names:
        _put(_put(index, "sitemap"), "loc", base + name)
    written = {name: _urls(base, part, day) for name, part in zip(names, parts, strict=True)}
    return {addresses.SITEMAP: _document(index), **written}


def _urls(base: str, pages: list[str], day: dt.date | None) -> str:
    # Ten thousand elements would cost half a second; what `quote` gives is plain letters.
    start = escape(_UNWRITABLE.sub("\ufffd", base))
    dated = f"\n  <lastmod>{day.isoformat()}</lastmod>" if day else ""
    entries = (
        f" <url>\n  <loc>{start}{'' if page == 'index.html' else escape(quote(page))}</loc>{dated}"
        "\n </url>\n"
        for page in pages
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="{_SITEMAP}">\n{"".join(entries)}</urlset>\n'
    )


def atom(shelf: Shelf) -> str:
    """The papers as an Atom feed (RFC 4287); empty without an address or a date, which it needs."""
    volume = shelf.volume
    base, day = scholarly.site_url(volume), date(volume)
    if not base or not day or not shelf.papers:
        return ""
    stamp = f"{day.isoformat()}T00:00:00Z"
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": volume.language})
    _put(feed, "id", base)
    _put(feed, "title", volume.title)
    if volume.subtitle:
        _put(feed, "subtitle", volume.subtitle)
    _put(feed, "updated", stamp)
    _put(feed, "link", rel="self", type="application/atom+xml", href=base + addresses.FEED)
    _put(feed, "link", rel="alternate", type="text/html", href=f"{base}{addresses.PAPERS}.html")
    _put(_put(feed, "author"), "name", volume.event.short_name)
    for view in shelf.papers[:MOST_ENTRIES]:
        _entry(feed, view, shelf, base)
    return _document(feed)


def _entry(feed: ET.Element, view: PaperView, shelf: Shelf, base: str) -> None:
    paper, volume = view.paper, shelf.volume
    published = facts.published(volume, paper)
    day = facts.date(volume, archival=published) or date(volume)
    page = f"{base}{quote(shelf.desk.addresses.paper(paper.key))}.html"
    entry = _put(feed, "entry")
    _put(entry, "id", page)
    _put(entry, "title", view.title)
    _put(entry, "updated", f"{day.isoformat()}T00:00:00Z" if day else "")
    _put(entry, "link", rel="alternate", type="text/html", href=page)
    if view.pdf and not view.specimen:
        href = base + quote(view.pdf)
        _put(entry, "link", rel="enclosure", type="application/pdf", href=href)
    for byline in view.bylines:
        _put(_put(entry, "author"), "name", byline.contributor.name.full)
    for keyword in paper.keywords:
        _put(entry, "category", term=keyword)
    if paper.abstract:
        _put(entry, "summary", " ".join(view.abstract.split()))


def _put(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    clean = {name: _UNWRITABLE.sub("\ufffd", value) for name, value in attributes.items()}
    child = ET.SubElement(parent, tag, clean)
    child.text = _UNWRITABLE.sub("\ufffd", text) or None
    return child


def _document(root: ET.Element) -> str:
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
