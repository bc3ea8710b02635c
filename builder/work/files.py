"""The files of a folder, by name: of a site's thousands, a `Path` each costs more than the look."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path


def below(folder: Path, but: Collection[str] = ()) -> Iterator[str]:
    """Every file at any depth below `folder`, by its path with forward slashes.

    Files and folders of the paths `but` are left out, with all that is in them; so are second
    names (symbolic links) of folders. A folder that does not exist has no files.
    """
    for top, folders, files in os.walk(folder):
        inside = os.path.relpath(top, folder).replace(os.sep, "/")
        prefix = "" if inside == "." else f"{inside}/"
        folders[:] = [name for name in folders if f"{prefix}{name}" not in but]
        yield from (path for name in files if (path := f"{prefix}{name}") not in but)
