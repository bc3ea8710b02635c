"""The special issue's desk: who is asked, who answered, which manuscripts came, what to write.

Everything it writes stands below `private/`; nothing of it is read by the booklet or the site.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder import booklet, edition, export, pdf
from builder.export import invite, mail, manuscripts, status
from builder.export.conflicts import Conflict, conflicts
from builder.export.keeping import Keeper, keeper
from builder.export.mail import Mailbox
from builder.export.occasion import Occasion
from builder.export.rules import PROCEEDINGS
from builder.export.select import decide
from builder.export.statement import statement
from builder.model import Finding, Report, Severity, Where
from builder.press.desk import Desk
from builder.work import file_names

LETTERS = "private/letters-out"
JOURNALS = tuple(dict.fromkeys((*export.TARGETS, *sorted(PROCEEDINGS))))
"""What papers may be selected for, whether or not packages can be made for it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """The special issue of an edition, as it stands today."""

    desk: Desk
    occasions: tuple[Occasion, ...]
    """One per target, in the order of special-issue.yaml."""
    conflicts: tuple[Conflict, ...]
    """Among all shown papers."""
    findings: tuple[Finding, ...]
    """What is wrong with the files in `private/`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Letters or statements, as files."""

    files: tuple[Path, ...]
    kept: tuple[Path, ...]
    """Files that an editor had changed, and that were left as they are."""
    findings: tuple[Finding, ...]
    keys: tuple[str, ...]
    """Papers that something was written about."""


def targets_of(desk: Desk) -> tuple[str, ...]:
    """The journals in question: those of special-issue.yaml, or all if it names none."""
    issue = desk.volume.special_issue
    named = tuple(target for target in issue.targets if target in JOURNALS) if issue else ()
    return named or JOURNALS


def open_issue(
    desk: Desk,
    targets: Sequence[str] = (),
    more: Mapping[str, Path] | None = None,
) -> Issue:
    """Reads `private/`, compares the manuscripts with their papers, and decides on each paper.

    `more` are manuscripts that lie elsewhere, by paper; they go before those in `private/`.
    """
    private = edition.private.load(desk.root)
    chosen = tuple(targets) or targets_of(desk)
    found = [*private.findings]
    found += edition.private.strangers(private, desk.volume, JOURNALS)
    files: dict[str, dict[str, Path]] = {}
    for target in chosen:
        here, strange = manuscripts.find(desk.root, desk.volume, target)
        files[target] = {**here, **(more or {})}
        found += strange
    paths = {f"{target}/{key}": path for target in files for key, path in files[target].items()}
    seen = pdf.inspect_all(paths, desk.cache, progress=desk.progress) if paths else {}
    occasions = []
    for target in chosen:
        measured = manuscripts.measure(
            desk.volume,
            desk.inspections,
            {key: seen[f"{target}/{key}"] for key in files[target]},
        )
        occasions.append(
            Occasion(
                volume=desk.volume,
                target=target,
                private=private,
                root=desk.root,
                decisions=decide(desk.volume, target, desk.inspections, private, measured),
                manuscripts=measured,
                packaged=_packaged(desk, target),
            )
        )
    return Issue(
        desk=desk,
        occasions=tuple(occasions),
        conflicts=conflicts(desk.volume, desk.volume.shown),
        findings=Report.of(found).findings,
    )


def rows(issue: Issue) -> dict[str, tuple[status.Row, ...]]:
    """Where every paper stands, by target."""
    return {occasion.target: status.rows(occasion) for occasion in issue.occasions}


def disorder(issue: Issue) -> tuple[Finding, ...]:
    """What in `private/` does not fit together."""
    found = [finding for occasion in issue.occasions for finding in status.findings(occasion)]
    return Report.of(issue.findings, found).findings


def write_page(issue: Issue) -> Written:
    """The status as a private HTML page. Raises `OSError`."""
    edition.scaffold_private(issue.desk.root)
    with keeper(issue.desk.root) as keep:
        done = keep.write(status.PAGE, status.as_html(issue.desk.volume, rows(issue)))
    path = issue.desk.root / status.PAGE
    return Written(
        files=(path,) if done else (),
        kept=() if done else (path,),
        findings=() if done else (_kept(status.PAGE),),
        keys=(),
    )


