"""Several editions' sites in one folder, each under its year, with an index over all of them."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from builder.booklet.dividing import numbered
from builder.model.language import Speech, speech
from builder.site import addresses
from builder.site.assets import STATIC
from builder.site.words import fill
from builder.work import file_names, write_if_changed

_TEMPLATES = Path(__file__).parent / "templates"


class NoSite(ValueError):
    """A folder that was to be shelved holds no site, or its place is taken by something else."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """One site in its place."""

    folder: str
    """Below the common root: `2025`."""
    name: str
    short_name: str
    start: str
    """ISO date, or empty."""
    dates: str
    """In words."""
    place: str
    title: str
    """Of the volume."""
    papers: int
    booklets: tuple[tuple[int, str], ...]
    """The volumes that the site offers: number (0 for the only one) and file."""


def shelve(sites: Sequence[Path], out: Path) -> tuple[Shelved, ...]:
    """Copies every site below `out`, newest first in the index; returns what stands there.

    A site's folder is named by the event's year; where two share one, or have none, by the event's
    short name. What else stands in `out` is left alone. Raises `NoSite`, before anything is
    written, where a folder holds no site of ours, and `OSError`.
    """
    described = [_described(site) for site in sites]
    # One language of all is the index's own.
    languages = {str(about.get("volume", {}).get("language", "en")) for about in described}
    spoken = speech(languages.pop() if len(languages) == 1 else "en")
    folders = _folders(described)
    shelved = []
    for folder in folders:
        place = out / folder
        if place.exists() and not (place / addresses.METADATA).is_file():
            raise NoSite(f"{place} exists and holds no site that was made here")
    for site, about, folder in zip(sites, described, folders, strict=True):
        if (out / folder).exists():
            shutil.rmtree(out / folder)
        shutil.copytree(site, out / folder)
        shelved.append(_shelved(folder, about, site, spoken))
    ordered = tuple(sorted(shelved, key=lambda one: (one.start, one.folder), reverse=True))
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.filters |= {
        "say": spoken.say,
        "fill": fill,
        "count": lambda number, one, many: f"{number} {spoken.known.ngettext(one, many, number)}",
    }
    page = environment.get_template("shelf.html").render(shelved=ordered, language=spoken.tag)
    write_if_changed(out / "index.html", page)
    write_if_changed(out / "shelf.css", (STATIC / "shelf.css").read_text(encoding="utf-8"))
    write_if_changed(out / addresses.ROBOTS, _robots([out / folder for folder in folders]))
    # GitHub Pages leaves out folders that begin with an underscore unless this file stands there.
    write_if_changed(out / ".nojekyll", "")
    return ordered


def _described(site: Path) -> dict[str, Any]:
    try:
        found = json.loads((site / addresses.METADATA).read_text(encoding="utf-8"))
        found["event"]["name"], found["event"]["short_name"]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise NoSite(f"{site} holds no site; make it with `proceedings site`") from error
    return dict(found)


def _folders(described: Sequence[dict[str, Any]]) -> list[str]:
    years = [str(about["event"].get("start", ""))[:4] for about in described]
    seen = Counter(years)
    wanted = [
        year if year and seen[year] == 1 else str(about["event"]["short_name"]).replace(" ", "-")
        for year, about in zip(years, described, strict=True)
    ]
    if len(set(wanted)) < len(wanted):
        raise NoSite("two of the editions have the same short name and year")
    safe = file_names(wanted)
    return [safe[name] for name in wanted]


def _shelved(folder: str, about: dict[str, Any], site: Path, spoken: Speech) -> Shelved:
    event = about["event"]
    start, end = str(event.get("start", "")), str(event.get("end", ""))
    return Shelved(
        folder=folder,
        name=str(event["name"]),
        short_name=str(event["short_name"]),
        start=start,
        dates=spoken.span(_day(start), _day(end)),
        place=str(event.get("place", "")),
        title=str(about.get("volume", {}).get("title", "")),
        papers=len(about.get("papers", [])),
        booklets=_booklets(site),
    )


def _booklets(site: Path) -> tuple[tuple[int, str], ...]:
    found = [(0, addresses.BOOKLET)]
    found += [(number, numbered(addresses.BOOKLET, number)) for number in range(1, 100)]
    return tuple((number, file) for number, file in found if (site / file).is_file())


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _robots(folders: Sequence[Path]) -> str:
    """One file for the whole host, of what each site asks for."""
    closed: list[str] = []
    maps: list[str] = []
    for folder in folders:
        file = folder / addresses.ROBOTS
        for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
            if line.startswith("Disallow: "):
                closed.append(line)
            elif line.startswith("Sitemap: "):
                maps.append(line)
    lines = ["User-agent: *", *(dict.fromkeys(closed) or ["Disallow:"])]
    return "\n".join([*lines, *([""] if maps else []), *dict.fromkeys(maps), ""])
