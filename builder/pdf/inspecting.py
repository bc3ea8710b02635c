"""Facts about strangers' files: each in a limited worker, remembered by content.

Whoever asks for them loads no reader; workers do (`looking`).
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from builder.model import Inspection
from builder.pdf.counting import ENGINES, Counts, count
from builder.pdf.readers import readers
from builder.work import Cache, Job, Limits, Progress, expect, run

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_READER = "builder.pdf.looking"
"""What workers import; see `builder.work.expect`."""

_UNASKED: Counts = (("pypdf", None),)
"""pypdf reads every object to count the pages, and is so slow over some files that its answer must
not cost what the others find: it is asked apart, and only where the others have doubts. What
it alone objects to is not heard then; it reads the printed volume in any case (`audit`)."""

_FORM = "3"
"""Raised whenever the same file would yield another `Inspection`; the cache is then begun anew."""


def inspect(path: Path, counts: Counts = (), *, text: bool = True, sha256: str = "") -> Inspection:
    """Look at one file. Only ever to be called in a worker: the file may be hostile.

    Give `counts` where engines have been asked already, and `sha256` where it is known. Without
    `text`, pdfium is not asked to read the pages, for files over which it crashes. A file that
    cannot be used yields an `Inspection` with a `problem`. Raises `OSError` if it cannot be read
    from disk.
    """
    from builder.pdf.looking import look

    return look(path, counts, text=text, sha256=sha256)


def inspect_all(
    files: Mapping[str, Path],
    cache: Cache,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> dict[str, Inspection]:
    """Look at all `files` (any name to path), each in a worker; never raises for a bad file.

    What a file cannot be used for stands in its `Inspection.problem`. Results are remembered by
    content. A missing file yields an `Inspection` with `size` 0 and a problem.
    """
    limits = limits or Limits()
    found: dict[str, Inspection] = {}
    keys: dict[str, str] = {}
    waiting: dict[str, Path] = {}
    digests: dict[str, str] = {}
    for name, path in files.items():
        try:
            keys[name] = cache.key("inspection", _FORM, readers(), path)
            digests[name] = cache.digests.of(path)
        except OSError as error:
            found[name] = Inspection(
                sha256="", size=0, problem=f"it cannot be read: {error.strerror or error}"
            )
            continue
        stored = cache.find_text("inspection", keys[name])
        if stored is not None:
            with contextlib.suppress(ValueError):
                found[name] = _adapter().validate_json(stored)
                continue
        waiting[name] = path
    if waiting:
        expect(_READER)
    first = [
        Job(name, _inspect_unasked, (path, digests[name]), limits) for name, path in waiting.items()
    ]
    failures: dict[str, str] = {}
    doubtful: list[Job] = []
    for outcome in run(first, workers=workers, progress=progress, what="papers"):
        name, path = outcome.name, waiting[outcome.name]
        inspection = cast("Inspection | None", outcome.value)
        if inspection is None:
            assert outcome.failure is not None
            failures[name] = outcome.failure.message
            doubtful += [Job(name, count, (path, engine), limits) for engine in ENGINES]
        elif _is_sound(inspection):
            found[name] = replace(inspection, counts=_without_pypdf(inspection.counts))
        else:
            found[name] = inspection
            doubtful.append(Job(name, count, (path, "pypdf"), limits))
    known: dict[str, Counts] = {}
    for job, outcome in zip(doubtful, run(doubtful, workers=workers), strict=True):
        name, engine = job.name, job.args[1]
        counts = known.get(name, found[name].counts if name in found else ())
        known[name] = _with(counts, engine, cast("int | None", outcome.value))
    for name, counts in known.items():
        if name in found:
            found[name] = replace(found[name], counts=counts)
    _second_look(
        waiting=waiting,
        found=found,
        failures=failures,
        known=known,
        limits=limits,
        workers=workers,
    )
    for name in waiting:
        # A limit that fired under load may not fire again, so failures are not remembered.
        if name not in failures:
            cache.store_data("inspection", keys[name], as_json(found[name]))
    return {name: found[name] for name in files}


def _is_sound(inspection: Inspection) -> bool:
    """Whether all who were asked read the file without a word, and count the same pages."""
    counts = {number for engine, number in inspection.counts if engine != "pypdf"}
    return not inspection.problem and not inspection.repairs and len(counts) == 1


def as_json(inspection: Inspection) -> bytes:
    """All that was seen, as it is remembered."""
    return _adapter().dump_json(inspection)


def _second_look(
    *,
    waiting: Mapping[str, Path],
    found: dict[str, Inspection],
    failures: Mapping[str, str],
    known: Mapping[str, Counts],
    limits: Limits,
    workers: int | None,
) -> None:
    """Look again, with what is known by now, at files over which a reader failed or saw less."""
    jobs = [
        Job(name, _inspect_without_text, (waiting[name], known[name]), limits)
        for name in failures
        if dict(known[name])["qpdf"]
    ]
    jobs += [
        Job(name, inspect, (waiting[name], counts), limits)
        for name, counts in known.items()
        if name in found
        and (dict(counts).get("pypdf") or 0) > len(found[name].pages)
        and not any("could be read" in repair for repair in found[name].repairs)
    ]
    for outcome in run(jobs, workers=workers):
        value = cast("Inspection | None", outcome.value)
        if value is None:
            continue
        if outcome.name in failures:
            if value.usable:
                reason = f"its text could not be read: {failures[outcome.name]}"
                value = replace(value, repairs=(reason, *value.repairs))
            found[outcome.name] = value
        elif len(value.pages) >= len(found[outcome.name].pages):
            found[outcome.name] = value
    for name, message in failures.items():
        if name not in found:
            path = waiting[name]
            counts = known[name]
            said = ", ".join(f"{engine}: {number or 'none'}" for engine, number in counts)
            found[name] = Inspection(
                sha256=_digest(path),
                size=path.stat().st_size,
                counts=counts,
                problem=f"it could not be inspected: {message} (pages found: {said})",
            )


def _inspect_unasked(path: Path, sha256: str) -> Inspection:
    return inspect(path, _UNASKED, sha256=sha256)


def _inspect_without_text(path: Path, counts: Counts) -> Inspection:
    return inspect(path, counts, text=False)


def _with(counts: Counts, engine: str, pages: int | None) -> Counts:
    known = dict(counts) | {engine: pages}
    return tuple((name, known.get(name)) for name in ENGINES)


def _without_pypdf(counts: Counts) -> Counts:
    return tuple(one for one in counts if one[0] != "pypdf")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@functools.cache
def _adapter() -> TypeAdapter[Inspection]:
    from pydantic import TypeAdapter

    return TypeAdapter(Inspection)
