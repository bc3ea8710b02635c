"""Sections about the volume itself: cover, imprint, sponsors, committees, talks."""

from __future__ import annotations

import hashlib

from builder import cite
from builder.booklet import wording
from builder.booklet.desk import Data, Desk, affiliation, names, paragraphs, person, text
from builder.booklet.stamps import non_archival
from builder.model import Committee, SponsorTier, Talk, Volume
from builder.model.markup.html import address


def cover(desk: Desk) -> Data:
    """Title, event, place, dates, editors; and what the volume is not, if it is not."""
    volume, event = desk.volume, desk.volume.event
    repeated = event.name.casefold() in (volume.title.casefold(), volume.subtitle.casefold())
    return {
        "kind": "cover",
        "title": text(volume.title),
        "subtitle": text(volume.subtitle),
        "event": "" if repeated else text(event.name),
        "short": text(event.short_name),
        "host": text(event.host),
        "dates": wording.dates(event.start, event.end),
        "place": text(event.place),
        "editors": names(volume.editors),
        "publisher": text(volume.publisher),
        "statement": "" if volume.archival else text(non_archival(volume)),
        "digest": _seed(volume),
    }


def imprint(desk: Desk) -> Data:
    """What a librarian looks for, as far as the editors said it."""
    volume, event = desk.volume, desk.volume.event
    license, address_of = wording.LICENSES.get(volume.license, (volume.license, ""))
    when = volume.date or event.start
    rows: list[tuple[str, str, str]] = [
        ("Event", text(event.name), address(event.url)),
        ("Held", wording.dates(event.start, event.end), ""),
        ("Place", text(event.place), ""),
        ("Part of", text(event.host), address(event.host_url)),
        ("Publisher", text(volume.publisher), ""),
        ("Published", wording.date(when) if when and volume.archival else "", ""),
        ("ISBN", text(volume.isbn), ""),
        ("ISSN", text(volume.issn), ""),
        ("DOI", text(volume.doi), f"https://doi.org/{volume.doi}" if volume.doi else ""),
        (
            "License",
            text(license),
            f"https://creativecommons.org/licenses/{address_of}/" if address_of else "",
        ),
    ]
    return {
        "kind": "imprint",
        "title": text(volume.title),
        "subtitle": text(volume.subtitle),
        "editors": [person(editor, desk) for editor in volume.editors],
        "rows": [{"label": a, "text": b, "url": c} for a, b, c in rows if b],
        "contacts": [
            {"title": text(link.title), "url": address(link.url), "shown": _shown(link.url)}
            for link in event.contacts
        ],
        "links": [
            {"title": text(link.title), "url": address(link.url), "shown": _shown(link.url)}
            for link in event.links
        ],
        "statement": "" if volume.archival else text(non_archival(volume)),
        "explanation": ""
        if volume.archival
        else "This volume collects papers presented at the event. It is not a publication of "
        "record, and its page numbers are its own.",
        "citations": _citations(desk),
    }


def citation(desk: Desk, key: str = "") -> str:
    """How to cite the volume, or the paper of that key, in one line; empty for an unknown key."""
    volume = desk.volume
    if key:
        paper = volume.paper(key)
        return text(cite.text(volume, paper, desk.plan)) if paper else ""
    when = volume.date or volume.event.start
    editors = wording.joined(names(volume.editors))
    if editors:
        editors += " (eds.)" if len(volume.editors) > 1 else " (ed.)"
    place = ", ".join(part for part in (text(volume.event.place), text(volume.publisher)) if part)
    parts = [
        editors,
        str(when.year) if when else "",
        text(f"{volume.title}: {volume.subtitle}" if volume.subtitle else volume.title),
        place,
        f"ISBN {volume.isbn}" if volume.isbn else "",
        f"https://doi.org/{volume.doi}" if volume.doi else "",
    ]
    return " ".join(
        part if part.endswith((".", "!", "?")) or "://" in part else f"{part}."
        for part in parts
        if part
    )


