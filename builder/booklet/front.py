"""Front and back matter as one piece of data each, sections in the order of the settings."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Mapping, Sequence

from builder import __version__
from builder.booklet import contents, index, lists, prose, schedule, sections, wording
from builder.booklet.color import palette
from builder.booklet.desk import Data, Desk, names, paper_address, rich, text, title_text
from builder.booklet.plan import dividers
from builder.booklet.stamps import non_archival
from builder.model import Finding, Include, Paper, Severity, Volume

SIZES = {"a4": (595.276, 841.89), "letter": (612.0, 792.0)}
"""Width and height in points."""

FRONT = "i"
BACK = "1"
"""How pages are numbered: roman before the papers, arabic from their first page on."""

_SECTIONS: Mapping[str, Callable[[Desk], Data]] = {
    "cover": sections.cover,
    "half-title": sections.half_title,
    "title-page": sections.title_page,
    "imprint": sections.imprint,
    "sponsors": sections.sponsors,
    "committees": sections.committees,
    "awards": lists.awards,
    "keynotes": sections.keynotes,
    "talks": sections.talks,
    "program": schedule.program,
    "posters": lists.posters,
    "contents": contents.contents,
    "abstracts": lists.abstracts,
    "author-index": index.author_index,
    "subject-index": lists.subject_index,
    "supplements": lists.supplements,
}

_FILLED: Mapping[str, Callable[[Data], bool]] = {
    "sponsors": lambda data: bool(data["tiers"] or data["acknowledgement"]),
    "committees": lambda data: bool(data["committees"]),
    "talks": lambda data: bool(data["talks"]),
    "program": lambda data: bool(data["days"]),
    "contents": lambda data: any(group["papers"] for group in data["groups"]),
    "awards": lambda data: bool(data["groups"]),
    "keynotes": lambda data: bool(data["talks"]),
    "posters": lambda data: bool(data["groups"]),
    "abstracts": lambda data: any(group["papers"] for group in data["groups"]),
    "author-index": lambda data: bool(data["groups"]),
    "subject-index": lambda data: bool(data["groups"]),
    "supplements": lambda data: bool(data["papers"]),
}
"""Which sections have something to say; the others are left out without a word."""

SECTION_NAMES = (*_SECTIONS, "prose")
"""What `booklet.front_matter` and `booklet.back_matter` may name, beside pages of prose."""


def front_matter(desk: Desk) -> Data:
    """Everything before the first paper."""
    return _document(desk, desk.volume.booklet.front_matter, FRONT, 1)


def back_matter(desk: Desk, findings: Sequence[Finding] = ()) -> Data | None:
    """Everything after the last paper; `None` where there is nothing.

    In a draft the last page lists `findings`.
    """
    data = _document(desk, desk.volume.booklet.back_matter, BACK, desk.plan.last_page + 1)
    if desk.draft and any(finding.severity >= Severity.WARNING for finding in findings):
        data["sections"].append(_findings(desk, findings))
    return data if data["sections"] else None


def handbook(desk: Desk) -> Data:
    """The handbook: program, abstracts, people; pages are numbered from the cover on."""
    return _document(desk, desk.volume.booklet.handbook, BACK, 1)


def divider(desk: Desk, key: str) -> Data:
    """The page before the paper `key`: what the papers from there on have in common."""
    parted = dividers(desk.volume)
    title = parted[key]
    keys = [planned.key for planned in desk.plan.papers]
    members: list[Data] = []
    for at in range(keys.index(key), len(keys)):
        paper = desk.volume.paper(keys[at])
        if paper is None or (members and keys[at] in parted):
            break
        members.append(contents.entry(desk, paper))
    chairs = next(
        (
            names(session.chairs)
            for session in desk.volume.program.walk()
            if session.title == title and session.chairs
        ),
        [],
    )
    data = _document(desk, (), BACK, desk.planned[key].first - 1)
    called = desk.say("chair" if len(chairs) == 1 else "chairs")
    data["sections"] = [
        {
            "kind": "divider",
            "title": text(title),
            "chairs": f"{called}: {desk.speech.joined(chairs)}" if chairs else "",
            "papers": members,
        }
    ]
    return data


def blanks(desk: Desk, key: str, pages: int) -> Data:
    """Pages without anything before the paper `key`, where locked pages leave some free."""
    data = _document(desk, (), BACK, desk.planned[key].first - pages)
    data["sections"] = [{"kind": "blank", "text": desk.say("blank"), "pages": pages}]
    return data


def card(desk: Desk, paper: Paper, *, pages: int, missing: str, size: tuple[float, float]) -> Data:
    """Pages that stand for a paper: its abstract and address, or in a draft what is `missing`."""
    planned = desk.planned[paper.key]
    data = _document(desk, (), BACK, planned.first)
    lines = [missing] if missing else []
    label = desk.say("pdf-missing" if missing else "not-reprinted")
    if paper.include is Include.WITHDRAWN:
        label = desk.say("withdrawn")
        lines = [paper.notice or desk.say("withdrawn-notice")]
    elif not missing and not paper_address(paper):
        lines.append(desk.say("not-included"))
    data["card"] = {
        "label": label,
        "missing": bool(missing),
        "title": rich(paper.title),
        "authors": names(paper.contributors),
        "abstract": rich(paper.abstract) if paper.abstract and paper.shown else [],
        "lines": [text(line) for line in lines],
        "url": paper_address(paper) if paper.shown else "",
        "pages": pages,
    }
    data["title"] = title_text(paper.title)
    data["authors"] = names(paper.contributors)
    data["page"] = {"width": size[0], "height": size[1]}
    data["draft"] = False  # the watermark is stamped, as on any paper
    return data


def _document(desk: Desk, named: Sequence[str], numbering: str, first: int) -> Data:
    volume = desk.volume
    width, height = SIZES[volume.booklet.page]
    language, _, region = volume.language.partition("-")
    found: list[Data] = []
    for name in named:
        found.extend(_sections(desk, name))
    for before, one in itertools.pairwise(found):
        # Only the second of two shares a sheet: where a page stands that waits for one that waits
        # for another, Typst's few passes over the layout do not find out.
        if before["kind"] == one["kind"] == "prose" and not before["after"]:
            one["after"] = before["id"]
    if not found and numbering == FRONT:
        found.append(sections.cover(desk))  # a volume begins with something, whatever is said
    remark = "" if volume.archival else f" · {desk.say('non-archival')}"
    return {
        "title": text(volume.title),
        "authors": names(volume.editors),
        "keywords": [text(topic) for topic in volume.topics],
        "lang": language.lower() or "en",
        "region": region.upper() if len(region) == 2 else None,
        "page": {"width": width, "height": height},
        "colors": palette(volume.booklet.color),
        "draft": desk.draft,
        "simple": False,  # set again without what depends on where it comes to stand
        "numbering": numbering,
        "first-page": first,
        "running": (
            text(volume.title) if len(volume.title) <= 80 else text(volume.event.short_name)
        )
        + remark,
        "colophon": desk.say("colophon", version=__version__),
        "words": {name: text(said) for name, said in wording.words(volume).items()},
        "standard": volume.booklet.pdf_standard,
        "date": _date(volume) if volume.booklet.archival_form else None,
        "sections": found,
    }


def _date(volume: Volume) -> Data:
    """The date that PDF/A asks for; there is always one, and never today's."""
    day = volume.date or volume.event.start or dt.date(1970, 1, 1)
    return {"year": day.year, "month": day.month, "day": day.day}


