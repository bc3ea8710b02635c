"""Every page that Sphinx does not write from a file of the editors."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from operator import attrgetter
from typing import Any, TypeVar

from builder.model import Author, Volume
from builder.model.collation import initial
from builder.model.markup import plain
from builder.site import addresses, calendar, facets, schedule, scholarly
from builder.site.assets import STATIC
from builder.site.downloads import Files
from builder.site.origins import Origins
from builder.site.rendering import Renderer
from builder.site.subjects import Institution, Topic
from builder.site.views import AuthorView, PaperView, Shelf
from builder.site.words import say

_Named = TypeVar("_Named", Topic, Institution)


@dataclass(frozen=True)
class Page:
    """One collected page, to be rendered when it is wanted."""

    name: str
    """Without suffix: `papers/liu25`."""
    title: str
    """Plain text, for the browser's title bar and the search results."""
    body: Callable[[], str]
    """HTML."""
    meta: Callable[[], str]
    """`<meta>` elements, HTML."""
    words: Callable[[], tuple[str, ...]] = tuple
    """Plain text to be found by the search, beside the title."""
    origin: str = ""
    """Digest of all that body and head are made of; empty where only making them tells."""
    before: tuple[str, str] | None = None
    """Name and plain title of the page before."""
    after: tuple[str, str] | None = None
    """Name and plain title of the page after."""
    found: bool = True
    """Whether the search finds it."""

    def __repr__(self) -> str:
        return f"<Page {self.name!r}>"


class Collector:
    """Makes the pages of one edition; `renderer.pages` says which lists there are."""

    def __init__(self, shelf: Shelf, renderer: Renderer, files: Files) -> None:
        self.shelf = shelf
        self.renderer = renderer
        self.files = files
        self._meta = scholarly.meta(None, shelf.desk)

    def collect(self) -> Iterator[Page]:
        """All pages that the edition fills, in a fixed order; none of them is rendered yet."""
        shelf, wanted = self.shelf, self.renderer.pages
        if addresses.PAPERS in wanted:
            yield self._list(addresses.PAPERS, say("Papers"), self._listed)
        yield from self._papers()
        yield from self._withdrawn()
        if addresses.AUTHORS in wanted:
            yield self._list(
                addresses.AUTHORS,
                say("Authors"),
                lambda: {"groups": letters(shelf.authors)},
                origin=self.origins.everyone(),
            )
        for view in shelf.author_views:
            yield self._author(view)
        yield from self._subjects()
        if addresses.PROGRAM in wanted:
            yield self._program()
            yield from self._sessions()
        if addresses.PEOPLE in wanted:
            yield self._list(
                addresses.PEOPLE, say("People"), dict, words=lambda: _people_words(shelf)
            )
        for name, title in (
            (addresses.SPEAKERS, say("Speakers")),
            (addresses.SPONSORS, say("Sponsors")),
        ):
            if name in wanted:
                yield self._list(name, title, dict)
        if addresses.DOWNLOADS in wanted:
            yield self._list(
                addresses.DOWNLOADS,
                say("Downloads"),
                lambda: {
                    "groups": self.files.groups(shelf.volume),
                    "books": self.files.books(),
                },
            )

    def _page(
        self,
        name: str,
        title: str,
        template: str,
        context: Callable[[], Mapping[str, Any]],
        *,
        meta: Callable[[], str] | None = None,
        words: Callable[[], tuple[str, ...]] = tuple,
        origin: str = "",
        before: tuple[str, str] | None = None,
        after: tuple[str, str] | None = None,
    ) -> Page:
        return Page(
            name,
            title,
            lambda: self.renderer.render(template, name, **context()),
            meta or (lambda: self._meta),
            words,
            # What a template of the editors shows, only it knows.
            "" if self.renderer.replaced else origin,
            before,
            after,
        )

    def _list(
        self,
        name: str,
        title: str,
        context: Callable[[], Mapping[str, Any]],
        words: Callable[[], tuple[str, ...]] = tuple,
        origin: str = "",
    ) -> Page:
        return self._page(name, title, f"{name}.html", context, words=words, origin=origin)

    @cached_property
    def origins(self) -> Origins:
        """What pages are made of."""
        return Origins(self.shelf, self.files, self.renderer.pages)

    def _listed(self) -> Mapping[str, Any]:
        shelf, written = self.shelf, self.files.written
        return {
            "groups": shelf.tracks,
            "facets": _facets(shelf),
            "abstracts": "inline" if len(shelf.papers) <= facets.INLINE else "later",
            "has_abstracts": any(view.paper.abstract for view in shelf.papers),
            "version": version(*(written[path] for path in sorted(_citations(self.files)))),
            "script_version": version((STATIC / "proceedings-papers.js").read_bytes()),
        }

    def _papers(self) -> Iterator[Page]:
        views, desk = self.shelf.papers, self.shelf.desk
        named = [(desk.addresses.paper(view.paper.key), view.title) for view in views]
        for at, view in enumerate(views):
            yield self._page(
                named[at][0],
                view.title,
                "paper.html",
                lambda view=view: {  # type: ignore[misc]
                    "view": view,
                    "bibtex": self.shelf.citations.of(view.paper, "bib").rstrip(),
                    "book": self.files.book_of(view.number),
                },
                meta=lambda view=view: scholarly.meta(view, desk),  # type: ignore[misc]
                words=lambda view=view: _paper_words(view),  # type: ignore[misc]
                origin=self.origins.paper(view),
                before=named[at - 1] if at else None,
                after=named[at + 1] if at + 1 < len(named) else None,
            )

    def _author(self, view: AuthorView) -> Page:
        return self._page(
            self.shelf.desk.addresses.author(view.author.id),
            view.author.name.full,
            "author.html",
            lambda: {"view": view},
            # Titles are not repeated here: a search for a paper should lead to the paper.
            words=lambda: (*view.affiliations, *view.former_names),
            origin=self.origins.author(view),
        )

    def _subjects(self) -> Iterator[Page]:
        shelf, wanted, origins = self.shelf, self.renderer.pages, self.origins
        if addresses.TOPICS in wanted:
            yield self._list(
                addresses.TOPICS, say("Topics"), lambda: {"groups": initials(shelf.topics)}
            )
        for topic in filter(attrgetter("page"), shelf.topics):
            context = {"topic": topic}
            origin = origins.topic(topic)
            yield self._page(topic.page, topic.name, "topic.html", context.copy, origin=origin)
        if addresses.AFFILIATIONS in wanted:
            yield self._list(
                addresses.AFFILIATIONS,
                say("Affiliations"),
                lambda: {"groups": initials(shelf.institutions)},
            )
        for place in filter(attrgetter("page"), shelf.institutions):
            made = {"place": place}
            origin = origins.institution(place)
            yield self._page(place.page, place.name, "affiliation.html", made.copy, origin=origin)

    def _program(self) -> Page:
        volume = self.shelf.volume

        def context() -> Mapping[str, Any]:
            placed = {session.talk for session in volume.program.walk()}
            return {
                "schedule": schedule.days(volume),
                "calendar": calendar.FILE if calendar.FILE in self.files else "",
                "version": version(self.files.written.get(facets.CALENDAR, b"")),
                "script_version": version((STATIC / "proceedings-program.js").read_bytes()),
                "talks": [talk for talk in volume.program.talks if talk.id not in placed],
            }

        return self._list(
            addresses.PROGRAM, say("Program"), context, words=lambda: _program_words(volume)
        )

    def _sessions(self) -> Iterator[Page]:
        shelf, of = self.shelf, self.shelf.desk.addresses.session
        found = [
            (name, day, view)
            for day, view in schedule.with_slots(shelf.volume)
            if (name := of(view.session.id))
        ]
        named = [None, *((name, view.session.title) for name, _, view in found), None]
        for number, (name, day, view) in enumerate(found):
            slots = [(entry, shelf.by_key.get(entry.slot.paper)) for entry in view.slots]
            context = {"view": view, "day": day, "slots": slots}
            chairs = tuple(person.name.full for person in view.session.chairs)
            yield self._page(
                name,
                view.session.title,
                "session.html",
                context.copy,
                words=partial(tuple, chairs),
                before=named[number],
                after=named[number + 2],
            )

    def _withdrawn(self) -> Iterator[Page]:
        """What was published under an address keeps it: papers withdrawn after their pages locked.

        One that was withdrawn before is nowhere.
        """
        volume, of = self.shelf.volume, self.shelf.desk.addresses.paper
        for paper in volume.papers:
            if not paper.shown and paper.key in volume.locked:
                title = " ".join(plain.render(paper.title).split()) or paper.key
                context = {"paper": paper}
                page = self._page(
                    of(paper.key),
                    title,
                    "withdrawn.html",
                    context.copy,
                    meta=lambda: '\n<meta name="robots" content="noindex">',
                )
                yield replace(page, found=False)


