"""Fonts that are not in the file, or only as pictures of letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from builder.check.facts import Facts, pdf_page
from builder.check.wording import printable, spoken
from builder.model import Finding, Font, Severity

_SUBSET = re.compile(r"^[A-Z]{6}\+")


def font_names(fonts: Iterable[Font]) -> list[str]:
    """Names without the subset's tag, each once, in alphabetical order."""
    names = {printable(_SUBSET.sub("", font.name.lstrip("/"))) for font in fonts}
    return sorted(name or "a font without a name" for name in names)


def not_embedded(facts: Facts) -> Iterator[Finding]:
    """Fonts that every reader's machine would replace with its own."""
    for paper, inspection in facts.seen:
        names = font_names(f for f in inspection.fonts if not f.embedded and f.kind != "Type3")
        if names:
            yield Finding(
                code="font-not-embedded",
                severity=Severity.WARNING,
                message=f"fonts are not embedded: {spoken(names, 8)}",
                subject=paper.key,
                where=pdf_page(paper),
                hint="Ask the authors to export the PDF with all fonts embedded; often only"
                " figures lack them.",
            )


def type3(facts: Facts) -> Iterator[Finding]:
    """Type 3 fonts: drawn letters, often bitmaps."""
    for paper, inspection in facts.seen:
        fonts = [font for font in inspection.fonts if font.kind == "Type3"]
        if not fonts:
            continue
        names = [name for name in font_names(fonts) if name != "a font without a name"]
        listed = f" ({spoken(names)})" if names else ""
        yield Finding(
            code="font-type3",
            severity=Severity.INFO,
            message=f"Type 3 fonts{listed}, usually from plots",
            subject=paper.key,
            where=pdf_page(paper),
            hint="In matplotlib: rcParams['pdf.fonttype'] = 42.",
        )
