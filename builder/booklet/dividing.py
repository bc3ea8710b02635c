"""Several volumes: which of them prints a paper. A pure function; `paginate` gives the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.model import Finding, Paper, Severity, Volume, Where
from builder.model.booklet import Volumes


def divide(volume: Volume, papers: Sequence[Paper], pages: Mapping[str, int]) -> dict[str, int]:
    """The volume, from 1, of each of `papers`; nothing where there is only one.

    `papers` come in the order of the printed list, `pages` are theirs by key. What is locked
    stays. By tracks, volumes follow the order of the tracks, those without papers left out; by
    pages, a volume is full when the next paper would exceed them.
    """
    said = volume.booklet.volumes
    if said is None or not papers:
        return {}
    wanted = _wanted(volume, said, papers, pages)
    wanted |= {p.key: volume.locked_in[p.key] for p in papers if p.key in volume.locked_in}
    if volume.locked_in or said.listed:
        return wanted  # what has a number keeps it
    numbers = {number: at for at, number in enumerate(sorted(set(wanted.values())), start=1)}
    return {key: numbers[number] for key, number in wanted.items()}


def _wanted(
    volume: Volume, said: Volumes, papers: Sequence[Paper], pages: Mapping[str, int]
) -> dict[str, int]:
    if said.listed:
        return {paper.key: _listed(said, paper) for paper in papers}
    if said.by_track:
        order = [track.id for track in volume.tracks]
        return {
            paper.key: order.index(paper.track) + 1 if paper.track in order else len(order) + 1
            for paper in papers
        }
    found: dict[str, int] = {}
    number, filled = 1, 0
    for key, at in volume.locked_in.items():
        # Late papers go where the last volume has room.
        if at >= number and key in volume.locked:
            first, last = volume.locked[key]
            filled = last - first + 1 + (filled if at == number else 0)
            number = at
    for paper in papers:
        if paper.key in volume.locked_in:
            continue
        if filled and said.pages and filled + pages[paper.key] > said.pages:
            number, filled = number + 1, 0
        found[paper.key] = number
        filled += pages[paper.key]
    return found


def _listed(said: Volumes, paper: Paper) -> int:
    """The volume that names the paper, else its track, else the last one."""
    for names in ("papers", "tracks"):
        wanted = paper.key if names == "papers" else paper.track
        for number, one in enumerate(said.listed, start=1):
            if wanted in getattr(one, names):
                return number
    return len(said.listed)


def numbered(file: str, number: int) -> str:
    """What an output of one of several volumes is called: `booklet-2.pdf`."""
    stem, dot, ending = file.rpartition(".")
    return f"{stem}-{number}{dot}{ending}" if number else file


def title_of(volume: Volume, number: int, keys: Sequence[str]) -> str:
    """What a volume of several is called besides its number; empty for nothing."""
    said = volume.booklet.volumes
    if said is None:
        return ""
    if said.listed:
        return said.listed[number - 1].title if number <= len(said.listed) else ""
    paper = volume.paper(keys[0]) if said.by_track and keys else None
    track = volume.track(paper.track) if paper else None
    return track.name if track else ""


def unknown(volume: Volume) -> tuple[Finding, ...]:
    """A finding for every paper and track that the settings name and nobody knows."""
    said = volume.booklet.volumes
    if said is None:
        return ()
    keys, tracks = {p.key for p in volume.printed}, {track.id for track in volume.tracks}
    named = [(f"paper `{key}`", key in keys) for one in said.listed for key in one.papers]
    named += [(f"track `{id}`", id in tracks) for one in said.listed for id in one.tracks]
    if not (said.listed or said.by_track or said.pages):
        named = [("way to divide the papers (`by`, `pages` or `listed`)", False)]
    return tuple(
        Finding(
            code="volumes-unknown",
            severity=Severity.ERROR,
            message=f"booklet.volumes: there is no {what}",
            where=Where(file="proceedings/edition.yaml"),
            hint="Use keys of papers that are printed, as papers/papers.bib has them, and ids of "
            "tracks; or say `by: track` or `pages: 500`.",
        )
        for what, known in dict(named).items()
        if not known
    )
