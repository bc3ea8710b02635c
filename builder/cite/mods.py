"""MODS 3.8: the Library of Congress's XML, which library catalogues and bibutils read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from builder.cite import facts
from builder.model import Contributor, Paper, Plan, PlannedPaper, Volume
from builder.model.markup import plain

NAMESPACE = "http://www.loc.gov/mods/v3"
VERSION = "3.8"

# What XML 1.0 cannot hold at all (section 2.2), escaped or not.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_ID = re.compile(r' ID="[^"]*"')
_END = "</modsCollection>\n"


def mods(volume: Volume, paper: Paper, plan: Plan | None = None) -> str:
    """A document of one record about `paper`."""
    return document([record(volume, paper, plan)])


def joined(documents: Iterable[str]) -> str:
    """One document of several of one record each, as `mods` writes them."""
    seen: set[str] = set()
    records: list[str] = []
    for one in documents:
        # No text in a record has more than one line.
        _, opening, first, rest = one.split("\n", 3)
        name = _ID.search(first)
        if name and name[0] in seen:
            first = first.replace(name[0], "", 1)
        seen.add(name[0] if name else "")
        records.append(f"{first}\n{rest.removesuffix(_END)}")
    if not records:
        return document([])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{opening}\n{"".join(records)}{_END}'


def document(records: list[ET.Element]) -> str:
    """A `modsCollection` as text, ending in a line break."""
    root = ET.Element("modsCollection", {"xmlns": NAMESPACE})
    seen: set[str] = set()
    for one in records:
        # Two keys may become one name; a document must not have an ID twice.
        if one.get("ID", "") in seen:
            del one.attrib["ID"]
        seen.add(one.get("ID", ""))
    root.extend(records)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def record(volume: Volume, paper: Paper, plan: Plan | None = None) -> ET.Element:
    """One `mods` element; its `relatedItem type="host"` only for what was published."""
    archival = facts.published(volume, paper)
    date = facts.date(volume, archival=archival)
    one = ET.Element("mods", {"version": VERSION, "ID": _id(paper.key)})
    _put(_put(one, "titleInfo"), "title", plain.render(paper.title))
    for person in paper.contributors:
        _name(one, person, "author")
    _put(one, "typeOfResource", "text")
    _put(one, "genre", "conference publication" if archival else "conference paper")
    if date:
        _put(_put(one, "originInfo"), "dateIssued", date.isoformat(), encoding="w3cdtf")
    language = _put(one, "language")
    tag = paper.language or volume.language
    _put(language, "languageTerm", tag, type="code", authority="rfc5646")
    if paper.abstract:
        _put(one, "abstract", plain.render(paper.abstract))
    for keyword in paper.keywords:
        _put(_put(one, "subject"), "topic", keyword)
    for note in (
        "" if archival else facts.presented(volume.event, archival=paper.archival),
        facts.awards(paper),
    ):
        if note:
            _put(one, "note", note)
    if archival:
        _host(one, volume, facts.pages(plan, paper.key))
    _put(one, "identifier", paper.key, type="citekey")
    if paper.doi:
        _put(one, "identifier", paper.doi, type="doi")
    if address := facts.address(paper):
        _put(_put(one, "location"), "url", address)
    if license := paper.license or volume.license:
        _put(one, "accessCondition", license, type="use and reproduction")
    return one


def _host(one: ET.Element, volume: Volume, pages: PlannedPaper | None) -> None:
    host = _put(one, "relatedItem", type="host")
    title = _put(host, "titleInfo")
    _put(title, "title", volume.title)
    if volume.subtitle:
        _put(title, "subTitle", volume.subtitle)
    for person in volume.editors:
        _name(host, person, "editor")
    if volume.publisher or volume.event.place:
        origin = _put(host, "originInfo")
        if volume.event.place:
            _put(_put(origin, "place"), "placeTerm", volume.event.place, type="text")
        if volume.publisher:
            _put(origin, "publisher", volume.publisher)
    _put(host, "genre", "conference publication", authority="marcgt")
    for kind in ("isbn", "issn", "doi"):
        if number := getattr(volume, kind):
            _put(host, "identifier", number, type=kind)
    if pages:
        part = _put(host, "part")
        if volume_number := facts.number(pages):
            _put(_put(part, "detail", type="volume"), "number", volume_number)
        extent = _put(part, "extent", unit="pages")
        _put(extent, "start", str(pages.first))
        _put(extent, "end", str(pages.last))


def _name(parent: ET.Element, person: Contributor, role: str) -> None:
    printed = person.name
    found = _put(parent, "name", type="corporate" if printed.organisation else "personal")
    if printed.literal or not printed.family:
        _put(found, "namePart", printed.full)
    else:
        if printed.given:
            _put(found, "namePart", printed.given, type="given")
        _put(found, "namePart", printed.family_or_literal, type="family")
        if printed.suffix:
            # MODS calls everything around a name that is neither its parts nor a date so.
            _put(found, "namePart", printed.suffix, type="termsOfAddress")
    _put(_put(found, "role"), "roleTerm", role, type="text", authority="marcrelator")
    for place in person.affiliations:
        _put(found, "affiliation", place.name)
    if person.orcid:
        _put(found, "nameIdentifier", person.orcid, type="orcid")


def _put(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, tag, {name: _clean(value) for name, value in attributes.items()})
    child.text = _clean(" ".join(text.split())) or None
    return child


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)


def _id(key: str) -> str:
    # An XML ID is a name: letters, digits, hyphens, dots, and no digit first (XML 1.0, NCName).
    safe = re.sub(r"[^\w.-]", "-", key, flags=re.ASCII)
    return safe if re.match(r"[A-Za-z_]", safe) else f"_{safe}"
