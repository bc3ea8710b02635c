"""Where everything stands on the site: addresses that never change between builds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from builder.model import Supplement, Volume, authors
from builder.work import file_names

HOME = "index"
PAPERS = "papers"
AUTHORS = "authors"
TOPICS = "topics"
AFFILIATIONS = "affiliations"
PROGRAM = "program"
SPEAKERS = "speakers"
SPONSORS = "sponsors"
PEOPLE = "people"
DOWNLOADS = "downloads"
EDITIONS = "editions"

BOOKLET = "booklet.pdf"
FRONT_MATTER = "front-matter.pdf"
"""Of several volumes `booklet-1.pdf` and so on: `builder.booklet.dividing.numbered`."""
ALL_BIBTEX = "citations.bib"
ALL_RIS = "citations.ris"
ALL_CSL = "citations.json"
METADATA = "metadata.json"
TABLE = "papers.csv"
CHECKSUMS = "SHA256SUMS.txt"
ALL_ENDNOTE = "citations.enw"
ALL_MODS = "citations.mods.xml"
ALL_CITATIONS = {
    ALL_BIBTEX: "bib",
    ALL_RIS: "ris",
    ALL_CSL: "json",
    ALL_ENDNOTE: "enw",
    ALL_MODS: "mods.xml",
}
"""Files of all citations, each with the suffix of a single one."""
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Page names (without suffix) and file paths below the site's root, forward slashes."""

    papers: Mapping[str, str]
    """File name, without suffix, of every paper by its key."""
    authors: Mapping[str, str]
    """File name, without suffix, of every author page by author id."""
    sessions: Mapping[str, str]
    """File name, without suffix, of every session that has a page by its id."""

    @classmethod
    def of(cls, volume: Volume) -> Addresses:
        """The addresses of everything that `volume` shows.

        Withdrawn papers keep their names reserved, so that withdrawing one renames no other.
        """
        return cls(
            papers=file_names(paper.key for paper in volume.papers),
            authors=file_names(author.id for author in authors(volume)),
            sessions=_sessions(volume),
        )

    def paper(self, key: str) -> str:
        """Page of a paper."""
        return f"papers/{self.papers[key]}"

    def author(self, id: str) -> str:
        """Page of an author."""
        return f"authors/{self.authors[id]}"

    def session(self, id: str) -> str:
        """Page of a session, or empty where it has none."""
        return f"sessions/{self.sessions[id]}" if id in self.sessions else ""

    def pdf(self, key: str) -> str:
        """The stamped PDF of a paper, beside its page, as scholarly search engines require."""
        return f"papers/{self.papers[key]}.pdf"

    def thumbnail(self, key: str) -> str:
        """A picture of the paper's first page."""
        return f"papers/{self.papers[key]}.jpg"

    def citation(self, key: str, suffix: str) -> str:
        """The citation of a paper as a file: `bib`, `ris`, `json`, `enw` or `mods.xml`."""
        return f"papers/{self.papers[key]}.{suffix}"

    def supplement(self, key: str, supplement: Supplement) -> str:
        """A supplement, under a name that is safe on every system."""
        stem, dot, suffix = supplement.file.rpartition("/")[2].rpartition(".")
        name = next(iter(file_names([stem or suffix]).values()))
        return f"papers/{self.papers[key]}/{name}{dot if stem else ''}{suffix if stem else ''}"


def _sessions(volume: Volume) -> dict[str, str]:
    """Sessions with papers; every id keeps its name reserved, as papers do."""
    shown = {paper.key for paper in volume.shown}
    everything = list(volume.program.walk())
    names = file_names(session.id for session in everything)
    return {
        session.id: names[session.id]
        for session in everything
        if any(slot.paper in shown for slot in session.slots)
    }


def session_anchor(id: str) -> str:
    """The `id` attribute of a session on the program page."""
    return f"session-{id}"


def session_fragment(id: str) -> str:
    """What follows `#` in an address that leads to a session."""
    return quote(session_anchor(id))
