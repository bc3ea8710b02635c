"""The event, the volume, and the sponsors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from builder.edition import latex
from builder.gather import notation
from builder.gather.aclpub2.keys import NAMES, entries, full_name, line, understood
from builder.gather.reading import Source, shown
from builder.gather.yamldump import Row
from builder.model import Severity

_DETAILS = (
    *("book_title", "event_name", "cover_subtitle", "anthology_venue_id", "start_date", "end_date"),
    *("isbn", "issn", "doi", "location", "editors", "publisher", "volume_name", "volume"),
    *("watermark_book_title", "editor_in_chief"),
)
_IMAGES = {".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".pdf"}


def facts(source: Source) -> dict[str, Any]:
    """What `conference_details.yml` says, in the form of `edition.yaml`."""
    file = "conference_details.yml"
    table = source.yaml(file)
    details = understood(source, file, table, _DETAILS)
    if not details:
        return {}
    event: dict[str, Any] = {}
    name = latex.plain(line(details.get("event_name")))
    if name:
        event["name"] = name
    start = _date(source, file, details, "start_date")
    venue = line(details.get("anthology_venue_id"))
    if venue:
        event["short_name"] = f"{venue} {start[:4]}" if start and start[:4] not in venue else venue
    elif name:
        event["short_name"] = name
    if start:
        event["start"] = start
    if end := _date(source, file, details, "end_date"):
        event["end"] = end
    if place := latex.plain(line(details.get("location"))):
        event["place"] = place
    volume: dict[str, Any] = {}
    if title := latex.plain(line(details.get("book_title")).replace("\\\\", " ")):
        volume["title"] = title
    if subtitle := latex.plain(line(details.get("cover_subtitle"))):
        volume["subtitle"] = subtitle
    editors = []
    for editor in entries(source, file, details.get("editors")):
        if isinstance(editor, str):
            name = line(editor)
        else:
            name = " ".join(filter(None, full_name(understood(source, file, editor, NAMES))))
        if name:
            editors.append(latex.plain(name))
    if editors:
        volume["editors"] = editors
    if line(details.get("isbn")) or line(details.get("publisher")):
        volume["archival"] = "true"  # a book with a publisher or an ISBN is a publication
    for key in ("publisher", "isbn", "issn", "doi"):
        if value := line(details.get(key)):
            volume[key] = latex.plain(value)
    return {"event": event, "volume": volume}


def _date(source: Source, file: str, details: dict[str, Any], key: str) -> str:
    text = line(details.get(key))
    if match := re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})\b", text):
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    if text:
        source.report(
            code="gather-shape",
            message=f"`{key}` is “{shown(text)}”; a date such as 2025-07-19 is expected",
            where=source.where(file),
            hint="write the date in proceedings/edition.yaml",
        )
    return ""


def sponsors(source: Source) -> tuple[list[dict[str, Any]], dict[str, Path]]:
    """The tiers of `sponsors.yml`, and the logos by the names they shall have."""
    file = "sponsors.yml"
    tiers = []
    logos: dict[str, Path] = {}
    unnamed = []
    for tier in entries(source, file, source.yaml(file)):
        table = understood(source, file, tier, ("tier", "logos", "sponsors"))
        members = []
        listed = table.get("logos", table.get("sponsors"))
        if isinstance(listed, str):
            listed = [listed]
        for one in entries(source, file, listed):
            sponsor = (
                {"logo": one}
                if isinstance(one, str)
                else understood(source, file, one, ("name", "url", "logo", "file", "image"))
            )
            logo = line(sponsor.get("logo") or sponsor.get("file") or sponsor.get("image"))
            member = Row()
            name = latex.plain(line(sponsor.get("name")))
            if not name and logo:
                # Shown only beside the logo and to people who cannot see it.
                name = re.sub(r"[_-]+", " ", Path(logo.replace("\\", "/")).stem)
                unnamed.append(name)
            if not name:
                continue
            member["name"] = name
            url = line(sponsor.get("url"))
            if re.match(r"https?://", url):
                member["url"] = url
            if logo and (kept := image(source, "sponsor_logos", logo, logos)):
                member["logo"] = kept
            members.append(member)
        if members:
            tiers.append(
                {"title": latex.plain(line(table.get("tier"))) or "Sponsors", "sponsors": members}
            )
    if unnamed:
        source.report(
            code="gather-sponsor-name",
            severity=Severity.INFO,
            message="the source gives sponsors by their logos only; the names of the files stand "
            f"in as their names: {', '.join(unnamed)}",
            where=source.where(file),
            hint="write the sponsors' names in proceedings/edition.yaml",
        )
    return tiers, logos


def image(source: Source, folder: str, name: str, images: dict[str, Path]) -> str:
    """An image of the source, to be copied; its path as `edition.yaml` has it, or empty."""
    file = source.file(folder, name, where=None)
    if file is None:
        return ""
    if file.suffix.lower() not in _IMAGES:
        source.report(
            code="gather-shape",
            message=f"{folder}/{shown(name)} is no image (png, jpg, svg, …); it is left out",
        )
        return ""
    wanted = notation.slug(file.stem, "image") + file.suffix.lower()
    kept = wanted
    number = 1
    while images.get(kept, file) != file:
        number += 1
        kept = f"{Path(wanted).stem}-{number}{file.suffix.lower()}"
    images[kept] = file
    return f"images/{kept}"
