"""What outputs are made from: the editors' files and the papers, each by its digest."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

from builder.press import manifest
from builder.press.desk import Desk
from builder.work import file_names


def digests(desk: Desk) -> dict[str, str]:
    """SHA-256 of every file that was read, by its path below the edition's root."""
    found = {}
    for file in [*desk.files, *desk.sources.values()]:
        if file.is_file() and file.is_relative_to(desk.root):
            # A file that may not be read was no source of anything; a finding says so.
            with contextlib.suppress(PermissionError):
                found[file.relative_to(desk.root).as_posix()] = manifest.digest(file)
    return found


def narrowed(entries: Mapping[str, Any], desk: Desk) -> dict[str, Any]:
    """The manifest's entries, where a stamped paper is made of its own PDF, not of other papers."""
    theirs = {key: file.relative_to(desk.root).as_posix() for key, file in desk.sources.items()}
    names = file_names(theirs)
    own = {f"papers/{names[key]}.pdf": source for key, source in theirs.items()}
    others = set(theirs.values())
    return {
        path: entry
        | {"from": [name for name in entry["from"] if name not in others or name == own[path]]}
        if path in own
        else entry
        for path, entry in entries.items()
    }
