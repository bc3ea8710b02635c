"""The manuscripts that authors sent for a journal, beside their workshop papers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from builder.export.overlap import Overlap, compare
from builder.model import Finding, Inspection, Severity, Volume, Where
from builder.work import file_names

FOLDER = "private/manuscripts"
"""One folder per target in it, one PDF per paper, named by its key."""


def find(root: Path, volume: Volume, target: str) -> tuple[dict[str, Path], tuple[Finding, ...]]:
    """The manuscripts for `target`, by paper, and a finding for each file that is no paper's."""
    folder = root / FOLDER / target
    names = file_names(paper.key for paper in volume.papers)
    keys = {name.lower(): key for key, name in names.items()} | {
        paper.key.lower(): paper.key for paper in volume.papers
    }
    found: dict[str, Path] = {}
    strange = []
    if folder.is_dir():
        for file in sorted(folder.iterdir()):
            if file.suffix.lower() != ".pdf" or file.name.startswith("."):
                continue
            key = keys.get(file.stem.lower())
            if key is None:
                strange.append(file)
            else:
                found[key] = file
    findings = tuple(
        Finding(
            code="manuscript-unknown",
            severity=Severity.WARNING,
            message=f"{file.name} in {FOLDER}/{target} belongs to no paper of the volume",
            where=Where(file=f"{FOLDER}/{target}/{file.name}"),
            hint="name it by the paper's key in papers.bib, for example liu25.pdf",
        )
        for file in strange
    )
    return found, findings


def measure(
    volume: Volume, workshop: Mapping[str, Inspection], manuscripts: Mapping[str, Inspection]
) -> dict[str, Overlap]:
    """How much of each manuscript is new, by paper; the workshop's PDF is what it is held against.

    A specimen stands in for a paper, so nothing can be held against it.
    """
    found = {}
    for key, seen in manuscripts.items():
        paper = volume.paper(key)
        if paper is not None and paper.specimen:
            problem = "the workshop's PDF in papers/ is a specimen, not the paper"
            found[key] = Overlap(new=None, pages=(0, seen.page_count), problem=problem)
        else:
            found[key] = compare(workshop.get(key), seen)
    return found
