"""The edition's metadata as files that anybody may take away: JSON and a table."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from builder.site import links
from builder.site.views import PaperView, Shelf


def record(shelf: Shelf) -> dict[str, Any]:
    """The edition's public metadata: event, volume, papers with their authors."""
    volume, event = shelf.volume, shelf.volume.event
    return {
        "event": _filled(
            name=event.name,
            short_name=event.short_name,
            start=event.start.isoformat() if event.start else "",
            end=event.end.isoformat() if event.end else "",
            place=event.place,
            host=event.host,
            url=links.safe(event.url),
        ),
        "volume": _filled(
            title=volume.title,
            subtitle=volume.subtitle,
            editors=[editor.name.full for editor in volume.editors],
            archival=volume.archival,
            statement=volume.statement,
            publisher=volume.publisher,
            isbn=volume.isbn,
            issn=volume.issn,
            doi=volume.doi,
            license=volume.license,
            language=volume.language,
        ),
        "papers": [_paper(view, shelf) for view in shelf.papers],
    }


def text(shelf: Shelf) -> str:
    """`record` as JSON, one line for each paper."""
    told = record(shelf)
    rows = ",\n".join(_ROW.encode(row) for row in told.pop("papers"))
    head = json.dumps(told, ensure_ascii=False, indent=1)
    return f'{head[:-2]},\n "papers": [\n{rows}\n ]\n}}\n'


_ROW = json.JSONEncoder(ensure_ascii=False)


def _paper(view: PaperView, shelf: Shelf) -> dict[str, Any]:
    paper, planned = view.paper, shelf.desk.plan.of(view.paper.key)
    return _filled(
        key=paper.key,
        title=view.title,
        authors=[
            _filled(
                id=byline.id,
                name=byline.contributor.name.full,
                given=byline.contributor.name.given,
                family=" ".join(
                    part
                    for part in (byline.contributor.name.particle, byline.contributor.name.family)
                    if part
                ),
                affiliations=[place.name for place in byline.contributor.affiliations],
                orcid=byline.contributor.orcid,
            )
            for byline in view.bylines
        ],
        abstract=view.abstract,
        keywords=list(paper.keywords),
        track=view.track.name if view.track else "",
        awards=list(paper.awards),
        presentation=paper.presentation,
        in_volume=paper.in_volume,
        archival=view.archival,
        specimen=view.specimen,
        first_page=planned.first if planned else None,
        last_page=planned.last if planned else None,
        doi=paper.doi,
        license=paper.license or shelf.volume.license,
        page=f"{shelf.desk.addresses.paper(paper.key)}.html",
        pdf=view.pdf,
        links={link.kind: link.url for link in view.links},
        sessions=[session.id for session, _ in view.appearances],
    )


def _filled(**fields: Any) -> dict[str, Any]:
    """The fields that say something; `False` does, an empty text does not."""
    return {name: value for name, value in fields.items() if value not in ("", None, [], {})}


def table(shelf: Shelf) -> str:
    """One row per paper, as CSV (RFC 4180)."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(
        [
            "key",
            "title",
            "authors",
            "track",
            "first_page",
            "last_page",
            "doi",
            "openreview",
            "page",
            "pdf",
        ]
    )
    for view in shelf.papers:
        paper, planned = view.paper, shelf.desk.plan.of(view.paper.key)
        writer.writerow(
            map(
                _cell,
                (
                    paper.key,
                    view.title,
                    "; ".join(byline.contributor.name.full for byline in view.bylines),
                    view.track.name if view.track else "",
                    planned.first if planned else "",
                    planned.last if planned else "",
                    paper.doi,
                    links.safe(paper.openreview),
                    f"{shelf.desk.addresses.paper(paper.key)}.html",
                    view.pdf,
                ),
            )
        )
    return stream.getvalue()


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection")."""
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
