"""What a PDF holds besides its pages: programs, attachments, comments, links that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from builder.check.facts import Facts, pdf_page
from builder.check.wording import number, printable, spoken
from builder.model import Finding, Severity

_COMMENTS = {
    "Text",
    "FreeText",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Ink",
    "Caret",
    "Stamp",
}
"""Annotations that people leave while reading (ISO 32000-2, table 171)."""


def active(facts: Facts) -> Iterator[Finding]:
    """Scripts, launch actions, attachments and form fields; the printed paper goes without them."""
    for paper, inspection in facts.seen:
        parts = []
        if inspection.javascript:
            parts.append("JavaScript")
        if inspection.launches:
            parts.append(
                number(
                    inspection.launches,
                    "action that starts or sends something",
                    "actions that start or send something",
                )
            )
        if inspection.attachments:
            names = [printable(name) for name in inspection.attachments]
            parts.append(f"{number(len(names), 'attachment')} ({spoken(names)})")
        if inspection.form_fields:
            parts.append(number(inspection.form_fields, "form field"))
        if parts:
            yield Finding(
                code="active-content",
                severity=Severity.INFO,
                message=f"the PDF holds {spoken(parts)}; the printed paper goes without",
                subject=paper.key,
                where=pdf_page(paper),
                hint="Publish attachments as supplements if readers need them."
                if inspection.attachments
                else "Nothing has to be done: what readers see on the pages stays.",
            )


def comments(facts: Facts) -> Iterator[Finding]:
    """Comments and markings of readers that were left in the file."""
    for paper, inspection in facts.seen:
        found = {kind: count for kind, count in inspection.annotations if kind in _COMMENTS}
        if found:
            total = sum(found.values())
            kinds = spoken([f"{count} {kind}" for kind, count in sorted(found.items())])
            yield Finding(
                code="comments-left",
                severity=Severity.WARNING,
                message="the PDF holds"
                f" {number(total, 'comment or marking', 'comments or markings')}"
                f" of a reader ({kinds})",
                subject=paper.key,
                where=pdf_page(paper),
                hint="Look at them in a PDF viewer; ask the authors for a clean PDF.",
            )


def broken_links(facts: Facts) -> Iterator[Finding]:
    """Links inside a paper that lead nowhere, as the paper came."""
    for paper, inspection in facts.seen:
        if inspection.broken_links:
            yield Finding(
                code="links-broken",
                severity=Severity.INFO,
                message=f"{number(inspection.broken_links, 'link')} inside the paper"
                f" {'leads' if inspection.broken_links == 1 else 'lead'} nowhere",
                subject=paper.key,
                where=pdf_page(paper),
                hint="It came so from its authors; a second run of LaTeX usually mends it.",
            )


def accessibility(facts: Facts) -> Iterator[Finding]:
    """How many PDFs can be read aloud well; one remark for the volume."""
    if not facts.seen:
        return
    untagged = [paper.key for paper, inspection in facts.seen if not inspection.tagged]
    if untagged:
        yield Finding(
            code="untagged",
            severity=Severity.INFO,
            message=f"{len(untagged)} of {number(len(facts.seen), 'PDF')} carry no tags,"
            " which screen readers need",
            hint="Only their authors' programs can add them; worth a line in next year's call.",
        )
