"""The merge base: what each format last gave, in a plain file that is committed with the edition.

`proceedings/.received/<format>.json` holds no e-mail address; what was received of those stands
in `private/.received/<format>.json`, which nobody commits.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = "proceedings/.received"
PRIVATE = "private/.received"


@dataclass(slots=True)
class Received:
    """What one format last gave."""

    papers: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By the source's id: `key`, `kind`, `fields`, `number`."""
    tables: dict[str, Any] = field(default_factory=dict)
    """By file (`papers/authors.yaml`): its data as received."""
    texts: dict[str, str] = field(default_factory=dict)
    """Prose by file."""
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 of copied files, by path."""

    @classmethod
    def read(cls, root: Path, folder: str, format: str) -> Received:
        """What stands in the edition; empty if there is nothing, or nothing that can be read."""
        try:
            data = json.loads((root / folder / f"{format}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return cls()
        if not isinstance(data, dict):
            return cls()

        def part(name: str, kind: type) -> dict[str, Any]:
            value = data.get(name)
            if not isinstance(value, dict):
                return {}
            return {key: inner for key, inner in value.items() if isinstance(inner, kind)}

        papers = {
            id: paper
            for id, paper in part("papers", dict).items()
            if isinstance(paper.get("key"), str) and isinstance(paper.get("fields"), dict)
        }
        return cls(papers, part("tables", object), part("texts", str), part("files", str))

    def text(self) -> str:
        """As the file holds it."""
        data = {
            "about": "What was last received, so that a later gather can tell what the editors "
            "changed since. Commit this file; do not edit it.",
            "papers": self.papers,
            "tables": self.tables,
            "texts": self.texts,
            "files": dict(sorted(self.files.items())),
        }
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

    @property
    def empty(self) -> bool:
        """Whether nothing was received."""
        return not (self.papers or self.tables or self.texts or self.files)


def numbers(root: Path) -> dict[str, str]:
    """The submission numbers that any format gave, by the paper's key; files are named by them."""
    found: dict[str, str] = {}
    folder = root / FOLDER
    for file in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        for paper in Received.read(root, FOLDER, file.stem).papers.values():
            number = paper.get("number")
            if isinstance(number, str) and number:
                found[paper["key"]] = number
    return found
