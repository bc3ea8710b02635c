"""What templates are given: records prepared so that a template needs no logic of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from builder.model import (
    Affiliation,
    Author,
    Committee,
    Contributor,
    Paper,
    Session,
    Slot,
    Supplement,
    Talk,
    Track,
    Volume,
    author_id,
    authors,
)
from builder.model.markup import plain
from builder.site import links, related, subjects
from builder.site.citing import Citations
from builder.site.desk import Desk
from builder.site.subjects import Institution, Topic
from builder.site.words import say, term

_LINK_NAMES = {
    "openreview": "OpenReview",
    "video": term("Video"),
    "code": term("Code"),
    "data": term("Data"),
    "poster": term("Poster"),
    "slides": term("Slides"),
    "url": term("Website"),
}
_SUPPLEMENTS = {
    "appendix": term("Appendix"),
    "checklist": term("Checklist"),
    "dataset": term("Data"),
    "note": term("Note"),
    "poster": term("Poster"),
    "presentation": term("Slides"),
    "software": term("Software"),
    "supplement": term("Supplement"),
    "video": term("Video"),
}


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A labelled address outside the site."""

    label: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the site that belongs to a paper."""

    label: str
    file: str
    """Path below the site's root."""


@dataclass(frozen=True, slots=True)
class Byline:
    """One author of one paper."""

    contributor: Contributor
    id: str
    marks: tuple[int, ...]
    """Numbers, from 1, of the affiliations in `PaperView.affiliations`."""


def titled(volume: Volume, number: int) -> str:
    """The title of the volume, or of one of several."""
    if not number:
        return volume.title
    return f"{volume.title}, {say('Volume {number}').format(number=number)}"


@dataclass(frozen=True)
class PaperView:
    """One paper, with everything its page and the lists show."""

    paper: Paper
    title: str
    """As plain text."""
    track: Track | None
    pages: str
    """`7–12`, or empty where the volume does not print it."""
    number: int
    """Which of several volumes prints it; 0 for the only one."""
    volume: str
    """The title of the volume, with its number."""
    bylines: tuple[Byline, ...]
    affiliations: tuple[Affiliation, ...]
    """Each once, in the order of their first mention."""
    links: tuple[NamedLink, ...]
    pdf: str
    """Path of the stamped PDF below the site's root, or empty."""
    thumbnail: str
    """Path of a picture of the PDF's first page below the site's root, or empty."""
    attachments: tuple[Attachment, ...]
    appearances: tuple[tuple[Session, Slot], ...]
    archival: bool
    specimen: bool

    def __repr__(self) -> str:
        return f"<PaperView {self.paper.key!r}>"

    @cached_property
    def abstract(self) -> str:
        """As plain text, or empty; machines are told it in half a dozen places."""
        return plain.render(self.paper.abstract) if self.paper.abstract else ""


@dataclass(frozen=True)
class AuthorView:
    """One author, with everything their page shows."""

    author: Author
    papers: tuple[PaperView, ...]
    affiliations: tuple[str, ...]
    """As printed with their papers or in the registry, each once."""
    coauthors: tuple[tuple[Author, int], ...]
    """With how many papers they share; most first, then alphabetically."""
    roles: tuple[tuple[Committee, str], ...]
    """Committees they serve on, with their role in each."""
    url: str
    openreview: str
    biography: str
    former_names: tuple[str, ...]
    """Only those that the person wants shown."""

    def __repr__(self) -> str:
        return f"<AuthorView {self.author.id!r}>"


