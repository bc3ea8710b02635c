"""Schema.org's vocabulary as JSON-LD: papers, people, the event, the volume.

A paper that was only presented is part of no publication here either, and a specimen is nothing:
what a search engine would make of it is not true of the file that stands on the site.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import markupsafe

from builder.cite import facts
from builder.model import Author, Contributor, Name, Session, Volume
from builder.model.licenses import license_address
from builder.site import dates, links, rendering, scholarly
from builder.site.views import AuthorView, PaperView, Shelf

Node = dict[str, Any]

_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
_ACTIVE = re.compile(f"[{''.join(_ESCAPES)}]")
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def script(node: Node) -> str:
    """A data block that no string in it can end; empty for an empty node."""
    if not node:
        return ""
    told = {"@context": "https://schema.org", **node}
    text = _ACTIVE.sub(lambda found: _ESCAPES[found[0]], _COMPACT.encode(told))
    return f'\n<script type="application/ld+json">{markupsafe.Markup(text)}</script>'  # noqa: S704 - escaped


def paper(view: PaperView, shelf: Shelf) -> Node:
    """`ScholarlyArticle`."""
    if view.specimen:
        return {}
    one, volume, desk = view.paper, shelf.volume, shelf.desk
    published = facts.published(volume, one)
    date = facts.date(volume, archival=published)
    pages = facts.pages(desk.plan, one.key) if published else None
    base = scholarly.site_url(volume)
    page = f"{base}{quote(desk.addresses.paper(one.key))}.html" if base else ""
    heard = facts.presented(volume.event, archival=one.archival)
    return _filled(
        "ScholarlyArticle",
        **{"@id": links.doi(one.doi) or page},
        name=view.title,
        headline=view.title,
        author=[
            person(
                byline.contributor,
                f"{base}{quote(desk.addresses.author(byline.id))}.html" if base else "",
            )
            for byline in view.bylines
        ],
        abstract=view.abstract,
        keywords=list(one.keywords),
        datePublished=date.isoformat() if date else "",
        inLanguage=one.language or volume.language,
        license=license_address(one.license or volume.license),
        award=list(one.awards),
        url=page,
        sameAs=[url for url in (links.doi(one.doi), links.safe(one.openreview)) if url],
        isPartOf=publication(volume) if published else None,
        creativeWorkStatus=one.status.capitalize() or ("" if published else heard),
        pageStart=pages.first if pages else None,
        pageEnd=pages.last if pages else None,
        publisher=_organisation(volume.publisher) if published else None,
        encoding=_filled(
            "MediaObject", contentUrl=f"{base}{quote(view.pdf)}", encodingFormat="application/pdf"
        )
        if base and view.pdf
        else None,
        image=f"{base}{quote(view.thumbnail)}" if base and view.thumbnail else "",
    )


def publication(volume: Volume) -> Node:
    """The volume: a `PublicationVolume` if it is a publication, else only a `Collection`."""
    numbers = [
        _filled("PropertyValue", propertyID=kind, value=number)
        for kind, number in (("ISBN", volume.isbn), ("ISSN", volume.issn))
        if number and volume.archival
    ]
    date = facts.date(volume, archival=volume.archival)
    return _filled(
        "PublicationVolume" if volume.archival else "Collection",
        **{"@id": links.doi(volume.doi) or scholarly.site_url(volume)},
        name=volume.title,
        alternativeHeadline=volume.subtitle,
        editor=[person(editor) for editor in volume.editors],
        publisher=_organisation(volume.publisher) if volume.archival else None,
        datePublished=date.isoformat() if date and volume.archival else "",
        inLanguage=volume.language,
        license=license_address(volume.license),
        identifier=numbers,
        creativeWorkStatus="" if volume.archival else volume.statement,
    )


def event(volume: Volume, *, sessions: bool = False) -> Node:
    """`Event`; with its sessions where their times are known."""
    one = volume.event
    parts = volume.program.sessions if sessions else ()
    return _filled(
        "Event",
        name=one.name,
        alternateName=one.short_name if one.short_name != one.name else "",
        startDate=one.start.isoformat() if one.start else "",
        endDate=one.end.isoformat() if one.end else "",
        location=_filled("Place", name=one.place, address=one.place) if one.place else None,
        url=links.safe(one.url) or scholarly.site_url(volume),
        superEvent=_filled("Event", name=one.host, url=links.safe(one.host_url))
        if one.host
        else None,
        sponsor=[
            _filled("Organization", name=sponsor.name, url=links.safe(sponsor.url))
            for tier in volume.sponsors
            for sponsor in tier.sponsors
        ],
        subEvent=[_session(part, volume) for part in parts if part.start],
    )


def home(shelf: Shelf) -> Node:
    """The event, and the volume that came of it."""
    if not shelf.papers:
        return event(shelf.volume)
    return {"@graph": [event(shelf.volume), publication(shelf.volume)]}


def author(view: AuthorView, shelf: Shelf) -> Node:
    """`Person`, as their page shows them."""
    one = view.author
    base = scholarly.site_url(shelf.volume)
    known = [rendering.orcid(_orcid(one)), links.safe(view.url)]
    return _filled(
        "Person",
        **{"@id": rendering.orcid(_orcid(one))},
        **_names(one.name),
        affiliation=[_organisation(place) for place in view.affiliations],
        sameAs=[address for address in known if address],
        url=f"{base}{quote(shelf.desk.addresses.author(one.id))}.html" if base else "",
    )


def person(contributor: Contributor, page: str = "") -> Node:
    """Somebody as named in one place."""
    name = contributor.name
    return _filled(
        "Organization" if name.organisation else "Person",
        **{"@id": rendering.orcid(contributor.orcid)},
        **_names(name),
        affiliation=[
            _filled("Organization", **{"@id": links.safe(place.ror)}, name=place.name)
            for place in contributor.affiliations
        ],
        url=page,
    )


def _orcid(one: Author) -> str:
    """Only where it cannot belong to a namesake: registered, or the same wherever it is printed."""
    if one.person:
        return one.person.orcid
    printed = {named.orcid for named in one.contributors}
    return printed.pop() if len(printed) == 1 else ""


def _names(name: Name) -> Node:
    parts = " ".join(part for part in (name.particle, name.family) if part)
    return {"name": name.full, "givenName": name.given, "familyName": parts}


def _session(session: Session, volume: Volume) -> Node:
    timezone = volume.program.timezone or volume.event.timezone
    day = session.date or volume.event.start
    return _filled(
        "Event",
        name=session.title,
        startDate=dates.moment(day, session.start, timezone),
        endDate=dates.moment(day, session.end, timezone) if session.end else "",
        location=_filled("Place", name=session.room, address=volume.event.place)
        if session.room
        else None,
        subEvent=[_session(part, volume) for part in session.sessions if part.start],
    )


def _organisation(name: str) -> Node:
    return _filled("Organization", name=name) if name else {}


def _filled(kind: str, **fields: Any) -> Node:
    told = {name: value for name, value in fields.items() if value not in ("", None, [], {})}
    return {"@type": kind, **told}
