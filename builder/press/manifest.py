"""`manifest.json`: every output with its size, its digest and what it was made from.

What many outputs were made from is written once: `from` names sources, or sets of them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from builder.work import Digests, below

SET = "set:"
"""How the name of a set begins; it is named by its content, so that equal sets are one."""


def collect(sources: Iterable[str]) -> tuple[str, list[str]]:
    """A set of sources: its name, and its members."""
    members = sorted(set(sources))
    digest = hashlib.sha256("\0".join(members).encode("utf-8", "surrogateescape"))
    return f"{SET}{digest.hexdigest()[:12]}", members


def read(path: Path) -> dict[str, Any]:
    """The manifest as it stands, or an empty one where there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    if not isinstance(found, dict) or not isinstance(found.get("outputs"), dict):
        return {"plan": "", "sources": {}, "sets": {}, "outputs": {}}
    return found


def describe(
    staged: Path, place: Path, name: str, sources: Callable[[str], list[str]], digests: Digests
) -> dict[str, Any]:
    """One entry per file at or below `staged`, which is to become the output `name` in `place`.

    `sources` says what an output was made from.
    """
    inside = [f"/{path}" for path in below(staged)] if staged.is_dir() else [""]
    found = {}
    for path in sorted(inside):
        file = f"{staged}{path}"
        if os.path.isfile(file):  # noqa: PTH113  # a site has thousands
            found[f"{name}{path}"] = {
                "size": os.stat(file).st_size,  # noqa: PTH116
                "sha256": digests.of(file, f"{place}/{name}{path}"),
                "from": sources(f"{name}{path}"),
            }
    return found


def update(
    before: Mapping[str, Any],
    *,
    plan: str | None,
    sources: Mapping[str, str],
    sets: Mapping[str, Sequence[str]],
    replaced: Iterable[str],
    outputs: Mapping[str, Any],
    final: Iterable[str] = (),
) -> dict[str, Any]:
    """The manifest after a run: entries of what was `replaced` go, `outputs` come.

    `final` names those that are no drafts.

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
    groups = {**before.get("sets", {}), **sets}
    groups = {name: list(groups[name]) for name in sorted(named) if name in groups}
    named.update(*groups.values())
    known = {**before.get("sources", {}), **sources}
    return {
        "plan": before.get("plan", "") if plan is None else plan,
        "final": sorted({*before.get("final", ())}.difference(gone).union(final)),
        "sources": {name: known[name] for name in sorted(named) if name in known},
        "sets": groups,
        "outputs": dict(sorted(merged.items())),
    }


def write(path: Path, manifest: Mapping[str, Any]) -> None:
    """Writes it, readable and always in the same order."""
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
