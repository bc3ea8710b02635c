"""Images of the edition: only files that exist under `proceedings/`, each tried in a worker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from docutils import nodes

from builder.booklet.printed import VERSIONS
from builder.booklet.typeset import usable_image
from builder.model import Contributor, Finding, Severity, Volume, Where
from builder.prose import Document
from builder.work import Cache, Job, run

KINDS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
"""What can be set."""

MOST_BYTES = 50 << 20
"""A logo or a photo of more than this is a mistake."""


def gather(
    volume: Volume, prose: Mapping[str, Document], root: Path, cache: Cache
) -> tuple[dict[str, str], dict[str, Path], tuple[Finding, ...]]:
    """Images that can be set: path to staged name, staged name to file; and what is wrong.

    Paths are relative to `proceedings/` under `root`. What a worker said of an image is kept.
    """
    folder = (root / "proceedings").resolve()
    names: dict[str, str] = {}
    files: dict[str, Path] = {}
    findings: list[Finding] = []
    pictured = set(_in_prose(prose))
    for path in dict.fromkeys((*_named(volume), *_in_prose(prose))):
        file = (folder / PurePosixPath(path)).resolve()
        if wrong := problem(file, folder):
            # That a logo or a photo is not there, `check` says (`image-missing`).
            if path in pictured or file.exists():
                findings.append(_finding(path, wrong))
            continue
        name = f"{len(files) + 1}{file.suffix.lower()}"
        names[path], files[name] = name, file
    faults = _tried(files, cache)
    for path, name in list(names.items()):
        if wrong := faults[name]:
            findings.append(_finding(path, f"cannot be read: {wrong}"))
            del files[names.pop(path)]
    return names, files, tuple(findings)


def _tried(files: Mapping[str, Path], cache: Cache) -> dict[str, str]:
    """By staged name, why a file cannot be set; empty where it can."""
    keys = {
        name: cache.key("image", *VERSIONS, file.suffix.lower(), file)
        for name, file in files.items()
    }
    known = {name: cache.find_text("image", key, ".txt") for name, key in keys.items()}
    jobs = [Job(name, usable_image, (files[name],)) for name in files if known[name] is None]
    for outcome in run(jobs):
        if outcome.failure:  # another time, it may not be stopped
            known[outcome.name] = outcome.failure.message
            continue
        fault: str = outcome.value
        known[outcome.name] = fault
        cache.store_data("image", keys[outcome.name], fault, ".txt")
    return {name: fault or "" for name, fault in known.items()}


def _named(volume: Volume) -> Iterator[str]:
    sponsors = (sponsor.logo for tier in volume.sponsors for sponsor in tier.sponsors)
    yield from (logo for logo in sponsors if logo)
    yield from volume.booklet.logos
    if volume.booklet.cover == "image" and volume.booklet.cover_image:
        yield volume.booklet.cover_image
    for talk in volume.program.talks:
        yield from _photos(volume, (*talk.speakers, *talk.moderators))


def _in_prose(prose: Mapping[str, Document]) -> Iterator[str]:
    for document in prose.values():
        for image in document.tree.findall(nodes.image):
            if "://" not in image["uri"]:
                yield image["uri"]


def _photos(volume: Volume, people: Iterable[Contributor]) -> Iterator[str]:
    for one in people:
        registered = volume.person(one.person) if one.person else None
        if photo := one.photo or (registered.photo if registered else ""):
            yield photo


def problem(file: Path, folder: Path) -> str:
    """Why `file` is no image of the edition (`folder`: its `proceedings/`), or empty."""
    if not file.is_relative_to(folder):
        return "lies outside `proceedings/`"
    if not file.is_file():
        return "does not exist"
    if file.suffix.lower() not in KINDS:
        return f"is of a kind that cannot be printed ({file.suffix or 'no suffix'})"
    if file.stat().st_size > MOST_BYTES:
        return f"is larger than {MOST_BYTES >> 20} MiB"
    return ""


def _finding(path: str, problem: str) -> Finding:
    return Finding(
        code="image-unusable",
        severity=Severity.WARNING,
        message=f"The image `{path}` {problem}; the booklet does without it",
        where=Where(file=f"proceedings/{path}"),
        hint="Put a PNG, JPEG, WebP, GIF or SVG file there, or take out the reference to it.",
    )
