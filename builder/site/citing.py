"""Every citation of every paper, written once, however many files and pages show it.

They are kept from build to build: those of a paper change only if the paper does, its pages, or
what is said of the whole volume.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import marshal
import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from builder import cite
from builder.model import Paper, Plan, Volume
from builder.site.said import said, said_of_all
from builder.work import Cache
from builder.work.program import release

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


_KIND = "citations"


class Citations:
    """The citations of one edition.

    `cache` is for these alone: what nobody cites any more is not kept.
    """

    def __init__(self, volume: Volume, plan: Plan, cache: Cache | None = None) -> None:
        self._volume = volume
        self._plan = plan
        self._cache = cache
        self._known: dict[tuple[str, str], str] = {}
        """Texts by what they are made of, and suffix."""
        self._made_of: dict[str, str] = {}
        """By paper."""
        self._before: dict[str, str] = {}
        """What the last build kept, by the same two as one string."""
        self._key = ""
        if cache:
            # What is said of one paper goes by itself.
            rooms = release("cite", "model", "site")
            self._key = cache.key(*rooms, said_of_all(volume))
            with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
                if file := cache.find(_KIND, self._key, ".bin"):
                    self._before = dict(marshal.loads(file.read_bytes()))  # noqa: S302

    def __repr__(self) -> str:
        return f"<Citations of {self._volume.event.short_name!r}>"

    def of(self, paper: Paper, suffix: str) -> str:
        """One paper's file."""
        return self._kept(
            self._digest(paper),
            suffix,
            lambda: _WRITERS[suffix](self._volume, paper, self._plan),
        )

    def all(self, papers: Iterable[Paper], suffix: str) -> str:
        """One file of several papers."""
        parts = [self.of(paper, suffix) for paper in papers]
        match suffix:
            case "mods.xml":
                return cite.mods_joined(parts)
            case "bib":
                return "\n".join([cite.volume_bibtex(self._volume, self._plan), *parts])
            case "json":
                # Each is a list of one, over several lines.
                return "[\n" + ",\n".join(part[2:-3] for part in parts) + "\n]\n"
            case _:
                return "".join(parts)

    def keep(self) -> None:
        """Keeps what was written so far, and nothing older, for the next build."""
        now = {f"{made_of} {suffix}": text for (made_of, suffix), text in self._known.items()}
        if self._cache is None or now == self._before:
            return
        # At 5,000 papers this is fifty megabytes, which JSON would hold three times over.
        data = marshal.dumps(now)
        # An edition of somebody else's may lie where nothing can be written.
        with contextlib.suppress(OSError):
            shutil.rmtree(self._cache.folder, ignore_errors=True)
            self._cache.store_data(_KIND, self._key, data, ".bin")

    def _kept(self, made_of: str, suffix: str, write: Callable[[], str]) -> str:
        if (made_of, suffix) not in self._known:
            before = self._before.get(f"{made_of} {suffix}")
            self._known[made_of, suffix] = write() if before is None else str(before)
        return self._known[made_of, suffix]

    def _digest(self, paper: Paper) -> str:
        """Of everything but the volume that a paper's citations are made of."""
        if paper.key not in self._made_of:
            planned = self._plan.of(paper.key)
            # Of its file, no citation says anything.
            text = said(paper) + repr(planned and replace(planned, sha256=""))
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            self._made_of[paper.key] = digest
        return self._made_of[paper.key]
