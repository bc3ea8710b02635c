"""One bad job never stops the others, and outcomes come in the order of the jobs."""

from __future__ import annotations

import json
import operator
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from builder.work import Job, Limits, Outcome, jobs, run

FULL = Path("/dev/full")
"""Linux's file that never has room."""

SMALL = Limits(seconds=30, memory=1 << 30)

# The jobs call functions of the standard library: workers must be able to import them, and how
# tests are collected must not matter.


class Told:
    def __init__(self) -> None:
        self.events: list[object] = []

    def start(self, what: str, total: int) -> None:
        self.events.append((what, total))

    def advance(self) -> None:
        self.events.append("step")

    def finish(self) -> None:
        self.events.append("end")


def kinds(outcomes: list[Outcome]) -> list[str]:
    return [outcome.failure.kind if outcome.failure else "fine" for outcome in outcomes]


def test_a_full_disk_is_no_jobs_fault() -> None:
    queue = [Job("fine", operator.mul, (2, 3)), Job("full", Path.write_text, (FULL, "x"))]
    outcomes = run(queue, workers=1)
    assert next(outcomes).value == 6
    with pytest.raises(OSError, match="No space left"):
        next(outcomes)


def test_outcomes_come_in_the_order_of_the_jobs() -> None:
    queue = [Job("0", time.sleep, (0.5,))]
    queue += [Job(str(n), operator.mul, (2, n)) for n in range(1, 6)]
    outcomes = list(run(queue, workers=2))
    assert [(outcome.name, outcome.value) for outcome in outcomes] == [
        ("0", None),
        *((str(n), 2 * n) for n in range(1, 6)),
    ]


def test_every_kind_of_failure_is_that_jobs_alone() -> None:
    queue = [
        Job("first", operator.mul, (2, 1), SMALL),
        Job("hangs", time.sleep, (60,), Limits(seconds=1)),
        Job("devours", bytearray, (3 << 30,), SMALL),
        Job("crashes", os.abort, (), SMALL),
        Job("complains", int, ("twelve",), SMALL),
        Job("leaves", sys.exit, (3,), SMALL),
        Job("nests", json.loads, ("[" * 200_000,), SMALL),
        Job("sends nonsense", threading.Lock, (), SMALL),
        Job("last", operator.mul, (2, 2), SMALL),
    ]
    outcomes = list(run(queue, workers=2))
    assert kinds(outcomes) == [
        "fine",
        "timeout",
        "memory",
        "crash",
        "error",
        "error",
        "error",
        "error",
        "fine",
    ]
    messages = {outcome.name: outcome.failure.message for outcome in outcomes if outcome.failure}
    assert messages["hangs"] == "it took longer than 1 seconds"
    assert messages["devours"] == "it needed more than 1 GiB of memory"
    assert "'twelve'" in messages["complains"]
    assert "nested too deeply" in messages["nests"]
    assert (outcomes[0].value, outcomes[-1].value) == (2, 4)


def test_without_a_systems_limit_the_parent_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs.memory, "enforced", lambda: False)
    # Python alone needs more than that.
    queue = [
        Job("devours", time.sleep, (20,), Limits(seconds=30, memory=1 << 20)),
        Job("fine", operator.mul, (2, 2), SMALL),
    ]
    outcomes = list(run(queue, workers=1))
    assert kinds(outcomes) == ["memory", "fine"]
    assert outcomes[0].failure is not None
    assert outcomes[0].failure.message == "it needed more than 1 MiB of memory"


def test_progress_hears_of_every_outcome() -> None:
    told = Told()
    list(run([Job(str(n), operator.mul, (2, n)) for n in range(3)], progress=told, what="papers"))
    assert told.events == [("papers", 3), "step", "step", "step", "end"]


def test_no_jobs_start_no_workers() -> None:
    assert list(run([])) == []


def test_a_consumer_that_stops_ends_the_workers() -> None:
    outcomes = run([Job(str(n), time.sleep, (0 if n == 0 else 60,)) for n in range(4)])
    started = time.monotonic()
    assert next(outcomes).name == "0"
    outcomes.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 15


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_interrupting_ends_the_workers_and_leaves_no_traceback_of_theirs(tmp_path: Path) -> None:
    script = tmp_path / "press.py"
    script.write_text(
        textwrap.dedent(
            """
            import signal, sys, time
            from builder.work import Job, run
            if __name__ == "__main__":
                # A shell lets what it starts with `&` ignore Ctrl-C, and so would this.
                signal.signal(signal.SIGINT, signal.default_int_handler)
                print("started", flush=True)
                try:
                    list(run([Job("sleep", time.sleep, (60,))] * 2, workers=2))
                except KeyboardInterrupt:
                    sys.exit(130)
            """
        )
    )
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    time.sleep(2)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=40)
    assert (process.returncode, errors) == (130, "")
