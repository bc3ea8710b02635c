"""Sections about the volume itself: cover, imprint, sponsors, committees, talks."""

from __future__ import annotations

import hashlib

from builder import cite
from builder.booklet import barcode, wording
from builder.booklet.desk import Data, Desk, affiliation, names, paragraphs, person, text
from builder.booklet.stamps import non_archival
from builder.model import Committee, SponsorTier, Talk, Volume
from builder.model.licenses import license_address
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
        "dates": desk.speech.span(event.start, event.end),
        "place": text(event.place),
        "editors": names(volume.editors),
        "publisher": text(volume.publisher),
        "statement": "" if volume.archival else text(non_archival(volume)),
        "digest": _seed(volume),
        "look": volume.booklet.cover if _picture(desk) else "contours",
        "picture": _picture(desk) if volume.booklet.cover == "image" else "",
        "logos": [name for logo in volume.booklet.logos if (name := desk.image(logo))],
    }


def _picture(desk: Desk) -> str:
    """The cover's picture; a cover that is none needs none."""
    said = desk.volume.booklet
    return desk.image(said.cover_image) if said.cover == "image" else said.cover


def half_title(desk: Desk) -> Data:
    """The title alone, on the right-hand page after the cover."""
    volume = desk.volume
    short = volume.event.short_name
    return {
        "kind": "half-title",
        "title": text(volume.title),
        "short": "" if short.casefold() == volume.title.casefold() else text(short),
    }


def title_page(desk: Desk) -> Data:
    """Title, editors with affiliations, event and publisher, in type alone."""
    return cover(desk) | {
        "kind": "title-page",
        "editors": [person(editor, desk) for editor in desk.volume.editors],
    }


def imprint(desk: Desk) -> Data:
    """What a librarian looks for, as far as the editors said it."""
    volume, event = desk.volume, desk.volume.event
    when = volume.date or event.start
    rows: list[tuple[str, str, str]] = [
        ("event", text(event.name), address(event.url)),
        ("held", desk.speech.span(event.start, event.end), ""),
        ("place", text(event.place), ""),
        ("host", text(event.host), address(event.host_url)),
        ("publisher", text(volume.publisher), ""),
        ("date-published", desk.speech.day(when) if when and volume.archival else "", ""),
        ("isbn", text(volume.isbn), ""),
        ("issn", text(volume.issn), ""),
        ("doi", text(volume.doi), f"https://doi.org/{volume.doi}" if volume.doi else ""),
        (
            "license",
            text(wording.license_name(volume.license, volume)),
            license_address(volume.license),
        ),
        *(("licenses", said, "") for said in _other_licenses(desk)),
    ]
    return {
        "kind": "imprint",
        "title": text(volume.title),
        "subtitle": text(volume.subtitle),
        "editors": [person(editor, desk) for editor in volume.editors],
        "rows": [{"label": desk.say(a), "text": b, "url": c} for a, b, c in rows if b],
        "contacts": [
            {"title": text(link.title), "url": address(link.url), "shown": _shown(link.url)}
            for link in event.contacts
        ],
        "links": [
            {"title": text(link.title), "url": address(link.url), "shown": _shown(link.url)}
            for link in event.links
        ],
        "statement": "" if volume.archival else text(non_archival(volume)),
        "explanation": "" if volume.archival else desk.say("no-record"),
        "citations": _citations(desk),
        "barcode": _barcode(volume),
    }


def _barcode(volume: Volume) -> Data | None:
    """The ISBN's bars with the digits as they are printed; `None` without a valid ISBN."""
    digits = barcode.ean(volume.isbn)
    if not digits:
        return None
    return {
        "isbn": text(volume.isbn),
        "digits": [digits[0], digits[1:7], digits[7:]],
        "bars": [[bar.x, bar.width, bar.guard] for bar in barcode.bars(digits)],
        "quiet": list(barcode.QUIET),
    }


def _other_licenses(desk: Desk) -> list[str]:
    """Licences of papers that have another one than the volume: which, and on what pages."""
    found: dict[str, list[str]] = {}
    for paper in desk.listed:
        if paper.license and paper.license != desk.volume.license and desk.page(paper.key):
            found.setdefault(paper.license, []).append(desk.planned[paper.key].range)
    return [
        f"{text(wording.license_name(license, desk.volume))}: "
        + desk.say(
            "page" if len(pages) == 1 and "–" not in pages[0] else "pages", pages=", ".join(pages)
        )
        for license, pages in found.items()
    ]


