"""Every citation of every paper, written once, however many files and pages show it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from builder import cite
from builder.model import Paper, Plan, Volume

Writer = Callable[[Volume, Paper, Plan], str]


def as_json(data: Any) -> str:
    """JSON as the site writes it, the same every time."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


_WRITERS: dict[str, Writer] = {
    "bib": cite.bibtex,
    "ris": cite.ris,
    "json": lambda volume, paper, plan: as_json([cite.csl(volume, paper, plan)]),
    "enw": cite.endnote,
    "mods.xml": cite.mods,
}
SUFFIXES = tuple(_WRITERS)
"""Of the files that lie beside a paper's page."""


class Citations:
    """The citations of one edition."""

    def __init__(self, volume: Volume, plan: Plan) -> None:
        self._volume = volume
        self._plan = plan
        self._known: dict[tuple[str, str], str] = {}

    def __repr__(self) -> str:
        return f"<Citations of {self._volume.event.short_name!r}>"

    def of(self, paper: Paper, suffix: str) -> str:
        """One paper's file."""
        key = (paper.key, suffix)
        if key not in self._known:
            self._known[key] = _WRITERS[suffix](self._volume, paper, self._plan)
        return self._known[key]

    def all(self, papers: Iterable[Paper], suffix: str) -> str:
        """One file of several papers."""
        listed = list(papers)
        parts = [self.of(paper, suffix) for paper in listed]
        match suffix:
            case "bib":
                return "\n".join([cite.volume_bibtex(self._volume, self._plan), *parts])
            case "json":
                # Each is a list of one, over several lines.
                return "[\n" + ",\n".join(part[2:-3] for part in parts) + "\n]\n"
            case "mods.xml":
                return cite.mods_collection(self._volume, listed, self._plan)
            case _:
                return "".join(parts)
