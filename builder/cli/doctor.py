"""`proceedings doctor`."""

from __future__ import annotations

import platform
import shutil
from dataclasses import asdict, dataclass
from importlib import metadata

import click

from builder.cli.app import Leave
from builder.cli.console import Session
from builder.cli.exits import Exit
from builder.cli.options import pass_session, shared

REQUIRED = (
    ("pikepdf", "opening and joining PDFs"),
    ("pypdfium2", "reading text and drawing pages"),
    ("pypdf", "auditing what was written"),
    ("typst", "typesetting the front matter"),
    ("bibtexparser", "reading papers.bib"),
    ("pylatexenc", "reading LaTeX in titles and names"),
    ("pydantic", "checking the YAML files"),
    ("sphinx", "making the site"),
    ("myst-parser", "reading prose"),
    ("furo", "the site's theme"),
    ("latex2mathml", "mathematics on the site"),
    ("lxml", "metadata for journals"),
    ("pyuca", "alphabetical order"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One thing that is installed, or could be."""

    name: str
    purpose: str
    found: str
    required: bool
    advice: str = ""


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _fonts() -> str:
    """Families that can show Han characters, kana and hangul, or nothing where none can."""
    from builder.pdf import fonts

    chosen = fonts.choose(["漢字", "かな", "한글"], "en")
    if chosen.missing:
        return ""
    return ", ".join(name for name in chosen.families if name not in (*fonts.BASE, *fonts.LAST))


def tools() -> tuple[Tool, ...]:
    """What is installed and what is optional."""
    required = tuple(
        Tool(
            name=name,
            purpose=purpose,
            found=_version(name),
            required=True,
            advice="pipx reinstall proceedings-builder",
        )
        for name, purpose in REQUIRED
    )
    optional = (
        Tool(
            name="qpdf",
            purpose="looking into PDFs by hand",
            found=shutil.which("qpdf") or "",
            required=False,
            advice="apt install qpdf, brew install qpdf, choco install qpdf",
        ),
        Tool(
            name="fonts for Chinese, Japanese, Korean",
            purpose="names in these scripts in the booklet",
            found=_fonts(),
            required=False,
            advice="apt install fonts-noto-cjk, brew install --cask font-noto-sans-cjk",
        ),
    )
    return (*required, *optional)


@click.command("doctor")
@shared
@pass_session
def command(session: Session) -> None:
    """Show what is installed, what is optional, and how to get it."""
    from rich import box
    from rich.table import Table

    session.command = "doctor"
    found = tools()
    session.data["python"] = platform.python_version()
    session.data["tools"] = [asdict(tool) for tool in found]
    if not session.quiet:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in ("", "what", "found", "for"):
            table.add_column(heading, overflow="fold")
        table.add_row("ok", "Python", platform.python_version(), "everything")
        for tool in found:
            mark = "ok" if tool.found else "MISSING" if tool.required else "optional"
            table.add_row(mark, tool.name, tool.found or tool.advice, tool.purpose)
        session.out.print(table)
    if any(tool.required and not tool.found for tool in found):
        raise Leave(Exit.MISSING, "something that is needed is not installed")
