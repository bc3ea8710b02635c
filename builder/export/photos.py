"""Portraits of people: files of the edition, each tried in a worker before anybody shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from builder.booklet.images import KINDS, problem
from builder.booklet.typeset import usable_image
from builder.model import Contributor, Finding, Severity, Volume, Where
from builder.work import Job, run


def of(volume: Volume, contributor: Contributor) -> str:
    """Where the edition has somebody's photo, relative to `proceedings/`, or empty."""
    person = volume.person(contributor.person) if contributor.person else None
    return contributor.photo or (person.photo if person else "")


def usable(
    root: Path,
    volume: Volume,
    people: Iterable[Contributor],
    kinds: Collection[str] = KINDS,
) -> tuple[Mapping[str, Path], Mapping[str, str]]:
    """The files of the photos of `people` that can be set, and what is wrong with the others.

    Both by path relative to `proceedings/`, which must hold them; `kinds` are suffixes.
    """
    folder = (root / "proceedings").resolve()
    files: dict[str, Path] = {}
    wrong: dict[str, str] = {}
    for path in dict.fromkeys(of(volume, one) for one in people):
        file = (folder / PurePosixPath(path)).resolve()
        if path and (fault := problem(file, folder)):
            wrong[path] = fault
        elif path and file.suffix.lower() not in kinds:
            wrong[path] = f"is of a kind that the journal's class cannot show ({file.suffix})"
        elif path:
            files[path] = file
    jobs = [Job(path, usable_image, (file,)) for path, file in files.items()]
    for outcome in run(jobs) if jobs else ():
        if fault := outcome.failure.message if outcome.failure else outcome.value:
            wrong[outcome.name] = f"cannot be read: {fault}"
            del files[outcome.name]
    return files, wrong


def unusable(path: str, why: str) -> Finding:
    """That a photo is left out; `why` continues "the photo …"."""
    return Finding(
        code="export-photo",
        severity=Severity.WARNING,
        message=f"the photo proceedings/{path} {why}; the package does without it",
        where=Where(file=f"proceedings/{path}"),
        hint="put a PNG or JPEG file there, or take out the reference to it",
    )
