"""Addresses that others wrote: what a page may link to, and what it must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from builder.model import Contributor, Finding, Markup, Paper, Severity, Volume, Where
from builder.model.markup import Link, Node, Styled, html

LINK_FIELDS = ("openreview", "url", "video", "code", "data", "poster", "slides", "pdf_url")
"""Fields of a paper that hold an address."""


def safe(url: str) -> str:
    """`url` as it may stand in `href`: http, https, mailto or doi; anything else becomes empty."""
    address = html.address(url)
    return "" if any(char < " " or "\x7f" <= char <= "\x9f" for char in address) else address


def doi(bare: str) -> str:
    """The resolver's address of a bare DOI, or empty where it is none (DOI Handbook, 2.2)."""
    return (
        f"https://doi.org/{quote(bare, safe='/().;:-_')}"
        if re.match(r"10\.\d{4,9}/\S+\Z", bare)
        else ""
    )


def dropped(volume: Volume) -> tuple[Finding, ...]:
    """A finding for every address of the edition that the site leaves out."""
    return tuple(
        Finding(
            code="site-unsafe-link",
            severity=Severity.WARNING,
            message=f"The {what} of {who} is left out of the site: {_shown(url)}",
            subject=subject,
            where=where,
            hint="Write a full address that begins with https:// or http:// (or mailto: or doi:).",
        )
        for subject, who, what, url, where in _all(volume)
        if url and not safe(url)
    )


def _shown(url: str) -> str:
    printable = "".join(char if char.isprintable() else "�" for char in url)
    return printable if len(printable) <= 80 else f"{printable[:79]}…"


_Entry = tuple[str, str, str, str, Where | None]


def _all(volume: Volume) -> Iterator[_Entry]:
    """Subject, who it belongs to, what it is, the address itself, and where it was written."""
    for paper in volume.shown:
        yield from _of_paper(paper)
    event = volume.event
    yield "", event.short_name, "address", event.url, volume.where
    yield "", event.short_name, "host's address", event.host_url, volume.where
    for link in (*event.contacts, *event.links):
        yield "", link.title, "address", link.url, volume.where
    for one in volume.news:
        yield "", f"news of {one.date}", "address", one.url, volume.where
    for tier in volume.sponsors:
        for sponsor in tier.sponsors:
            yield "", sponsor.name, "address", sponsor.url, volume.where
    for person in volume.people:
        yield person.id, person.name.full, "page", person.url, person.where
    for committee in volume.committees:
        for member in committee.members:
            yield _of_contributor(member)
    for session in volume.program.walk():
        yield session.id, session.title, "recording", session.recording, session.where
        yield session.id, session.title, "address", session.url, session.where
    for talk in volume.program.talks:
        yield talk.id, talk.title, "recording", talk.recording, talk.where
        for speaker in (*talk.speakers, *talk.moderators):
            yield _of_contributor(speaker)


def _of_paper(paper: Paper) -> Iterator[_Entry]:
    name = f"paper {paper.key}"
    for field in LINK_FIELDS:
        yield (
            paper.key,
            name,
            "PDF's address" if field == "pdf_url" else field,
            getattr(paper, field),
            paper.where,
        )
    for markup, what in (
        (paper.title, "link in the title"),
        (paper.abstract, "link in the abstract"),
    ):
        for url in _in(markup):
            yield paper.key, name, what, url, paper.where
    for contributor in paper.contributors:
        yield (
            paper.key,
            contributor.name.full,
            "page",
            contributor.url,
            contributor.where or paper.where,
        )


def _of_contributor(contributor: Contributor) -> _Entry:
    return contributor.person, contributor.name.full, "page", contributor.url, contributor.where


def _in(markup: Markup | None) -> Iterator[str]:
    def walk(nodes: tuple[Node, ...]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, Link):
                yield node.url
            if isinstance(node, Link | Styled):
                yield from walk(node.children)

    return walk(markup.nodes) if markup else iter(())