def _sections(desk: Desk, name: str) -> list[Data]:
    if name == "prose":
        said = desk.volume.booklet
        named = {*(said.handbook if desk.handbook else (*said.front_matter, *said.back_matter))}
        files = [file for file in desk.prose if file not in named]
        return [prose.page(desk, file) for file in files]
    if name in desk.prose:
        return [prose.page(desk, name)]
    if name not in _SECTIONS:
        chosen = tuple(one for one in desk.volume.committees if one.id == name)
        if not chosen:
            return []
        return [sections.committees(desk, chosen) | {"id": text(name)}]
    if name == "committees":
        return _committees(desk)
    data = _SECTIONS[name](desk)
    return [data] if _FILLED.get(name, bool)(data) else []


def _committees(desk: Desk) -> list[Data]:
    """All committees that have no section of their own."""
    said = desk.volume.booklet
    named = said.handbook if desk.handbook else (*said.front_matter, *said.back_matter)
    chosen = tuple(one for one in desk.volume.committees if one.id not in named)
    return [sections.committees(desk, chosen)] if chosen else []


_MOST_FINDINGS = 300
"""So many fit on about ten pages; the report has them all."""


def _findings(desk: Desk, findings: Sequence[Finding]) -> Data:
    """Findings as the last section of a draft: errors and warnings, paper by paper."""
    relevant = [finding for finding in findings if finding.severity >= Severity.WARNING]
    shown = relevant[:_MOST_FINDINGS]
    counts = [
        (sum(f.severity is severity for f in findings), desk.say(word))
        for severity, word in ((Severity.ERROR, "errors"), (Severity.WARNING, "warnings"))
    ]
    counted = " · ".join(f"{label}: {n}" for n, label in counts if n)
    further = len(relevant) - len(shown)
    groups: dict[str, list[Finding]] = {}
    for finding in shown:
        groups.setdefault(finding.subject, []).append(finding)
    return {
        "kind": "findings",
        "title": desk.say("findings"),
        "summary": f"{desk.say('draft-summary')} {counted}.",
        "more": desk.say("draft-more", number=str(further)) if further else "",
        "groups": [
            {
                "subject": _subject(desk, subject),
                "findings": [
                    {
                        "severity": finding.severity.label,
                        "label": desk.say(f"box-{finding.severity.label}"),
                        "code": finding.code,
                        "message": text(finding.message),
                        "where": text(str(finding.where)) if finding.where else "",
                        "hint": text(finding.advice),
                    }
                    for finding in found
                ],
            }
            for subject, found in groups.items()
        ],
    }


def _subject(desk: Desk, subject: str) -> str:
    paper = desk.volume.paper(subject)
    return (
        f"{subject}: {title_text(paper.title)}"
        if paper
        else text(subject) or desk.say("draft-edition")
    )


__all__ = [
    "BACK",
    "FRONT",
    "SECTION_NAMES",
    "SIZES",
    "back_matter",
    "card",
    "front_matter",
    "non_archival",
]
