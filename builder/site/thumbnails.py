"""Pictures of first pages: each made once, in a worker, from the editors' own file.

A file that makes the worker fail is remembered as such, and never tried again until it changes.
"""

from __future__ import annotations

import functools
import shutil
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from builder import pdf
from builder.model import PdfKind
from builder.site.desk import Desk
from builder.work import Cache, Job, Limits, run

_FORM = "1"
"""Raised whenever the same file would yield another picture."""

_LIMITS = Limits()


def attach(desk: Desk) -> None:
    """Adds a picture to every paper whose PDF the site links."""
    cache = desk.cache
    engines = [version(name) for name in ("pypdfium2", "pillow")]
    found: dict[str, Path] = {}
    wanted: dict[str, tuple[Path, str]] = {}
    for paper in desk.volume.shown:
        source = desk.root / paper.pdf_file
        if paper.key not in desk.printed.papers or paper.pdf is not PdfKind.LOCAL:
            continue
        if not source.is_file():
            continue
        key = cache.key(_FORM, *engines, source)
        if known := cache.find("thumbnail", key, ".jpg"):
            found[paper.key] = known
        elif not cache.find("thumbnail", key, ".none"):
            wanted[paper.key] = (source, key)
    if wanted:
        found |= _drawn(wanted, cache)
    # In the volume's order, whatever was in the cache.
    ordered = {paper.key: found[paper.key] for paper in desk.volume.shown if paper.key in found}
    desk.printed = replace(desk.printed, thumbnails=ordered)


def _drawn(wanted: dict[str, tuple[Path, str]], cache: Cache) -> Iterable[tuple[str, Path]]:
    with TemporaryDirectory() as folder:
        targets = {key: Path(folder) / f"{number}.jpg" for number, key in enumerate(wanted)}
        jobs = [Job(key, pdf.thumbnail, (wanted[key][0], targets[key]), _LIMITS) for key in wanted]
        made = []
        for outcome in run(jobs):
            digest = wanted[outcome.name][1]
            if outcome.failure is None and targets[outcome.name].is_file():
                copy = functools.partial(shutil.copyfile, targets[outcome.name])
                made.append((outcome.name, cache.store("thumbnail", digest, ".jpg", copy)))
            elif outcome.failure is None or outcome.failure.kind == "error":
                # What only a limit stopped (a busy machine, perhaps) is tried again next time.
                cache.store_data("thumbnail", digest, "", ".none")
    return made
