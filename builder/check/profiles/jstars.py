"""What IEEE JSTARS and IEEE Xplore expect of a manuscript.

Abstracts of 150 to 250 words: the journal's information for authors (as of 2026-10). PDF rules:
IEEE's PDF specification for Xplore; the journal typesets final papers itself, so they concern the
PDF that reviewers get and are warnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.check.facts import Facts, pdf_page
from builder.check.fonts import font_names
from builder.check.pages import described, main_page, size_name
from builder.check.profiles.selection import selected
from builder.check.wording import number, spoken
from builder.model import Finding, Inspection, Severity

WORDS = (150, 250)
_VERSIONS = ("1.4", "1.5", "1.6", "1.7")


def abstracts(facts: Facts) -> Iterator[Finding]:
    """Abstracts too short or too long for the journal."""
    for paper in selected(facts, "jstars"):
        text = facts.abstracts.get(paper.key)
        if text is None:
            continue
        count = len([part for part in text.split() if re.search(r"\w", part)])
        if not WORDS[0] <= count <= WORDS[1]:
            yield Finding(
                code="jstars-abstract-length",
                severity=Severity.WARNING,
                message=f"the abstract has {number(count, 'word')}; JSTARS asks for {WORDS[0]}"
                f" to {WORDS[1]}",
                subject=paper.key,
                where=paper.where,
                hint="Tell the authors when they are invited to submit.",
            )


def pdfs(facts: Facts) -> Iterator[Finding]:
    """PDFs that IEEE Xplore would not take, with every reason in one finding."""
    chosen = {paper.key for paper in selected(facts, "jstars")}
    for paper, inspection in facts.seen:
        if paper.key in chosen and (wrong := faults(inspection)):
            yield Finding(
                code="jstars-xplore",
                severity=Severity.WARNING,
                message=f"IEEE Xplore would not take the PDF: {spoken(wrong, 12)}",
                subject=paper.key,
                where=pdf_page(paper),
                hint="It matters for the file that is submitted, not for this volume.",
            )


def faults(inspection: Inspection) -> list[str]:
    """What IEEE Xplore's rules find wrong with a PDF, each in words that end a sentence."""
    found = []
    if inspection.encryption != "none":
        found.append("it is encrypted")
    if inspection.version and inspection.version not in _VERSIONS:
        found.append(f"it is PDF {inspection.version} (1.4 to 1.7 are taken)")
    if size_name(main_page(inspection)) is None:
        found.append(f"pages are {described(main_page(inspection))}")
    bare = font_names(
        font for font in inspection.fonts if not font.embedded and font.kind != "Type3"
    )
    if bare:
        found.append(f"fonts are not embedded ({spoken(bare, 4)})")
    if drawn := [font for font in inspection.fonts if font.kind == "Type3"]:
        found.append(number(len(drawn), "Type 3 font"))
    if inspection.attachments:
        found.append(number(len(inspection.attachments), "attachment"))
    if inspection.javascript or inspection.launches:
        found.append("it holds scripts or actions")
    if inspection.form_fields:
        found.append(number(inspection.form_fields, "form field"))
    return found
