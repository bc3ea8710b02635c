"""Reads a folder as aclpub2's editors keep it: papers, program, people, prefaces, talks, sponsors.

Its form follows rycolab/aclpub2 (README, templates and `examples/`, read 2026-11-22). Text there
is LaTeX. `archival: false` means "leave out of the volume" there, and is gathered as
`include: program`; e-mail addresses are kept apart from everything else.
"""

from __future__ import annotations

from pathlib import Path

from builder.gather.aclpub2.facts import facts, sponsors
from builder.gather.aclpub2.papers import papers
from builder.gather.aclpub2.people import committees
from builder.gather.aclpub2.program import program
from builder.gather.aclpub2.prose import prefaces
from builder.gather.gathered import Gathered
from builder.gather.reading import Source


def read(path: Path) -> Gathered:
    """Everything in the folder `path`."""
    source = Source(path if path.is_dir() else path.parent)
    edition = facts(source)
    gathered, tracks = papers(source)
    if tracks:
        edition["tracks"] = tracks
    tiers, images = sponsors(source)
    if tiers:
        edition["sponsors"] = {"tiers": tiers}
    groups = committees(source)
    schedule, photos = program(source, {paper.source for paper in gathered})
    prose = prefaces(source)
    if not gathered and not source.findings:
        source.report(
            code="gather-nothing",
            message=f"no papers were found in {path.name}",
            hint="the folder that holds `papers.yml` and `conference_details.yml` is expected",
        )
    return Gathered(
        format="aclpub2",
        papers=tuple(gathered),
        edition=edition,
        people={"committees": groups} if groups else {},
        program=schedule,
        prose=tuple(prose),
        images=images | photos,
        findings=tuple(source.findings),
    )
