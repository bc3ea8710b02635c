"""The size and orientation of pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from builder.check.facts import Facts, pdf_page
from builder.check.wording import ranges, spoken
from builder.model import Finding, Inspection, PageSeen, Severity

SIZES = {"A4": (595.28, 841.89), "US Letter": (612.0, 792.0)}
"""Points, upright."""
_TOLERANCE = 4.0
"""Points. Word's A4 is 595.3 by 841.9, others round to 595 by 842 or 596 by 843."""


def size_name(page: PageSeen) -> str | None:
    """`A4`, `US Letter`, or `None`; turned pages count as what they are when upright."""
    short, long = sorted((page.width, page.height))
    for name, (width, height) in SIZES.items():
        if abs(short - width) <= _TOLERANCE and abs(long - height) <= _TOLERANCE:
            return name
    return None


def described(page: PageSeen) -> str:
    """The size as people say it, with millimetres where it has no name."""
    if name := size_name(page):
        return name
    return f"{page.width * 25.4 / 72:.0f} × {page.height * 25.4 / 72:.0f} mm"


def _upright(page: PageSeen) -> tuple[int, int]:
    name = size_name(page)
    short, long = SIZES[name] if name else sorted((page.width, page.height))
    # Neighbouring sizes fall together: nobody sees a difference of two points.
    return round(short / _TOLERANCE), round(long / _TOLERANCE)


def main_page(inspection: Inspection) -> PageSeen:
    """A page of the size that most pages of the paper have."""
    usual, _ = Counter(_upright(page) for page in inspection.pages).most_common(1)[0]
    return next(page for page in inspection.pages if _upright(page) == usual)


def mixed(facts: Facts) -> Iterator[Finding]:
    """Pages of different sizes within one paper."""
    for paper, inspection in facts.seen:
        usual = main_page(inspection)
        odd = [
            at for at, page in enumerate(inspection.pages, 1) if _upright(page) != _upright(usual)
        ]
        if odd:
            other = inspection.pages[odd[0] - 1]
            yield Finding(
                code="page-size-mixed",
                severity=Severity.WARNING,
                message=f"pages of different sizes: most are {described(usual)},"
                f" {ranges(odd)} {described(other)}",
                subject=paper.key,
                where=pdf_page(paper, odd[0]),
                hint="Ask the authors for a PDF with pages of one size, or accept it.",
            )


def unusual(facts: Facts) -> Iterator[Finding]:
    """A paper that is neither on A4 nor on US Letter."""
    for paper, inspection in facts.seen:
        page = main_page(inspection)
        if size_name(page) is None:
            yield Finding(
                code="page-size-unusual",
                severity=Severity.WARNING,
                message=f"pages are {described(page)}"
                f" ({page.width:.0f} × {page.height:.0f} points), neither A4 nor US Letter",
                subject=paper.key,
                where=pdf_page(paper, 1),
                hint="Ask the authors to use the event's template; it is printed as it is"
                " otherwise.",
            )


def turned(facts: Facts) -> Iterator[Finding]:
    """Pages wider than high."""
    for paper, inspection in facts.seen:
        wide = [at for at, page in enumerate(inspection.pages, 1) if page.width > page.height]
        if wide:
            yield Finding(
                code="page-landscape",
                severity=Severity.INFO,
                message=f"{ranges(wide)} in landscape",
                subject=paper.key,
                where=pdf_page(paper, wide[0]),
                hint="Nothing needs doing: the stamp stands upright on it.",
            )


def differing(facts: Facts) -> Iterator[Finding]:
    """A4 and US Letter side by side in one volume."""
    found: dict[str, list[str]] = {}
    for paper, inspection in facts.seen:
        if paper.in_volume and (name := size_name(main_page(inspection))):
            found.setdefault(name, []).append(paper.key)
    if len(found) < 2:
        return
    groups = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    usual, others = groups[0], groups[1]
    yield Finding(
        code="page-sizes-differ",
        severity=Severity.INFO,
        message=f"the volume mixes page sizes: {len(usual[1])} on {usual[0]},"
        f" {len(others[1])} on {others[0]} ({spoken(others[1])})",
        hint="Papers keep their size; if that is not wanted, ask these authors for the other one.",
    )