def citation(desk: Desk, key: str = "") -> str:
    """How to cite the volume, or the paper of that key, in one line; empty for an unknown key."""
    volume = desk.volume
    if key:
        paper = volume.paper(key)
        return text(cite.text(volume, paper, desk.plan, desk.speech)) if paper else ""
    when = volume.date or volume.event.start
    editors = desk.speech.joined(names(volume.editors))
    if editors:
        several = len(volume.editors) > 1
        editors = desk.say("editors-cited" if several else "editor-cited", names=editors)
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
    first = next((desk.planned[paper.key] for paper in desk.listed if not desk.handbook), None)
    shown = [
        (desk.say("cite-volume"), citation(desk) if desk.volume.archival else ""),
        (desk.say("cite-paper"), citation(desk, first.key) if first else ""),
    ]
    return [{"label": label, "text": words} for label, words in shown if words]


def sponsors(desk: Desk, tiers: tuple[SponsorTier, ...] | None = None) -> Data:
    """Sponsors by tier; those without a usable logo are set in type."""
    shown = desk.volume.sponsors if tiers is None else tiers
    alone = len(shown) == 1 and shown[0].title.casefold() in ("sponsors", "sponsor")
    return {
        "kind": "sponsors",
        "title": desk.say("sponsors"),
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
        "id": "committees",
        "title": desk.say("committees") if len(shown) != 1 else text(shown[0].title),
        "committees": [
            {
                "title": text(committee.title),
                "layout": desk.volume.booklet.committees.get(committee.id, "columns"),
                "members": [person(member, desk) for member in committee.members],
            }
            for committee in shown
        ],
    }


def talks(desk: Desk, chosen: tuple[Talk, ...] | None = None) -> Data:
    """Keynotes, panels and invited talks with who speaks, and what about."""
    shown = _talks(desk) if chosen is None else chosen
    sessions = {session.talk: session for session in desk.volume.program.walk() if session.talk}
    entries = []
    for talk in shown:
        session = sessions.get(talk.id)
        day = (session.date if session else None) or desk.volume.event.start
        times = desk.speech.hours(session.start, session.end) if session else ""
        several = _several_days(desk.volume)
        entries.append(
            {
                "kind": desk.say(f"kind-{talk.kind}", text(talk.kind).capitalize()),
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
                        desk.speech.weekday(day) if several and session and day else "",
                        times,
                        text(session.room) if session else "",
                    )
                    if part
                ),
            }
        )
    return {
        "kind": "talks",
        "title": desk.say(_talks_title(shown)),
        "talks": entries,
        "id": "talks",
    }


def keynotes(desk: Desk) -> Data:
    """The keynotes alone."""
    chosen = tuple(talk for talk in desk.volume.program.talks if talk.kind == "keynote")
    return talks(desk, chosen) | {"id": "keynotes"}


def _talks(desk: Desk) -> tuple[Talk, ...]:
    """All talks, without the keynotes where these have a section of their own."""
    said = desk.volume.booklet
    named = said.handbook if desk.handbook else (*said.front_matter, *said.back_matter)
    return tuple(
        talk
        for talk in desk.volume.program.talks
        if talk.kind != "keynote" or "keynotes" not in named
    )


def _talks_title(talks: tuple[Talk, ...]) -> str:
    kinds = {talk.kind for talk in talks}
    if kinds <= {"keynote"}:
        return "keynotes" if len(talks) > 1 else "keynote"
    if kinds <= {"keynote", "panel"}:
        return "keynotes-and-panel" if "keynote" in kinds else "panel"
    return "invited-talks" if kinds <= {"invited", "talk"} else "talks"


def _several_days(volume: Volume) -> bool:
    return len({session.date for session in volume.program.walk() if session.date}) > 1


def _shown(url: str) -> str:
    shown = url.removeprefix("mailto:").removeprefix("https://").removeprefix("http://")
    return text(shown.removesuffix("/"))


def _seed(volume: Volume) -> list[int]:
    """Numbers that belong to this volume alone: they vary the cover's ornament."""
    return list(hashlib.sha256(volume.title.encode()).digest()[:8])
