"""Outputs are the old ones or the new ones, however a build ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from builder.work import Busy, Locked, Outputs, lock, outputs, recover, settle, write_if_changed

REPLACES = ("booklet.pdf", "site", "papers")


def write_edition(staged: Outputs, name: str) -> None:
    staged.path("booklet.pdf").write_text(name)
    staged.path("site/index.html").write_text(name)
    staged.path(f"site/papers/{name}.html").write_text(name)
    staged.path(f"papers/{name}.pdf").write_text(name)


def build(folder: Path, name: str) -> None:
    with Outputs(folder) as staged:
        write_edition(staged, name)
        staged.commit(REPLACES)


def seen(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def edition(name: str) -> dict[str, str]:
    files = ["booklet.pdf", "site/index.html", f"site/papers/{name}.html", f"papers/{name}.pdf"]
    return dict.fromkeys(files, name)


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    build(tmp_path, "old")
    build(tmp_path, "new")
    assert seen(tmp_path) == edition("new")


def test_what_was_not_committed_never_counts(tmp_path: Path) -> None:
    build(tmp_path, "old")
    with contextlib.suppress(RuntimeError), Outputs(tmp_path) as staged:
        write_edition(staged, "new")
        raise RuntimeError
    with Outputs(tmp_path) as staged:
        write_edition(staged, "newer")
    assert seen(tmp_path) == edition("old")


def test_an_output_that_is_no_longer_made_goes_and_others_stay(tmp_path: Path) -> None:
    build(tmp_path, "old")
    (tmp_path / "notes.txt").write_text("mine")
    with Outputs(tmp_path) as staged:
        staged.path("export/dmlr.zip").write_text("zip")
        staged.commit(["booklet.pdf"])
    expected = edition("old") | {"notes.txt": "mine", "export/dmlr.zip": "zip"}
    del expected["booklet.pdf"]
    assert seen(tmp_path) == expected


def test_a_path_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    with Outputs(tmp_path) as staged:
        for path in ("../x", "/etc/x", "C:/x", "", ".staging/x"):
            with pytest.raises(ValueError, match=r"inside the build folder|builder itself"):
                staged.path(path)


@pytest.mark.parametrize("stubborn", ["booklet.pdf", "site", "papers"])
def test_an_output_held_open_leaves_all_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stubborn: str
) -> None:
    build(tmp_path, "old")
    real = outputs._patiently

    def windows(source: Path, target: Path) -> None:
        if target == tmp_path / stubborn and "new" in source.parts:
            raise PermissionError(13, "used by another process")
        real(source, target)

    monkeypatch.setattr(outputs, "_patiently", windows)
    with pytest.raises(Busy, match=rf"{stubborn} cannot be replaced .*close it"):
        build(tmp_path, "new")
    assert seen(tmp_path) == edition("old")
    monkeypatch.undo()
    build(tmp_path, "new")
    assert seen(tmp_path) == edition("new")


@pytest.mark.parametrize("moves", range(8))
def test_a_commit_killed_between_any_two_moves_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    class Killed(BaseException):
        pass

    build(tmp_path, "old")
    (tmp_path / "papers" / "stale.pdf").write_text("stale")
    real = outputs._patiently
    left = moves

    def die(source: Path, target: Path) -> None:
        nonlocal left
        if left == 0:
            raise Killed
        left -= 1
        real(source, target)

    monkeypatch.setattr(outputs, "_patiently", die)
    try:
        with Outputs(tmp_path) as staged:
            write_edition(staged, "new")
            staged.path("manifest.json").write_text("new")
            staged.commit(REPLACES)
    except Killed:
        pass
    monkeypatch.undo()
    recover(tmp_path)
    assert seen(tmp_path) == edition("new") | {"manifest.json": "new"}
    recover(tmp_path)
    assert seen(tmp_path) == edition("new") | {"manifest.json": "new"}


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGKILL")
@pytest.mark.parametrize("delay", [0.0, 0.002, 0.01, 0.03, 0.06, 0.1])
def test_a_killed_build_leaves_the_old_or_the_new_outputs(tmp_path: Path, delay: float) -> None:
    build(tmp_path, "old")
    script = textwrap.dedent(
        f"""
        from pathlib import Path
        from builder.work import Outputs
        print("go", flush=True)
        while True:
            for name in ("new", "old"):
                with Outputs(Path({str(tmp_path)!r})) as staged:
                    for n in range(20):
                        staged.path(f"site/{{n}}.html").write_text(name)
                    staged.path("booklet.pdf").write_text(name)
                    staged.commit(("booklet.pdf", "site", "papers"))
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    process.stdout.readline()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(delay)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    recover(tmp_path)
    assert len(set(seen(tmp_path).values())) == 1
    build(tmp_path, "next")
    assert seen(tmp_path) == edition("next")


def test_two_builds_in_one_folder_do_not_fight(tmp_path: Path) -> None:
    script = (
        "from pathlib import Path; from builder.work import lock\n"
        f"with lock(Path({str(tmp_path)!r})):\n    print('held', flush=True); input()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with (
        pytest.raises(Locked, match=rf"another build is running .*process {process.pid}"),
        Outputs(tmp_path),
    ):
        pass
    process.kill()
    process.communicate()
    with Outputs(tmp_path), lock(tmp_path):
        pass
    with lock(tmp_path):
        pass


def test_a_file_is_written_only_if_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.txt"
    assert write_if_changed(path, "a\nb\n")
    assert path.read_bytes() == b"a\nb\n"
    os.utime(path, (1, 1))
    assert not write_if_changed(path, b"a\nb\n")
    assert path.stat().st_mtime == 1
    assert write_if_changed(path, "ß")
    assert path.read_bytes() == "ß".encode()
    assert [file.name for file in path.parent.iterdir()] == ["file.txt"]


def test_scratch_is_gone_after_the_build_and_never_moved_into_place(
    tmp_path: Path,
) -> None:
    build = tmp_path / "build"
    with Outputs(build) as outputs:
        (outputs.scratch() / "half.pdf").write_text("x")
        outputs.path("booklet.pdf").write_text("new")
        outputs.commit(["booklet.pdf"])
    names = sorted(file.name for file in build.rglob("*") if file.is_file())
    assert names == [".lock", "booklet.pdf"]


def test_settling_leaves_a_running_build_alone(tmp_path: Path) -> None:
    build = tmp_path / "build"
    with Outputs(build) as outputs:
        outputs.path("booklet.pdf").write_text("new")
        other = (
            "import sys; from pathlib import Path; from builder.work import settle; "
            "settle(Path(sys.argv[1]))"
        )
        subprocess.run([sys.executable, "-c", other, str(build)], check=True)
        outputs.commit(["booklet.pdf"])
    assert (build / "booklet.pdf").read_text() == "new"


def test_settling_a_folder_with_nothing_to_do_creates_nothing(tmp_path: Path) -> None:
    settle(tmp_path / "build")
    assert not (tmp_path / "build").exists()
