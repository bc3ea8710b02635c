"""Which pages the site has, and the list of them that every theme shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import markupsafe

from builder.model import Volume
from builder.site import addresses
from builder.site.words import say

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation."""

    page: str
    title: str


def generated(volume: Volume) -> tuple[Entry, ...]:
    """The pages that the edition fills; what it does not speak of is not there."""
    named = [contributor for paper in volume.shown for contributor in paper.contributors]
    talks = volume.program.talks
    entries = (
        (bool(volume.shown), addresses.PAPERS, say("Papers")),
        (bool(volume.program.sessions or volume.program.talks), addresses.PROGRAM, say("Program")),
        (any(talk.speakers for talk in talks), addresses.SPEAKERS, say("Speakers")),
        (bool(named), addresses.AUTHORS, say("Authors")),
        (any(paper.keywords for paper in volume.shown), addresses.TOPICS, say("Topics")),
        (any(one.affiliations for one in named), addresses.AFFILIATIONS, say("Affiliations")),
        (bool(volume.committees or volume.event.contacts), addresses.PEOPLE, say("People")),
        (bool(volume.sponsors), addresses.SPONSORS, say("Sponsors")),
        (bool(volume.shown), addresses.DOWNLOADS, say("Downloads")),
        (bool(volume.site.editions), addresses.EDITIONS, say("Editions")),
    )
    return tuple(Entry(page, title) for wanted, page, title in entries if wanted)


def prose(volume: Volume, env: BuildEnvironment) -> tuple[Entry, ...]:
    """Pages of prose that no table of contents names, in the edition's order."""
    ordered = [page.file.rpartition(".")[0] for page in volume.prose]
    included = {name for names in env.toctree_includes.values() for name in names}
    rank = {name: number for number, name in enumerate(ordered)}
    left = env.found_docs - included - {env.config.root_doc}
    return tuple(
        Entry(name, env.titles[name].astext())
        for name in sorted(left, key=lambda name: (rank.get(name, len(rank)), name))
        if name in env.titles and "orphan" not in env.metadata.get(name, {})
    )


def tree(
    entries: tuple[Entry, ...],
    current: str,
    pathto: Callable[[str], str],
    theirs: Callable[..., Any],
) -> Callable[..., markupsafe.Markup]:
    """Stands in for a theme's `toctree()`: our pages first, then what the editors arranged.

    Themes give `toctree()` as they like; an empty result stays possible.
    """
    lines = [_line(entry, current, pathto) for entry in entries]
    ours = f"<ul>\n{''.join(lines)}</ul>\n" if lines else ""

    def toctree(**options: Any) -> markupsafe.Markup:
        return markupsafe.Markup(ours + (theirs(**options) or ""))  # noqa: S704 - both are HTML

    return toctree


def external(
    entries: tuple[Entry, ...], pathto: Callable[[str], str]
) -> list[dict[str, markupsafe.Markup]]:
    """The same for pydata-sphinx-theme, which asks no `toctree()` but takes links elsewhere."""
    return [
        {"name": markupsafe.escape(entry.title), "url": markupsafe.escape(pathto(entry.page))}
        for entry in entries
    ]


def internal(
    entries: tuple[Entry, ...],
    current: str,
    pathto: Callable[[str], str],
    theirs: Callable[..., str],
) -> Callable[..., str]:
    """That theme's function for its header, which then says of our pages that they are its own."""

    def header(**options: Any) -> str:
        html = theirs(**options)
        for entry in entries:
            to = markupsafe.escape(pathto(entry.page))
            page = ' aria-current="page"' if current == entry.page else ""
            html = html.replace(f'nav-external" href="{to}"', f'nav-internal" href="{to}"{page}')
        return html

    return header


def _line(entry: Entry, current: str, pathto: Callable[[str], str]) -> str:
    folder = "sessions" if entry.page == addresses.PROGRAM else entry.page
    here = current == entry.page or current.startswith(f"{folder}/")
    mark = " current" if here else ""
    page = ' aria-current="page"' if current == entry.page else ""
    to, title = markupsafe.escape(pathto(entry.page)), markupsafe.escape(entry.title)
    link = f'<a class="reference internal{mark}"{page} href="{to}">{title}</a>'
    return f'<li class="toctree-l1{mark}">{link}</li>\n'
