"""Where every paper stands, and what each final output still lacks."""

from __future__ import annotations

from dataclasses import dataclass

from builder.model import Include, PdfKind, Report, Severity
from builder.model.markup import plain
from builder.press.checking import check
from builder.press.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One paper at a glance."""

    key: str
    title: str
    track: str
    include: str
    pdf: str
    """`ok`, `missing`, `unusable`, `link` or `none`."""
    pages: int | None
    errors: int
    warnings: int
    notes: int


@dataclass(frozen=True, slots=True)
class Status:
    """The table, and per final output the reasons why it cannot be made yet."""

    rows: tuple[Row, ...]
    missing: tuple[tuple[str, tuple[str, ...]], ...]
    """Output (`booklet`, `site`, …) to what it lacks; nothing means it is ready."""
    report: Report


def status(desk: Desk) -> Status:
    """Looks at every paper once; writes nothing."""
    report = check(desk)
    rows = []
    for paper in desk.volume.papers:
        seen = desk.inspections.get(paper.key)
        if paper.pdf is not PdfKind.LOCAL:
            pdf = paper.pdf.value
        elif seen is None:
            pdf = "—" if paper.include is Include.WITHDRAWN else "missing"
        else:
            pdf = "ok" if seen.usable else "unusable"
        about = Report(report.about(paper.key))
        rows.append(
            Row(
                key=paper.key,
                title=plain.render(paper.title),
                track=paper.track,
                include=paper.include.value,
                pdf=pdf,
                pages=seen.page_count if seen and seen.usable else None,
                errors=about.count(Severity.ERROR),
                warnings=about.count(Severity.WARNING),
                notes=about.count(Severity.INFO),
            )
        )
    return Status(tuple(rows), _missing(desk, report), report)


def _missing(desk: Desk, report: Report) -> tuple[tuple[str, tuple[str, ...]], ...]:
    errors = report.at_least(Severity.ERROR)
    lines = tuple(
        f"{finding.subject}: {finding.message}" if finding.subject else finding.message
        for finding in errors
    )
    # A site needs what the editors wrote, not the PDFs: it can be final before they exist.
    site = tuple(
        line
        for line, finding in zip(lines, errors, strict=True)
        if not finding.code.startswith("pdf-")
    )
    nothing = "proceedings/special-issue.yaml is missing, or says nothing yet"
    exports = () if desk.volume.special_issue else (nothing,)
    return (("booklet", lines), ("site", site), ("export", exports))
