"""What one run of Sphinx works on: the edition, its pagination, and which files go with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder import booklet, edition, pdf
from builder.booklet.dividing import numbered
from builder.model import Finding, PdfKind, Plan, Severity, Volume
from builder.site.addresses import Addresses
from builder.work import Cache


@dataclass(frozen=True, slots=True)
class Printed:
    """PDFs that follow the same pagination as the site, and may therefore be linked."""

    booklet: Path | None = None
    front_matter: Path | None = None
    papers: Mapping[str, Path] = field(default_factory=dict)
    """Stamped papers by key."""
    volumes: Mapping[int, Path] = field(default_factory=dict)
    """Where there are several: each by its number; `booklet` is the first."""
    front_matters: Mapping[int, Path] = field(default_factory=dict)
    thumbnails: Mapping[str, Path] = field(default_factory=dict)
    """Pictures of the first pages of those, where one could be made."""


@dataclass(slots=True)
class Desk:
    """The state of one run; kept outside Sphinx's environment, which is written on each build."""

    root: Path
    volume: Volume
    files: tuple[Path, ...]
    """What the editors wrote, as read."""
    addresses: Addresses
    plan: Plan = field(default_factory=Plan)
    printed: Printed = field(default_factory=Printed)
    citations: bool = True
    """Whether citations lie beside the pages, as files."""
    findings: list[Finding] = field(default_factory=list)
    """What the site itself has to report; the edition's own findings are not repeated here."""

    def __repr__(self) -> str:
        # Sphinx formats the arguments of every event; a volume must never be spelled out there.
        return f"<Desk {self.volume.event.short_name!r}>"

    @property
    def cache(self) -> Cache:
        """What was worked out before; the command's own cache."""
        return Cache(self.root / "build" / ".cache")

    def find(self, finding: Finding) -> None:
        """Reports something, once."""
        if finding not in self.findings:
            self.findings.append(finding)


def read(root: Path) -> tuple[Desk | None, tuple[Finding, ...]]:
    """The edition in `root` without its PDFs, and what reading it brought up."""
    loaded = edition.load(root, Cache(root / "build" / ".cache"))
    if loaded.volume is None:
        return None, tuple(loaded.findings)
    desk = Desk(
        root=root,
        volume=loaded.volume,
        files=tuple(loaded.files),
        addresses=Addresses.of(loaded.volume),
    )
    return desk, tuple(loaded.findings)


def paginate(desk: Desk) -> None:
    """Looks at the PDFs (from the cache where they are known) and plans the pages."""
    sources = {
        paper.key: desk.root / paper.pdf_file
        for paper in desk.volume.shown
        if paper.pdf is PdfKind.LOCAL and (desk.root / paper.pdf_file).is_file()
    }
    inspections = pdf.inspect_all(sources, desk.cache)
    # A draft's plan has a row for every paper; it equals the final one as soon as all are there.
    desk.plan = booklet.paginate(desk.volume, inspections, draft=True)


def attach(desk: Desk, book: Path | None, papers: Path | None) -> None:
    """Links the given outputs, which are known to follow this plan."""
    stamped = {
        paper.key: file
        for paper in desk.volume.shown
        if papers
        and (file := papers / f"{desk.addresses.papers[paper.key]}.pdf").is_file()
        # What stands in for a missing paper in a draft is not that paper's PDF.
        and not ((planned := desk.plan.of(paper.key)) and planned.placeholder)
    }
    numbers = desk.plan.volumes
    several = numbers != (0,) and book is not None
    first = numbered("front-matter.pdf", numbers[0])
    matter = book.parent / first if book else None
    desk.printed = Printed(
        booklet=book if book and book.is_file() else None,
        front_matter=matter if matter and matter.is_file() else None,
        papers=stamped,
        volumes=_standing_volumes(book, "booklet.pdf", numbers) if book and several else {},
        front_matters=_standing_volumes(book, "front-matter.pdf", numbers)
        if book and several
        else {},
    )


def _standing_volumes(book: Path, name: str, numbers: tuple[int, ...]) -> dict[int, Path]:
    """The files of several volumes, which stand beside the first."""
    files = {number: book.with_name(numbered(name, number)) for number in numbers}
    return {number: file for number, file in files.items() if file.is_file()}


def attach_standing(desk: Desk) -> None:
    """Links what stands in `build/` if it follows this plan; otherwise says why not."""
    build = desk.root / "build"
    book = build / numbered("booklet.pdf", desk.plan.volumes[0])
    papers = build / "papers"
    if not book.is_file():
        desk.find(
            Finding(
                code="site-no-booklet",
                severity=Severity.INFO,
                message="There is no booklet yet, so the site links no PDFs",
                hint="Run `proceedings booklet`, then make the site again.",
            )
        )
    elif _standing_plan(build / "manifest.json") != desk.plan.digest:
        desk.find(
            Finding(
                code="site-booklet-outdated",
                severity=Severity.WARNING,
                message="The booklet in build/ follows another pagination than the site, so the"
                " site links neither it nor the stamped papers",
                hint="Run `proceedings build`, or `proceedings booklet`, then `proceedings site`.",
            )
        )
    else:
        attach(desk, book, papers)


def _standing_plan(manifest: Path) -> str:
    try:
        found = json.loads(manifest.read_text(encoding="utf-8"))
        return str(found.get("plan", ""))
    except (OSError, ValueError, AttributeError):
        return ""
