"""Outputs that are the old ones or the new ones, however a build ends.

A build writes into a staging area inside the build folder (the same disk, so that moving is
renaming). `commit` first writes down what it is about to do, then does it, then forgets it.
Killed before the note is complete, the next build drops the staging area; killed after, it does
the rest.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from types import TracebackType

from builder.work.files import below
from builder.work.lock import Locked, lock
from builder.work.writing import write

_STAGING = ".staging"
_NEW = "new"
_OLD = "old"
_JOURNAL = "journal.json"


class Busy(OSError):
    """An output cannot be replaced, most likely because a program has it open."""

    def __init__(self, path: Path, reason: str = "") -> None:
        super().__init__(
            f"{path} cannot be replaced{f' ({reason})' if reason else ''}: close it if it is open "
            "in another program, see that the folder can be written to, then build again. "
            "The previous outputs are unchanged."
        )
        self.path = path


class Outputs:
    """The staging area of one build, as a context manager; nothing counts until `commit`.

    Entering takes the folder's lock (raises `Locked`) and clears up after a build that was
    killed; leaving without `commit` drops what was written.
    """

    def __init__(self, build: Path) -> None:
        self.build = build
        self._staging = build / _STAGING
        self._lock = lock(build)

    def __enter__(self) -> Outputs:
        self._lock.__enter__()
        try:
            recover(self.build)
            if self._staging.exists():
                raise Busy(self._staging, "left over from an earlier build")
            (self._staging / _NEW).mkdir(parents=True)
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            # A commit that could be neither finished nor undone is left for `recover`.
            if not (self._staging / _JOURNAL).exists():
                _remove(self._staging)
        finally:
            self._lock.__exit__(kind, error, trace)

    def path(self, relative: str) -> Path:
        """Where to write the output `relative` (forward slashes); its folder exists.

        Raises `ValueError` for a path that leads out of the build folder.
        """
        path = self._staging / _NEW / _checked(relative)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def scratch(self) -> Path:
        """A folder for work in progress; never moved into place, gone with the staging area."""
        folder = self._staging / "scratch"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def commit(self, replaces: Sequence[str]) -> None:
        """Move everything written into place.

        Each path in `replaces` (a file or a whole folder: `site`, `booklet.pdf`) is afterwards
        exactly what was written there: stale files in it vanish, and if nothing was written it
        is gone. Anything written elsewhere is moved file by file and removes nothing.

        Raises `Busy` if something cannot be replaced; the previous outputs are unchanged then.
        """
        replaced = [_checked(relative) for relative in dict.fromkeys(replaces)]
        new = self._staging / _NEW
        covered = set(replaced)
        single = [PurePosixPath(name) for name in sorted(below(new, {*map(str, covered)}))]
        names = [name for name in replaced if covered.isdisjoint(name.parents)] + single
        moves = {name: os.path.lexists(new / name) for name in names}
        journal = [[str(name), written] for name, written in moves.items()]
        write(self._staging / _JOURNAL, json.dumps(journal))
        done: list[PurePosixPath] = []
        try:
            for name, written in moves.items():
                done.append(name)
                _move_in(self.build, name, written=written)
        except OSError as error:
            _undo(self.build, done)
            raise Busy(self.build / done[-1], error.strerror or "") from error
        _forget(self.build)
        new.mkdir(parents=True, exist_ok=True)


def settle(build: Path) -> None:
    """Do what `recover` does if a killed build left anything, unless another build is running.

    For commands that only read: with nothing to do they leave the folder untouched.
    """
    if (build / _STAGING).exists():
        with contextlib.suppress(Locked), lock(build):
            recover(build)


def recover(build: Path) -> None:
    """Finish the commit of a build that was killed during it, or drop what one left unfinished.

    Only to be called while no build runs in `build` (`Outputs` does so itself). Raises `Busy`
    if an output is held open.
    """
    staging = build / _STAGING
    try:
        journal = json.loads((staging / _JOURNAL).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        _remove(staging)
        return
    for name, written in journal:
        relative = _checked(name)
        try:
            _move_in(build, relative, written=written)
        except OSError as error:
            raise Busy(build / relative, error.strerror or "") from error
    _forget(build)


def _checked(relative: str) -> PurePosixPath:
    path = PurePosixPath(relative)
    if path.is_absolute() or not path.parts or ".." in path.parts or ":" in path.parts[0]:
        raise ValueError(f"{relative!r} is no path inside the build folder")
    if path.parts[0] in {_STAGING, ".lock"}:
        raise ValueError(f"{relative!r} is used by the builder itself")
    return path


def _move_in(build: Path, name: PurePosixPath, *, written: bool) -> None:
    """Put one output into place, keeping the old one aside; can be repeated after a kill.

    `written` says whether there is a new one at all; if not, the old one only goes.
    """
    new = build / _STAGING / _NEW / name
    old = build / _STAGING / _OLD / name
    target = build / name
    if not os.path.lexists(new) and (written or os.path.lexists(old)):
        return  # Done already, before the process was killed.
    old.parent.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    if os.path.lexists(target) and not os.path.lexists(old):
        if target.is_file() and new.is_file():
            # A second name for the old file: so the new one can replace it in a single step.
            with contextlib.suppress(OSError):
                os.link(target, old)
        if not os.path.lexists(old):
            _patiently(target, old)
    if os.path.lexists(new):
        if target.is_dir() != new.is_dir() and os.path.lexists(target):
            _remove(target)
        _patiently(new, target)


def _undo(build: Path, names: Iterable[PurePosixPath]) -> None:
    """Put the old outputs back and forget the commit; what resists is left to `recover`."""
    for name in reversed(list(names)):
        old = build / _STAGING / _OLD / name
        new = build / _STAGING / _NEW / name
        target = build / name
        if not os.path.lexists(old) and not os.path.lexists(target):
            continue
        try:
            if os.path.lexists(old):
                if os.path.lexists(target) and not os.path.lexists(new):
                    _patiently(target, new)
                if not os.path.lexists(target):
                    _patiently(old, target)
            elif not os.path.lexists(new):
                _patiently(target, new)  # There was no such output before.
        except OSError:
            return
    (build / _STAGING / _JOURNAL).unlink(missing_ok=True)


def _forget(build: Path) -> None:
    (build / _STAGING / _JOURNAL).unlink(missing_ok=True)
    _remove(build / _STAGING)


def _patiently(source: Path, target: Path) -> None:
    """Rename; on Windows, virus scanners hold new files for a moment, so try for a second."""
    for pause in (0.05, 0.15, 0.3, 0.5) if os.name == "nt" else ():
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    source.replace(target)


def _remove(path: Path) -> None:
    """Remove a file or folder if it is there; leftovers that resist are tried again next time."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