def write_letters(
    issue: Issue, kind: invite.Kind, only: Collection[str] = (), date: dt.date | None = None
) -> Written:
    """Letters of one kind, each as text and as a draft for a mail program; sends nothing.

    A text that an editor changed stays, and the draft says what it says. What was written for
    papers that are no longer due is taken away, unless somebody changed it. Raises `OSError`.
    """
    files: list[Path] = []
    kept: list[Path] = []
    found: list[Finding] = []
    keys: list[str] = []
    names = file_names(paper.key for paper in issue.desk.volume.papers)
    # Where the answers are to be written down, if nobody had to so far.
    edition.scaffold_private(issue.desk.root)
    with keeper(issue.desk.root) as keep:
        for occasion in issue.occasions:
            folder = f"{LETTERS}/{occasion.target}/{kind}"
            letters, lacks = invite.write(occasion, kind, only)
            found += lacks
            drafts = []
            for letter in letters:
                path = f"{folder}/{names[letter.key]}"
                mine = keep.read(f"{path}.txt")
                subject, body = letter.subject, letter.body
                if mine is not None:
                    kept.append(issue.desk.root / f"{path}.txt")
                    found.append(_kept(f"{path}.txt"))
                    try:
                        subject, body = invite.divided(mine)
                    except ValueError as problem:
                        found.append(_unreadable(f"{path}.txt", letter.key, problem))
                        continue
                else:
                    keep.write(f"{path}.txt", invite.text(letter))
                    files.append(issue.desk.root / f"{path}.txt")
                keys.append(letter.key)
                if not letter.to:
                    continue
                draft = mail.draft(
                    mail.Mail(
                        to=letter.to,
                        subject=subject,
                        body=body,
                        senders=tuple(
                            Mailbox(one.author, one.email) for one in occasion.private.senders
                        ),
                        date=date,
                    )
                )
                drafts.append(draft)
                if not keep.write(f"{path}.eml", draft):
                    kept.append(issue.desk.root / f"{path}.eml")
            due = {letter.key for letter in letters}
            _clear(
                keep, folder, [names[k] for k in names if k not in due and (not only or k in only)]
            )
            box = f"{folder}.mbox"
            if drafts and keep.write(box, mail.mailbox(drafts)):
                files.append(issue.desk.root / box)
            elif not drafts:
                keep.remove(box)
    return Written(
        files=tuple(files), kept=tuple(kept), findings=Report.of(found).findings, keys=tuple(keys)
    )


def write_statements(issue: Issue, only: Collection[str] = ()) -> Written:
    """A draft of the statement of differences for each manuscript. Raises `OSError`."""
    files: list[Path] = []
    kept: list[Path] = []
    keys: list[str] = []
    desk = issue.desk
    plan = booklet.paginate(desk.volume, desk.inspections, draft=True)
    names = file_names(paper.key for paper in desk.volume.papers)
    with keeper(desk.root) as keep:
        for occasion in issue.occasions:
            for key, measured in occasion.manuscripts.items():
                paper = occasion.volume.paper(key)
                if paper is None or (only and key not in only):
                    continue
                path = f"{LETTERS}/{occasion.target}/differences/{names[key]}.md"
                copy = desk.sources.get(key)
                text = statement(
                    occasion.volume,
                    paper,
                    occasion.target,
                    measured,
                    plan=plan,
                    copy=copy.name if copy else "",
                    pages=measured.pages[0],
                )
                done = keep.write(path, text)
                (files if done else kept).append(issue.desk.root / path)
                keys.append(key)
    return Written(
        files=tuple(files),
        kept=tuple(kept),
        findings=tuple(_kept(path.relative_to(issue.desk.root).as_posix()) for path in kept),
        keys=tuple(keys),
    )


def _clear(keep: Keeper, folder: str, names: Sequence[str]) -> None:
    for name in names:
        for suffix in (".txt", ".eml"):
            keep.remove(f"{folder}/{name}{suffix}")


def _packaged(desk: Desk, target: str) -> frozenset[str]:
    """Papers in the package that stands in `build/`, unless it is a preview."""
    folder = desk.build / "export" / target
    try:
        manifest: Any = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError):
        return frozenset()
    if not isinstance(manifest, dict) or manifest.get("preview"):
        return frozenset()
    names = file_names(paper.key for paper in desk.volume.papers)
    return frozenset(key for key, name in names.items() if (folder / "papers" / name).is_dir())


def _kept(path: str) -> Finding:
    return Finding(
        code="letter-kept",
        severity=Severity.INFO,
        message=f"{path} was changed by hand and is left as it is",
        where=Where(file=path),
        hint="nothing needs doing; delete the file to have it written anew",
    )


def _unreadable(path: str, key: str, problem: Exception) -> Finding:
    return Finding(
        code="letter-template",
        severity=Severity.ERROR,
        message=f"no draft can be made of {path}: {problem}",
        subject=key,
        where=Where(file=path),
        hint="begin the letter with a line `Subject: …` and an empty line, or delete the file",
    )
