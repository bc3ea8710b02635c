"""The editors' directives and roles, filled from the edition with the pages' own templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging

from builder import cite
from builder.prose import Document, unresolved
from builder.prose import nodes as neutral
from builder.site import schedule
from builder.site.downloads import Files
from builder.site.rendering import Renderer, heading
from builder.site.views import Shelf

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


def resolve(
    doctree: nodes.document,
    docname: str,
    *,
    shelf: Shelf,
    renderer: Renderer,
    files: Files,
    env: BuildEnvironment,
) -> None:
    """Replaces every neutral node in `doctree` by HTML; unknown ids are warnings."""
    _warn(doctree, docname, shelf, env)
    filler = _Filler(shelf, renderer, files, docname)
    for listing in list(doctree.findall(neutral.Listing)):
        html = filler.listing(listing)
        raw = nodes.raw("", html, format="html", listing=type(listing).__name__)
        listing.parent.replace(listing, raw if html else [])
    for reference in list(doctree.findall(neutral.Reference)):
        reference.parent.replace(reference, filler.reference(reference))


def spell_out(doctree: nodes.document, shelf: Shelf) -> None:
    """For builders that write no HTML: references become their words, listings go."""
    for listing in list(doctree.findall(neutral.Listing)):
        listing.parent.remove(listing)
    for reference in list(doctree.findall(neutral.Reference)):
        reference.parent.replace(reference, nodes.Text(_words(reference, shelf)))


def masthead(doctree: nodes.document, docname: str, *, renderer: Renderer, files: Files) -> None:
    """Puts what, when and where under the title of the home page; at its end dates and citation.

    Those are left to the editors where the page has a directive for them.
    """
    title = next(iter(doctree.findall(nodes.title)), None)
    html = renderer.render(
        "masthead.html",
        docname,
        heading=title.astext() if title is not None else "",
        books=files.books(),
    )
    raw = nodes.raw("", html, format="html")
    if title is None:
        doctree.insert(0, raw)
    else:
        title.parent.insert(title.parent.index(title) + 1, raw)
    shown = {node.get("listing") for node in doctree.findall(nodes.raw)}
    shelf = renderer.shelf
    cited = neutral.CitationHint.__name__ in shown or not shelf.papers
    end = renderer.render(
        "home-end.html",
        docname,
        dates=shelf.volume.dates and neutral.DateList.__name__ not in shown,
        bibtex="" if cited else cite.volume_bibtex(shelf.volume, shelf.desk.plan).rstrip(),
    )
    if end.strip():
        doctree.append(nodes.raw("", end, format="html"))


def _warn(doctree: nodes.document, docname: str, shelf: Shelf, env: BuildEnvironment) -> None:
    file = str(env.doc2path(docname, False))
    for finding in unresolved(Document(doctree, ()), shelf.volume, file):
        line = finding.where.line if finding.where else None
        logger.warning(
            "%s",
            finding.message,
            type="proceedings",
            subtype=finding.code,
            location=(docname, line),
        )


def _words(reference: neutral.Reference, shelf: Shelf) -> str:
    if reference.children:
        return reference.astext()
    match reference:
        case neutral.PaperReference():
            view = shelf.by_key.get(reference["key"])
            return view.title if view else str(reference["key"])
        case neutral.AuthorReference():
            author = next((one for one in shelf.authors if one.id == reference["id"]), None)
            return author.name.full if author else str(reference["id"])
        case _:
            sessions = shelf.volume.program.walk()
            session = next((one for one in sessions if one.id == reference["id"]), None)
            return session.title if session else str(reference["id"])


class _Filler:
    """Renders nodes for one document."""

    def __init__(self, shelf: Shelf, renderer: Renderer, files: Files, docname: str) -> None:
        self.shelf = shelf
        self.volume = shelf.volume
        self.renderer = renderer
        self.files = files
        self.docname = docname
        self.here = renderer.here(docname)

    def listing(self, node: neutral.Listing) -> str:
        """The HTML of one block; empty where the edition has nothing to show there."""
        template, context = self._context(node)
        if not context:
            return ""
        level = min(_depth(node) + 1, 6)
        inner = self.renderer.render(template, self.docname, level=level, anchors=False, **context)
        return f'<div class="proc proc-listing">{inner}</div>\n'

    def reference(self, node: neutral.Reference) -> nodes.Node:
        """A link, or the bare words where there is nothing to lead to."""
        words = _words(node, self.shelf)
        inner: list[nodes.Node] = list(node.children)
        match node:
            case neutral.PaperReference() if view := self.shelf.by_key.get(node["key"]):
                to = self.here.paper(view.paper.key)
                if not inner:
                    inner = [nodes.raw("", str(heading(view.paper.title)), format="html")]
            case neutral.AuthorReference() if node["id"] in self.shelf.author_ids:
                to = self.here.author(node["id"])
            case neutral.SessionReference() if any(
                session.id == node["id"] for session in self.volume.program.walk()
            ):
                to = self.here.session(node["id"])
            case _:
                return nodes.literal("", words) if not inner else nodes.inline("", "", *inner)
        return nodes.reference("", "", *(inner or [nodes.Text(words)]), refuri=to, internal=True)

    def _context(self, node: neutral.Listing) -> tuple[str, dict[str, Any]]:
        volume = self.volume
        match node:
            case neutral.PaperList():
                return "parts/paper-list.html", self._papers(node)
            case neutral.ProgramTable():
                days = schedule.days(volume, date=node["date"], only=tuple(node["sessions"]))
                return "parts/program.html", {"schedule": days} if days else {}
            case neutral.TalkList():
                kinds = node["kinds"]
                talks = [talk for talk in volume.program.talks if not kinds or talk.kind in kinds]
                return "parts/talks.html", {"talks": talks} if talks else {}
            case neutral.PeopleList():
                ids = node["committees"]
                chosen = [one for one in volume.committees if not ids or one.id in ids]
                return "parts/people.html", {"committees": chosen} if chosen else {}
            case neutral.SponsorList():
                titles = node["tiers"]
                tiers = [tier for tier in volume.sponsors if not titles or tier.title in titles]
                thanks = "" if titles else volume.acknowledgement
                return "parts/sponsors.html", (
                    {"tiers": tiers, "thanks": thanks} if tiers or thanks else {}
                )
            case neutral.DateList():
                return "parts/dates.html", {"dates": volume.dates} if volume.dates else {}
            case neutral.TopicList():
                return "parts/topics.html", {"topics": volume.topics} if volume.topics else {}
            case neutral.DownloadList():
                rows = [row for _, group in self.files.groups(volume) for row in group]
                return "parts/downloads.html", {"rows": rows} if rows else {}
            case neutral.CitationHint():
                return "parts/citation.html", self._citation(node["paper"])
        raise TypeError(f"{type(node).__name__} is no listing")

    def _papers(self, node: neutral.PaperList) -> dict[str, Any]:
        tracks, keys = node["tracks"], node["keys"]
        groups = []
        for track, views in self.shelf.tracks:
            if tracks and (track is None or track.id not in tracks):
                continue
            chosen = [view for view in views if not keys or view.paper.key in keys]
            if chosen:
                groups.append((track, chosen))
        return {"groups": groups, "abstracts": node["abstracts"]} if groups else {}

    def _citation(self, key: str) -> dict[str, Any]:
        plan, volume = self.shelf.desk.plan, self.volume
        if not key:
            bibtex = cite.volume_bibtex(volume, plan).rstrip()
            return {"text": "", "bibtex": bibtex, "files": []}
        view = self.shelf.by_key.get(key)
        if view is None:
            return {}
        return {
            "text": cite.text(volume, view.paper, plan),
            "bibtex": cite.bibtex(volume, view.paper, plan).rstrip(),
            "files": [],
        }


def _depth(node: nodes.Node) -> int:
    """How many sections enclose a node."""
    depth, at = 0, node.parent
    while at is not None:
        depth += isinstance(at, nodes.section)
        at = at.parent
    return depth
