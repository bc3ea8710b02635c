"""The papers of each track as one zip, so that nobody has to fetch them one by one."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from builder.site.views import PaperView, Shelf
from builder.site.words import say
from builder.work import file_names

FOLDER = "downloads"

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip can hold; so the same papers give the same bytes."""


def bundles(shelf: Shelf) -> Iterator[tuple[str, str, Path]]:
    """Title, path below the site's root and file of each zip; none where no PDF is linked.

    The archives lie in the cache, one for each track, and are written again only when a file in
    them changed. An edition without tracks has one for all papers.
    """
    groups = [
        (track.id if track else "", track.name if track else "", views)
        for track, views in shelf.tracks
    ]
    if len(groups) == 1:
        groups = [("all", say("All papers"), groups[0][2])]
    names = file_names(id or "other" for id, _, _ in groups)
    for id, title, views in groups:
        if any(view.pdf for view in views):
            name = names[id or "other"]
            path = f"{FOLDER}/{name}.zip"
            yield title or say("Other papers"), path, _archive(shelf, name, views)


def _archive(shelf: Shelf, name: str, views: tuple[PaperView, ...]) -> Path:
    desk = shelf.desk
    files = {
        view.pdf.rpartition("/")[2]: desk.printed.papers[view.paper.key]
        for view in views
        if view.pdf
    }
    entries = "\n".join(shelf.citations.of(view.paper, "bib") for view in views)
    cache = desk.cache
    total = hashlib.sha256(entries.encode("utf-8", "replace"))
    for inside, file in files.items():
        total.update(f"{inside} {cache.digests.of(file)}\n".encode())
    # One place for each track: yesterday's archive is not kept beside today's.
    place = cache.within("bundles", name)
    key = total.hexdigest()
    if known := place.find("zip", key, ".zip"):
        return known
    shutil.rmtree(place.folder, ignore_errors=True)
    return place.store("zip", key, ".zip", lambda path: _write(path, files, entries))


def _write(path: Path, files: dict[str, Path], entries: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        # PDFs are compressed already.
        for inside, file in sorted(files.items()):
            with archive.open(_info(inside), "w") as target, file.open("rb") as source:
                shutil.copyfileobj(source, target, 1 << 20)
        archive.writestr(
            _info("citations.bib", zipfile.ZIP_DEFLATED), entries.encode("utf-8", "replace")
        )


def _info(name: str, method: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = method
    # The same on every system: made on Unix, readable by everybody.
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    return info