class Shelf:
    """All views of one edition, each made once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.volume: Volume = desk.volume

    def __repr__(self) -> str:
        return f"<Shelf {self.volume.event.short_name!r}>"

    @cached_property
    def citations(self) -> Citations:
        """Every paper's citations."""
        return Citations(self.volume, self.desk.plan, self.desk.cache.within("citations"))

    @cached_property
    def papers(self) -> tuple[PaperView, ...]:
        """Every shown paper, in the volume's order."""
        return tuple(self._paper(paper) for paper in self.volume.shown)

    @cached_property
    def by_key(self) -> dict[str, PaperView]:
        """The same, by key."""
        return {view.paper.key: view for view in self.papers}

    @cached_property
    def authors(self) -> tuple[Author, ...]:
        """Every author, alphabetically."""
        return authors(self.volume)

    @cached_property
    def author_ids(self) -> frozenset[str]:
        """Ids that have an author page."""
        return frozenset(author.id for author in self.authors)

    @cached_property
    def author_views(self) -> tuple[AuthorView, ...]:
        """Every author's page, alphabetically."""
        by_id = {author.id: author for author in self.authors}
        rank = {id: number for number, id in enumerate(by_id)}
        return tuple(self._author(author, by_id, rank) for author in self.authors)

    @cached_property
    def tracks(self) -> tuple[tuple[Track | None, tuple[PaperView, ...]], ...]:
        """Papers grouped by track, tracks in the edition's order, those without a track last."""
        groups: dict[str, list[PaperView]] = {track.id: [] for track in self.volume.tracks}
        for view in self.papers:
            groups.setdefault(view.track.id if view.track else "", []).append(view)
        return tuple((self.volume.track(id), tuple(group)) for id, group in groups.items() if group)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """The papers' keywords, alphabetically."""
        return subjects.topics(self.papers)

    @cached_property
    def topic_pages(self) -> dict[str, str]:
        """Page of a topic by its identity; a topic of one paper has none."""
        return {topic.id: topic.page for topic in self.topics if topic.page}

    @cached_property
    def institutions(self) -> tuple[Institution, ...]:
        """The affiliations printed with papers, alphabetically."""
        return subjects.institutions(self.papers, self.authors)

    @cached_property
    def related(self) -> dict[str, tuple[PaperView, ...]]:
        """The papers nearest to each paper, by key."""
        return related.kept(self.papers, self.desk.cache.within("related"))

    @cached_property
    def speakers(self) -> tuple[tuple[Contributor, tuple[Talk, ...]], ...]:
        """Who gives or moderates talks, in the program's order, each with their talks."""
        found: dict[str, tuple[Contributor, list[Talk]]] = {}
        for talk in self.volume.program.talks:
            for speaker in (*talk.speakers, *talk.moderators):
                _, talks = found.setdefault(author_id(speaker), (speaker, []))
                if talk not in talks:
                    talks.append(talk)
        return tuple((speaker, tuple(talks)) for speaker, talks in found.values())

    @cached_property
    def _appearances(self) -> dict[str, list[tuple[Session, Slot]]]:
        found: dict[str, list[tuple[Session, Slot]]] = {}
        for session in self.volume.program.walk():
            for slot in session.slots:
                if slot.paper:
                    found.setdefault(slot.paper, []).append((session, slot))
        return found

    def _paper(self, paper: Paper) -> PaperView:
        desk = self.desk
        planned = desk.plan.of(paper.key)
        affiliations: dict[Affiliation, int] = {}
        bylines = []
        for contributor in paper.contributors:
            marks = tuple(
                affiliations.setdefault(affiliation, len(affiliations) + 1)
                for affiliation in contributor.affiliations
            )
            bylines.append(Byline(contributor, author_id(contributor), marks))
        return PaperView(
            paper=paper,
            title=" ".join(plain.render(paper.title).split()) or paper.key,
            track=self.volume.track(paper.track) if paper.track else None,
            pages=planned.range if planned else "",
            number=planned.volume if planned else 0,
            volume=titled(self.volume, planned.volume if planned else 0),
            bylines=tuple(bylines),
            affiliations=tuple(affiliations),
            links=_links(paper),
            pdf=desk.addresses.pdf(paper.key) if paper.key in desk.printed.papers else "",
            thumbnail=desk.addresses.thumbnail(paper.key)
            if paper.key in desk.printed.thumbnails
            else "",
            attachments=tuple(
                Attachment(_label(supplement), desk.addresses.supplement(paper.key, supplement))
                for supplement in paper.supplements
                if publishable(desk, supplement)
            ),
            appearances=tuple(self._appearances.get(paper.key, ())),
            archival=paper.archival,
            specimen=paper.specimen,
        )

    def _author(self, author: Author, by_id: dict[str, Author], rank: dict[str, int]) -> AuthorView:
        person = author.person
        papers = tuple(self.by_key[paper.key] for paper in author.papers)
        shared: dict[str, int] = {}
        for paper in papers:
            for other in {byline.id for byline in paper.bylines}:
                if other != author.id:
                    shared[other] = shared.get(other, 0) + 1
        affiliations = dict.fromkeys(
            affiliation.name
            for group in (
                *((person.affiliations,) if person else ()),
                *(contributor.affiliations for contributor in author.contributors),
            )
            for affiliation in group
        )
        own = [person.url if person else "", *(named.url for named in author.contributors)]
        profiles = [
            person.openreview if person else "",
            *(named.openreview for named in author.contributors),
        ]
        former = person.former_names if person and person.former_names_public else ()
        return AuthorView(
            author=author,
            papers=papers,
            affiliations=tuple(affiliations),
            coauthors=tuple(
                (by_id[id], count)
                for id, count in sorted(shared.items(), key=lambda pair: (-pair[1], rank[pair[0]]))
            ),
            roles=tuple(
                (committee, member.role)
                for committee in self.volume.committees
                for member in committee.members
                # The same name in a committee may be somebody else: only the registry can tell.
                if member.person and member.person == author.id
            ),
            url=next((url for url in own if links.safe(url)), ""),
            openreview=next((profile for profile in profiles if profile), ""),
            biography=person.biography if person else "",
            former_names=tuple(name.full for name in former),
        )


ACTIVE = frozenset(
    [
        "htm",
        "html",
        "xhtml",
        "xht",
        "shtml",
        "svg",
        "svgz",
        "xml",
        "xsl",
        "xslt",
        "mht",
        "mhtml",
        "swf",
        "js",
        "mjs",
    ]
)
"""Endings of files in which a browser would run what a stranger wrote, on the site's address."""


def publishable(desk: Desk, supplement: Supplement) -> bool:
    """Whether a supplement exists and may stand on the site."""
    source = desk.root / supplement.file
    return source.is_file() and source.suffix.lower().lstrip(".") not in ACTIVE


def _label(supplement: Supplement) -> str:
    ending = supplement.file.rpartition(".")[2]
    kind = supplement.kind
    name = supplement.title or (
        say(_SUPPLEMENTS[kind]) if kind in _SUPPLEMENTS else kind.replace("-", " ").capitalize()
    )
    return f"{name} ({ending})" if ending and "/" not in ending else name


def _links(paper: Paper) -> tuple[NamedLink, ...]:
    found = []
    if paper.doi and (address := links.doi(paper.doi)):
        found.append(NamedLink("DOI", address, "doi"))
    if address := links.safe(paper.pdf_url):
        found.append(NamedLink(say("PDF elsewhere"), address, "pdf"))
    for field, label in _LINK_NAMES.items():
        if address := links.safe(getattr(paper, field)):
            found.append(NamedLink(say(label), address, field))
    return tuple(found)
