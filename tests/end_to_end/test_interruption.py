"""Kill the command at any moment: the outputs are the old or the new ones, and it works again."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.work import settle
from papers import paper

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kill -9 is how POSIX says it")


def state(root: Path) -> dict[str, str]:
    """Digest of every output."""
    build = root / "build"
    return {
        file.relative_to(build).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(build.rglob("*"))
        if file.is_file() and not file.relative_to(build).parts[0].startswith(".")
    }


def test_twenty_kills_leave_whole_outputs(tmp_path: Path, proceedings) -> None:
    root = tmp_path / "ws"
    assert proceedings("init", root).returncode == 0
    bib = root / "papers" / "papers.bib"
    titles = {"old": "The title as it was", "new": "The title as it is now"}

    def write(version: str) -> None:
        entries = [
            f"@inproceedings{{{key},\n  title = {{{titles[version]} {key}}},\n"
            "  author = {Doe, Jane},\n}\n"
            for key in ("doe25one", "roe25two")
        ]
        bib.write_text("".join(entries), "utf-8")

    for key in ("doe25one", "roe25two"):
        paper(root / "papers" / f"{key}.pdf", title=f"{titles['old']} {key}", pages=3)

    states = {}
    for version in ("new", "old"):
        write(version)
        start = time.monotonic()
        built = proceedings("build", "-C", root)
        length = time.monotonic() - start
        assert built.returncode == 0, built.stderr
        states[version] = state(root)
    assert states["old"] != states["new"]

    chance = random.Random(20250719)
    for turn in range(20):
        write("new" if turn % 2 == 0 else "old")
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "builder", "build", "-C", str(root)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(chance.uniform(0.0, length * 1.1))
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        # What a killed move left half done is completed by whatever verb comes next.
        settle(root / "build")
        assert state(root) in (states["old"], states["new"]), f"torn at turn {turn}"

    write("new")
    assert proceedings("build", "-C", root).returncode == 0
    assert state(root) == states["new"]
    strays = [entry.name for entry in (root / "build").iterdir() if entry.name.startswith(".")]
    assert sorted(strays) == [".cache", ".lock"]
