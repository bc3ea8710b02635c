"""Reads a JSON export of OpenReview: notes of API version 1 or 2, with or without unified authors.

What the fields mean follows openreview-py 2.9.1 (`openreview/stages/default_content.py`,
`client.py`, `tools.py`), read 2026-11-22. Only accepted submissions are gathered, and about the
others nothing is said but how many there were: decisions on them are confidential.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from builder.edition import names
from builder.gather import notation
from builder.gather.gathered import Gathered, GatheredAuthor, GatheredFile, GatheredPaper
from builder.gather.reading import Source, Unreadable, json_values, shown
from builder.model import Severity

FORUM = "https://openreview.net/forum?id="
_ID = re.compile(r"[\w-]{4,40}\Z")
_PROFILE = re.compile(r"~[^\s~@]+\d+\Z")
_WAITING = re.compile(r"(^|_)(submission|submitted|paper|withdrawn|rejected)s?($|_)", re.IGNORECASE)
"""Last part of a `venueid` that is no acceptance (`Submission`, `Rejected_Submission`, …)."""
_PRESENTATION = re.compile(r"\b(oral|spotlight|poster|highlight|demo|lightning)\b", re.IGNORECASE)
_TRACK_FIELDS = ("track", "paper_type", "submission_track", "submission_type", "paper_length")
_LICENSES = {
    "CC BY 4.0": "CC-BY-4.0",
    "CC BY-SA 4.0": "CC-BY-SA-4.0",
    "CC BY-NC 4.0": "CC-BY-NC-4.0",
    "CC BY-ND 4.0": "CC-BY-ND-4.0",
    "CC BY-NC-SA 4.0": "CC-BY-NC-SA-4.0",
    "CC BY-NC-ND 4.0": "CC-BY-NC-ND-4.0",
    "CC0 1.0": "CC0-1.0",
}
"""Licences that OpenReview offers, as SPDX identifiers; others are left out."""
_ADDRESSES = {
    "code": ("code", "software", "code_url", "github", "repository"),
    "data": ("data", "dataset", "dataset_url"),
    "video": ("video", "video_url", "recording"),
    "poster": ("poster",),
    "slides": ("slides", "presentation"),
}

Verdict = Literal["accepted", "not accepted", "withdrawn", "unknown"]


def read(path: Path) -> Gathered:
    """The accepted papers of the export at `path`: a file, or a folder of JSON files."""
    source = Source(path)
    notes = _notes(source)
    papers: list[GatheredPaper] = []
    withdrawn: list[str] = []
    verdicts: Counter[Verdict] = Counter()
    seen: dict[str, None] = {}
    for note in notes:
        id = _text(note.get("forum")) or _text(note.get("id"))
        if not _ID.match(id):
            source.report(
                code="gather-shape",
                message=f"a note has no usable id (“{shown(id)}”); it is left out",
                hint="export the submissions again; each note needs its `id`",
            )
            continue
        if id in seen:
            source.report(
                code="gather-duplicate",
                message=f"the submission {id} stands twice in the export; the first one counts",
                subject=id,
            )
            continue
        seen[id] = None
        verdict = judge(note)
        verdicts[verdict] += 1
        if verdict == "accepted":
            papers.append(_Reading(source, note, id).paper())
        elif verdict == "unknown":
            source.report(
                code="gather-undecided",
                message=f"nothing in the export says whether the submission {id} was accepted; "
                "it is left out",
                subject=id,
                hint="export with `venueid`, or with the decisions (details=replies)",
            )
        else:
            withdrawn.append(id)
    left_out = verdicts["not accepted"] + verdicts["withdrawn"]
    if left_out:
        source.report(
            code="gather-not-accepted",
            severity=Severity.INFO,
            message=f"{left_out} of {len(seen)} submissions in the export were not accepted, or "
            "were withdrawn; they are left out",
        )
    if not papers and not source.findings:
        source.report(
            code="gather-nothing",
            message=f"no submission was found in {path.name}",
            hint="a list of notes is expected, as OpenReview's API gives it",
        )
    tracks = dict.fromkeys(paper.fields["track"] for paper in papers if "track" in paper.fields)
    named = {notation.slug(label): label for label in _track_labels(notes)}
    listed = [{"id": id, "name": _plural(named.get(id, id))} for id in tracks]
    return Gathered(
        format="openreview",
        papers=tuple(papers),
        withdrawn=tuple(withdrawn),
        edition={"tracks": listed} if listed else {},
        findings=tuple(source.findings),
    )


def _notes(source: Source) -> list[Mapping[str, Any]]:
    """Every submission of the export; replies that were exported beside them join their forum."""
    path = source.path
    files = sorted(path.glob("*.json*")) if path.is_dir() else [path]
    values: list[Any] = []
    for file in files:
        try:
            values += json_values(source, file)
        except Unreadable as why:
            source.unreadable(file.name, str(why))
    notes: list[Mapping[str, Any]] = []
    for value in values:
        inner = value.get("notes") if isinstance(value, dict) else None
        for note in inner if isinstance(inner, list) else [value]:
            if isinstance(note, dict) and isinstance(note.get("content"), dict):
                notes.append(note)
            else:
                source.report(
                    code="gather-shape",
                    message="something in the export is no submission (it has no `content`); "
                    "it is left out",
                    hint="export notes, as OpenReview's API gives them",
                )
    replies: dict[str, list[Any]] = {}
    submissions = []
    for note in notes:
        if _text(note.get("replyto")) and _text(note.get("forum")) != _text(note.get("id")):
            replies.setdefault(_text(note.get("forum")), []).append(note)
        else:
            submissions.append(note)
    return [
        {**note, "_replies": replies.get(_text(note.get("forum")) or _text(note.get("id")), [])}
        for note in submissions
    ]


def judge(note: Mapping[str, Any]) -> Verdict:
    """Whether a submission was accepted.

    Publication chairs often cannot read decisions, so `venueid` is asked first: an accepted paper
    has the venue's own id, every other a longer one (openreview-py, `venue/helpers`). Then come
    decisions among the replies, and last the line `venue`.
    """
    if note.get("ddate"):
        return "withdrawn"
    venueid = _text(_value(note, "venueid"))
    if venueid:
        domain = _text(note.get("domain")) or _venue_of(note)
        last = venueid.rsplit("/", 1)[-1]
        if "withdrawn" in last.lower():
            return "withdrawn"
        if venueid == domain or not (_WAITING.search(last) or venueid.startswith(f"{domain}/")):
            return "accepted"
        if "reject" in last.lower():
            return "not accepted"
    decisions = list(_decisions(note))
    if decisions:
        said = decisions[-1].lower()
        return "accepted" if "accept" in said and "reject" not in said else "not accepted"
    venue = _text(_value(note, "venue"))
    if venueid or re.match(r"submitted to\b", venue, re.IGNORECASE):
        return "not accepted"
    if venue:
        lower = venue.lower()
        if "withdrawn" in lower:
            return "withdrawn"
        return "not accepted" if "reject" in lower else "accepted"
    return "unknown"


def _venue_of(note: Mapping[str, Any]) -> str:
    """The venue's id, out of the invitation (`X/2025/Workshop/Y/-/Submission`)."""
    invitations = note.get("invitations")
    first = invitations[0] if isinstance(invitations, list) and invitations else None
    invitation = _text(first) or _text(note.get("invitation"))
    return invitation.split("/-/")[0] if "/-/" in invitation else "\0"


