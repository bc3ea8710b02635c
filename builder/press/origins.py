"""What outputs are made from: the editors' files and the papers, each by its digest."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass

from builder.press import manifest
from builder.press.desk import Desk
from builder.work import file_names


@dataclass(frozen=True, slots=True)
class Origins:
    """The sources of one run."""

    digests: Mapping[str, str]
    """SHA-256 of every file that was read, by its path below the edition's root."""
    sets: Mapping[str, list[str]]
    everything: str
    """The set of all sources: what booklet, site and packages are made of."""
    papers: Mapping[str, list[str]]
    """A stamped paper is made of its own PDF and the editors' files, not of other papers."""

    def of(self, output: str) -> list[str]:
        """What an output (its path below `build/`) was made from: sources, or sets of them."""
        return self.papers.get(output, [self.everything])


def origins(desk: Desk) -> Origins:
    """What outputs of this edition are made from."""
    digests = {}
    for file in [*desk.files, *desk.sources.values()]:
        if file.is_file() and file.is_relative_to(desk.root):
            # A file that may not be read was no source of anything; a finding says so.
            with contextlib.suppress(PermissionError):
                name = file.relative_to(desk.root).as_posix()
                digests[name] = desk.cache.digests.of(file)
    theirs = {key: file.relative_to(desk.root).as_posix() for key, file in desk.sources.items()}
    names = file_names(theirs)
    everything, all_members = manifest.collect(digests)
    editors, their_members = manifest.collect(digests.keys() - set(theirs.values()))
    return Origins(
        digests=digests,
        sets={everything: all_members, editors: their_members},
        everything=everything,
        papers={f"papers/{names[key]}.pdf": [editors, source] for key, source in theirs.items()},
    )
