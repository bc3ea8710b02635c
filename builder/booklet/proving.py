"""The proof that printed papers are what their authors gave; verdicts are kept by content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from builder import __version__
from builder.booklet.printed import VERSIONS, Printed
from builder.booklet.working import prove
from builder.model import Finding, Inspection, Plan, Severity, Where
from builder.pdf import Verdict
from builder.pdf.proof import FORM, summary
from builder.work import Cache, Job, Limits, Progress, run

_VERDICT: TypeAdapter[Verdict] = TypeAdapter(Verdict)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be compared: the papers of a volume, and what they were made from."""

    plan: Plan
    printed: Mapping[str, Printed]
    sources: Mapping[str, Path]
    inspections: Mapping[str, Inspection]


def prove_papers(
    task: Task,
    volume: Path,
    first_sheet: int,
    *,
    cache: Cache,
    progress: Progress | None = None,
) -> tuple[Finding, ...]:
    """Compare each paper's pages in `volume` with its source; what differs, and what was proved.

    `first_sheet` (from 1) is the sheet of page 1. The verdict on a paper holds as long as neither
    its source nor what was made of it changes: joining copies pages, and the audit of each volume
    sees that it did.
    """
    verdicts: dict[str, Verdict] = {}
    keys: dict[str, str] = {}
    jobs: list[Job] = []
    for planned in task.plan.papers:
        one = task.printed[planned.key]
        if not one.real:
            continue
        source = task.sources[planned.key]
        keys[planned.key] = key = cache.key(
            "proof", FORM, __version__, *VERSIONS, source, one.file, _added(one)
        )
        if (kept := cache.find_text("proof", key)) is not None:
            try:
                verdicts[planned.key] = _VERDICT.validate_json(kept)
                continue
            except ValueError:
                pass  # the cache may rot at any time
        seen = task.inspections.get(planned.key)
        place = (volume, first_sheet + planned.first - 1)
        counts = seen.counts if seen else ()
        jobs.append(
            Job(
                planned.key,
                prove,
                (source, one.file, one.prepared, counts, place),
                Limits(seconds=60 + 2.0 * planned.pages),
            )
        )
    findings: list[Finding] = []
    for outcome in run(jobs, progress=progress, what="Proof"):
        if outcome.failure:
            findings.append(_failed(task, outcome.name, outcome.failure.message))
            continue
        verdicts[outcome.name] = outcome.value
        cache.store_data("proof", keys[outcome.name], _VERDICT.dump_json(outcome.value))
    ordered = {p.key: verdicts[p.key] for p in task.plan.papers if p.key in verdicts}
    for key, verdict in ordered.items():
        findings += verdict.findings(key, _name(task, key))
    return (*findings, summary(ordered)) if ordered else tuple(findings)


def _added(one: Printed) -> str:
    """What the proof lets differ, the same whether it was made now or kept."""
    boxes = [(placed.page, placed.box) for placed in one.prepared.stamps]
    boxes += one.prepared.covered
    return repr([(page, *map(float, box)) for page, box in boxes])


def _name(task: Task, key: str) -> str:
    return f"papers/{task.sources[key].name}"


def _failed(task: Task, key: str, problem: str) -> Finding:
    return Finding(
        code="proof-failed",
        severity=Severity.WARNING,
        message=f"The printed paper could not be compared with the authors' file: {problem}",
        subject=key,
        where=Where(file=_name(task, key)),
        hint="Look at the paper in the booklet; ask the authors for a fresh PDF if it is damaged.",
    )
