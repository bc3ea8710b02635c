"""The files in `papers/`: what a paper's are called, and what kind of supplement they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from builder.model import Supplement

_KINDS = {
    "software": ("software", "code", "source", "src", "program"),
    "dataset": ("dataset", "datasets", "data"),
    "poster": ("poster",),
    "presentation": ("presentation", "slides", "talk"),
    "video": ("video", "recording"),
    "note": ("note", "notes"),
    "checklist": ("checklist",),
    "appendix": ("appendix", "appendices"),
    "copyright": ("copyright", "licence", "license"),
}
_EXTENSIONS = {
    **dict.fromkeys(["pptx", "ppt", "odp", "key"], "presentation"),
    **dict.fromkeys(["mp4", "mov", "webm", "mkv", "avi"], "video"),
    **dict.fromkeys(["csv", "tsv", "json", "jsonl", "parquet", "h5", "nc", "tif"], "dataset"),
    **dict.fromkeys(["py", "ipynb", "r", "jl", "m", "whl"], "software"),
}
_SUPPLEMENT = re.compile(r"(?P<key>.+?)-supp(?:-(?P<name>[^.]+))?\.(?P<ext>[^-]+)")


def file_name(key: str) -> str:
    """What a paper's files are called: its key, but for what no file's name can hold."""
    name = re.sub(r'[\x00-\x20/\\:*?"<>|{}%~#,=()\']+', "-", key)
    return re.sub(r"^\.+", "", name).strip("-. ") or "paper"


def of(files: Iterable[str]) -> dict[str, list[Supplement]]:
    """The supplements among the names of files, by the name that their paper's files have."""
    found: dict[str, list[Supplement]] = {}
    for name in sorted(files):
        # NFC: macOS gives file names decomposed.
        match = _SUPPLEMENT.fullmatch(unicodedata.normalize("NFC", name))
        if match is None or name.startswith("."):
            continue
        label, extension = (match["name"] or "").lower(), match["ext"].lower()
        words = re.split(r"[^a-z]+", label)
        kind = next(
            (kind for kind, marks in _KINDS.items() if any(mark in words for mark in marks)),
            _EXTENSIONS.get(extension, "supplement"),
        )
        title = "" if label in {"", kind, *_KINDS.get(kind, ())} else match["name"]
        title = title.replace("_", " ").replace("-", " ")
        supplement = Supplement(file=f"papers/{name}", kind=kind, title=title)
        found.setdefault(match["key"], []).append(supplement)
    return found


def listing(folder: Path) -> tuple[str, ...]:
    """The names of the files in a folder, or nothing if there is no such folder."""
    try:
        return tuple(path.name for path in folder.iterdir() if path.is_file())
    except OSError:
        return ()
