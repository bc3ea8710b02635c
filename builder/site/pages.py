"""Every page that Sphinx does not write from a file of the editors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from builder import cite
from builder.model import Author
from builder.model.collation import initial
from builder.model.markup import plain
from builder.site import addresses, calendar, facets, schedule, scholarly
from builder.site.downloads import Files
from builder.site.rendering import STATIC, Renderer
from builder.site.subjects import Institution, Topic
from builder.site.views import AuthorView, PaperView, Shelf
from builder.site.words import say

_Named = TypeVar("_Named", Topic, Institution)


@dataclass(frozen=True)
class Page:
    """One collected page, rendered."""

    name: str
    """Without suffix: `papers/liu25`."""
    title: str
    """Plain text, for the browser's title bar and the search results."""
    body: str
    """HTML."""
    meta: str
    """`<meta>` elements, HTML."""
    words: tuple[str, ...] = ()
    """Plain text to be found by the search, beside the title."""
    before: tuple[str, str] | None = None
    """Name and plain title of the page before."""
    after: tuple[str, str] | None = None
    """Name and plain title of the page after."""
    found: bool = True
    """Whether the search finds it."""

    def __repr__(self) -> str:
        return f"<Page {self.name!r}>"


def collect(shelf: Shelf, renderer: Renderer, files: Files) -> Iterator[Page]:
    """All pages that the edition fills; `renderer.pages` says which lists there are."""
    meta = scholarly.meta(None, shelf.desk)
    wanted = renderer.pages
    if addresses.PAPERS in wanted:
        body = renderer.render(
            "papers.html",
            addresses.PAPERS,
            groups=shelf.tracks,
            facets=_facets(shelf),
            has_abstracts=any(view.paper.abstract for view in shelf.papers),
            version=version(*(files.written[path] for path in sorted(_citations(files)))),
            script_version=version((STATIC / "proceedings-papers.js").read_bytes()),
        )
        yield Page(addresses.PAPERS, say("Papers"), body, meta)
    if shelf.papers:
        yield from _papers(shelf, renderer, files)
    yield from _withdrawn(shelf, renderer)
    if addresses.AUTHORS in wanted:
        body = renderer.render("authors.html", addresses.AUTHORS, groups=letters(shelf.authors))
        yield Page(addresses.AUTHORS, say("Authors"), body, meta)
    for view in shelf.author_views:
        yield _author(view, renderer, meta, shelf)
    yield from _subjects(shelf, renderer, meta)
    if addresses.PROGRAM in wanted:
        yield _program(shelf, renderer, files, meta)
        yield from _sessions(shelf, renderer, meta)
    if addresses.PEOPLE in wanted:
        body = renderer.render("people.html", addresses.PEOPLE)
        yield Page(addresses.PEOPLE, say("People"), body, meta, _people_words(shelf))
    for name, title in (
        (addresses.SPEAKERS, say("Speakers")),
        (addresses.SPONSORS, say("Sponsors")),
    ):
        if name in wanted:
            yield Page(name, title, renderer.render(f"{name}.html", name), meta)
    if addresses.DOWNLOADS in wanted:
        body = renderer.render(
            "downloads.html",
            addresses.DOWNLOADS,
            groups=files.groups(shelf.volume),
            booklet=files.booklet(),
        )
        yield Page(addresses.DOWNLOADS, say("Downloads"), body, meta)


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


def _papers(shelf: Shelf, renderer: Renderer, files: Files) -> Iterator[Page]:
    desk, volume = shelf.desk, shelf.volume
    views = shelf.papers
    named = [(desk.addresses.paper(view.paper.key), view.title) for view in views]
    around = zip([None, *named[:-1]], views, [*named[1:], None], strict=True)
    for before, view, after in around:
        key = view.paper.key
        name = desk.addresses.paper(key)
        body = renderer.render(
            "paper.html",
            name,
            view=view,
            bibtex=cite.bibtex(volume, view.paper, desk.plan).rstrip(),
            files=[
                (label, desk.addresses.citation(key, suffix))
                for label, suffix in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))
            ],
            has_booklet=addresses.BOOKLET in files,
        )
        yield Page(
            name, view.title, body, scholarly.meta(view, desk), _paper_words(view), before, after
        )


