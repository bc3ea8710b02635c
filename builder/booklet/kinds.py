"""What one edition gives besides the volume: the handbook, and the front matter alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from builder.booklet import glyphs, images, standard, supplements
from builder.booklet.desk import Desk
from builder.booklet.front import front_matter, handbook
from builder.booklet.making import Request, read_prose
from builder.booklet.matter import Setting, set_matter
from builder.booklet.settings import unknown_names
from builder.model import Finding, Plan, Report

Kind = Literal["volume", "handbook", "front-matter"]
"""`volume`: everything. `handbook`: program, abstracts and people, no papers. `front-matter`: what
stands before the papers, with their page numbers."""

FILES: Mapping[str, str] = {
    "volume": "booklet.pdf",
    "handbook": "handbook.pdf",
    "front-matter": "front-matter.pdf",
}
"""What each kind is called in `build/`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One file, and what was found while it was made."""

    file: Path
    findings: tuple[Finding, ...]


def build_single(request: Request, kind: Kind) -> Single:
    """Make the handbook or the front matter alone; no paper is opened.

    Raises as `booklet.build` does, and `ValueError` for the volume, which is more than one file.
    """
    if kind == "volume":
        raise ValueError("the volume is made by `build`")
    request.folder.mkdir(parents=True, exist_ok=True)
    findings: list[Finding] = [*unknown_names(request.volume)]
    pages, found = read_prose(request)
    names, files, problems = images.gather(request.volume, pages, request.root, request.cache)
    kept, _ = supplements.keep(request.volume, supplements.measured(request.volume, request.root))
    desk = Desk(
        volume=request.volume,
        plan=request.plan,
        draft=request.draft,
        images=names,
        kept={one.supplement.file: one for one in kept},
        prose=pages,
    )
    if kind == "handbook":
        data = handbook(replace(desk, plan=Plan(), handbook=True))
    else:
        if request.plan.volumes != (0,):
            # Of several volumes, none is meant: contents and program name them all.
            everything = {one.key: one for one in request.plan.papers}
            desk = replace(desk, plan=Plan(), others=everything)
        data = front_matter(replace(desk, standalone=True))
    setting = Setting(request.folder, files, request.cache, request.progress)
    made, file = set_matter({"alone": data}, setting)["alone"]
    findings += [*found, *problems, *glyphs.findings(request.volume, set(made.missing))]
    findings += standard.findings(request.volume, [made])
    return Single(file=file, findings=Report.of(findings).findings)
