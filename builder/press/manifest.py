"""`manifest.json`: every output with its size, its digest and what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(path: Path) -> dict[str, Any]:
    """The manifest as it stands, or an empty one where there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    if not isinstance(found, dict) or not isinstance(found.get("outputs"), dict):
        return {"plan": "", "sources": {}, "outputs": {}}
    return found


def describe(staged: Path, relative: str, sources: Sequence[str]) -> dict[str, Any]:
    """One entry per file at or below `staged`, by its path below `build/`."""
    files = sorted(staged.rglob("*")) if staged.is_dir() else [staged]
    return {
        (f"{relative}/{file.relative_to(staged).as_posix()}" if staged.is_dir() else relative): {
            "size": file.stat().st_size,
            "sha256": digest(file),
            "from": list(sources),
        }
        for file in files
        if file.is_file()
    }


def update(
    before: Mapping[str, Any],
    *,
    plan: str | None,
    sources: Mapping[str, str],
    replaced: Iterable[str],
    outputs: Mapping[str, Any],
) -> dict[str, Any]:
    """The manifest after a run: entries of what was `replaced` go, `outputs` come.

    `plan` is the digest of the pagination that booklet and papers now follow; `None` leaves it.
    """
    gone = tuple(replaced)
    kept = {
        path: entry
        for path, entry in before["outputs"].items()
        if not any(path == name or path.startswith(f"{name}/") for name in gone)
    }
    merged = kept | dict(outputs)
    named = {source for entry in merged.values() for source in entry["from"]}
    known = {**before.get("sources", {}), **sources}
    return {
        "plan": before.get("plan", "") if plan is None else plan,
        "sources": {name: known[name] for name in sorted(named) if name in known},
        "outputs": dict(sorted(merged.items())),
    }


def write(path: Path, manifest: Mapping[str, Any]) -> None:
    """Writes it, readable and always in the same order."""
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