def _citations(desk: Desk) -> list[Data]:
    """How to cite the volume, where it is a publication, and a paper of it, by example."""
    first = next(iter(desk.plan.papers), None)
    shown = [
        ("How to cite this volume", citation(desk) if desk.volume.archival else ""),
        ("How to cite a paper, for example", citation(desk, first.key) if first else ""),
    ]
    return [{"label": label, "text": words} for label, words in shown if words]


def sponsors(desk: Desk, tiers: tuple[SponsorTier, ...] | None = None) -> Data:
    """Sponsors by tier; those without a usable logo are set in type."""
    shown = desk.volume.sponsors if tiers is None else tiers
    alone = len(shown) == 1 and shown[0].title.casefold() in ("sponsors", "sponsor")
    return {
        "kind": "sponsors",
        "title": "Sponsors",
        "tiers": [
            {
                "title": "" if alone else text(tier.title),
                "sponsors": [
                    {
                        "name": text(sponsor.name),
                        "url": address(sponsor.url),
                        "logo": desk.image(sponsor.logo),
                    }
                    for sponsor in tier.sponsors
                ],
            }
            for tier in shown
        ],
        "acknowledgement": paragraphs(desk.volume.acknowledgement) if tiers is None else [],
    }


def committees(desk: Desk, chosen: tuple[Committee, ...] | None = None) -> Data:
    """Committees with their members as printed there."""
    shown = desk.volume.committees if chosen is None else chosen
    return {
        "kind": "committees",
        "title": "Committees" if len(shown) != 1 else text(shown[0].title),
        "committees": [
            {
                "title": text(committee.title),
                "members": [person(member, desk) for member in committee.members],
            }
            for committee in shown
        ],
    }


def talks(desk: Desk, chosen: tuple[Talk, ...] | None = None) -> Data:
    """Keynotes, panels and invited talks with who speaks, and what about."""
    shown = desk.volume.program.talks if chosen is None else chosen
    sessions = {session.talk: session for session in desk.volume.program.walk() if session.talk}
    entries = []
    for talk in shown:
        session = sessions.get(talk.id)
        day = (session.date if session else None) or desk.volume.event.start
        times = wording.times(session.start, session.end) if session else ""
        several = _several_days(desk.volume)
        entries.append(
            {
                "kind": wording.TALK_KINDS.get(talk.kind, text(talk.kind).capitalize()),
                "panel": talk.kind == "panel",
                "title": text(talk.title),
                "speakers": [person(speaker, desk) for speaker in talk.speakers],
                "moderators": [
                    {"name": text(one.name.full), "affiliation": affiliation(one.affiliations)}
                    for one in talk.moderators
                ],
                "abstract": paragraphs(talk.abstract),
                "recording": address(talk.recording),
                "when": ", ".join(
                    part
                    for part in (
                        wording.date(day, weekday=True) if several and session and day else "",
                        times,
                        text(session.room) if session else "",
                    )
                    if part
                ),
            }
        )
    return {"kind": "talks", "title": _talks_title(shown), "talks": entries}


def _talks_title(talks: tuple[Talk, ...]) -> str:
    kinds = {talk.kind for talk in talks}
    if kinds <= {"keynote"}:
        return "Keynotes" if len(talks) > 1 else "Keynote"
    if kinds <= {"keynote", "panel"}:
        return "Keynotes and Panel" if "keynote" in kinds else "Panel"
    return "Invited Talks" if kinds <= {"invited", "talk"} else "Talks"


def _several_days(volume: Volume) -> bool:
    return len({session.date for session in volume.program.walk() if session.date}) > 1


def _shown(url: str) -> str:
    shown = url.removeprefix("mailto:").removeprefix("https://").removeprefix("http://")
    return text(shown.removesuffix("/"))


def _seed(volume: Volume) -> list[int]:
    """Numbers that belong to this volume alone: they vary the cover's ornament."""
    return list(hashlib.sha256(volume.title.encode()).digest()[:8])
