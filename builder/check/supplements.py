"""Files beside the papers: supplements, pictures, and their sizes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from builder.check.facts import Facts
from builder.check.wording import nearest
from builder.model import Finding, Severity, Where

GITHUB = 100 * 1024 * 1024
"""Bytes. GitHub refuses larger files (docs.github.com, "About large files on GitHub")."""


def missing(facts: Facts) -> Iterator[Finding]:
    """A supplement that a paper names and nobody put there."""
    for paper in facts.volume.shown:
        for supplement in paper.supplements:
            if supplement.file in facts.files:
                continue
            similar = facts.files.other_case(supplement.file)
            yield Finding(
                code="supplement-missing",
                severity=Severity.WARNING,
                message=f"the supplement {supplement.file} does not exist",
                subject=paper.key,
                where=paper.where,
                hint=f"Is it {similar}? Then rename it."
                if similar
                else "Add the file, or leave it out.",
            )


def extra(facts: Facts) -> Iterator[Finding]:
    """A supplement whose name begins with no paper's key."""
    keys = {paper.key for paper in facts.volume.papers}
    claimed = {file.file for paper in facts.volume.papers for file in paper.supplements}
    for path in facts.files.papers():
        stem, mark, _ = PurePosixPath(path).name.partition("-supp")
        if not mark or stem in keys or path in claimed:
            continue
        near = nearest(stem, keys)
        yield Finding(
            code="supplement-extra",
            severity=Severity.WARNING,
            message=f"{path} looks like a supplement, but there is no paper “{stem}”",
            where=Where(file=path),
            hint=f"Is it {near}? Then rename it." if near else "Name it <key>-supp.<ending>.",
        )


def sizes(facts: Facts) -> Iterator[Finding]:
    """Files that are empty, or too large for the usual places."""
    owners = {paper.pdf_file: paper.key for paper in facts.volume.papers}
    owners |= {s.file: paper.key for paper in facts.volume.papers for s in paper.supplements}
    for path, size in sorted(facts.files.sizes.items()):
        if size > GITHUB:
            yield Finding(
                code="file-too-large",
                severity=Severity.WARNING,
                message=f"{path} has {size / 1024 / 1024:.0f} MB; GitHub takes no file over 100 MB",
                subject=owners.get(path, ""),
                where=Where(file=path),
                hint="Put it on Zenodo or the like and give its address (`data`, `code`), or"
                " keep it elsewhere.",
            )
        elif size == 0 and path in owners and not path.casefold().endswith(".pdf"):
            yield Finding(
                code="supplement-empty",
                severity=Severity.WARNING,
                message=f"{path} is empty",
                subject=owners[path],
                where=Where(file=path),
                hint="Copy it again, or ask the authors for it.",
            )


def pictures(facts: Facts) -> Iterator[Finding]:
    """Photographs and logos that are named but not there."""
    volume = facts.volume
    named = [
        (s.logo, f"the logo of {s.name}", "", volume.where)
        for t in volume.sponsors
        for s in t.sponsors
    ]
    named += [(p.photo, f"the photo of {p.name.full}", p.id, p.where) for p in volume.people]
    named += [
        (m.contributor.photo, f"the photo of {m.contributor.name.full}", m.subject, m.where)
        for m in facts.mentions
    ]
    told: set[str] = set()
    for picture, what, subject, where in named:
        path = f"proceedings/{picture}"
        if not picture or path in facts.files or path in told:
            continue
        told.add(path)
        similar = facts.files.other_case(path)
        yield Finding(
            code="image-missing",
            severity=Severity.WARNING,
            message=f"{what} is missing: {path} does not exist",
            subject=subject,
            where=where,
            hint=f"Is it {similar}? Names must agree in case too."
            if similar
            else "Add the file, or leave it out.",
        )