def _paper_words(view: PaperView) -> tuple[str, ...]:
    paper = view.paper
    return tuple(
        text
        for text in (
            *(byline.contributor.name.full for byline in view.bylines),
            *(affiliation.name for affiliation in view.affiliations),
            plain.render(paper.abstract) if paper.abstract else "",
            *paper.keywords,
            *paper.awards,
        )
        if text
    )


def _author(view: AuthorView, renderer: Renderer, meta: str, shelf: Shelf) -> Page:
    name = shelf.desk.addresses.author(view.author.id)
    body = renderer.render("author.html", name, view=view)
    # Titles are not repeated here: a search for a paper should lead to the paper.
    words = (*view.affiliations, *view.former_names)
    return Page(name, view.author.name.full, body, meta, words)


def _subjects(shelf: Shelf, renderer: Renderer, meta: str) -> Iterator[Page]:
    if addresses.TOPICS in renderer.pages:
        body = renderer.render("topics.html", addresses.TOPICS, groups=initials(shelf.topics))
        yield Page(addresses.TOPICS, say("Topics"), body, meta)
    for topic in shelf.topics:
        if topic.page:
            body = renderer.render("topic.html", topic.page, topic=topic)
            yield Page(topic.page, topic.name, body, meta)
    if addresses.AFFILIATIONS in renderer.pages:
        groups = initials(shelf.institutions)
        body = renderer.render("affiliations.html", addresses.AFFILIATIONS, groups=groups)
        yield Page(addresses.AFFILIATIONS, say("Affiliations"), body, meta)
    for place in shelf.institutions:
        if place.page:
            body = renderer.render("affiliation.html", place.page, place=place)
            yield Page(place.page, place.name, body, meta)


def _program(shelf: Shelf, renderer: Renderer, files: Files, meta: str) -> Page:
    program = shelf.volume.program
    placed = {session.talk for session in program.walk()}
    body = renderer.render(
        "program.html",
        addresses.PROGRAM,
        schedule=schedule.days(shelf.volume),
        calendar=calendar.FILE if calendar.FILE in files else "",
        version=version(files.written.get(facets.CALENDAR, b"")),
        script_version=version((STATIC / "proceedings-program.js").read_bytes()),
        talks=[talk for talk in program.talks if talk.id not in placed],
    )
    words = [session.title for session in program.walk()]
    for talk in program.talks:
        words.extend((talk.title, talk.abstract, *(person.name.full for person in talk.speakers)))
    return Page(addresses.PROGRAM, say("Program"), body, meta, tuple(filter(None, words)))


def _sessions(shelf: Shelf, renderer: Renderer, meta: str) -> Iterator[Page]:
    of = shelf.desk.addresses.session
    found = [
        (name, day, view)
        for day, view in schedule.with_slots(shelf.volume)
        if (name := of(view.session.id))
    ]
    named = [None, *((name, view.session.title) for name, _, view in found), None]
    for number, (name, day, view) in enumerate(found):
        before, after = named[number], named[number + 2]
        slots = [(entry, shelf.by_key.get(entry.slot.paper)) for entry in view.slots]
        body = renderer.render("session.html", name, view=view, day=day, slots=slots)
        words = tuple(person.name.full for person in view.session.chairs)
        yield Page(name, view.session.title, body, meta, words, before, after)


def _withdrawn(shelf: Shelf, renderer: Renderer) -> Iterator[Page]:
    """What was published under an address keeps it: papers withdrawn after their pages were locked.

    One that was withdrawn before is nowhere.
    """
    volume, of = shelf.volume, shelf.desk.addresses.paper
    for paper in volume.papers:
        if not paper.shown and paper.key in volume.locked:
            title = " ".join(plain.render(paper.title).split()) or paper.key
            body = renderer.render("withdrawn.html", of(paper.key), paper=paper)
            closed = '\n<meta name="robots" content="noindex">'
            yield Page(of(paper.key), title, body, closed, found=False)


def _people_words(shelf: Shelf) -> tuple[str, ...]:
    return tuple(
        text
        for committee in shelf.volume.committees
        for member in committee.members
        for text in (member.name.full, *(place.name for place in member.affiliations))
    )
