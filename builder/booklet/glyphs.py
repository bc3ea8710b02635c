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
        found.append(_finding("", "Front or back matter", rest, None))
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
    for paper in volume.printed:
        yield paper.key, "The title", title_text(paper.title), paper.where
        for named_here in paper.contributors:
            yield paper.key, "The author", named_here.name.full, named_here.where or paper.where
        for award in paper.awards:
            yield paper.key, "The award", award, paper.where
    for committee in volume.committees:
        for member in committee.members:
            where = member.where or committee.where
            yield member.person, "The committee member", member.name.full, where
            for place in member.affiliations:
                yield member.person, "The affiliation", place.name, where
    for talk in volume.program.talks:
        yield talk.id, "The talk", talk.title, talk.where
        for speaker in (*talk.speakers, *talk.moderators):
            yield talk.id, "The speaker", speaker.name.full, speaker.where or talk.where
            yield talk.id, "The biography", speaker.biography, speaker.where or talk.where
        yield talk.id, "The abstract", talk.abstract, talk.where
    for session in volume.program.walk():
        yield session.id, "The session", session.title, session.where
        for slot in session.slots:
            yield session.id, "The slot", slot.title, slot.where
    for tier in volume.sponsors:
        for sponsor in tier.sponsors:
            yield "", "The sponsor", sponsor.name, None
