"""Reads a `.bib` file with the PDFs and supplements that lie beside it.

An entry `@proceedings`, as PMLR's editors send it, tells about the volume (PMLR's specification,
`papersite`, read 2026-11-22); every other entry is a paper. Values are taken as they are written,
with strings and `#` evaluated.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from builder.edition import bibtex, latex, names
from builder.gather import notation
from builder.gather.gathered import Gathered, GatheredFile, GatheredPaper
from builder.gather.reading import Source, shown
from builder.model import Severity

_ABOUT_VOLUMES = {"proceedings", "mvproceedings", "collection"}
_UNFIT = re.compile(r"[^\w.+-]|\.\.|^[.-]")
"""What a key may not hold: it names files, and stands in addresses."""


def read(path: Path) -> Gathered:
    """The entries of the file at `path`, or of the only `.bib` file in the folder `path`."""
    file = _file(path)
    source = Source(file or path)
    if file is None:
        source.unreadable(path.name, "exactly one .bib file is expected in the folder")
        return Gathered(format="bibtex", findings=tuple(source.findings))
    bibliography = bibtex.read(file)
    source.findings += bibliography.findings
    papers: list[GatheredPaper] = []
    edition: dict[str, Any] = {}
    for entry in bibliography.entries:
        if entry.type in _ABOUT_VOLUMES:
            edition = edition or _facts(entry)
            continue
        if entry.type in {"xdata", "set"}:
            continue
        key = entry.key
        if _UNFIT.search(key):
            key = notation.safe_key(key)
            source.report(
                code="gather-key",
                severity=Severity.INFO,
                message=f"the key “{shown(entry.key)}” cannot name a file; it became {key}",
                subject=key,
                where=entry.where,
            )
        key = notation.unique_key(key, [paper.key for paper in papers])
        fields = {
            field.name: notation.paragraphs(field.value)
            for field in entry.fields
            if not field.inherited and field.name != "crossref"
        }
        fields = {name: value for name, value in fields.items() if value}
        for name, value in fields.items():
            if not notation.balanced(value):
                fields[name] = notation.from_plain(latex.plain(value))
        papers.append(
            GatheredPaper(
                source=entry.key,
                key=key,
                kind=entry.type if re.fullmatch(r"[a-z]+", entry.type) else "inproceedings",
                fields=fields,
                pdf=_beside(source, f"{entry.key}.pdf"),
                supplements=tuple(_supplements(source, entry.key)),
            )
        )
    if not papers and not source.findings:
        source.report(code="gather-nothing", message=f"no entry was found in {file.name}")
    return Gathered(
        format="bibtex",
        papers=tuple(papers),
        edition=edition,
        findings=tuple(source.findings),
    )


def _file(path: Path) -> Path | None:
    if not path.is_dir():
        return path
    found = sorted(path.glob("*.bib"))
    return found[0] if len(found) == 1 else None


def _beside(source: Source, name: str) -> GatheredFile | None:
    file = source.existing(".", name)
    # A key may hold anything; a name with a folder in it is no file that lies beside.
    if file is None or file.parent != source.root.resolve():
        return None
    return GatheredFile(source=file)


def _supplements(source: Source, key: str) -> list[GatheredFile]:
    """`<key>-supp.*` and `<key>-supp-<kind>.*`, as PMLR names them."""
    pattern = re.compile(re.escape(key) + r"-supp(?:-(?P<kind>[\w-]+))?\.\w+\Z")
    found = []
    for file in sorted(source.root.iterdir()) if source.root.is_dir() else []:
        match = pattern.match(file.name)
        if match and (kept := _beside(source, file.name)):
            found.append(GatheredFile(source=kept.source, kind=match["kind"] or ""))
    return found


def _facts(entry: bibtex.Entry) -> dict[str, Any]:
    """What `@proceedings` says about event and volume."""

    def text(name: str) -> str:
        return latex.plain(entry.get(name))

    def date(name: str) -> str:
        found = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text(name))
        return found[0] if found else ""

    short, year = text("shortname"), text("year")
    event = {
        "name": text("name"),
        "short_name": f"{short} {year}".strip() if short and year not in short else short,
        "start": date("start"),
        "end": date("end"),
        "place": text("address"),
        "url": text("conference_url"),
    }
    if not re.match(r"https?://\S+\Z", event["url"]):
        event["url"] = ""
    volume: dict[str, Any] = {
        "title": text("booktitle") or text("title"),
        "date": date("published"),
    }
    editors = [names.parse(name).full for name, _ in names.split(entry.get("editor")) if name]
    if editors:
        volume["editors"] = editors
    made: dict[str, Any] = {}
    for part, values in (("event", event), ("volume", volume)):
        if given := {key: value for key, value in values.items() if value}:
            made[part] = given
    return made
