"""The papers of the volume as files: sanitised and stamped, or a page that stands for them."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from builder import pdf
from builder.booklet import metadata, wording
from builder.booklet.desk import Desk
from builder.booklet.front import SIZES, card
from builder.booklet.plan import misfits, not_reprinted
from builder.booklet.stamps import covers, paper_stamps
from builder.booklet.typeset import Typeset, templates
from builder.booklet.working import set_card
from builder.model import Finding, Inspection, Paper, PlannedPaper, Severity, Where
from builder.pdf import Attachment, DocumentInfo, Prepared, Stamp
from builder.work import Cache, Job, Outcome, Progress, run, share
from builder.work.progress import Silent

_PREPARED: TypeAdapter[Prepared] = TypeAdapter(Prepared)
_CARD: TypeAdapter[tuple[Typeset, Prepared]] = TypeAdapter(tuple[Typeset, Prepared])
VERSIONS = tuple(f"{name} {version(name)}" for name in ("pikepdf", "typst", "pypdf", "pypdfium2"))
"""What made a file belongs to what it was made from."""

_FORM = "6"
"""Raised whenever the same input is to give other files than before."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One paper, ready to be joined."""

    key: str
    file: Path
    real: bool
    """Whether it is the paper itself, not a page that stands for it."""
    prepared: Prepared
    segment: Path | None = None
    """The paper without its stamps, as `pdf.join` likes it best; kept whatever its page numbers."""
    overlay: Path | None = None
    """Its stamps."""
    typeset: Typeset | None = None
    """For a page that stands for it: how setting it went."""


def prepare_papers(
    desk: Desk,
    sources: Mapping[str, Path],
    inspections: Mapping[str, Inspection],
    *,
    folder: Path,
    cache: Cache,
    attached: Mapping[str, Sequence[Attachment]] | None = None,
    progress: Progress | None = None,
) -> tuple[dict[str, Printed], tuple[Finding, ...]]:
    """Every planned paper as a file in `folder`, and what went wrong with any of them.

    Papers are prepared in limited workers and kept in `cache`, by everything they are made from. A
    paper that fails is replaced by labelled pages, as many as the plan gives it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    printed: dict[str, Printed] = {}
    findings: list[Finding] = []
    missing: dict[str, str] = {}
    orders: dict[str, pdf.Wanted] = {}
    keys: dict[str, str] = {}
    segments: dict[str, _Segment] = {}
    unfit = misfits(desk.volume, inspections)
    stamped, alphabet = _stamps(desk, inspections)
    for number, planned in enumerate(desk.plan.papers):
        paper = _paper(desk, planned)
        out = folder / f"{number:04d}.pdf"
        if not_reprinted(paper):
            continue
        if planned.key in unfit:
            missing[planned.key] = _why_unfit(planned, unfit[planned.key])
            findings.append(_unfit(paper, planned, unfit[planned.key]))
            continue
        source = sources.get(planned.key)
        if planned.placeholder or source is None:
            missing[planned.key] = _why_missing(paper, inspections.get(planned.key), source)
            continue
        seen = inspections.get(planned.key)
        stamps, info = stamped[planned.key], metadata.of_paper(desk.volume, paper, planned)
        known = _Seen(
            seen.counts if seen else (),
            {number: page.ink for number, page in enumerate(seen.pages, 1)} if seen else {},
            covers(desk.volume, paper, seen),
            tuple((attached or {}).get(planned.key, ())),
            desk.volume.booklet.archival_form,
            SIZES[desk.volume.booklet.page] if desk.volume.booklet.scale == "fit" else None,
            alphabet,
        )
        content = cache.key(source)
        segment = _Segment.find(cache, content, known.form, out)
        segments[planned.key] = segment
        keys[planned.key] = key = cache.key(
            "paper",
            _FORM,
            *VERSIONS,
            content,
            repr(stamps),
            repr(info),
            known.said,
            *(one.path for one in known.attachments),
        )
        if kept := _kept(cache, key, planned, out, segment):
            printed[planned.key] = kept
        else:
            orders[planned.key] = known.order(source, out, segment.path, stamps, info)
    for outcome in _prepared(orders, alphabet, progress or Silent()):
        planned = desk.planned[outcome.name]
        out = folder / f"{desk.plan.papers.index(planned):04d}.pdf"
        problem = outcome.failure.message if outcome.failure else ""
        if not problem and outcome.value.pages != planned.pages:
            problem = (
                f"it has {outcome.value.pages} pages now, but had {planned.pages} when the pages "
                "were counted"
            )
        if problem:
            missing[outcome.name] = f"Its PDF could not be prepared for printing: {problem}."
            findings.append(_not_prepared(_paper(desk, planned), problem))
            continue
        printed[outcome.name] = Printed(
            outcome.name,
            out,
            True,
            outcome.value,
            segments[outcome.name].keep(cache),
            out.with_suffix(".overlay"),
        )
        if not outcome.value.missing:  # with another font installed, it might be complete
            _keep(cache, keys[outcome.name], printed[outcome.name])
    printed |= _cards(desk, folder, missing, cache)
    for planned in desk.plan.papers:
        paper = _paper(desk, planned)
        found = printed[planned.key].prepared
        findings += found.findings(planned.key, paper.pdf_file or _source(paper))
    return {planned.key: printed[planned.key] for planned in desk.plan.papers}, tuple(findings)


def _stamps(
    desk: Desk, inspections: Mapping[str, Inspection]
) -> tuple[dict[str, Sequence[Stamp]], str]:
    """What is stamped on each paper, and the letters that many of these stamps use."""
    found: dict[str, Sequence[Stamp]] = {
        planned.key: paper_stamps(
            desk.volume,
            _paper(desk, planned),
            planned,
            draft=desk.draft,
            inspection=inspections.get(planned.key),
        )
        for planned in desk.plan.papers
    }
    return found, pdf.common_letters([one.text for one in stamps] for stamps in found.values())


def _paper(desk: Desk, planned: PlannedPaper) -> Paper:
    paper = desk.volume.paper(planned.key)
    if paper is None:
        raise ValueError(f"the plan has a paper {planned.key!r} that the volume does not have")
    return paper


Boxes = Mapping[int, tuple[tuple[float, float, float, float], ...]]
"""Boxes by page (from 1), in points as the page is seen."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen in a paper: pages by engine, what its margins print, what of it is hidden."""

    counts: tuple[tuple[str, int | None], ...]
    ink: Boxes
    covers: Boxes
    attachments: tuple[Attachment, ...] = ()
    """What is embedded in it."""
    archival: bool = False
    """Whether it is to be PDF/A-3b."""
    size: tuple[float, float] | None = None
    """Width and height in points that its pages are fitted onto, if they are."""
    alphabet: str = ""
    """Letters that the stamps of many papers use."""

    @property
    def form(self) -> Any:
        """What decides how the paper is without its stamps."""
        return (self.counts, self.archival, self.size)

    def order(
        self, source: Path, out: Path, segment: Path, stamps: Sequence[Stamp], info: DocumentInfo
    ) -> pdf.Wanted:
        """The paper as it is to be prepared."""
        return pdf.Wanted(
            source=source,
            out=out,
            stamps=stamps,
            info=info,
            counts=self.counts,
            ink=self.ink,
            covers=self.covers,
            segment=segment,
            overlay=out.with_suffix(".overlay"),
            attachments=self.attachments,
            archival=self.archival,
            size=self.size,
        )

    @property
    def said(self) -> str:
        """All of it, but for where files are."""
        attachments = tuple(replace(one, path=Path()) for one in self.attachments)
        return repr(replace(self, attachments=attachments))


