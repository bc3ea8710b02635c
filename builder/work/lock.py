"""One build at a time in a folder.

The lock is the operating system's own lock on an open file, which ends with the process that
holds it however that ends: a killed build leaves nothing behind that would have to be judged
stale. The number of the process is written into the file for the message only.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform == "win32":  # pragma: no cover  # needs Windows
    import msvcrt
else:
    import fcntl

_held: dict[Path, int] = {}
"""Locks that this process holds, and how often: asking again for one's own lock is fine."""


class Locked(OSError):
    """Another process is building in the same folder."""


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process, for as long as the `with` block lasts.

    Raises `Locked` at once if another process holds it, and `OSError` if the folder cannot be
    written. The same process may hold it several times over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder.resolve() / ".lock"
    if path in _held:
        _held[path] += 1
        try:
            yield
        finally:
            _held[path] -= 1
        return
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _take(descriptor):
            raise Locked(_message(folder, path))
        _held[path] = 1
        try:
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, f"{os.getpid()}\n".encode())
            yield
        finally:
            del _held[path]
            _release(descriptor)
    finally:
        # The file stays: were it removed, a waiting process could lock a name nobody sees.
        os.close(descriptor)


def _message(folder: Path, path: Path) -> str:
    holder = ""
    with contextlib.suppress(OSError):
        holder = path.read_text(errors="replace").strip()[:20]
    who = f" (process {holder})" if holder.isdigit() else ""
    return (
        f"another build is running in {folder}{who}; wait until it has finished, or stop it, "
        "then try again"
    )


# A byte far behind the number is locked, since Windows forbids reading what is locked.
_AT = 1 << 20


def _take(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":  # pragma: no cover  # needs Windows
            os.lseek(descriptor, _AT, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _release(descriptor: int) -> None:
    if sys.platform == "win32":  # pragma: no cover  # needs Windows
        os.lseek(descriptor, _AT, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
