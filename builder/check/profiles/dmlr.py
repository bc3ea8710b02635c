"""The limits of DMLR's submission form on OpenReview (its journal configuration, read 2026-11)."""

from __future__ import annotations

from collections.abc import Iterator

from builder.check.facts import Facts
from builder.check.profiles.selection import selected
from builder.model import Finding, Severity, Where

TITLE = 250
"""Characters."""
ABSTRACT = 5000
"""Characters."""
PDF = 50 * 1024 * 1024
"""Bytes."""
SUPPLEMENT = 100 * 1024 * 1024
"""Bytes."""


def texts(facts: Facts) -> Iterator[Finding]:
    """Titles and abstracts that the form would not take."""
    for paper in selected(facts, "dmlr"):
        title, abstract = facts.titles.get(paper.key, ""), facts.abstracts.get(paper.key, "")
        if len(title) > TITLE:
            yield Finding(
                code="dmlr-title-length",
                severity=Severity.ERROR,
                message=f"the title has {len(title)} characters; DMLR's form takes {TITLE}",
                subject=paper.key,
                where=paper.where,
                hint="Agree on a shorter title with the authors.",
            )
        if len(abstract) > ABSTRACT:
            yield Finding(
                code="dmlr-abstract-length",
                severity=Severity.ERROR,
                message=f"the abstract has {len(abstract)} characters; DMLR's form takes"
                f" {ABSTRACT}",
                subject=paper.key,
                where=paper.where,
                hint="Ask the authors to shorten it.",
            )


def files(facts: Facts) -> Iterator[Finding]:
    """Files larger than the form takes."""
    for paper in selected(facts, "dmlr"):
        named = [(paper.pdf_file, PDF), *((s.file, SUPPLEMENT) for s in paper.supplements)]
        for path, most in named:
            size = facts.files.size(path) if path else None
            if size is not None and size > most:
                yield Finding(
                    code="dmlr-file-size",
                    severity=Severity.ERROR,
                    message=f"{path} has {size / 1024 / 1024:.1f} MB; DMLR's form takes"
                    f" {most // 1024 // 1024} MB",
                    subject=paper.key,
                    where=Where(file=path),
                    hint="Ask the authors to make figures smaller.",
                )
