"""What becomes of the files that came with papers: embedded in the volume, beside it, or nothing.

A pure function decides, so that the list in the booklet, the volume and the folder agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from builder.model import Finding, Paper, Severity, Supplement, Volume, Where
from builder.model.booklet import Keeping
from builder.model.markup import plain
from builder.work import file_names

if TYPE_CHECKING:
    from builder.pdf import Attachment

MOST = 50 * 1024 * 1024
"""Bytes of one attachment: everybody who downloads the volume downloads it."""

MOST_TOGETHER = 500 * 1024 * 1024
"""Bytes of all attachments of a volume."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One supplement that exists, and what becomes of it."""

    paper: str
    """Its paper's key."""
    supplement: Supplement
    keeping: Keeping
    name: str
    """What it is called in the volume or beside it: safe on every system, unique."""


def keep(volume: Volume, sizes: Mapping[str, int]) -> tuple[tuple[Kept, ...], tuple[Finding, ...]]:
    """The supplements of printed papers that are kept, and what is too large to be attached.

    `sizes` are bytes by path (as in `Supplement.file`) of the files that exist; those that do not
    are told by `check`.
    """
    said = volume.booklet
    wanted = [
        (paper, one, said.keeping(one.kind))
        for paper in volume.printed
        for one in paper.supplements
        if one.file in sizes and said.keeping(one.kind) != "none"
    ]
    names = _names([one.file for _, one, _ in wanted])
    found: list[Kept] = []
    findings: list[Finding] = []
    together = 0
    for paper, one, keeping in wanted:
        size = sizes[one.file]
        fits = size <= MOST and together + size <= MOST_TOGETHER
        if keeping == "attach" and fits:
            together += size
        elif keeping == "attach":
            findings.append(_too_large(paper, one, size))
        found.append(Kept(paper.key, one, keeping if fits else "beside", names[one.file]))
    return tuple(found), tuple(findings)


def measured(volume: Volume, root: Path) -> dict[str, int]:
    """Bytes of every supplement of a printed paper that exists below `root`."""
    files = [root / one.file for paper in volume.printed for one in paper.supplements]
    return {
        file.relative_to(root).as_posix(): file.stat().st_size for file in files if file.is_file()
    }


def attached(volume: Volume, kept: Iterable[Kept], root: Path) -> dict[str, tuple[Attachment, ...]]:
    """What is embedded, by paper; files are found below `root`."""
    found: dict[str, tuple[Attachment, ...]] = {}
    for one in kept:
        if one.keeping == "attach":
            found[one.paper] = (*found.get(one.paper, ()), _attachment(volume, one, root))
    return found


def _attachment(volume: Volume, one: Kept, root: Path) -> Attachment:
    # Whoever only reads what the booklet prints loads no engine.
    from builder.pdf import Attachment

    paper = volume.paper(one.paper)
    assert paper is not None
    said = one.supplement.title or one.supplement.kind
    title = " ".join(plain.render(paper.title).split())
    return Attachment(
        path=root / one.supplement.file,
        name=one.name,
        mime=mime(one.supplement.file),
        description=f"{said}: {title}",
        relationship="Data" if one.supplement.kind == "dataset" else "Supplement",
    )


def _names(files: list[str]) -> dict[str, str]:
    """A name for each path: its last part as far as every system allows it."""
    last = {file: PurePosixPath(file).name for file in files}
    known = list(last.values())
    # Where two folders have a file of one name, both are called by their whole paths.
    stems = {
        file: PurePosixPath(name if known.count(name) == 1 else file).with_suffix("").as_posix()
        for file, name in last.items()
    }
    safe = file_names(stems.values())
    endings = {
        file: re.sub(r"[^A-Za-z0-9.]", "", PurePosixPath(name).suffix)
        for file, name in last.items()
    }
    return {file: safe[stems[file]] + endings[file] for file in files}


def _too_large(paper: Paper, one: Supplement, size: int) -> Finding:
    return Finding(
        code="supplement-not-attached",
        severity=Severity.WARNING,
        message=f"{one.file} has {size >> 20} MB: too large to be attached to the volume "
        f"({MOST >> 20} MB each, {MOST_TOGETHER >> 20} MB together); it is kept beside it",
        subject=paper.key,
        where=Where(file=one.file),
        hint="Nothing has to be done; or publish it elsewhere and give its address (`data`).",
    )


_MIMES = {
    "bib": "text/x-bibtex",
    "bz2": "application/x-bzip2",
    "c": "text/x-c",
    "cpp": "text/x-c++",
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif",
    "gz": "application/gzip",
    "h5": "application/x-hdf5",
    "html": "text/html",
    "ipynb": "application/x-ipynb+json",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "m": "text/x-matlab",
    "md": "text/markdown",
    "mkv": "video/x-matroska",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "nc": "application/x-netcdf",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "parquet": "application/vnd.apache.parquet",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "py": "text/x-python",
    "r": "text/x-r",
    "svg": "image/svg+xml",
    "tar": "application/x-tar",
    "tex": "text/x-tex",
    "tgz": "application/gzip",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "wav": "audio/wav",
    "webm": "video/webm",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "xz": "application/x-xz",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}
"""Media types by ending (iana.org/assignments/media-types, else what is usual). Python's own table
is the machine's: the same edition would give other bytes elsewhere."""


def mime(file: str) -> str:
    """The media type of a file, by its ending."""
    return _MIMES.get(file.rpartition(".")[2].lower(), "application/octet-stream")
