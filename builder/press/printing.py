"""What is printed: the booklet with its papers, the other kinds, and pages arranged for folding."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from builder import booklet
from builder.booklet import supplements
from builder.booklet.dividing import numbered
from builder.booklet.kinds import FILES, Kind
from builder.press.run import Run
from builder.work import Job, Limits, file_names
from builder.work import run as work_run

_LONG = Limits(seconds=600.0, memory=4 << 30)
"""For arranging the pages of a whole volume."""


def volume(run: Run) -> None:
    """Front matter, stamped papers, the joined volume, audited."""
    made = booklet.build(_request(run))
    run.find(made.findings)
    if run.final:
        run.refuse_errors("the final booklet is refused")
    if not made.sound:
        run.refuse("the booklet failed its audit and was not put in place")
    books = _take(run, "booklet.pdf", made.volume, made.volumes)
    _take(run, "front-matter.pdf", made.front_matter, made.front_matters)
    folder = run.path("papers")
    folder.mkdir(parents=True, exist_ok=True)
    names = file_names(made.papers)
    run.printed = {}
    for key, file in made.papers.items():
        target = folder / f"{names[key]}.pdf"
        file.replace(target)
        run.printed[key] = target
    run.take("papers")
    run.opened = [*books, "papers", *run.opened]
    _supplements(run)


def _take(run: Run, name: str, file: Path, files: Mapping[int, Path]) -> list[str]:
    """One output, or one for each of several volumes; those of another division go."""
    names = [numbered(name, number) for number in files] or [name]
    for one, made in zip(names, files.values() or [file], strict=True):
        run.take(one, made)
    stem, _, ending = name.rpartition(".")
    before = [name, *(old.name for old in sorted(run.desk.build.glob(f"{stem}-[0-9]*.{ending}")))]
    run.staged += [old for old in before if old not in names and (run.desk.build / old).is_file()]
    return names


def made_as(run: Run, name: str) -> list[str]:
    """What an output of this run is called: several names, where there are several volumes."""
    numbers = run.plan.volumes if name == FILES["volume"] else (0,)
    return [numbered(name, number) for number in numbers]


def single(run: Run, kind: Kind) -> None:
    """The handbook, or the front matter, alone."""
    made = booklet.build_single(_request(run), kind)
    run.find(made.findings)
    if run.final:
        run.refuse_errors(f"the final {kind} is refused")
    run.take(FILES[kind], made.file)
    run.opened = [FILES[kind], *run.opened]


def imposed(run: Run, name: str) -> None:
    """The pages of an output that was just made, two on each side, for folding."""
    from builder.pdf.imposing import impose

    target = name.removesuffix(".pdf") + "-imposed.pdf"
    (outcome,) = work_run([Job(target, impose, (run.path(name), run.path(target)), _LONG)])
    if outcome.failure:
        raise OSError(f"{target} cannot be made: {outcome.failure.message}")
    run.take(target)
    run.opened = [target, *run.opened]


def _supplements(run: Run) -> None:
    """Supplements of printed papers in a folder of their own, where the edition wants it."""
    root = run.desk.root
    kept, _ = supplements.keep(run.desk.volume, supplements.measured(run.desk.volume, root))
    beside = [one for one in kept if one.keeping == "beside"]
    if not beside:
        return
    folder = run.path("supplements")
    folder.mkdir(parents=True, exist_ok=True)
    for one in beside:
        shutil.copyfile(root / one.supplement.file, folder / one.name)
    run.take("supplements")
    run.opened.append("supplements")


def _request(run: Run) -> booklet.Request:
    return booklet.Request(
        volume=run.desk.volume,
        plan=run.plan,
        inspections=run.desk.inspections,
        root=run.desk.root,
        sources=run.desk.sources,
        folder=run.outputs.scratch(),
        cache=run.desk.cache,
        draft=not run.final,
        prove=run.prove or run.final,
        findings=tuple(run.found),
        progress=run.desk.progress,
    )
