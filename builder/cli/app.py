"""The group of verbs, imported one by one when called, and the way out for every trouble."""

from __future__ import annotations

import errno
import importlib
import sys
from contextlib import nullcontext
from typing import NoReturn

import click

from builder import __version__
from builder.cli.console import Session, stdout_reserved
from builder.cli.exits import Exit
from builder.cli.options import shared

VERBS = (
    "init",
    "gather",
    "status",
    "check",
    "booklet",
    "site",
    "editions",
    "special-issue",
    "export",
    "build",
    "explain",
    "doctor",
    "completion",
)
"""In the order in which an editor meets them; each is a module of this package.

A hyphen is an underscore in the module's name.
"""


class Verbs(click.Group):
    """Imports a verb's module only when it is called, so that `--help` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, in the order an editor meets them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name, or `None`."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"builder.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the verb; click cannot suggest one that is not imported yet, so we name them."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as problem:
            raise click.exceptions.NoSuchCommand(
                problem.command_name, possibilities=VERBS, ctx=ctx
            ) from None


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="proceedings")
@shared
def app() -> None:
    """Booklet, site and special-issue packages from one folder.

    An edition is a folder with proceedings/ (what you write) and papers/ (what authors sent);
    everything that is made goes into build/. Begin with `proceedings init DIR`.
    """


class Leave(Exception):
    """A verb's way to end with an exit code after it said what there is to say."""

    def __init__(self, code: Exit, message: str = "") -> None:
        super().__init__(message)
        self.code = code


def run(arguments: list[str] | None = None) -> NoReturn:
    """Runs the command and exits. No traceback reaches a user without `--debug`."""
    words = sys.argv[1:] if arguments is None else arguments
    session = Session(json="--json" in words, debug="--debug" in words)
    with stdout_reserved() if session.json else nullcontext():
        code, message = _run(words, session)
    if session.json:
        # Written as bytes: Windows' own line ends and code pages are no part of JSON.
        sys.stdout.buffer.write(session.document(code, message).encode() + b"\n")
        sys.stdout.flush()
    sys.exit(int(code))


def _run(words: list[str], session: Session) -> tuple[Exit, str]:
    try:
        result = app.main(words, prog_name="proceedings", standalone_mode=False, obj=session)
    except Leave as leave:
        return leave.code, str(leave)
    except click.exceptions.Exit as leave:
        return Exit(leave.exit_code) if leave.exit_code in set(Exit) else Exit.USAGE, ""
    except click.exceptions.NoArgsIsHelpError as problem:
        problem.show()
        return Exit.USAGE, ""
    except click.ClickException as problem:
        problem.show()
        return Exit.USAGE, problem.format_message()
    except (KeyboardInterrupt, click.Abort):
        session.fail("interrupted; the outputs are as they were")
        return Exit.INTERRUPTED, "interrupted"
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone; nothing is left to say
        return Exit.FILES, ""
    except Exception as problem:
        if isinstance(problem.__cause__, KeyboardInterrupt):
            # Before Python 3.12, what stops the making of a class is told as its cause.
            session.fail("interrupted; the outputs are as they were")
            return Exit.INTERRUPTED, "interrupted"
        if session.debug:
            raise
        return _explain(problem, session)
    return (Exit(result) if isinstance(result, int) else Exit.OK), ""


def _explain(problem: Exception, session: Session) -> tuple[Exit, str]:
    """Says in one line what went wrong, and which exit code it means."""
    from builder.press.desk import Unreadable

    if isinstance(problem, Unreadable):
        from builder.model import Report

        session.fail(str(problem))
        if problem.findings:
            session.show(Report.of(problem.findings))
        return Exit.UNREADABLE, str(problem)
    if isinstance(problem, ImportError):
        message = f"{problem.name or problem} is not installed"
        session.fail(message, "`proceedings doctor` says how to get what is missing.")
        return Exit.MISSING, message
    if isinstance(problem, OSError):
        message = _file_trouble(problem)
        full = problem.errno == errno.ENOSPC
        session.fail(message, "Make room and say it again." if full else "")
        return Exit.FILES, message
    message = f"the program itself failed: {type(problem).__name__}: {problem}"
    session.fail(
        message,
        "This is our fault. Please report it with the output of the same command with --debug.",
    )
    return Exit.INTERNAL, message


def _file_trouble(problem: OSError) -> str:
    reasons = {
        errno.ENOENT: "does not exist",
        errno.EACCES: "may not be read or written (or is open in another program: close it)",
        errno.EPERM: "may not be read or written",
        errno.ENOSPC: "cannot be written: the disk is full",
        errno.EROFS: "cannot be written: the disk is read-only",
        errno.EISDIR: "is a folder",
        errno.ENOTDIR: "is not a folder",
        errno.EEXIST: "is in the way: rename it or move it elsewhere",
    }
    if problem.filename is None and problem.errno not in (errno.ENOSPC, errno.EROFS):
        return str(problem)
    file = problem.filename or "what is made"
    return f"{file} {reasons.get(problem.errno or 0, str(problem.strerror))}"
