"""The papers of the volume as files: sanitised and stamped, or with a page that stands for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from builder import pdf
from builder.booklet import metadata
from builder.booklet.cards import make_cards
from builder.booklet.desk import Desk
from builder.booklet.front import SIZES
from builder.booklet.plan import misfits, not_reprinted
from builder.booklet.printed import FORM, VERSIONS, Printed, Segment, keep, kept
from builder.booklet.stamps import covers, paper_stamps
from builder.booklet.working import prepare_all
from builder.model import Finding, Inspection, Paper, Severity, Where
from builder.pdf import Attachment, DocumentInfo, Stamp
from builder.work import Cache, Job, Outcome, Progress, run
from builder.work.progress import Silent


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
    segments: dict[str, Segment] = {}
    grown = misfits(desk.volume, inspections)
    stamped, alphabet = _stamps(desk, inspections)
    files = desk.files(folder)
    for planned in desk.plan.papers:
        paper, out = desk.paper(planned), files[planned.key]
        if not_reprinted(paper):
            continue
        if planned.key in grown:
            missing[planned.key] = desk.say(
                "missing-locked", pages=str(grown[planned.key]), range=planned.range
            )
            continue
        source = sources.get(planned.key)
        if planned.placeholder or source is None:
            missing[planned.key] = _why_missing(desk, paper, inspections.get(planned.key), source)
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
        segment = Segment.find(cache, content, known.form, out)
        segments[planned.key] = segment
        keys[planned.key] = key = cache.key(
            "paper",
            FORM,
            *VERSIONS,
            content,
            repr(stamps),
            repr(info),
            known.said,
            *(one.path for one in known.attachments),
        )
        if before := kept(cache, key, planned, out, segment):
            printed[planned.key] = before
        else:
            orders[planned.key] = known.order(source, out, segment.path, stamps, info)
    for outcome in _prepared(orders, alphabet, progress or Silent()):
        planned, out = desk.planned[outcome.name], files[outcome.name]
        problem = outcome.failure.message if outcome.failure else ""
        if not problem and outcome.value.pages != planned.pages:
            problem = (
                f"it has {outcome.value.pages} pages now, but had {planned.pages} when the pages "
                "were counted"
            )
        if problem:
            missing[outcome.name] = desk.say("missing-failed", reason=problem)
            findings.append(_not_prepared(desk.paper(planned), problem))
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
            keep(cache, keys[outcome.name], printed[outcome.name])
    printed |= make_cards(desk, folder, missing, cache)
    for planned in desk.plan.papers:
        paper = desk.paper(planned)
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
            desk.paper(planned),
            planned,
            draft=desk.draft,
            inspection=inspections.get(planned.key),
        )
        for planned in desk.plan.papers
    }
    return found, pdf.common_letters([one.text for one in stamps] for stamps in found.values())


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
        Job(group[0], prepare_all, ([orders[key] for key in group], alphabet)) for group in groups
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
        jobs = [Job(key, prepare_all, ([orders[key]], alphabet)) for key in alone]
        for outcome in run(jobs):
            progress.advance()
            made = outcome.value[0] if outcome.value else None
            yield Outcome(outcome.name, made, outcome.failure)
    finally:
        progress.finish()


def _source(paper: Paper) -> str:
    return paper.where.file if paper.where else "papers/papers.bib"


def _why_missing(desk: Desk, paper: Paper, seen: Inspection | None, source: Path | None) -> str:
    if source is None or seen is None:
        return desk.say("missing-file", file=paper.pdf_file or f"papers/{paper.key}.pdf")
    return desk.say("missing-unusable", reason=seen.problem or "it has no pages")


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
