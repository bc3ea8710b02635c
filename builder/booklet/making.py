"""The volume from its parts: typeset, prepared, joined, and read back by another engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from builder import prose
from builder.booklet import binding, glyphs, images, standard, supplements, wording
from builder.booklet.desk import Desk
from builder.booklet.dividing import title_of, unknown
from builder.booklet.front import (
    SECTION_NAMES,
    back_matter,
    blanks,
    divider,
    front_matter,
)
from builder.booklet.matter import Setting, set_matter
from builder.booklet.papers import prepare_papers
from builder.booklet.plan import dividers, gaps, prose_files
from builder.booklet.settings import unknown_names
from builder.booklet.stamps import unknown_fields
from builder.booklet.typeset import Typeset
from builder.model import Finding, Inspection, Plan, Report, Severity, Volume, Where
from builder.work import Cache, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a booklet is to be made of, and where."""

    volume: Volume
    plan: Plan
    inspections: Mapping[str, Inspection]
    root: Path
    """The edition's root; only `proceedings/` below it is read."""
    sources: Mapping[str, Path]
    """PDFs that exist, by paper."""
    folder: Path
    """Where everything is written; must be ours alone."""
    cache: Cache
    draft: bool = True
    """Whether pages bear a watermark, and findings stand on a last page."""
    prove: bool = False
    """Whether every printed paper is compared with its authors' file."""
    findings: Sequence[Finding] = ()
    """What others found already, for a draft's last page."""
    progress: Progress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booklet:
    """What was made."""

    volume: Path
    front_matter: Path
    """The front matter alone; its links to papers lead to their addresses, or nowhere."""
    volumes: Mapping[int, Path] = field(default_factory=dict)
    """Where there are several: each by its number; `volume` is the first."""
    front_matters: Mapping[int, Path] = field(default_factory=dict)
    papers: Mapping[str, Path] = field(default_factory=dict)
    """Each paper's own stamped PDF, by key; only real ones, no pages that stand for a paper."""
    findings: tuple[Finding, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the readers of the audit agree with what was to be written."""
        return not any(
            finding.code.startswith("audit-") and finding.severity >= Severity.ERROR
            for finding in self.findings
        )


def build(request: Request) -> Booklet:
    """Make the volume, the front matter alone, and every paper's own PDF.

    Where the plan has several volumes, each is made so, and each lists what the others print.

    Whatever is wrong with one paper, image or page of prose becomes a finding, and something
    honest stands in its place. Equal input gives equal bytes. Raises `TypesettingError` where
    the typesetter fails on data that it should be able to set, and `OSError`.
    """
    numbers = request.plan.volumes
    if numbers == (0,):
        return _build(request)
    made = [_build(_one_of(request, number), request.plan, number) for number in numbers]
    return Booklet(
        volume=made[0].volume,
        front_matter=made[0].front_matter,
        volumes={n: one.volume for n, one in zip(numbers, made, strict=True)},
        front_matters={n: one.front_matter for n, one in zip(numbers, made, strict=True)},
        papers={key: file for one in made for key, file in one.papers.items()},
        findings=Report.of(*(one.findings for one in made)).findings,
    )


def _one_of(request: Request, number: int) -> Request:
    """The request for one of several volumes: its papers, under its own title."""
    volume, part = request.volume, request.plan.part(number)
    title = title_of(volume, number, [planned.key for planned in part.papers])
    named = wording.say("volume-number", volume, number=str(number))
    return replace(
        request,
        volume=replace(volume, title=f"{volume.title}, {named}", subtitle=title or volume.subtitle),
        plan=replace(part, papers=tuple(replace(one, volume=0) for one in part.papers)),
        folder=request.folder / f"volume-{number}",
    )


def _build(request: Request, entire: Plan = Plan(), number: int = 0) -> Booklet:  # noqa: B008 - frozen
    """One volume; `entire` is the plan of all of several, of which it is the one of that number."""
    request.folder.mkdir(parents=True, exist_ok=True)
    volume = request.volume
    findings: list[Finding] = [*unknown_fields(volume), *unknown_names(volume), *unknown(volume)]
    pages, found = read_prose(request)
    findings += found
    names, files, problems = images.gather(volume, pages, request.root, request.cache)
    findings += problems

    kept, problems = supplements.keep(volume, supplements.measured(volume, request.root))
    findings += problems
    desk = Desk(
        volume=volume,
        plan=request.plan,
        draft=request.draft,
        images=names,
        kept={one.supplement.file: one for one in kept},
        prose=pages,
        number=number,
        others={one.key: one for one in entire.papers if one.volume != number},
    )
    attached = supplements.attached(desk.volume, kept, request.root)
    printed, problems = prepare_papers(
        desk,
        request.sources,
        request.inspections,
        folder=request.folder / "papers",
        cache=request.cache,
        attached=attached,
        progress=request.progress,
    )
    findings += problems
    shown = Report.of(request.findings, findings).findings
    setting = Setting(request.folder, files, request.cache, request.progress)
    matter = set_matter(
        {
            "back": back_matter(desk, shown) if _has_back(desk, entire) else None,
            **_between(desk),
        },
        setting,
    )
    # The contents say where the sections after the papers begin.
    desk = replace(desk, back_pages=_back_pages(desk, matter))
    matter |= set_matter(
        {
            "front": front_matter(desk),
            "alone": front_matter(replace(desk, standalone=True)),
        },
        setting,
    )
    missing = {cluster for made, _ in matter.values() for cluster in made.missing}
    missing |= {c for one in printed.values() if one.typeset for c in one.typeset.missing}
    findings += glyphs.findings(volume, missing)
    typeset = [made for made, _ in matter.values()]
    typeset += [one.typeset for one in printed.values() if one.typeset]
    findings += standard.findings(volume, typeset)
    assembly = binding.assembly(desk, matter, printed, attached)
    whole, problems = binding.bind(assembly, request)
    findings += problems
    if request.prove:
        # It reads with engines that whoever only makes a draft does without.
        from builder.booklet import proving

        front, _ = matter["front"]
        findings += proving.prove_papers(
            proving.Task(request.plan, printed, request.sources, request.inspections),
            whole,
            front.pages + 2 - request.plan.start,
            cache=request.cache,
            progress=request.progress,
        )
    return Booklet(
        volume=whole,
        # As it was set: tagged, with outline, labels and language of its own.
        front_matter=matter["alone"][1].replace(request.folder / "front-matter.pdf"),
        papers={key: one.file for key, one in printed.items() if one.real},
        findings=Report.of(findings).findings,
    )


def _has_back(desk: Desk, entire: Plan) -> bool:
    """Whether a volume has back matter: where page numbers run on, only the last one."""
    said = desk.volume.booklet.volumes
    return said is None or said.numbering == "restart" or desk.number == entire.volumes[-1]


def read_prose(request: Request) -> tuple[dict[str, prose.Document], list[Finding]]:
    """The pages of prose that the booklet prints, parsed."""
    found: dict[str, prose.Document] = {}
    findings: list[Finding] = []
    for file in prose_files(request.volume):
        shown = f"proceedings/{file}"
        try:
            source = (request.root / "proceedings" / file).read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = "is not UTF-8" if isinstance(error, UnicodeDecodeError) else "cannot be read"
            findings.append(
                Finding(
                    code="prose-missing",
                    severity=Severity.ERROR,
                    message=f"The page `{shown}` {reason}; the booklet does without it",
                    where=Where(file=shown),
                    hint="Write the page, or take its name out of edition.yaml.",
                )
            )
            continue
        document = prose.parse(source, shown, language=request.volume.language)
        found[file] = document
        findings += document.findings
        findings += prose.unresolved(document, request.volume, shown)
    return found, findings


def _between(desk: Desk) -> dict[str, dict[str, Any]]:
    """The pages that stand before papers: dividers, and blank ones where locked pages are free."""
    parted = dividers(desk.volume)
    found: dict[str, dict[str, Any]] = {}
    for key, pages in gaps(desk.plan).items():
        if pages == 1 and key in parted:
            found[f"before {key}"] = divider(desk, key)
        else:
            found[f"before {key}"] = blanks(desk, key, pages)
    return found


def _back_pages(desk: Desk, matter: Mapping[str, tuple[Typeset, Path]]) -> dict[str, str]:
    """The printed page on which each section of the back matter begins."""
    if "back" not in matter:
        return {}
    first = desk.plan.last_page
    return {
        mark.id: str(first + mark.page)
        for mark in matter["back"][0].marks
        if mark.level == 1 and mark.id in SECTION_NAMES
    }
