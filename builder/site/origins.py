"""What a page is made of, as a digest, so that an unchanged page need not be made to see that.

A digest holds everything that our templates show: more than enough makes a page that stays as it
was, too little would leave an old page standing. So a paper counts whole wherever it is shown.
Where editors replace a template nobody knows what it shows, and every page is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from builder.model import Author, Session
from builder.site import addresses, schedule
from builder.site.downloads import Files
from builder.site.record import digest
from builder.site.said import said, said_of_all
from builder.site.subjects import Institution, Topic, identity
from builder.site.views import AuthorView, PaperView, Shelf


class Origins:
    """Digests of what the pages of one edition are made of."""

    def __init__(self, shelf: Shelf, files: Files, pages: Iterable[str]) -> None:
        self.shelf = shelf
        volume = shelf.volume
        self._common = digest(
            said_of_all(volume),
            repr(sorted(pages)),
            schedule.zone(volume),
            repr([book.path for _, book in files.books()]),
            repr(addresses.FEED in files),
            repr(shelf.desk.citations),
        )
        self._sessions: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"<Origins {self.shelf!r}>"

    def paper(self, view: PaperView) -> str:
        """Of a paper's page."""
        shelf = self.shelf
        return digest(
            self._common,
            self.papers[view.paper.key],
            repr([shelf.topic_pages.get(identity(word)) for word in view.paper.keywords]),
            *(self.papers[other.paper.key] for other in shelf.related.get(view.paper.key, ())),
        )

    def author(self, view: AuthorView) -> str:
        """Of an author's page."""
        one = view.author
        return digest(
            self._common,
            repr((one.id, one.name, one.person and replace(one.person, where=None))),
            repr((view.affiliations, view.url, view.openreview, view.biography, view.former_names)),
            repr([(self._called[other.id], shared) for other, shared in view.coauthors]),
            repr([(committee.id, committee.title, role) for committee, role in view.roles]),
            *(self.papers[paper.paper.key] for paper in view.papers),
        )

    @cached_property
    def _called(self) -> dict[str, tuple[str, str]]:
        """Page and name of every author, by id; each is a co-author of several."""
        return {one.id: (self._page(one), one.name.full) for one in self.shelf.authors}

    def everyone(self) -> str:
        """Of the list of all authors."""
        rows = [
            (self._page(one), one.name.inverted, one.name.family_or_literal, len(one.papers))
            for one in self.shelf.authors
        ]
        return digest(self._common, repr(rows))

    def topic(self, topic: Topic) -> str:
        """Of a keyword's page."""
        return self._listing(topic.id, topic.name, topic.papers)

    def institution(self, place: Institution) -> str:
        """Of an institution's page."""
        about = repr(
            (place.name, place.ror, [(self._page(one), one.name.full) for one in place.authors])
        )
        return self._listing(place.id, about, place.papers)

    def _page(self, author: Author) -> str:
        return self.shelf.desk.addresses.authors[author.id]

    def _listing(self, id: str, about: str, papers: Iterable[PaperView]) -> str:
        return digest(self._common, id, about, *(self.papers[view.paper.key] for view in papers))

    @cached_property
    def papers(self) -> dict[str, str]:
        """Of each paper as any page may show it, by key."""
        return {view.paper.key: self._paper(view) for view in self.shelf.papers}

    def _paper(self, view: PaperView) -> str:
        desk = self.shelf.desk
        planned = desk.plan.of(view.paper.key)
        return digest(
            desk.addresses.papers[view.paper.key],
            repr([desk.addresses.authors.get(byline.id) for byline in view.bylines]),
            said(view.paper),
            repr((view.track, view.number, view.pages, view.pdf, view.thumbnail, view.attachments)),
            repr(planned and planned.placeholder),
            *(
                self._session(one) + repr(replace(slot, where=None))
                for one, slot in view.appearances
            ),
        )

    def _session(self, session: Session) -> str:
        if session.id not in self._sessions:
            # A paper's page names the session, not what else is in it.
            named = replace(session, slots=(), sessions=(), chairs=(), where=None)
            page = self.shelf.desk.addresses.session(session.id)
            self._sessions[session.id] = repr((named, page))
        return self._sessions[session.id]