@dataclass(frozen=True, slots=True)
class _Segment:
    """A paper without its stamps, in the cache or yet to be made."""

    key: str
    path: Path
    kept: bool

    @classmethod
    def find(cls, cache: Cache, content: str, counts: Any, out: Path) -> _Segment:
        """What is kept for a paper of this `content`, or where to make it, beside `out`."""
        key = cache.key("segment", pdf.SEGMENT_FORM, *VERSIONS, content, repr(counts))
        kept = cache.find("segment", key, ".segment")
        return cls(key, kept or out.with_suffix(".segment"), kept is not None)

    def keep(self, cache: Cache) -> Path:
        """Put it into the cache if it is new; where it is now."""
        if self.kept:
            return self.path
        return cache.store("segment", self.key, ".segment", self._move)

    def _move(self, path: Path) -> None:
        self.path.replace(path)


_TOGETHER = 10
"""Papers that one worker prepares at once."""


def _prepared(
    orders: Mapping[str, pdf.Wanted], alphabet: str, progress: Progress
) -> Iterator[Outcome]:
    """What becomes of each paper. Where one of several fails, each of these is tried alone."""
    keys = list(orders)
    groups = [keys[at : at + _TOGETHER] for at in range(0, len(keys), _TOGETHER)]
    # No more time for several than for one: they take a moment, unless one of them is ill.
    together = [
        Job(group[0], pdf.prepare_all, ([orders[key] for key in group], alphabet))
        for group in groups
    ]
    alone: list[str] = []
    progress.start("Papers", len(keys))
    try:
        for group, outcome in zip(groups, run(together), strict=True):
            if outcome.failure:
                alone += group
                continue
            for key, made in zip(group, outcome.value, strict=True):
                progress.advance()
                yield Outcome(key, made)
        jobs = [Job(key, pdf.prepare_all, ([orders[key]], alphabet)) for key in alone]
        for outcome in run(jobs):
            progress.advance()
            made = outcome.value[0] if outcome.value else None
            yield Outcome(outcome.name, made, outcome.failure)
    finally:
        progress.finish()


