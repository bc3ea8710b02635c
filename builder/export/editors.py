"""What goes to the journal's editor-in-chief: proposal, call for papers, tables, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from builder.export import letters, table
from builder.export.conflicts import Conflict, candidates
from builder.export.documents import Sheet, as_docx, gaps, read, set_pages
from builder.export.dossier import PREVIEW, Dossier
from builder.export.files import Files
from builder.export.lacks import few
from builder.export.profile import Profile
from builder.export.schedule import schedule, spelled
from builder.export.target import Request
from builder.model import Event, Finding, GuestEditor, Severity, SpecialIssue, Volume

MOST = 20
"""Authors named of one paper in the proposal; the tables name more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A guest editor as the proposal names them: what the edition states, and no more."""

    name: str
    lead: bool
    affiliation: str
    orcid: str
    url: str
    biography: str
    experience: str


@dataclass(frozen=True, slots=True)
class Folder:
    """What `editors/` is made from."""

    request: Request
    profile: Profile
    every: tuple[Dossier, ...]
    conflicts: tuple[Conflict, ...]
    """Those about the papers in prospect."""
    preview: bool


def write(files: Files, folder: Folder) -> list[Finding]:
    """Writes `editors/`; says what is still to be written, and by whom."""
    values = _values(folder)
    preview = folder.preview
    tables(files, folder)
    proposal = letters.fill("proposal.md", **values)
    call = letters.fill("call.md", **values)
    volume = folder.request.volume
    notice = PREVIEW if preview else ""
    files.text("editors/proposal.md", proposal, "proposal to the journal, as plain text")
    files.data(
        "editors/proposal.docx",
        as_docx(read(proposal), notice=notice, date=_date(volume), language=volume.language),
        "the proposal for Word, to be finished there",
    )
    files.text("editors/call-for-papers.md", call, "call for papers, as a page for the site")
    sheets = [
        Sheet(
            document=read(text),
            out=files.place(f"editors/{name}.pdf", about),
            notice=notice,
            foot=f"{volume.event.short_name}, {folder.profile.short}",
            language=volume.language,
            paper="us-letter" if volume.booklet.page == "letter" else "a4",
        )
        for name, text, about in (
            ("proposal", proposal, "the proposal, to be looked at"),
            ("call-for-papers", call, "the call for papers, to be sent around"),
        )
    ]
    wrong = set_pages(sheets)
    for sheet in sheets:
        if not sheet.out.is_file():
            files.drop(f"editors/{sheet.out.name}")
    return [
        *unset(wrong, folder.profile),
        *_gaps(folder.profile, proposal=proposal, call=call),
    ]


def tables(files: Files, folder: Folder) -> None:
    """Writes what every target's editors need: the papers, the decisions, the conflicts."""
    every, preview = folder.every, folder.preview
    issue = folder.request.volume.special_issue or SpecialIssue()
    files.text("editors/papers.csv", table.as_csv(every), "every paper in one table", bom=True)
    files.data(
        "editors/papers.xlsx",
        table.as_xlsx(every, title=issue.title, date=_date(folder.request.volume)),
        "the same as a spreadsheet",
    )
    files.text(
        "editors/selection.md",
        letters.fill("selection.md", dossiers=every, preview=preview, PREVIEW=PREVIEW),
        "each paper: yes, no or ask, with the rule and its evidence",
    )
    files.text(
        "editors/conflicts.md",
        letters.fill("conflicts.md", conflicts=folder.conflicts, preview=preview, PREVIEW=PREVIEW),
        "guest editors who are authors",
    )


def guests(volume: Volume) -> tuple[Guest, ...]:
    """The proposed guest editors, the lead first."""
    issue = volume.special_issue or SpecialIssue()
    found = [_guest(volume, editor) for editor in issue.guest_editors]
    return tuple(sorted(found, key=lambda guest: not guest.lead))


