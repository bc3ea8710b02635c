"""What is printed onto the pages of papers: the volume's line, and page numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from builder.booklet import wording
from builder.check.versions import printed_from
from builder.model import Finding, Inspection, Paper, PlannedPaper, Severity, Volume, Where
from builder.model.language import Speech
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
    "page",
    "issn",
    "volume_doi",
    "publisher",
    "editors",
    "short_authors",
    "track",
    "license",
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
    filled = values(volume, paper, planned)
    unclaimed = volume.archival and not paper.archival
    if template:
        line, remark = fill(template, filled), wording.say("non-archival", volume)
        return f"{line} · {remark}" if unclaimed and line and remark not in line else line
    if not volume.archival or unclaimed:
        # What is no publication must not look as if it were one.
        said = _presented(volume) if unclaimed else non_archival(volume)
        place = _pages(volume, planned)
        if planned.volume:
            number = wording.say("volume-number", volume, number=str(planned.volume))
            place = f"{number}, {place}"
        return f"{_sentence(said)} {place[:1].upper()}{place[1:]}."
    parts = [filled["volume"], _pages(volume, planned), filled["place"], filled["dates"]]
    line = ", ".join(part for part in parts if part)
    return f"{line}. https://doi.org/{paper.doi}" if paper.doi else f"{line}."


def non_archival(volume: Volume) -> str:
    """The sentence with which a non-archival volume says that it is one."""
    return volume.statement or _presented(volume)


def _presented(volume: Volume) -> str:
    return wording.say("non-archival-at", volume, event=volume.event.short_name)


def values(volume: Volume, paper: Paper, planned: PlannedPaper) -> dict[str, str]:
    """What each of `FIELDS` stands for on one paper."""
    speech = wording.speech(volume)
    return {
        "event": volume.event.short_name,
        "volume": volume.title,
        "statement": volume.statement if volume.archival else non_archival(volume),
        "place": volume.event.place,
        "dates": speech.span(volume.event.start, volume.event.end),
        "year": str(volume.event.year or ""),
        "key": paper.key,
        "title": plain.render(paper.title),
        "authors": speech.joined([named.name.full for named in paper.contributors]),
        "pages": planned.range,
        "first": str(planned.first),
        "last": str(planned.last),
        "doi": paper.doi,
        "isbn": volume.isbn,
        "page": str(planned.first),
        "issn": volume.issn,
        "volume_doi": volume.doi,
        "publisher": volume.publisher,
        "editors": speech.joined([editor.name.full for editor in volume.editors]),
        "short_authors": _short(
            [named.name.family_or_literal for named in paper.contributors], speech
        ),
        "track": track.name if (track := volume.track(paper.track)) else "",
        "license": paper.license or volume.license,
    }


def paper_stamps(
    volume: Volume,
    paper: Paper,
    planned: PlannedPaper,
    *,
    draft: bool,
    inspection: Inspection | None = None,
) -> tuple[Stamp, ...]:
    """Everything that is printed onto the pages of one paper.

    What was seen in it decides whether its own page numbers stay instead of the volume's.
    """
    said = volume.booklet.stamps
    stamps = [_line(1, "foot", first_page_line(volume, paper, planned))]
    filled = values(volume, paper, planned)
    if paper.status:
        word = wording.say(paper.status, volume)
        line = f"{word}: {paper.notice}" if paper.notice else f"{word}."
        stamps.append(replace(_line(1, "head", line), size=9, color=_ALARM, bold=True))
    if paper.status == "retracted":
        word = wording.say("retracted", volume).upper()
        stamps += [
            replace(Stamp.watermark(page, word), color=_ALARM)
            for page in range(1, planned.pages + 1)
        ]
    if said.first_header:
        stamps.append(_line(1, "head", fill(said.first_header, filled)))
    for page in range(2, planned.pages + 1):
        filled["page"] = str(planned.first + page - 1)
        stamps += [
            _line(page, edge, fill(template, filled))
            for edge, template in (("head", said.header), ("foot", said.footer))
            if template
        ]
    if said.page_numbers and not _keeps_its_own(volume, paper, inspection):
        # On first pages the number comes to stand above the line, elsewhere where it always is.
        stamps += [
            Stamp(page=page, text=str(planned.first + page - 1), size=9, margin=27)
            for page in range(1, planned.pages + 1)
        ]
    # One word across a page is enough.
    if draft and paper.status != "retracted":
        word = wording.say("draft", volume).upper()
        stamps += [Stamp.watermark(page, word) for page in range(1, planned.pages + 1)]
    return tuple(stamp for stamp in stamps if stamp.text)


_ALARM = "#b3261e"


def _line(page: int, edge: str, text: str) -> Stamp:
    return Stamp(
        page=page,
        text=text,
        place="head-center" if edge == "head" else "foot-center",
        size=7.5,
        margin=15,
        color="#333333",
    )


_OUTER = 50.0
"""Points from the page's edge: what ends within them is a running line, not the text's last."""


def covers(
    volume: Volume, paper: Paper, inspection: Inspection | None
) -> dict[int, tuple[tuple[float, float, float, float], ...]]:
    """What a paper prints in its margins and the volume hides, by page (from 1).

    Only where the edition says `cover`: for the paper itself, or for all and the paper has page
    numbers. What may be the text's first or last line is never hidden.
    """
    said = volume.booklet.stamps
    if inspection is None or said.papers.get(paper.key, said.numbers) != "cover":
        return {}
    if paper.key not in said.papers and printed_from(inspection) is None:
        return {}
    found = {}
    for number, page in enumerate(inspection.pages, 1):
        boxes = tuple(box for box in page.ink if box[3] <= _OUTER or box[1] >= page.height - _OUTER)
        if boxes:
            found[number] = boxes
    return found


def _keeps_its_own(volume: Volume, paper: Paper, inspection: Inspection | None) -> bool:
    said = volume.booklet.stamps
    if inspection is None or said.papers.get(paper.key, said.numbers) != "keep":
        return False
    # What the editors say about one paper holds whether or not its numbers were recognised.
    return paper.key in said.papers or printed_from(inspection) is not None


def _short(families: list[str], speech: Speech) -> str:
    """`Doe`, `Doe and Roe`, `Doe et al.`."""
    return f"{families[0]} et al." if len(families) > 2 else speech.joined(families)


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
    """A finding for every field in the editors' templates that does not exist, and every paper."""
    said = volume.booklet.stamps
    found = []
    for setting in ("first_page", "first_header", "header", "footer"):
        matches = _FIELD.finditer(getattr(said, setting))
        names = [match["name"].strip() for match in matches if match["name"] is not None]
        found += [
            Finding(
                code="stamp-unknown-field",
                severity=Severity.ERROR,
                message=f"The stamp's template names a field `{{{name}}}` that does not exist",
                where=Where(file="proceedings/edition.yaml"),
                hint=f"In booklet.stamps.{setting}, use one of "
                + ", ".join(f"{{{field}}}" for field in FIELDS)
                + ".",
            )
            for name in dict.fromkeys(names)
            if name not in FIELDS
        ]
    found += [
        Finding(
            code="stamp-unknown-paper",
            severity=Severity.ERROR,
            message=f"booklet.stamps.papers names a paper `{key}` that the volume does not print",
            where=Where(file="proceedings/edition.yaml"),
            hint="Use the paper's key as papers/papers.bib has it, or take the line out.",
        )
        for key in said.papers
        if key not in {paper.key for paper in volume.printed}
    ]
    return tuple(found)


def _pages(volume: Volume, planned: PlannedPaper) -> str:
    return wording.say("page" if planned.pages == 1 else "pages", volume, pages=planned.range)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
