"""The volume's own order of papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from builder.model import Paper, Program, Track
from builder.model.collation import sort_key
from builder.model.markup import plain

Order = Literal["listed", "track", "program", "title"]


def ordered(
    papers: Sequence[Paper], order: Order, tracks: Sequence[Track], program: Program
) -> tuple[Paper, ...]:
    """`papers` in the order that `volume.order` asks for; ties keep the order of papers.bib.

    Papers whose track or session is unknown come last.
    """
    if order == "track":
        places = {track.id: at for at, track in enumerate(tracks)}
        return tuple(sorted(papers, key=lambda paper: places.get(paper.track, len(places))))
    if order == "program":
        turns: dict[str, int] = {}
        for session in program.walk():
            for slot in session.slots:
                turns.setdefault(slot.paper, len(turns))
        return tuple(sorted(papers, key=lambda paper: turns.get(paper.key, len(turns))))
    if order == "title":
        return tuple(sorted(papers, key=lambda paper: sort_key(plain.render(paper.title))))
    return tuple(papers)
