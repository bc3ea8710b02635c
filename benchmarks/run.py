"""Measurements anyone can repeat: ratios against a named opponent, both measured in one run.

CPU seconds are user plus system of the whole process tree, as the operating system counts them;
they hold on a busy machine where wall time does not. `make bench` prints the table that
`docs/benchmarks.md` quotes. The opponent is `qpdf --empty --pages`, which only copies pages (and
loses all links between them).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import booklet

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PROCEEDINGS_SHARED") or REPOSITORY.parent / "shared")
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Run:
    """One process tree, finished."""

    cpu: float
    """Seconds of processor time."""
    wall: float
    """Seconds that passed."""


def run(*words: str | Path) -> Run:
    """Runs a command to its end and counts its processor time, that of its workers included."""
    if sys.platform == "linux":
        # Workers are children of a server that outlives the command: it becomes ours (prctl(2),
        # PR_SET_CHILD_SUBREAPER), so that its time and theirs are told to us.
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    before, start = os.times(), time.monotonic()
    done = subprocess.run([str(word) for word in words], capture_output=True, check=False)
    end = time.monotonic()
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    after = os.times()
    if done.returncode:
        sys.exit(f"{words[0]} failed with {done.returncode}:\n{done.stderr.decode()}")
    cpu = after.children_user + after.children_system
    return Run(cpu - before.children_user - before.children_system, end - start)


def proceedings(*words: str | Path) -> Run:
    """Runs the installed command."""
    return run(sys.executable, "-P", "-m", "builder", "-q", *words)


def median(runs: list[Run]) -> Run:
    """Median of each figure."""
    return Run(statistics.median(r.cpu for r in runs), statistics.median(r.wall for r in runs))


def row(what: str, ours: Run, opponent: Run | None = None) -> None:
    """One line of the table."""
    ratio = f"{ours.cpu / opponent.cpu:.1f}" if opponent else ""
    print(f"| {what} | {ours.cpu:.2f} | {ours.wall:.2f} | {ratio} |")


def edition(folder: Path) -> Path:
    """The real volume where it is at hand, otherwise the edition of this repository."""
    root = folder / "volume"
    if SHARED.is_dir():
        proceedings("init", root, "--from", SHARED / "corpora/sigdial2020", "--format", "aclpub2")
    else:
        for name in ("proceedings", "papers"):
            shutil.copytree(REPOSITORY / name, root / name)
    return root


def main() -> None:
    """Prints the table."""
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()},")
    print(f"{os.cpu_count()} processors; medians of {ROUNDS} rounds.\n")
    print("| measure | CPU s | wall s | CPU ÷ qpdf |")
    print("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        root = edition(Path(scratch))
        papers = sorted((root / "papers").glob("*.pdf"))
        joined = Path(scratch) / "joined.pdf"
        qpdf = shutil.which("qpdf")
        opponent = (
            median([run(qpdf, "--empty", "--pages", *papers, "--", joined) for _ in range(ROUNDS)])
            if qpdf
            else None
        )
        if opponent:
            row(f"qpdf --empty --pages ({len(papers)} papers)", opponent, opponent)
        else:
            print("(qpdf is not installed: no ratios)")
        cold = []
        for _ in range(ROUNDS):
            shutil.rmtree(root / "build", ignore_errors=True)
            cold.append(proceedings("booklet", "-C", root))
        row("booklet and stamped papers, cold cache", median(cold), opponent)
        warm = [proceedings("booklet", "-C", root) for _ in range(ROUNDS)]
        row("booklet again, nothing changed", median(warm), opponent)
        row("site", median([proceedings("site", "-C", root) for _ in range(ROUNDS)]), opponent)
        row(
            "check",
            median([proceedings("check", "--fail-on", "never", "-C", root) for _ in range(ROUNDS)]),
        )
        row("--help", median([proceedings("--help") for _ in range(ROUNDS)]))
    booklet.main([])
    # A process of its own: Python has a module `site` already.
    print()
    subprocess.run([sys.executable, Path(__file__).with_name("site.py")], check=True)


if __name__ == "__main__":
    main()
