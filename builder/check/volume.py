"""The edition as a whole: dates, tracks, what a publication needs, prose and settings."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Collection, Iterator
from functools import lru_cache

from builder.check.facts import Facts
from builder.check.wording import excerpt, meant, number, spoken
from builder.model import Finding, Severity, Where


def dates(facts: Facts) -> Iterator[Finding]:
    """An event without a date, or one that ends before it begins."""
    event = facts.volume.event
    if event.start and event.end and event.end < event.start:
        yield Finding(
            code="event-dates",
            severity=Severity.ERROR,
            message=f"the event ends on {event.end}, before it begins on {event.start}",
            where=facts.volume.where,
            hint="Correct `start:` or `end:` of `event` in edition.yaml.",
        )
    if event.start is None:
        yield Finding(
            code="event-undated",
            severity=Severity.WARNING,
            message="the event has no date; citations will have no year",
            where=facts.volume.where,
            hint="Add `start:` to `event` in edition.yaml.",
        )


def timezone(facts: Facts) -> Iterator[Finding]:
    """A time zone of which nobody knows when it is noon there."""
    volume = facts.volume
    known = _zones()
    for name in dict.fromkeys((volume.event.timezone, volume.program.timezone)):
        if not name or not known or name in known:
            continue
        yield Finding(
            code="timezone-unknown",
            severity=Severity.WARNING,
            message=f"“{excerpt(name, 60)}” is no time zone; the program's times are shown without"
            " one",
            where=volume.where,
            hint=_zone_meant(name, known)
            or "Write an IANA name such as Europe/Oslo in `timezone:` of `event` in edition.yaml.",
        )


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Every IANA name; none where the system has no such database, and then nothing is judged."""
    return frozenset(zoneinfo.available_timezones())


def _zone_meant(name: str, known: Collection[str]) -> str:
    """Names are `Area/City`: whoever forgot the area, or the case, still named the city."""
    plain = re.sub(r"[\s_-]+", "_", name.strip()).casefold()
    for zone in sorted(known):
        if plain in (zone.casefold(), zone.rpartition("/")[2].casefold()) and "/" in zone:
            return f"Did you mean “{zone}”?"
    return meant(name, {zone for zone in known if "/" in zone and not zone.startswith("Etc/")})


def tracks(facts: Facts) -> Iterator[Finding]:
    """Papers in unknown tracks or in none, and tracks without papers."""
    volume = facts.volume
    known = {track.id for track in volume.tracks}
    for paper in volume.shown:
        if paper.track and paper.track not in known:
            yield Finding(
                code="track-unknown",
                severity=Severity.ERROR,
                message=f"the track “{paper.track}” is not in edition.yaml",
                subject=paper.key,
                where=paper.where,
                hint=meant(paper.track, known) or "Add it to `tracks`, or correct it.",
            )
    none = [paper.key for paper in volume.printed if not paper.track]
    if known and none:
        yield Finding(
            code="track-missing",
            severity=Severity.WARNING,
            message=f"{number(len(none), 'paper')} in no track: {spoken(none)}",
            hint="Add `track = {…}` to their entries; their length cannot be checked otherwise.",
        )
    used = {paper.track for paper in volume.shown}
    idle = [track.name for track in volume.tracks if track.id not in used]
    if volume.papers and idle:
        yield Finding(
            code="track-unused",
            severity=Severity.INFO,
            message=f"{number(len(idle), 'track')} without papers: {spoken(idle)}",
            where=volume.where,
            hint="Remove it, unless papers are still to come.",
        )


def papers(facts: Facts) -> Iterator[Finding]:
    """A volume without papers; told once, for all that refers to some."""
    volume = facts.volume
    if not volume.papers:
        keys = {slot.paper for session in volume.program.walk() for slot in session.slots}
        named = len(keys - {""})
        refers = f", but the program names {number(named, 'paper')}" if named else ""
        yield Finding(
            code="no-papers",
            severity=Severity.ERROR if named else Severity.WARNING,
            message=f"papers/papers.bib holds no paper{refers}",
            where=Where(file="papers/papers.bib"),
            hint="Look whether the file was emptied by mistake; add entries, or bring them in with"
            " `proceedings gather`.",
        )
    elif not volume.printed:
        yield Finding(
            code="no-papers",
            severity=Severity.INFO,
            message="the volume prints no paper yet",
            hint="Add entries to papers/papers.bib, or bring them in with `proceedings gather`.",
        )


def publication(facts: Facts) -> Iterator[Finding]:
    """What libraries expect of a publication; never asked of a non-archival volume."""
    volume = facts.volume
    if not volume.archival:
        return
    missing = [name for name in ("publisher", "isbn", "license") if not getattr(volume, name)]
    if volume.issn and "isbn" in missing:
        missing.remove("isbn")
    if not volume.editors:
        missing.append("editors")
    if missing:
        names = {"isbn": "ISBN (or ISSN)", "license": "licence"}
        yield Finding(
            code="publication-incomplete",
            severity=Severity.WARNING,
            message=f"an archival volume without {spoken([names.get(m, m) for m in missing])}",
            where=volume.where,
            hint="Add what you have to `volume` in edition.yaml, or say `archival: false`.",
        )


def claims(facts: Facts) -> Iterator[Finding]:
    """A non-archival volume that carries the marks of a publication."""
    volume = facts.volume
    if volume.archival:
        return
    marks = [name.upper() for name in ("isbn", "issn", "doi") if getattr(volume, name)]
    if volume.title.casefold().startswith("proceedings of"):
        marks.append("a title that begins with “Proceedings of”")
    if marks:
        yield Finding(
            code="archival-claim",
            severity=Severity.WARNING,
            message=f"the volume is said to be non-archival, yet it has {spoken(marks)}",
            where=volume.where,
            hint="Say `archival: true` if it is a publication; else leave these out.",
        )
    if not volume.statement:
        yield Finding(
            code="statement-missing",
            severity=Severity.INFO,
            message="the volume is non-archival, and no `statement` says how that is put into"
            " words",
            where=volume.where,
            hint='For example: statement: "Presented at …; non-archival."',
        )


def site(facts: Facts) -> Iterator[Finding]:
    """A site without an address of its own."""
    if not facts.volume.site.url:
        yield Finding(
            code="site-url-missing",
            severity=Severity.INFO,
            message="the site's address is not known yet; it works anywhere, but cannot name"
            " itself",
            where=facts.volume.where,
            hint="Add `site: url:` when you know it: previews in chats and search engines use it.",
        )


_TAG = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-[A-Za-z0-9]{5,8})*"
)
"""The part of BCP 47 that papers need: language, script, region, variants."""


def languages(facts: Facts) -> Iterator[Finding]:
    """Languages that are not given as BCP 47 tags."""
    named = [(facts.volume.language, "", facts.volume.where)]
    named += [(paper.language, paper.key, paper.where) for paper in facts.volume.shown]
    for text, subject, where in named:
        if text and not _TAG.fullmatch(text):
            yield Finding(
                code="language-odd",
                severity=Severity.WARNING,
                message=f"“{text}” is no language tag",
                subject=subject,
                where=where,
                hint="Use a tag such as en, fr or pt-BR.",
            )
