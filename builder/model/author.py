"""The authors of a volume: each person once, with everything they wrote."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from builder.model.collation import name_key
from builder.model.letters import SPELT
from builder.model.name import Name
from builder.model.paper import Paper
from builder.model.people import Contributor, Person
from builder.model.volume import Volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One author, under an id that addresses use."""

    id: str
    name: Name
    """The registered name, or the name as printed on the first of the papers."""
    papers: tuple[Paper, ...]
    """Shown papers, in the volume's order."""
    contributors: tuple[Contributor, ...]
    """How each of `papers` names them, in the same order."""
    person: Person | None = None

    @property
    def orcid(self) -> str:
        """The registered ORCID, or the first one printed with a paper."""
        registered = self.person.orcid if self.person else ""
        return registered or next((c.orcid for c in self.contributors if c.orcid), "")


def author_id(contributor: Contributor) -> str:
    """The id under which a contributor's author page stands; never depends on anybody else.

    A registered person has the registered id, in which no dot can stand. Everybody else has the
    printed name with dots (`jane.doe`), and where that is one word or Latin letters cannot spell
    it, a digest behind the dot: an id, not a transliteration to be shown. So nobody is taken for
    a registered person because of a name, and registering somebody moves no other page.
    """
    return contributor.person or _spelled(contributor.name.full)


@cache
def _spelled(name: str) -> str:
    printed = unicodedata.normalize("NFC", name)
    spelt = printed.translate(SPELT)
    latin = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", latin)
    lost = 0 if spelt.isascii() else _letters(spelt) - _letters(latin)
    if len(words) > 1 and not lost:
        return ".".join(words)
    digest = hashlib.sha256(printed.encode()).hexdigest()[:8]
    return f"{'-'.join(words) or 'author'}.{digest}"


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)


def authors(volume: Volume) -> tuple[Author, ...]:
    """Every author of a shown paper, in alphabetical order, each person once."""
    # Every page of prose asks for them, and index and site do; a volume never changes.
    if not _asked or _asked[0][0] is not volume:
        _asked[:] = [(volume, _authors(volume))]
    return _asked[0][1]


_asked: list[tuple[Volume, tuple[Author, ...]]] = []
"""The volume that was asked about last, and its authors."""


def _authors(volume: Volume) -> tuple[Author, ...]:
    found: dict[str, list[tuple[Paper, Contributor]]] = {}
    for paper in volume.shown:
        for contributor in paper.contributors:
            found.setdefault(author_id(contributor), []).append((paper, contributor))
    everyone = []
    people = {person.id: person for person in reversed(volume.people)}
    for id, entries in found.items():
        person = people.get(id)
        unique = list({paper.key: (paper, named) for paper, named in reversed(entries)}.values())
        unique.reverse()
        everyone.append(
            Author(
                id=id,
                name=person.name if person else entries[0][1].name,
                papers=tuple(paper for paper, _ in unique),
                contributors=tuple(named for _, named in unique),
                person=person,
            )
        )
    return tuple(sorted(everyone, key=lambda author: (name_key(author.name), author.id)))