def when(event: Event) -> str:
    """`on 19 July 2025`, `from 28 to 29 September 2024`, or empty."""
    if event.start is None:
        return ""
    if event.end is None or event.end == event.start:
        return f"on {spelled(event.start)}"
    return f"from {spelled(event.start)} to {spelled(event.end)}"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def _guest(volume: Volume, editor: GuestEditor) -> Guest:
    named = editor.contributor
    person = volume.person(named.person) if named.person else None
    affiliations = named.affiliations or (person.affiliations if person else ())
    return Guest(
        name=named.name.full,
        lead=editor.lead,
        affiliation="; ".join(affiliation.name for affiliation in affiliations),
        orcid=named.orcid or (person.orcid if person else ""),
        url=named.url or (person.url if person else ""),
        biography=named.biography or (person.biography if person else ""),
        experience=" ".join(editor.experience.split()),
    )


def _values(folder: Folder) -> dict[str, Any]:
    volume = folder.request.volume
    issue = volume.special_issue or SpecialIssue()
    prospective = [d for d in folder.every if d.decision.verdict != "no"]
    milestones = schedule(volume, folder.profile)
    proposed = guests(volume)
    event = volume.event
    verdicts = [dossier.decision.verdict for dossier in folder.every]
    return {
        "volume": volume,
        "issue": issue,
        "profile": folder.profile,
        "preview": folder.preview,
        "PREVIEW": PREVIEW,
        "dossiers": folder.every,
        "prospective": prospective,
        "conflicts": folder.conflicts,
        "role": candidates(volume).role,
        "guests": proposed,
        "lead": any(guest.lead for guest in proposed),
        "milestones": milestones,
        "counted": any(line.date and not line.given for line in milestones),
        "counts": {verdict: verdicts.count(verdict) for verdict in ("yes", "ask", "no")},
        "tracks": _tracks(volume),
        "where": ", ".join(part for part in (event.host, event.place) if part),
        "when": when(event),
        "heading": re.sub(r"(?i)^special issue\s*(:|on|of)\s*", "", issue.title) or event.name,
        "standing": _standing,
        "gap": letters.gap,
        "ask": partial(letters.gap, "the journal", verb="confirmed"),
        "paragraphs": paragraphs,
        "names": _names,
        "places": lambda dossier: few([a.name for a in dossier.affiliations]),
        "how": lambda conflict: conflict.how,
    }


def _standing(dossier: Dossier) -> str:
    if dossier.decision.verdict == "yes":
        return "its authors agreed"
    asked = [reason for reason in dossier.decision.decisive if reason.rule != "consent"]
    parts = [] if len(asked) == len(dossier.decision.decisive) else ["its authors are to be asked"]
    return "; ".join([*parts, *(f"to be settled: {reason.evidence}" for reason in asked)])


def _names(dossier: Dossier) -> str:
    names = [author.name.full for author in dossier.paper.contributors]
    if len(names) > MOST:
        names = [*names[: MOST - 1], f"{len(names) - MOST + 1} more"]
    return ", ".join(names) or "no author is recorded"


def _tracks(volume: Volume) -> list[dict[str, object]]:
    rows = [
        {"name": track.name, "number": sum(p.track == track.id for p in volume.printed)}
        for track in volume.tracks
    ]
    return rows or [{"name": "Papers", "number": len(volume.printed)}]


def _date(volume: Volume) -> Any:
    return volume.date or volume.event.start


def unset(wrong: Mapping[str, str], about: Profile, where: str = "editors") -> Iterable[Finding]:
    """What `set_pages` could not do, as findings."""
    for name, problem in wrong.items():
        yield Finding(
            code="export-page-unset",
            severity=Severity.WARNING,
            message=f"{about.short}: {where}/{name}: {problem}",
            hint="install a font that has them (Noto has most), or use the Word file",
        )


def _gaps(about: Profile, **texts: str) -> Iterable[Finding]:
    by: dict[str, list[str]] = {}
    for text in texts.values():
        for gap in gaps(text):
            who, _, what = gap.removeprefix("To be ").partition(": ")
            who = re.sub("^(written|confirmed) by ", "", who)
            if who.startswith("the authors of "):  # each paper's own lacks say it
                continue
            by.setdefault(who, []).append(what)
    for who, lacking in by.items():
        listed = list(dict.fromkeys(lacking))
        yield Finding(
            code="export-proposal-gap",
            severity=Severity.INFO,
            message=f"{about.short}: the proposal and the call still lack, to come from {who}: "
            f"{'; '.join(listed)}",
            hint="write it into proceedings/special-issue.yaml or people.yaml; what only the "
            "journal knows, ask",
        )
