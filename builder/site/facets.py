"""Scripts that hold data: what the list of papers filters by, and what a reader may take away.

They are scripts rather than JSON because a browser loads no JSON from `file://`. Citations come in
parts, which only a reader who exports something loads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from builder.model import Author
from builder.model.collation import sort_key
from builder.model.markup import html
from builder.site.subjects import identity
from builder.site.views import PaperView, Shelf

LIST = "data/papers.js"
CALENDAR = "data/calendar.js"
PART = 200
"""Papers whose citations, or abstracts, share one script: about 200 kB."""
INLINE = 250
"""Papers up to which the list holds their abstracts: half a megabyte, a fifth of it compressed.

In a longer list they come when somebody opens one or looks for a word.
"""


def citations(number: int) -> str:
    """Path of the script with the citations of the papers from `number * PART` on."""
    return f"data/citations-{number}.js"


def abstracts(number: int) -> str:
    """Path of the script with the abstracts of the same papers, as HTML."""
    return f"data/abstracts-{number}.js"


def texts(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Every such script about papers: path and content."""
    if not shelf.papers:
        return
    yield LIST, script("papers", listing(shelf))
    if not shelf.desk.citations:
        return
    for number, start in enumerate(range(0, len(shelf.papers), PART)):
        part = {
            view.paper.key: [
                shelf.citations.of(view.paper, "bib"),
                shelf.citations.of(view.paper, "ris"),
            ]
            for view in shelf.papers[start : start + PART]
        }
        yield citations(number), script(f"citations{number}", part)
        if len(shelf.papers) > INLINE:
            texts = {
                view.paper.key: html.render(view.paper.abstract, inline=False)
                for view in shelf.papers[start : start + PART]
                if view.paper.abstract
            }
            yield abstracts(number), script(f"abstracts{number}", texts)


def script(name: str, data: Any) -> str:
    """A script that says nothing but `Proceedings.<name> = …`."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # A `<` is spelled out so that nothing here is markup, wherever somebody may paste it.
    return f"(window.Proceedings??={{}}).{name}={text.replace('<', chr(92) + 'u003c')};\n"


def listing(shelf: Shelf) -> dict[str, Any]:
    """What papers can be found by: names once, papers as rows of numbers that point to them."""
    tracks = _Names((track.id, track.name) for track, _ in shelf.tracks if track)
    sessions = _Names(
        (session.id, session.title)
        for session in shelf.volume.program.walk()
        if any(slot.paper in shelf.by_key for slot in session.slots)
    )
    topics = _Names((topic.id, topic.name) for topic in shelf.topics)
    authors = _Names(_labels(shelf.authors))
    awards = _Names((award, award) for view in shelf.papers for award in view.paper.awards)
    titles = _ranks((sort_key(view.title), view.paper.key) for view in shelf.papers)
    first = _ranks((_first(view, authors), view.paper.key) for view in shelf.papers)
    files = shelf.desk.addresses.papers
    return {
        "site": shelf.volume.event.short_name,
        "part": PART,
        "tracks": tracks.rows,
        "sessions": sessions.rows,
        "topics": topics.rows,
        "authors": authors.rows,
        "awards": awards.rows,
        "papers": [
            [
                view.paper.key,
                "" if files[view.paper.key] == view.paper.key else files[view.paper.key],
                view.title,
                tracks.of([view.track.id] if view.track else []),
                sessions.of(session.id for session, _ in view.appearances),
                topics.of(identity(keyword) for keyword in view.paper.keywords),
                authors.of(byline.id for byline in view.bylines),
                awards.of(view.paper.awards),
                view.pages,
                view.paper.doi,
                titles[view.paper.key],
                first[view.paper.key],
            ]
            for view in shelf.papers
        ],
    }


class _Names:
    """Names in order, each known by its number."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.rows = [list(pair) for pair in dict(pairs).items()]
        self._numbers = {id: number for number, (id, _) in enumerate(self.rows)}

    def of(self, ids: Iterable[str]) -> list[int]:
        """The numbers of those ids that have one, each once."""
        return [self._numbers[id] for id in dict.fromkeys(ids) if id in self._numbers]


def _labels(authors: tuple[Author, ...]) -> Iterator[tuple[str, str]]:
    """Ids and names of authors; two of one name are told apart."""
    seen: dict[str, int] = {}
    for author in authors:
        seen[author.name.full] = seen.get(author.name.full, 0) + 1
    for author in authors:
        name = author.name.full
        places = [place.name for named in author.contributors for place in named.affiliations] or [
            author.id
        ]
        yield author.id, f"{name} ({places[0]}; {author.id})" if seen[name] > 1 else name


def _first(view: PaperView, authors: _Names) -> int:
    numbers = authors.of(byline.id for byline in view.bylines[:1])
    return numbers[0] if numbers else len(authors.rows)


def _ranks(keyed: Iterable[tuple[Any, str]]) -> dict[str, int]:
    return {key: rank for rank, (_, key) in enumerate(sorted(keyed))}
