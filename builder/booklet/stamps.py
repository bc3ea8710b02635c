"""What is printed onto the pages of papers: the volume's line, and page numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.booklet import wording
from builder.model import Finding, Paper, PlannedPaper, Severity, Volume, Where
from builder.model.markup import plain
from builder.pdf import Stamp

FIELDS = (
    "event",
    "volume",
    "statement",
    "place",
    "dates",
    "year",
    "key",
    "title",
    "authors",
    "pages",
    "first",
    "last",
    "doi",
    "isbn",
)
"""What a template may name in braces."""

_FIELD = re.compile(r"\{\{|\}\}|(?P<glued>[^\s{}]*[:/])?\{(?P<name>[^{}]*)\}")
_GAPS = re.compile(r"\s*([,;:·|])(?:\s*[,;:·|–—-]\s+)+")
_SEPARATORS = re.compile(r"^[\s,;:.·|–—-]+|[\s,;:·|–—-]+$")


def first_page_line(volume: Volume, paper: Paper, planned: PlannedPaper) -> str:
    """The volume's line at the foot of a paper's first page.

    The editors' template if they wrote one, else a default that says honestly what the volume is:
    an archival one is named with pages, place and date, a non-archival one says that it is none.
    """
    template = volume.booklet.stamps.first_page
    if template:
        return fill(template, values(volume, paper, planned))
    filled = values(volume, paper, planned)
    if not (volume.archival and paper.archival):
        # Papers of a volume that is no publication must not look as if they were in one.
        return f"{_sentence(non_archival(volume))} {_pages(planned).capitalize()}."
    parts = [filled["volume"], _pages(planned), filled["place"], filled["dates"]]
    line = ", ".join(part for part in parts if part)
    return f"{line}. https://doi.org/{paper.doi}" if paper.doi else f"{line}."


def non_archival(volume: Volume) -> str:
    """The sentence with which a non-archival volume says that it is one."""
    return volume.statement or f"Presented at {volume.event.short_name}; non-archival."


def values(volume: Volume, paper: Paper, planned: PlannedPaper) -> dict[str, str]:
    """What each of `FIELDS` stands for on one paper."""
    return {
        "event": volume.event.short_name,
        "volume": volume.title,
        "statement": volume.statement if volume.archival else non_archival(volume),
        "place": volume.event.place,
        "dates": wording.dates(volume.event.start, volume.event.end),
        "year": str(volume.event.year or ""),
        "key": paper.key,
        "title": plain.render(paper.title),
        "authors": wording.joined([named.name.full for named in paper.contributors]),
        "pages": planned.range,
        "first": str(planned.first),
        "last": str(planned.last),
        "doi": paper.doi,
        "isbn": volume.isbn,
    }


def paper_stamps(
    volume: Volume, paper: Paper, planned: PlannedPaper, *, draft: bool
) -> tuple[Stamp, ...]:
    """Everything that is printed onto the pages of one paper."""
    stamps = [
        Stamp(
            page=1,
            text=first_page_line(volume, paper, planned),
            place="foot-center",
            size=7.5,
            margin=15,
            color="#333333",
        )
    ]
    if volume.booklet.stamps.page_numbers:
        # On first pages the number comes to stand above the line, elsewhere where it always is.
        stamps += [
            Stamp(page=page, text=str(planned.first + page - 1), size=9, margin=27)
            for page in range(1, planned.pages + 1)
        ]
    if draft:
        stamps += [Stamp.watermark(page) for page in range(1, planned.pages + 1)]
    return tuple(stamp for stamp in stamps if stamp.text)


def fill(template: str, filled: Mapping[str, str]) -> str:
    """`template` with its fields filled in; `{{` and `}}` are braces, unknown fields vanish."""

    def one(match: re.Match[str]) -> str:
        if match["name"] is None:
            return match[0][0]
        # What is glued to a field goes with it: no `doi:` without a DOI.
        value = filled.get(match["name"].strip(), "")
        return f"{match['glued'] or ''}{value}" if value else ""

    text = " ".join(_FIELD.sub(one, template).split())
    # A field that is empty on this paper must not leave its separator dangling.
    return _SEPARATORS.sub("", _GAPS.sub(_kept, text))


def _kept(gap: re.Match[str]) -> str:
    """The first of the separators around nothing, spaced as it was."""
    before = gap[0][: len(gap[0]) - len(gap[0].lstrip())]
    return f"{before}{gap[1]} "


def unknown_fields(volume: Volume) -> tuple[Finding, ...]:
    """A finding for every field in the editors' template that does not exist."""
    template = volume.booklet.stamps.first_page
    names = [
        match["name"].strip() for match in _FIELD.finditer(template) if match["name"] is not None
    ]
    return tuple(
        Finding(
            code="stamp-unknown-field",
            severity=Severity.ERROR,
            message=f"The stamp's template names a field `{{{name}}}` that does not exist",
            where=Where(file="proceedings/edition.yaml"),
            hint="In booklet.stamps.first_page, use one of "
            + ", ".join(f"{{{field}}}" for field in FIELDS)
            + ".",
        )
        for name in dict.fromkeys(names)
        if name not in FIELDS
    )


def _pages(planned: PlannedPaper) -> str:
    return f"page {planned.range}" if planned.pages == 1 else f"pages {planned.range}"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
