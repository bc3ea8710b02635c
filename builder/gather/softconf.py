"""Reads the table of metadata that Softconf/START exports (`paper-metadata.csv`).

One row per submission; authors in columns `1: First Name` … `35: Affiliation`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

from builder.gather import notation
from builder.gather.gathered import Gathered, GatheredAuthor, GatheredPaper
from builder.gather.reading import Source, Unreadable, shown
from builder.gather.yamldump import Row
from builder.model import Severity, Where

_PRESENTATION = re.compile(r"\b(oral|poster|spotlight|demo)\b", re.IGNORECASE)


def read(path: Path) -> Gathered:
    """The accepted papers of the table at `path`, or of `paper-metadata.csv` in that folder."""
    file = path / "paper-metadata.csv" if path.is_dir() else path
    source = Source(file)
    papers: list[GatheredPaper] = []
    withdrawn = []
    tracks: dict[str, str] = {}
    keys: dict[str, str] = {}
    for number, row in _rows(source, file):
        id = row.get("Submission ID", "")
        where = Where(file=file.name, line=number)
        if not id:
            source.report(
                code="gather-missing-field",
                message="a row has no “Submission ID”; it is left out",
                where=where,
            )
            continue
        if id in keys:
            source.report(
                code="gather-duplicate",
                message=f"the submission {shown(id)} stands twice; the first one counts",
                subject=keys[id],
                where=where,
            )
            continue
        keys[id] = key = notation.unique_key(notation.safe_key(id), keys.values())
        status = row.get("Acceptance Status", "")
        if not status:
            source.report(
                code="gather-undecided",
                message=f"nothing says whether the submission {key} was accepted; it is left out",
                subject=key,
                where=where,
                hint="export the column “Acceptance Status” too",
            )
            continue
        if not re.match(r"accept", status, re.IGNORECASE):
            withdrawn.append(id)
            continue
        fields = {"title": notation.from_markdown(notation.one_line(row.get("Title", "")))}
        fields["abstract"] = notation.from_markdown(row.get("Abstract", ""))
        kind = notation.one_line(row.get("Submission Type", ""))
        if track := notation.slug(kind):
            tracks.setdefault(
                track, kind if " " in kind else f"{kind[:1].upper()}{kind[1:]} papers"
            )
            fields["track"] = track
        if said := _PRESENTATION.search(status):
            fields["presentation"] = said[1].lower()
        papers.append(
            GatheredPaper(
                source=id,
                key=key,
                fields={name: value for name, value in fields.items() if value},
                authors=tuple(_authors(row)),
                number=id if id.isdigit() else "",
            )
        )
    if withdrawn:
        source.report(
            code="gather-not-accepted",
            severity=Severity.INFO,
            message=f"{len(withdrawn)} of {len(keys)} submissions were not accepted; left out",
        )
    listed = [{"id": id, "name": name} for id, name in tracks.items()]
    return Gathered(
        format="softconf",
        papers=tuple(papers),
        withdrawn=tuple(withdrawn),
        edition={"tracks": listed} if listed else {},
        findings=tuple(source.findings),
    )


def _rows(source: Source, file: Path) -> list[tuple[int, Mapping[str, str]]]:
    """Each row with its line; nothing if the file is no such table."""
    try:
        text = source.text(file)
        reader = csv.reader(io.StringIO(text), strict=False)
        header = [cell.strip() for cell in next(reader, [])]
        if "Submission ID" not in header:
            raise Unreadable("it has no column “Submission ID”")
        rows: list[tuple[int, Mapping[str, str]]] = []
        for cells in reader:
            if any(cell.strip() for cell in cells):
                row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
                rows.append((reader.line_num, row))
    except Unreadable as why:
        source.unreadable(file.name, str(why))
        return []
    except csv.Error as error:
        source.unreadable(file.name, f"it is no table ({error})")
        return []
    return rows


def _authors(row: Mapping[str, str]) -> list[GatheredAuthor]:
    authors = []
    for number in range(1, 1000):
        if f"{number}: Last Name" not in row:
            break
        parts = [row.get(f"{number}: {part} Name", "") for part in ("First", "Middle")]
        given = " ".join(filter(None, parts))
        name = notation.person(given, row[f"{number}: Last Name"])
        if not name:
            continue
        details: dict[str, str] = Row()
        if affiliation := notation.one_line(row.get(f"{number}: Affiliation", "")):
            details["affiliation"] = affiliation
        email = row.get(f"{number}: Email", "")
        authors.append(
            GatheredAuthor(
                name=name,
                printed=notation.printed(name),
                details=details,
                email=email if re.fullmatch(r"[^\s@]+@[^\s@]+", email) else "",
            )
        )
    if authors:
        return authors
    # The short form of the table has names only: "A B, C D and E F".
    listed = re.split(r",\s*|\s+and\s+", notation.one_line(row.get("Authors", "")))
    names = [notation.spoken(name) for name in listed if name]
    return [GatheredAuthor(name=name, printed=notation.printed(name)) for name in names]
