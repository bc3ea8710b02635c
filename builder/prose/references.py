"""What prose refers to: compared with the volume, whose ids the prose itself does not know."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

from docutils import nodes

from builder.model import Finding, Severity, Volume, Where, authors
from builder.prose import nodes as neutral
from builder.prose.document import Document


def unresolved(document: Document, volume: Volume, file: str) -> tuple[Finding, ...]:
    """A finding for every id in `document`'s directives and roles that names nothing."""
    shown = {paper.key for paper in volume.shown}
    known: dict[str, Collection[str]] = {
        "paper": shown,
        "track": {track.id for track in volume.tracks},
        "session": {session.id for session in volume.program.walk()},
        "committee": {committee.id for committee in volume.committees},
        "sponsor tier": {tier.title for tier in volume.sponsors},
        "author": {author.id for author in authors(volume)},
    }
    findings = []
    for node, kind, id in _mentions(document):
        if id in known[kind]:
            continue
        near = difflib.get_close_matches(id, sorted(known[kind]), n=1)
        findings.append(
            Finding(
                code="prose-unknown-reference",
                severity=Severity.ERROR,
                message=f"There is no {kind} `{id}`"
                + (f"; did you mean `{near[0]}`?" if near else ""),
                where=Where(file=file, line=_line(node)),
                hint=f"Correct the id, or add the {kind}.",
            )
        )
    return tuple(findings)


def _mentions(document: Document) -> Iterator[tuple[nodes.Element, str, str]]:
    for node in document.tree.findall(nodes.Element):
        if isinstance(node, neutral.PaperList):
            yield from ((node, "track", id) for id in node["tracks"])
            yield from ((node, "paper", id) for id in node["keys"])
        elif isinstance(node, neutral.ProgramTable):
            yield from ((node, "session", id) for id in node["sessions"])
        elif isinstance(node, neutral.PeopleList):
            yield from ((node, "committee", id) for id in node["committees"])
        elif isinstance(node, neutral.SponsorList):
            yield from ((node, "sponsor tier", id) for id in node["tiers"])
        elif isinstance(node, neutral.CitationHint) and node["paper"]:
            yield node, "paper", node["paper"]
        elif isinstance(node, neutral.PaperReference):
            yield node, "paper", node["key"]
        elif isinstance(node, neutral.SessionReference):
            yield node, "session", node["id"]
        elif isinstance(node, neutral.AuthorReference):
            yield node, "author", node["id"]


def _line(node: nodes.Element) -> int | None:
    at: nodes.Element | None = node
    while at is not None and at.line is None:
        at = at.parent
    return at.line if at is not None else None
