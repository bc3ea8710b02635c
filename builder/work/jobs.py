"""Jobs in worker processes with limits on time and memory; one bad job never stops the others."""

from __future__ import annotations

import contextlib
import errno
import functools
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as JobTimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Literal

from builder.work import memory
from builder.work.progress import Progress, Silent

Kind = Literal["timeout", "memory", "crash", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one job may use."""

    seconds: float = 60.0
    """Wall time."""
    memory: int = 2 << 30
    """Bytes of address space of the worker, the program itself included (about 0.3 GiB)."""


@dataclass(frozen=True, slots=True)
class Job:
    """One call to be made in a worker."""

    name: str
    """For people and for the `Outcome`."""
    function: Callable[..., Any]
    """A function at the top level of a module: workers import it."""
    args: tuple[Any, ...] = ()
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job has no value."""

    kind: Kind
    message: str
    """In plain words, as the end of a sentence about what was attempted."""
    detail: str = ""
    """The traceback, for whoever debugs; may be empty."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: a value, or a failure."""

    name: str
    value: Any = None
    failure: Failure | None = None


def run(
    jobs: Iterable[Job],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    what: str = "",
) -> Iterator[Outcome]:
    """Run `jobs` in `workers` processes (one per processor if left out), outcomes in job order.

    A job that takes too long, needs too much memory, raises or takes its process down yields a
    `Failure`; the others go on. A disk that is full or write-protected is no job's fault, and no
    other job would fare better: it raises `OSError`. When the consumer stops, or Ctrl-C is
    pressed, the workers are ended. `progress` is told of every outcome under the heading `what`.
    """
    queue = list(jobs)
    progress = progress or Silent()
    if not queue:
        return
    count = max(1, min(workers or _processors(), len(queue)))
    with contextlib.ExitStack() as stack:
        progress.start(what, len(queue))
        stack.callback(progress.finish)
        watch = None if memory.enforced() else stack.enter_context(_Watch())
        folder = watch.folder if watch else None
        with _undisturbed():
            # It takes a while to import, and only who runs jobs needs it.
            from pebble import ProcessPool

            pool = ProcessPool(max_workers=count, context=_context(queue))
            stack.callback(_end, pool)
            futures = [
                pool.schedule(
                    _call,
                    args=(job.function, job.args, job.limits.memory, folder),
                    timeout=job.limits.seconds,
                )
                for job in queue
            ]
        for job, future in zip(queue, futures, strict=True):
            outcome = _outcome(job, future, watch)
            if isinstance(outcome, _NoRoom):
                raise OSError(outcome.errno, os.strerror(outcome.errno), outcome.file or None)
            progress.advance()
            yield outcome


def expect(*modules: str) -> None:
    """Names modules that jobs of this process will need: imported once, not by every worker.

    To be called before the first job; until then, it costs nothing.
    """
    _expected.update(modules)


_expected: set[str] = {__name__, "pebble.pool.process"}


def stopped() -> int:
    """How many jobs of this process ended by a limit or a crash: another time they may not."""
    return len(_stopped)


_stopped: list[str] = []


_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True, slots=True)
class _NoRoom:
    """The disk takes nothing more."""

    errno: int
    file: str = ""


def _no_room(error: BaseException) -> _NoRoom | None:
    if isinstance(error, OSError) and error.errno in _DISK:
        return _NoRoom(error.errno or 0, os.fspath(error.filename) if error.filename else "")
    # Libraries in C and Rust say it in words.
    full = os.strerror(errno.ENOSPC) in str(error)
    return _NoRoom(errno.ENOSPC) if full else None