def _decisions(note: Mapping[str, Any]) -> Iterable[str]:
    details = note.get("details")
    groups = [note.get("_replies")]
    if isinstance(details, dict):
        groups += [details.get("replies"), details.get("directReplies")]
    for replies in groups:
        for reply in replies if isinstance(replies, list) else []:
            if isinstance(reply, dict) and isinstance(reply.get("content"), dict):
                decision = _text(_value(reply, "decision"))
                if decision:
                    yield decision
    own = _text(_value(note, "decision"))
    if own:
        yield own


def _value(note: Mapping[str, Any], name: str) -> Any:
    """A field of the content: itself in API 1, `{value: …}` in API 2."""
    value = note["content"].get(name)
    return value.get("value") if isinstance(value, dict) and "value" in value else value


def _text(value: Any) -> str:
    """A text, or a number as text; empty for everything else."""
    if isinstance(value, str):
        return notation.cleaned(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        value = re.split(r"[;,]", value)
    return [words for item in value if (words := _text(item))] if isinstance(value, list) else []


def _track_labels(notes: Iterable[Mapping[str, Any]]) -> list[str]:
    return [label for note in notes if (label := _track(note))]


def _track(note: Mapping[str, Any]) -> str:
    for name in _TRACK_FIELDS:
        value = _value(note, name)
        label = _text(value[0]) if isinstance(value, list) and value else _text(value)
        if label and len(label) <= 80:
            return notation.one_line(label)
    return ""


def _plural(label: str) -> str:
    """A track's heading; `long` alone is no heading."""
    if re.search(r"papers?|track|abstracts?|demos?", label, re.IGNORECASE) or " " in label:
        return label
    return f"{label[:1].upper()}{label[1:]} papers"


class _Reading:
    """Reads one accepted note."""

    def __init__(self, source: Source, note: Mapping[str, Any], id: str) -> None:
        self.source = source
        self.note = note
        self.id = id

    def value(self, name: str) -> Any:
        return _value(self.note, name)

    def lack(self, what: str) -> None:
        self.source.report(
            code="gather-missing-field",
            message=f"the submission {self.id} has no {what} in the export",
            subject=self.id,
            hint="add it in papers/papers.bib, or mend the export and gather again",
        )

    def paper(self) -> GatheredPaper:
        title = notation.one_line(_text(self.value("title")))
        if not title:
            self.lack("title")
        authors = self.authors()
        if not authors:
            self.lack("authors")
        fields = {"title": notation.from_markdown(title)}
        if abstract := _text(self.value("abstract")):
            fields["abstract"] = notation.from_markdown(abstract)
        if keywords := _texts(self.value("keywords")):
            fields["keywords"] = _joined(keywords)
        if tldr := _text(self.value("TLDR")) or _text(self.value("TL;DR")):
            fields["tldr"] = notation.from_markdown(notation.one_line(tldr))
        if track := notation.slug(_track(self.note)):
            fields["track"] = track
        if said := _PRESENTATION.search(
            " ".join([_text(self.value("venue")), *_decisions(self.note)])
        ):
            fields["presentation"] = said[1].lower()
        fields |= self.addresses()
        if license := _LICENSES.get(_text(self.note.get("license"))):
            fields["license"] = license
        fields["openreview"] = FORUM + self.id
        number = _text(self.note.get("number"))
        return GatheredPaper(
            source=self.id,
            key=notation.readable_key(self.family(authors), self.year(), title),
            fields={name: value for name, value in fields.items() if value},
            authors=tuple(authors),
            number=number if number.isdigit() else "",
            pdf=self.pdf(),
        )

    def pdf(self) -> GatheredFile | None:
        """A PDF lying beside the export, named by the forum's id."""
        file = self.source.existing(".", f"{self.id}.pdf")
        return GatheredFile(source=file) if file else None

    def addresses(self) -> dict[str, str]:
        """Web addresses that the submission gives."""
        found = {}
        for field, candidates in _ADDRESSES.items():
            for name in candidates:
                address = _text(self.value(name))
                if re.match(r"https?://[^\s<>\"{}\\]+\Z", address):
                    found[field] = address
                    break
                if ":" in address and "/" not in address.split(":")[0] and " " not in address:
                    self.source.report(
                        code="gather-link",
                        message=f"the address “{shown(address)}” in `{name}` is no web address; "
                        "it is left out",
                        subject=self.id,
                    )
        return found

    def year(self) -> str:
        """The year of the venue, as its id or name gives it, or else of the submission."""
        for text in (_text(self.note.get("domain")), _venue_of(self.note)):
            if match := re.search(r"(?<!\d)(19|20)\d\d(?!\d)", text):
                return match[0]
        for text in (_text(self.value("venueid")), _text(self.value("venue"))):
            if match := re.search(r"(?<!\d)(19|20)\d\d(?!\d)", text):
                return match[0]
        for name in ("pdate", "cdate", "tcdate"):
            stamp = self.note.get(name)
            if isinstance(stamp, int | float) and 0 < stamp < 4e12:
                return str(datetime.fromtimestamp(stamp / 1000, tz=UTC).year)
        return ""

    def family(self, authors: list[GatheredAuthor]) -> str:
        """The first author's family name in Latin letters, if need be by the profile's id."""
        if not authors:
            return ""
        name = names.parse(authors[0].name)
        family = name.family or name.literal
        if notation.ascii_word(family):
            return family
        words = re.findall(r"[A-Za-z]+", str(authors[0].details.get("openreview", "")))
        return words[-1] if words else ""

    def authors(self) -> list[GatheredAuthor]:
        """The authors: names and ids side by side, or objects that hold everything (unified)."""
        listed = self.value("authors")
        if not isinstance(listed, list):
            listed = [listed] if listed else []
        ids = self.value("authorids")
        ids = ids if isinstance(ids, list) else []
        if ids and len(ids) != len(listed) and not any(isinstance(one, dict) for one in listed):
            self.source.report(
                code="gather-shape",
                message=f"the submission {self.id} names {len(listed)} authors but {len(ids)} "
                "author ids; the ids are left out",
                subject=self.id,
            )
            ids = []
        authors = []
        for at, one in enumerate(listed):
            id = _text(ids[at]) if at < len(ids) else ""
            if author := self.author(one, id):
                authors.append(author)
        return authors

    def author(self, one: Any, id: str) -> GatheredAuthor | None:
        affiliations: list[Any] = []
        if isinstance(one, dict):
            full = notation.one_line(_text(one.get("fullname")) or _text(one.get("name")))
            id = _text(one.get("username")) or _text(one.get("id")) or id
            institutions = one.get("institutions")
            listed = institutions if isinstance(institutions, list) else []
            affiliations += filter(None, map(_affiliation, listed))
        else:
            full = notation.one_line(_text(one))
        if not full:
            self.source.report(
                code="gather-author",
                message=f"an author of the submission {self.id} has no name; left out",
                subject=self.id,
                hint="add the author in papers/papers.bib",
            )
            return None
        details: dict[str, Any] = {}
        if len(affiliations) == 1:
            details["affiliation"] = affiliations[0]
        elif affiliations:
            details["affiliations"] = affiliations
        if _PROFILE.match(id):
            details["openreview"] = id
        name = notation.spoken(full)
        return GatheredAuthor(
            name=name,
            printed=notation.printed(name),
            details=details,
            email=id if re.fullmatch(r"[^\s@~]+@[^\s@]+\.[^\s@]+", id) else "",
        )


def _affiliation(institution: Any) -> Any:
    if not isinstance(institution, dict):
        return notation.one_line(_text(institution))
    name = notation.one_line(_text(institution.get("name")))
    if not name:
        return None
    parts = {
        part: notation.one_line(_text(institution.get(part)))
        for part in ("department", "city", "country")
    }
    parts = {part: text for part, text in parts.items() if text}
    return {"name": name, **parts} if parts else name


def _joined(keywords: list[str]) -> str:
    """Keywords in one field; semicolons where one of them holds a comma."""
    words = [notation.one_line(word).replace(";", ",") for word in keywords]
    separator = "; " if any("," in word for word in words) else ", "
    return separator.join(notation.from_plain(word) for word in dict.fromkeys(words))
