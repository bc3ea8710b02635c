"""Which texts hold characters that no font can show: one finding per text, not a silent box."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator

from builder.booklet.desk import title_text
from builder.model import Finding, Severity, Volume, Where

_HINT = (
    "Install a font that has them (the Noto fonts cover nearly everything: "
    "`apt install fonts-noto fonts-noto-cjk`, `brew install font-noto-sans-cjk`, or "
    "notofonts.github.io) and build again; or write the text without them."
)


def findings(volume: Volume, missing: Collection[str]) -> tuple[Finding, ...]:
    """A finding for every text of `volume` with one of the clusters in `missing`."""
    if not missing:
        return ()
    found: list[Finding] = []
    seen: set[str] = set()
    for subject, what, text, where in _texts(volume):
        lost = sorted(cluster for cluster in missing if cluster in text)
        if lost:
            seen.update(lost)
            shown = text if len(text) <= 80 else f"{text[:77]}…"
            found.append(_finding(subject, f"{what} `{shown}`", lost, where))
    if rest := sorted(set(missing) - seen):
        found.append(_finding("", "A page of prose, or a word of the settings", rest, None))
    return tuple(dict.fromkeys(found))


def _finding(subject: str, what: str, lost: list[str], where: Where | None) -> Finding:
    return Finding(
        code="glyph-missing",
        severity=Severity.ERROR,
        message=f"{what} holds characters that no font here can show: "
        + ", ".join(map(named, lost)),
        subject=subject,
        where=where,
        hint=_HINT,
    )


def named(cluster: str) -> str:
    """`字 (U+5B57 CJK UNIFIED IDEOGRAPH-5B57)`."""
    points = " + ".join(
        f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip() for char in cluster
    )
    return f"{cluster} ({points})"


def _texts(volume: Volume) -> Iterator[tuple[str, str, str, Where | None]]:
    yield from _of_papers(volume)
    yield from _of_people(volume)
    yield from _of_program(volume)
    event, edition = volume.event, Where(file="proceedings/edition.yaml")
    places = (volume.title, volume.subtitle, event.name, event.place, event.host, volume.publisher)
    labels = ("title", "subtitle", "event", "place", "host", "publisher")
    for what, said in zip(labels, places, strict=True):
        yield "", f"The {what}", said, edition
    for track in volume.tracks:
        yield "", "The track", track.name, edition
    for topic in volume.topics:
        yield "", "The topic", topic, edition
    for tier in volume.sponsors:
        for sponsor in tier.sponsors:
            yield "", "The sponsor", sponsor.name, edition


def _of_papers(volume: Volume) -> Iterator[tuple[str, str, str, Where | None]]:
    for paper in volume.papers:
        yield paper.key, "The title", title_text(paper.title), paper.where
        for author in paper.contributors:
            yield paper.key, "The author", author.name.full, author.where or paper.where
        for award in paper.awards:
            yield paper.key, "The award", award, paper.where
        for keyword in paper.keywords:
            yield paper.key, "The keyword", keyword, paper.where
        if paper.abstract:
            yield paper.key, "The abstract", title_text(paper.abstract), paper.where


def _of_people(volume: Volume) -> Iterator[tuple[str, str, str, Where | None]]:
    for committee in volume.committees:
        yield committee.id, "The committee", committee.title, committee.where
        for member in committee.members:
            where = member.where or committee.where
            yield member.person, "The committee member", member.name.full, where
            for place in member.affiliations:
                yield member.person, "The affiliation", place.name, where
    for editor in volume.editors:
        yield editor.person, "The editor", editor.name.full, editor.where


def _of_program(volume: Volume) -> Iterator[tuple[str, str, str, Where | None]]:
    for talk in volume.program.talks:
        yield talk.id, "The talk", talk.title, talk.where
        for speaker in (*talk.speakers, *talk.moderators):
            yield talk.id, "The speaker", speaker.name.full, speaker.where or talk.where
            yield talk.id, "The biography", speaker.biography, speaker.where or talk.where
        yield talk.id, "The abstract", talk.abstract, talk.where
    for session in volume.program.walk():
        yield session.id, "The session", session.title, session.where
        yield session.id, "The room", session.room, session.where
        yield session.id, "The note", session.note, session.where
        for chair in session.chairs:
            yield session.id, "The chair", chair.name.full, chair.where or session.where
        for slot in session.slots:
            yield session.id, "The slot", slot.title, slot.where
            yield session.id, "The presenter", slot.presenter, slot.where
