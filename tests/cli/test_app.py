"""The command's contract with its users: help, suggestions, exit codes, one JSON document."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from builder.cli.app import VERBS, app, run


def proceedings(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "builder", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_takes_the_shared_options(verb: str) -> None:
    command = app.get_command(click.Context(app), verb)
    assert command is not None
    assert command.name == verb
    assert command.help
    assert {"-C", "--json", "-v", "-q", "--debug"} <= {
        option for parameter in command.params for option in parameter.opts
    }


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_stands_in_the_manual(verb: str, repository: Path) -> None:
    manual = (repository / "docs" / "command.md").read_text(encoding="utf-8")
    assert f"## proceedings {verb}" in manual


def test_a_misspelt_verb_is_answered_with_the_right_one() -> None:
    done = proceedings("biuld")
    assert done.returncode == 2
    assert "Did you mean 'build'?" in done.stderr


@pytest.mark.parametrize("told_as_cause", [False, True])
def test_an_interruption_is_no_failure_of_the_program(
    told_as_cause: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        if told_as_cause:  # as before Python 3.12, while a class is made
            raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "main", interrupted)
    with pytest.raises(SystemExit) as leave:
        run(["build"])
    assert leave.value.code == 130
    assert "interrupted" in capsys.readouterr().err


def test_a_misspelt_option_is_answered_with_the_right_one() -> None:
    done = proceedings("build", "--fianl")
    assert done.returncode == 2
    assert "--final" in done.stderr


def test_a_folder_that_is_no_edition_is_exit_3_and_says_what_to_do(tmp_path: Path) -> None:
    done = proceedings("check", "-C", str(tmp_path))
    assert done.returncode == 3
    assert "proceedings/edition.yaml is missing" in done.stderr
    assert "proceedings init" in done.stderr
    assert "Traceback" not in done.stderr


def test_inside_an_edition_the_right_folder_is_suggested(tmp_path: Path) -> None:
    assert proceedings("init", "ws", cwd=tmp_path).returncode == 0
    done = proceedings("check", cwd=tmp_path / "ws" / "papers")
    assert done.returncode == 3
    assert "did you mean -C" in done.stderr


def test_the_edition_may_be_named_before_or_after_the_verb(tmp_path: Path) -> None:
    assert proceedings("init", str(tmp_path / "ws")).returncode == 0
    before = proceedings("--json", "-C", str(tmp_path / "ws"), "check", "--fail-on", "never")
    after = proceedings("check", "--fail-on", "never", "-C", str(tmp_path / "ws"), "--json")
    assert before.returncode == after.returncode == 0
    assert json.loads(before.stdout) == json.loads(after.stdout)


def test_json_is_one_document_even_when_the_edition_cannot_be_read(tmp_path: Path) -> None:
    done = proceedings("build", "--json", "-C", str(tmp_path))
    document = json.loads(done.stdout)
    assert document["exit_code"] == done.returncode == 3
    assert document["ok"] is False
    assert "edition.yaml" in document["message"]


def test_init_never_overwrites(tmp_path: Path) -> None:
    root = tmp_path / "ws"
    assert proceedings("init", str(root)).returncode == 0
    (root / "proceedings" / "edition.yaml").write_text("mine: yes\n", encoding="utf-8")
    again = proceedings("init", str(root))
    assert again.returncode == 0
    assert (root / "proceedings" / "edition.yaml").read_text(encoding="utf-8") == "mine: yes\n"


def test_init_writes_nothing_for_a_format_that_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "papers.csv").write_text("x", encoding="utf-8")
    done = proceedings("init", "ws", "--from", "papers.csv", "--format", "easychair", cwd=tmp_path)
    assert done.returncode == 2
    assert "There is no format 'easychair'" in done.stderr
    assert not (tmp_path / "ws").exists()


def test_explain_knows_its_codes_and_suggests() -> None:
    listed = proceedings("explain")
    assert listed.returncode == 0
    codes = listed.stdout.split()
    assert "pdf-missing" in codes
    page = proceedings("explain", "pdf-missing")
    assert page.returncode == 0
    assert "pdf-missing" in page.stdout
    wrong = proceedings("explain", "pdf-mising")
    assert wrong.returncode == 2
    assert "pdf-missing" in wrong.stderr


def test_an_unknown_export_target_lists_the_known_ones(tmp_path: Path) -> None:
    done = proceedings("export", "dlmr", "-C", str(tmp_path))
    assert done.returncode == 2
    assert "Did you mean 'dmlr'?" in done.stderr


def test_an_unknown_profile_lists_the_known_ones(tmp_path: Path) -> None:
    assert proceedings("init", str(tmp_path / "ws")).returncode == 0
    done = proceedings("check", "--for", "nature", "-C", str(tmp_path / "ws"))
    assert done.returncode == 2
    assert "pmlr" in done.stderr


def test_doctor_finds_everything_that_is_needed() -> None:
    done = proceedings("doctor", "--json")
    assert done.returncode == 0
    tools = {tool["name"]: tool for tool in json.loads(done.stdout)["tools"]}
    assert tools["typst"]["found"]


def test_completion_prints_a_script_for_the_shell() -> None:
    done = proceedings("completion", "bash")
    assert done.returncode == 0
    assert "_PROCEEDINGS_COMPLETE" in done.stdout
