"""What goes to the journal's editor-in-chief: proposal, call for papers, tables, decisions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from builder.edition.private import EDITORS
from builder.export import letters, photos, table
from builder.export.conflicts import Conflict, candidates
from builder.export.documents import Sheet, as_docx, gaps, read, set_pages
from builder.export.dossier import PREVIEW, Dossier, topic
from builder.export.files import Files
from builder.export.lacks import few
from builder.export.profile import Profile
from builder.export.schedule import schedule, when
from builder.export.target import Request
from builder.model import Finding, GuestEditor, Severity, SpecialIssue, Volume

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
    email: str
    """As `private/contacts.yaml` has it, or empty: the journal is to write there."""
    photo: str
    """The photo's name in `editors/`, or empty."""


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
    pictures, unseen = _photos(files, folder.request)
    values = _values(folder, pictures)
    preview = folder.preview
    tables(files, folder)
    proposal = letters.fill("proposal.md", **values)
    call = letters.fill("call.md", **values)
    volume = folder.request.volume
    notice = PREVIEW if preview else ""
    files.text("editors/proposal.md", proposal, "proposal to the journal, as plain text")
    files.data(
        "editors/proposal.docx",
        as_docx(
            read(proposal),
            notice=notice,
            date=_date(volume),
            language=volume.language,
            paper=volume.booklet.page,
            pictures=pictures,
        ),
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
            paper=volume.booklet.page,
            pictures=pictures if name == "proposal" else {},
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
        *unseen,
        *unset(wrong, folder.profile),
        *_gaps(folder.profile, proposal=proposal, call=call),
    ]


def tables(files: Files, folder: Folder) -> None:
    """Writes what every target's editors need: the papers, the decisions, the conflicts."""
    every, preview, volume = folder.every, folder.preview, folder.request.volume
    issue = volume.special_issue or SpecialIssue()
    files.text("editors/papers.csv", table.as_csv(every), "every paper in one table", bom=True)
    files.data(
        "editors/papers.xlsx",
        table.as_xlsx(every, title=issue.title, date=_date(volume), page=volume.booklet.page),
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


def guests(request: Request, pictures: Collection[str]) -> tuple[Guest, ...]:
    """The proposed guest editors, the lead first; `pictures` are the photos in `editors/`."""
    issue = request.volume.special_issue or SpecialIssue()
    found = []
    for number, editor in enumerate(issue.guest_editors, 1):
        photo = _photo(number, request, editor)
        found.append(_guest(request, editor, photo if photo in pictures else ""))
    return tuple(sorted(found, key=lambda guest: not guest.lead))


def _photo(number: int, request: Request, editor: GuestEditor) -> str:
    suffix = Path(photos.of(request.volume, editor.contributor)).suffix.lower()
    return f"photos/guest-editor-{number}{suffix}"


def _photos(files: Files, request: Request) -> tuple[dict[str, Path], list[Finding]]:
    """Puts the guest editors' photos into the package: their files, by name in `editors/`."""
    issue = request.volume.special_issue or SpecialIssue()
    named = [editor.contributor for editor in issue.guest_editors]
    usable, wrong = photos.usable(request.root, request.volume, named)
    found = {}
    for number, editor in enumerate(issue.guest_editors, 1):
        if file := usable.get(photos.of(request.volume, editor.contributor)):
            name = _photo(number, request, editor)
            files.copy(f"editors/{name}", file, f"photo of {editor.contributor.name.full}")
            found[name] = file
    return found, [photos.unusable(path, why) for path, why in wrong.items()]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def _guest(request: Request, editor: GuestEditor, photo: str) -> Guest:
    volume, private, named = request.volume, request.private, editor.contributor
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
        email=private.email(EDITORS, named.name.full) if private else "",
        photo=photo,
    )


def _values(folder: Folder, pictures: Collection[str]) -> dict[str, Any]:
    volume = folder.request.volume
    issue = volume.special_issue or SpecialIssue()
    prospective = [d for d in folder.every if d.decision.verdict != "no"]
    milestones = schedule(volume, folder.profile)
    proposed = guests(folder.request, pictures)
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
        "heading": topic(issue) or event.name,
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
