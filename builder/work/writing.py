"""Files that are either the old ones or the new ones, never half of each."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A name beside `path` to write to; moved over `path` at the end, removed after an error.

    The name keeps `path`'s suffix, since some writers go by it. Raises `OSError`, which names
    `path`: nobody knows the other name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two processes may write the same file at once; neither may see the other's half.
    temporary = path.with_name(f".{path.stem[:40]}.{secrets.token_hex(6)}{path.suffix}")
    try:
        yield temporary
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and str(error.filename) == str(temporary):
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def write(path: Path, data: str | bytes) -> None:
    """Write `data` (text as UTF-8, line ends as they are) to `path`, atomically."""
    with beside(path) as temporary:
        temporary.write_bytes(data.encode() if isinstance(data, str) else data)


def write_if_changed(path: Path, data: str | bytes) -> bool:
    """Write `data` to `path` unless it is there already, atomically; whether it was written.

    Text is written as UTF-8 with its line ends as they are. What did not change keeps its
    modification time, so that tools which go by it have nothing to redo. Raises `OSError`.
    """
    content = data.encode() if isinstance(data, str) else data
    with contextlib.suppress(FileNotFoundError):
        if path.read_bytes() == content:
            return False
    write(path, content)
    return True


def share(source: str | Path, target: str | Path) -> None:
    """Make `target` the same as `source`: another name for it where the disk can do that.

    Only for files of ours that are replaced and never changed in place, whichever name is used.
    `target` must not exist. Raises `OSError`.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:
        # Another disk, or one that knows no second names.
        shutil.copy2(source, target)