def _outcome(
    job: Job, future: Future[bytes | Failure | _NoRoom], watch: _Watch | None
) -> Outcome | _NoRoom:
    """Wait for one job; every way in which it can end by itself becomes an `Outcome`."""
    from pebble import ProcessExpired

    try:
        answer = future.result()
        if isinstance(answer, bytes):
            return Outcome(job.name, pickle.loads(answer))  # noqa: S301  # from our own worker
        if isinstance(answer, _NoRoom):
            return answer
        failure = answer
    except JobTimeoutError:
        failure = Failure("timeout", f"it took longer than {job.limits.seconds:g} seconds")
    except ProcessExpired as error:
        watched = watch is not None and error.pid in watch.ended
        failure = Failure("memory", "") if watched else _crash(error.exitcode)
    except BrokenProcessPool as error:
        failure = Failure("crash", "the worker processes ended", str(error))
    except Exception as error:  # the arguments cannot be sent across
        failure = Failure("error", f"{type(error).__name__}: {error}")
    if failure.kind != "error":
        _stopped.append(job.name)
    if failure.kind == "memory":
        message = f"it needed more than {_size(job.limits.memory)} of memory"
        failure = Failure("memory", message, failure.detail)
    return Outcome(job.name, None, failure)


def _call(
    function: Callable[..., Any], args: tuple[Any, ...], most: int, folder: Path | None
) -> bytes | Failure | _NoRoom:
    """In the worker: the value of one job, pickled, or its failure.

    Pickled here, since a value that cannot be sent would otherwise take the worker down.
    """
    if folder is None:
        memory.limit(most)
    else:
        (folder / str(os.getpid())).write_text(str(most))
    try:
        return pickle.dumps(function(*args))
    except MemoryError:
        return Failure("memory", "", traceback.format_exc())
    except RecursionError:
        return Failure("error", "its parts are nested too deeply", traceback.format_exc(5))
    except BaseException as error:  # `SystemExit` too must not end the worker
        if full := _no_room(error):
            return full
        message = str(error).strip() or type(error).__name__
        return Failure("error", message, traceback.format_exc())


def _size(memory: int) -> str:
    if memory >= 1 << 30:
        return f"{memory / (1 << 30):.3g} GiB"
    return f"{memory / (1 << 20):.3g} MiB"


def _crash(code: int | None) -> Failure:
    reason = f"exit code {code}"
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            reason = signal.Signals(-code).name
    # Libraries in C and Rust abort when an allocation fails.
    hint = ", as happens when memory runs out" if reason == "SIGABRT" else ""
    return Failure("crash", f"the process that worked on it crashed ({reason}{hint})")


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@functools.cache
def _method() -> str:
    """How workers are started: from a small server that has imported their modules, or anew.

    Plain forking is never used: it copies locks that threads of the parent may hold.
    """
    return "forkserver" if sys.platform.startswith("linux") else "spawn"


def _context(queue: list[Job]) -> BaseContext:
    context = multiprocessing.get_context(_method())
    if _method() == "forkserver":
        # Only the first call in a process has an effect; workers then start in milliseconds.
        modules = {job.function.__module__ for job in queue} | _expected
        context.set_forkserver_preload(sorted(modules - {"__main__"}))
    return context


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Lets Ctrl-C wait until the workers have been started; it is heard at the end.

    Raised inside a callback of an import, Python only prints it, and the whole run goes on as if
    nobody had pressed anything. Raised while a worker is being started, nobody knows of it; and
    the server that starts workers dies of it with a traceback, as long as it imports.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    from multiprocessing import resource_tracker

    # It lets signals in again once it has been started, so that comes first.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end(pool: Any) -> None:
    pool.stop()
    pool.join()


class _Watch:
    """Ends workers that use more memory than their job may, where the system does not.

    Each worker notes the limit of its job in a file named after its process.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="builder-"))
        self.ended: set[int] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, daemon=True)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _loop(self) -> None:
        while not self._stop.wait(0.2):
            for note in list(self.folder.iterdir()):
                pid = int(note.name)
                with contextlib.suppress(OSError, ValueError):
                    most = int(note.read_text())
                    now = memory.used(pid)
                    if now is None:
                        note.unlink(missing_ok=True)
                    elif now > most:
                        note.unlink(missing_ok=True)
                        self.ended.add(pid)
                        # Windows knows no SIGKILL; there SIGTERM ends a process as surely.
                        os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
