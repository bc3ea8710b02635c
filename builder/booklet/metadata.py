"""What the volume and each paper say about themselves as files."""

from __future__ import annotations

from builder.booklet import wording
from builder.booklet.desk import title_text
from builder.booklet.stamps import first_page_line, non_archival
from builder.model import Paper, PlannedPaper, Volume
from builder.model.licenses import license_address
from builder.pdf import DocumentInfo


def of_volume(volume: Volume, title: str = "") -> DocumentInfo:
    """The volume's own record; `title` where a part of it stands alone."""
    event = volume.event
    held = (event.name, event.place, wording.speech(volume).span(event.start, event.end))
    where = ", ".join(part for part in held if part)
    return DocumentInfo(
        title=title or volume.title,
        authors=tuple(editor.name.full for editor in volume.editors),
        keywords=volume.topics,
        language=volume.language,
        subject=where if volume.archival else non_archival(volume),
        date=volume.date or event.start,
        publisher=volume.publisher,
        doi=volume.doi,
        isbn=volume.isbn,
        issn=volume.issn,
        license=_license(volume.license),
    )


def of_paper(volume: Volume, paper: Paper, planned: PlannedPaper) -> DocumentInfo:
    """A paper's own record. A non-archival volume is no publication and is not named as one."""
    published = volume.archival and paper.archival
    return DocumentInfo(
        title=title_text(paper.title),
        authors=tuple(named.name.full for named in paper.contributors),
        keywords=paper.keywords,
        language=paper.language or volume.language,
        subject=first_page_line(volume, paper, planned),
        date=volume.date or volume.event.start,
        publication=volume.title if published else "",
        publisher=volume.publisher if published else "",
        doi=paper.doi,
        isbn=volume.isbn if published else "",
        issn=volume.issn if published else "",
        license=_license(paper.license or volume.license),
        first_page=planned.first,
        last_page=planned.last,
    )


def _license(identifier: str) -> str:
    return license_address(identifier) or identifier
