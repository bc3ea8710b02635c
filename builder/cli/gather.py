"""`proceedings gather`."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from builder.cli.app import Leave
from builder.cli.console import Session
from builder.cli.exits import Exit
from builder.cli.options import pass_session, shared


@click.command("gather")
@click.argument("format_", metavar="FORMAT")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@shared
@pass_session
def command(session: Session, format_: str, path: Path) -> None:
    """Bring papers from a review system's export into the edition.

    FORMAT is bibtex, openreview, aclpub2 or softconf; or `pdfs`, to find out which file in the
    folder PATH belongs to which paper and copy the certain ones. What you edited stays as you
    wrote it; a second run changes nothing.
    """
    session.command = "gather"
    if format_ == "pdfs":
        _gather_pdfs(session, path)
    else:
        gather_into(session, session.root, format_, path)


def gather_into(session: Session, root: Path, format_: str, path: Path) -> None:
    """Reads `path` as `format_` and merges it into the edition in `root`."""
    from builder import gather
    from builder.model import Report, Severity

    known_format(format_, "pdfs")
    gathered = gather.FORMATS[format_](path)
    merged = gather.merge(root, gathered)
    session.show(Report.of(merged.findings))
    session.outputs.extend(file.as_posix() for file in merged.changed)
    session.say(
        f"{len(merged.changed)} files changed in {root}"
        if merged.changed
        else f"{root}: nothing new; no file was changed"
    )
    if any(finding.severity >= Severity.ERROR for finding in merged.findings):
        raise Leave(Exit.FINDINGS, "some of it could not be gathered")


def known_format(format_: str, *more: str) -> None:
    """Raises `UsageError` if no such format can be read; `more` can be asked for as well."""
    from builder import gather

    formats = [*gather.FORMATS, *more]
    if format_ not in gather.FORMATS:
        near = difflib.get_close_matches(format_, formats, n=1)
        meant = f" Did you mean '{near[0]}'?" if near else ""
        raise click.UsageError(
            f"There is no format '{format_}'.{meant} Formats: {', '.join(formats)}."
        )


def _gather_pdfs(session: Session, folder: Path) -> None:
    from rich.text import Text

    from builder import gather, pdf
    from builder.cli.edition import desk

    if not folder.is_dir():
        raise click.BadParameter(f"{folder} is no folder.", param_hint="PATH")
    edition = desk(session)
    files = {file.name: file for file in sorted(folder.iterdir()) if file.suffix.lower() == ".pdf"}
    seen = pdf.inspect_all(files, edition.cache, progress=session.progress())
    proposals = gather.pair(edition.volume, seen, gather.numbers(edition.root))
    copied = gather.copy(edition.root, edition.volume, proposals, files)
    session.data["proposals"] = [
        {
            "file": proposal.file,
            "paper": proposal.key,
            "confidence": proposal.confidence,
            "certain": proposal.certain,
            "why": proposal.why,
        }
        for proposal in proposals
    ]
    session.findings.extend(copied.findings)
    session.outputs.extend(file.as_posix() for file in copied.changed)
    if session.quiet:
        return
    for proposal in proposals:
        line = Text(proposal.file, style="bold")
        line.append(
            f"  →  {proposal.key or '?'}  ", style="green" if proposal.certain else "yellow"
        )
        line.append(f"{proposal.confidence:.0%}  {proposal.why}", style="dim")
        session.out.print(line, soft_wrap=True)
    certain = sum(proposal.certain for proposal in proposals)
    session.say(f"{certain} of {len(proposals)} certain; {len(copied.changed)} files copied")
    for finding in copied.findings:
        session.say(f"{finding.severity.label} {finding.message}")
        if finding.hint:
            session.say(f"    {finding.advice}")
