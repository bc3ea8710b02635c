"""The ACL Anthology's rules for a volume (aclpub2's README and ACL's formatting instructions)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.check.facts import Facts, pdf_page
from builder.check.pages import described, main_page, size_name
from builder.check.versions import printed_from
from builder.check.wording import read, spoken
from builder.model import Finding, Severity

_LIMITATIONS = re.compile(
    r"^[^\w\n]{0,20}(?:\d+\.?\s*)?limitations?(?:\s+and\s+[\w ]{3,30})?[^\w\n]{0,20}$", re.I | re.M
)


def page_size(facts: Facts) -> Iterator[Finding]:
    """ACL prints on A4 only."""
    for paper, inspection in facts.seen:
        if size_name(page := main_page(inspection)) != "A4":
            yield Finding(
                code="acl-page-size",
                severity=Severity.ERROR,
                message=f"pages are {described(page)}; the ACL Anthology takes A4 only",
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint="Ask the authors to compile with a4paper, as the ACL style does.",
            )


def page_numbers(facts: Facts) -> Iterator[Finding]:
    """Camera-ready papers carry no numbers; the volume's are stamped."""
    for paper, inspection in facts.seen:
        if (first := printed_from(inspection)) is not None:
            yield Finding(
                code="acl-page-numbers",
                severity=Severity.ERROR,
                message=f"page numbers are printed (from {first} on); ACL's camera-ready"
                " papers have none",
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint=r"Ask the authors to use \usepackage{acl} without the review option.",
            )


def limitations(facts: Facts) -> Iterator[Finding]:
    """ACL conferences ask for a section named Limitations since 2023."""
    year = facts.volume.event.year
    if year is None or year < 2023:
        return
    for paper, inspection in facts.seen:
        text = "\n".join(read(page.text) for page in inspection.pages)
        if text.strip() and not _LIMITATIONS.search(text):
            yield Finding(
                code="acl-limitations",
                severity=Severity.WARNING,
                message="no section named “Limitations” was found",
                subject=paper.key,
                where=pdf_page(paper),
                hint="ACL conferences require one before the references; workshops may not.",
            )


def volume(facts: Facts) -> Iterator[Finding]:
    """What the Anthology's ingestion needs to know of a volume."""
    edition = facts.volume
    missing = [name for name in ("publisher", "isbn") if not getattr(edition, name)]
    if not edition.editors:
        missing.append("editors")
    if not edition.event.start:
        missing.append("date")
    if not edition.event.place:
        missing.append("place")
    if missing:
        yield Finding(
            code="acl-volume-incomplete",
            severity=Severity.WARNING,
            message=f"the ACL Anthology asks for {spoken(missing)}, which edition.yaml does"
            " not give",
            where=edition.where,
            hint="Add them to edition.yaml; the ISBN comes from the publication chair.",
        )
