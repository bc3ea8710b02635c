"""The pages of prose: which there are, what they are called, which the booklet prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from builder.edition import source as sources
from builder.edition.forms.edition import ProseParts
from builder.edition.suggest import did_you_mean
from builder.model import Finding, Prose, Severity, Where

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,}|:{3,})")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ \t]*$")


def prose(
    root: Path, listed: Sequence[tuple[ProseParts, Where]] | None
) -> tuple[tuple[Prose, ...], list[Finding], list[Path]]:
    """Pages of prose with those that `listed` names first, findings, and the files read.

    Without a list, every `.md` file but `index.md` is printed in the booklet, by name.
    """
    folder = root / "proceedings"
    there = sorted(
        (path.name for path in folder.glob("*.md") if not path.name.startswith(("_", "."))),
        key=lambda name: (name.casefold(), name),
    )
    there = [name for name in there if name.casefold() != "readme.md"]
    findings: list[Finding] = []
    pages: dict[str, Prose] = {}
    files: list[Path] = []

    def page(name: str, *, booklet: bool) -> None:
        path = folder / name
        source, faults = sources.read(path, f"proceedings/{name}")
        findings.extend(faults)
        if source is not None:
            files.append(path)
            pages[name] = Prose(
                file=name, title=heading(source.text) or Path(name).stem, booklet=booklet
            )

    for form, where in listed or ():
        name = (form.line or form.file).replace("\\", "/").removeprefix("./")
        if name in pages:
            continue
        inside = not re.match(r"/|[A-Za-z]:|\.\.", name) and "/../" not in name
        if not name or not inside or not (folder / name).is_file():
            findings.append(
                Finding(
                    code="prose-missing",
                    severity=Severity.ERROR,
                    message=f"`prose:` names `{name}`, but proceedings/ holds no such file"
                    f"{did_you_mean(name, there)}",
                    where=where,
                    hint="write the file, or take it out of the list",
                )
            )
            continue
        page(name, booklet=form.booklet)
    for name in there:
        if name not in pages:
            page(name, booklet=listed is None and name != "index.md")
    return tuple(pages.values()), findings, files


def heading(text: str) -> str:
    """The first heading of a MyST page, its markup taken off, or an empty text."""
    lines = text.splitlines()
    if lines and lines[0].strip() == "---":  # a block of metadata
        end = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == "---"), 0)
        lines = lines[end + 1 :]
    fence = ""
    for at, line in enumerate(lines):
        if match := _FENCE.match(line):
            mark = match[1]
            if not fence:
                fence = mark
            elif mark.startswith(fence):
                fence = ""
            continue
        if fence:
            continue
        if match := _HEADING.match(line):
            return _bare(match[1])
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if line.strip() and _UNDERLINE.match(following) and not _UNDERLINE.match(line):
            return _bare(line)
    return ""


def _bare(text: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\{[a-z-]+\}`([^`]*)`", r"\1", text)
    text = re.sub(r"(\*\*|__|`+|(?<!\w)[*_]|[*_](?!\w))", "", text)
    return " ".join(re.sub(r"\\([^\w\s])", r"\1", text).split())