def _cards(
    desk: Desk, folder: Path, missing: Mapping[str, str], cache: Cache
) -> dict[str, Printed]:
    """The pages that stand for papers: for those that `missing` explains, and abstract pages."""
    jobs: list[Job] = []
    keys: dict[str, str] = {}
    printed: dict[str, Printed] = {}
    for number, planned in enumerate(desk.plan.papers):
        paper = _paper(desk, planned)
        if planned.key not in missing and not not_reprinted(paper):
            continue
        data = card(
            desk,
            paper,
            pages=planned.pages,
            missing=missing.get(planned.key, ""),
            size=SIZES[desk.volume.booklet.page],
        )
        stamps = paper_stamps(desk.volume, paper, planned, draft=desk.draft)
        info = metadata.of_paper(desk.volume, paper, planned)
        out = folder / f"{number:04d}.pdf"
        keys[planned.key] = key = cache.key(
            "card", _FORM, *VERSIONS, templates(), json.dumps(data), repr(stamps), repr(info)
        )
        if kept := _kept_card(cache, key, out):
            printed[planned.key] = Printed(planned.key, out, False, kept[1], typeset=kept[0])
        else:
            jobs.append(Job(planned.key, set_card, (data, out, stamps, info)))
    for outcome in run(jobs):
        if outcome.failure:
            raise RuntimeError(
                f"the page that stands for {outcome.name} cannot be set: {outcome.failure.message}"
            )
        planned = desk.planned[outcome.name]
        out = folder / f"{desk.plan.papers.index(planned):04d}.pdf"
        made, prepared = outcome.value
        printed[outcome.name] = Printed(outcome.name, out, False, prepared, typeset=made)
        # With other fonts installed, it might come out otherwise.
        if not (made.missing or made.system_fonts or prepared.missing):
            cache.store("card", keys[outcome.name], ".pdf", functools.partial(share, out))
            record = _CARD.dump_json(outcome.value)
            cache.store("card", keys[outcome.name], ".json", functools.partial(_write, record))
    return printed


def _kept_card(cache: Cache, key: str, out: Path) -> tuple[Typeset, Prepared] | None:
    """A page as it was set before from the same data."""
    file, record = cache.find("card", key, ".pdf"), cache.find_text("card", key)
    if file is None or record is None:
        return None
    try:
        said = _CARD.validate_json(record)
        share(file, out)
    except (ValueError, OSError):
        return None  # the cache may vanish or rot at any time
    return said


def _kept(
    cache: Cache, key: str, planned: PlannedPaper, out: Path, segment: _Segment
) -> Printed | None:
    """The paper as it was prepared before from the same input, copied to `out`."""
    file, record = cache.find("paper", key, ".pdf"), cache.find_text("paper", key)
    overlay = cache.find("paper", key, ".overlay")
    if file is None or record is None:
        return None
    try:
        prepared = _PREPARED.validate_json(record)
        if prepared.pages != planned.pages:
            return None
        share(file, out)
    except (ValueError, OSError):
        return None  # the cache may vanish or rot at any time
    kept = segment.path if segment.kept else None
    return Printed(planned.key, out, True, prepared, kept, overlay)


def _keep(cache: Cache, key: str, printed: Printed) -> None:
    cache.store("paper", key, ".pdf", lambda path: share(printed.file, path))
    if overlay := printed.overlay:
        cache.store("paper", key, ".overlay", lambda path: share(overlay, path))
    record = _PREPARED.dump_json(printed.prepared)
    cache.store("paper", key, ".json", functools.partial(_write, record))


def _write(data: bytes, path: Path) -> None:
    path.write_bytes(data)


def _source(paper: Paper) -> str:
    return paper.where.file if paper.where else "papers/papers.bib"


def _why_missing(paper: Paper, seen: Inspection | None, source: Path | None) -> str:
    if source is None or seen is None:
        return f"There is no file {paper.pdf_file or f'papers/{paper.key}.pdf'}."
    return f"Its PDF cannot be used: {seen.problem or 'it has no pages'}."


def _why_unfit(planned: PlannedPaper, pages: int) -> str:
    return (
        f"Its PDF has {wording.number(pages, 'page')}, but {wording.number(planned.pages, 'page')} "
        f"({planned.range}) are locked for it."
    )


def _unfit(paper: Paper, planned: PlannedPaper, pages: int) -> Finding:
    choices = (
        "add a blank page to the PDF" if pages < planned.pages else "ask for a version that fits"
    )
    return Finding(
        code="pages-locked",
        severity=Severity.ERROR,
        message=_why_unfit(planned, pages),
        subject=paper.key,
        where=Where(file=paper.pdf_file),
        hint=f"Either {choices}; or keep the printed PDF and say what is wrong with it (`status = "
        "{erratum}, notice = {…}` in papers.bib); or move every page after it with `proceedings "
        "booklet --final --repaginate`, after which citations of this volume are wrong.",
    )


def _not_prepared(paper: Paper, problem: str) -> Finding:
    return Finding(
        code="paper-not-prepared",
        severity=Severity.ERROR,
        message=f"The PDF could not be prepared for printing: {problem}",
        subject=paper.key,
        where=Where(file=paper.pdf_file),
        hint="Ask the authors for a fresh PDF, made by their typesetting program directly; in a "
        "draft a labelled page stands in for it.",
    )
