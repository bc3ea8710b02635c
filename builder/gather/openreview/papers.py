"""One accepted note as a paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from builder.edition import names
from builder.gather import notation
from builder.gather.gathered import GatheredAuthor, GatheredFile, GatheredPaper
from builder.gather.openreview.values import content, text_of, texts_of
from builder.gather.openreview.verdict import decisions, venue_of
from builder.gather.reading import Source, shown

FORUM = "https://openreview.net/forum?id="
_PROFILE = re.compile(r"~[^\s~@]+\d+\Z")
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


def track_of(note: Mapping[str, Any]) -> str:
    """What a note calls its kind of paper, or empty."""
    for name in _TRACK_FIELDS:
        value = content(note, name)
        label = text_of(value[0]) if isinstance(value, list) and value else text_of(value)
        if label and len(label) <= 80:
            return notation.one_line(label)
    return ""


class Reading:
    """Reads one accepted note."""

    def __init__(self, source: Source, note: Mapping[str, Any], id: str) -> None:
        self.source = source
        self.note = note
        self.id = id

    def value(self, name: str) -> Any:
        """A field of the note."""
        return content(self.note, name)

    def lack(self, what: str) -> None:
        """Reports that something essential is missing."""
        self.source.report(
            code="gather-missing-field",
            message=f"the submission {self.id} has no {what} in the export",
            subject=self.id,
            hint="add it in papers/papers.bib, or mend the export and gather again",
        )

    def paper(self) -> GatheredPaper:
        """The whole paper."""
        title = notation.one_line(text_of(self.value("title")))
        if not title:
            self.lack("title")
        authors = self.authors()
        if not authors:
            self.lack("authors")
        fields = {"title": notation.from_markdown(title)}
        if abstract := text_of(self.value("abstract")):
            fields["abstract"] = notation.from_markdown(abstract)
        if keywords := texts_of(self.value("keywords")):
            fields["keywords"] = _joined(keywords)
        if tldr := text_of(self.value("TLDR")) or text_of(self.value("TL;DR")):
            fields["tldr"] = notation.from_markdown(notation.one_line(tldr))
        if track := notation.slug(track_of(self.note)):
            fields["track"] = track
        if said := _PRESENTATION.search(
            " ".join([text_of(self.value("venue")), *decisions(self.note)])
        ):
            fields["presentation"] = said[1].lower()
        fields |= self.addresses()
        if license := _LICENSES.get(text_of(self.note.get("license"))):
            fields["license"] = license
        fields["openreview"] = FORUM + self.id
        number = text_of(self.note.get("number"))
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
                address = text_of(self.value(name))
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
        for text in (text_of(self.note.get("domain")), venue_of(self.note)):
            if match := re.search(r"(?<!\d)(19|20)\d\d(?!\d)", text):
                return match[0]
        for text in (text_of(self.value("venueid")), text_of(self.value("venue"))):
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
            id = text_of(ids[at]) if at < len(ids) else ""
            if author := self.author(one, id):
                authors.append(author)
        return authors

    def author(self, one: Any, id: str) -> GatheredAuthor | None:
        """One author: a name with an id, or an object; `None` if there is no name."""
        affiliations: list[Any] = []
        if isinstance(one, dict):
            full = notation.one_line(text_of(one.get("fullname")) or text_of(one.get("name")))
            id = text_of(one.get("username")) or text_of(one.get("id")) or id
            institutions = one.get("institutions")
            listed = institutions if isinstance(institutions, list) else []
            affiliations += filter(None, map(_affiliation, listed))
        else:
            full = notation.one_line(text_of(one))
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
        return notation.one_line(text_of(institution))
    name = notation.one_line(text_of(institution.get("name")))
    if not name:
        return None
    parts = {
        part: notation.one_line(text_of(institution.get(part)))
        for part in ("department", "city", "country")
    }
    parts = {part: text for part, text in parts.items() if text}
    return {"name": name, **parts} if parts else name


def _joined(keywords: list[str]) -> str:
    """Keywords in one field; semicolons where one of them holds a comma."""
    words = [notation.one_line(word).replace(";", ",") for word in keywords]
    separator = "; " if any("," in word for word in words) else ", "
    return separator.join(notation.from_plain(word) for word in dict.fromkeys(words))
