"""What stands in a page's head for machines, beyond what the theme writes there by itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote

import markupsafe

from builder.site import addresses, dates, linked, scholarly, signposts
from builder.site.downloads import Files
from builder.site.rendering import Renderer
from builder.site.views import AuthorView, PaperView, Shelf
from builder.site.words import count, say

LONGEST = 200
"""Characters of a description that previews show."""


class Heads:
    """Descriptions, link previews, linked data and signposts for every page of one site."""

    def __init__(self, shelf: Shelf, files: Files, renderer: Renderer, home: str) -> None:
        self.shelf = shelf
        self.files = files
        self.renderer = renderer
        self.home = home
        self.base = scholarly.site_url(shelf.volume)

    def __repr__(self) -> str:
        return f"<Heads of {self.shelf!r}>"

    def of(self, name: str, title: str) -> str:
        """The elements for the page called `name`, as HTML; `title` is plain text."""
        paper, author = self._papers.get(name), self._authors.get(name)
        rows = list(self._preview(name, title, paper, author))
        html = [_meta("property", field, value) for field, value in rows if value]
        if described := dict(rows).get("og:description"):
            html.insert(0, _meta("name", "description", described))
        if addresses.FEED in self.files:
            feed = markupsafe.escape(self.renderer.here(name).file(addresses.FEED))
            html.append(f'\n<link rel="alternate" type="application/atom+xml" href="{feed}">')
        here = self.renderer.here(name)
        if paper:
            html.append(signposts.elements(signposts.of_paper(paper, self.shelf, self.files, here)))
            html.append(linked.script(linked.paper(paper, self.shelf)))
        elif author:
            html.append(linked.script(linked.author(author, self.shelf)))
        elif name == self.home:
            html.append(signposts.elements(signposts.of_volume(self.shelf, self.files, here)))
            html.append(linked.script(linked.home(self.shelf)))
        elif name == addresses.PROGRAM:
            html.append(linked.script(linked.event(self.shelf.volume, sessions=True)))
        return "".join(html)

    @cached_property
    def _papers(self) -> dict[str, PaperView]:
        return {self.shelf.desk.addresses.paper(view.paper.key): view for view in self.shelf.papers}

    @cached_property
    def _authors(self) -> dict[str, AuthorView]:
        of = self.shelf.desk.addresses.author
        return {of(view.author.id): view for view in self.shelf.author_views}

    def _preview(
        self, name: str, title: str, paper: PaperView | None, author: AuthorView | None
    ) -> Iterator[tuple[str, str]]:
        """Open Graph (ogp.me); what must be an absolute address is left out while there is none."""
        volume = self.shelf.volume
        kind = "article" if paper else "profile" if author else "website"
        yield "og:type", kind
        yield "og:title", volume.event.name if name == self.home else title
        yield "og:site_name", volume.event.short_name
        yield "og:locale", _locale(volume.language)
        yield "og:description", self._description(name, paper, author)
        if self.base:
            page = "" if name == addresses.HOME else f"{quote(name)}.html"
            yield "og:url", self.base + page
            if paper and paper.thumbnail and not paper.specimen:
                yield "og:image", self.base + quote(paper.thumbnail)
                yield "og:image:type", "image/jpeg"
                yield (
                    "og:image:alt",
                    say("First page of the paper: {title}").format(title=paper.title),
                )

    def _description(self, name: str, paper: PaperView | None, author: AuthorView | None) -> str:
        event = self.shelf.volume.event
        if paper:
            by = ", ".join(byline.contributor.name.full for byline in paper.bylines)
            text = paper.abstract or by
        elif author:
            papers = count(len(author.papers), "paper", "papers")
            text = say("{papers} at {event}").format(papers=papers, event=event.short_name)
        elif name == self.home:
            parts = (event.name, dates.span(event.start, event.end), event.place)
            text = ", ".join(part for part in parts if part)
        else:
            text = ""
        return shortened(text)


def shortened(text: str) -> str:
    """At most `LONGEST` characters of `text` on one line, ending with a whole word."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    cut = line[:LONGEST]
    return f"{cut[: cut.rindex(' ')] if ' ' in cut else cut} …"


def _meta(attribute: str, name: str, value: str) -> str:
    return f'\n<meta {attribute}="{name}" content="{markupsafe.escape(value)}">'


def _locale(language: str) -> str:
    """Open Graph wants a territory (`pt_BR`) and takes none for it; without one it is left out."""
    parts = language.split("-")
    return "_".join(parts) if len(parts) == 2 and len(parts[1]) == 2 else ""