def _citations(files: Files) -> list[str]:
    return [path for path in files.written if path.startswith("data/") and path != facets.CALENDAR]


def version(*contents: bytes) -> str:
    """What a browser's cache tells two versions of a script by."""
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:8]


def _facets(shelf: Shelf) -> list[tuple[str, str, str]]:
    """What the list can be filtered by: name, label, and the words for "all", if it is a choice.

    What all papers share, or none has, is no filter.
    """
    papers, program = shelf.papers, shelf.volume.program
    slots = any(slot.paper in shelf.by_key for one in program.walk() for slot in one.slots)
    rows = (
        (len(shelf.tracks) > 1, "track", say("Track"), say("All tracks")),
        (slots, "session", say("Session"), say("All sessions")),
        (any(view.paper.awards for view in papers), "award", say("Award"), say("Any or none")),
        (bool(shelf.topics), "topic", say("Topic"), ""),
        (len(shelf.authors) > 1, "author", say("Author"), ""),
    )
    return [(name, label, every) for wanted, name, label, every in rows if wanted]


def letters(everyone: tuple[Author, ...]) -> list[tuple[str, list[Author]]]:
    """Authors, who are in alphabetical order, under the mark that the booklet files them by."""
    groups: dict[str, list[Author]] = {}
    for author in everyone:
        groups.setdefault(initial(author.name.family_or_literal), []).append(author)
    return list(groups.items())


def initials(everything: Iterable[_Named]) -> list[tuple[str, list[_Named]]]:
    """Topics or institutions, which are in alphabetical order, under their first letter."""
    groups: dict[str, list[_Named]] = {}
    for one in everything:
        groups.setdefault(initial(one.name), []).append(one)
    return list(groups.items())


def _paper_words(view: PaperView) -> tuple[str, ...]:
    paper = view.paper
    return tuple(
        text
        for text in (
            *(byline.contributor.name.full for byline in view.bylines),
            *(affiliation.name for affiliation in view.affiliations),
            view.abstract,
            *paper.keywords,
            *paper.awards,
        )
        if text
    )


def _program_words(volume: Volume) -> tuple[str, ...]:
    program = volume.program
    words = [session.title for session in program.walk()]
    for talk in program.talks:
        words.extend((talk.title, talk.abstract, *(person.name.full for person in talk.speakers)))
    return tuple(filter(None, words))


def _people_words(shelf: Shelf) -> tuple[str, ...]:
    return tuple(
        text
        for committee in shelf.volume.committees
        for member in committee.members
        for text in (member.name.full, *(place.name for place in member.affiliations))
    )
