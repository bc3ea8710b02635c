"""The papers, with their authors, PDFs and attachments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from builder.edition import latex
from builder.gather import notation
from builder.gather.aclpub2.keys import LINKS, NAMES, entries, full_name, line, understood
from builder.gather.gathered import GatheredAuthor, GatheredFile, GatheredPaper
from builder.gather.reading import Source, shown
from builder.gather.yamldump import Row
from builder.model import Severity

_FILE = "papers.yml"
_PAPER = (
    *("id", "title", "authors", "file", "pdf_file", "abstract", "attributes", "attachments"),
    *(
        "archival",
        "keywords",
        "doi",
        "pages",
        "page_range",
        "track",
        "award",
        "awards",
        "openreview",
    ),
)
_ATTRIBUTES = ("paper_type", "presentation_type", "submitted_area", "presentation_mode")
_FALSE = {"false", "no", "off", "0"}
_TRUE = {"true", "yes", "on", "1"}


def papers(source: Source) -> tuple[list[GatheredPaper], list[dict[str, Any]]]:
    """Every paper, in the order of the file, and the tracks that they name."""
    gathered: list[GatheredPaper] = []
    keys: dict[str, str] = {}
    tracks: dict[str, str] = {}
    data = source.yaml(_FILE)
    if data is None and not source.findings:
        return [], []
    for number, entry in enumerate(entries(source, _FILE, data), 1):
        table = understood(source, _FILE, entry, _PAPER)
        id = line(table.get("id"))
        where = source.where(_FILE, entry, "id")
        if not table:
            continue
        if not id:
            source.report(
                code="gather-missing-field",
                message=f"paper number {number} has no `id`; it is left out",
                where=where,
                hint="give it an id and gather again",
            )
            continue
        if id in keys:
            source.report(
                code="gather-duplicate",
                message=f"the id {shown(id)} stands twice in {_FILE}; the first one counts",
                subject=keys[id],
                where=where,
                hint="give each paper an id of its own",
            )
            continue
        key = notation.unique_key(notation.safe_key(id), keys.values())
        keys[id] = key
        if key != id:
            source.report(
                code="gather-key",
                severity=Severity.INFO,
                message=f"the id “{shown(id)}” cannot be a key; the paper's key is {key}",
                subject=key,
                where=where,
            )
        paper = _paper(source, entry, table, key)
        if track := paper.fields.get("track"):
            tracks.setdefault(track, _heading(latex.plain(_track(table))))
        gathered.append(paper)
    listed = [{"id": id, "name": name} for id, name in tracks.items()]
    return gathered, listed


def _paper(source: Source, entry: Any, table: dict[str, Any], key: str) -> GatheredPaper:
    where = source.where(_FILE, entry)
    id = line(table.get("id"))
    for what in ("title", "authors"):
        if not table.get(what):
            source.report(
                code="gather-missing-field",
                message=f"paper {key} has no {what}",
                subject=key,
                where=where,
                hint="add it in papers/papers.bib, or mend the source and gather again",
            )
    fields = {"title": notation.from_latex(line(table.get("title")))}
    abstract = table.get("abstract")
    if isinstance(abstract, str):
        fields["abstract"] = notation.from_latex(abstract)
    keywords = table.get("keywords")
    if isinstance(keywords, list):
        keywords = ", ".join(filter(None, map(line, keywords)))
    fields["keywords"] = notation.from_latex(line(keywords))
    attributes = understood(source, _FILE, table.get("attributes"), _ATTRIBUTES, key)
    fields["track"] = notation.slug(_track(table | {"attributes": attributes}))
    fields["presentation"] = notation.from_plain(line(attributes.get("presentation_type"))).lower()
    archival = line(table.get("archival")).lower()
    if archival in _FALSE:
        fields["include"] = "program"
    elif archival and archival not in _TRUE:
        source.report(
            code="gather-shape",
            message=f"`archival` is “{shown(archival)}”; true or false is expected",
            subject=key,
            where=source.where(_FILE, entry, "archival"),
            hint="the paper was taken into the volume; write `include = {program}` into its "
            "entry if it should not be",
        )
    fields["doi"] = line(table.get("doi"))
    awards = table.get("awards") or table.get("award")
    listed = awards if isinstance(awards, list) else [awards]
    fields["award"] = "; ".join(notation.from_latex(line(one)) for one in listed if line(one))
    if re.match(r"https?://\S+\Z", line(table.get("openreview"))):
        fields["openreview"] = line(table.get("openreview"))
    file = table.get("file") or table.get("pdf_file") or f"{id}.pdf"
    pdf = source.file("papers", file, subject=key, where=source.where(_FILE, entry, "file"))
    return GatheredPaper(
        source=id,
        key=key,
        fields={name: value for name, value in fields.items() if value},
        authors=tuple(_authors(source, table.get("authors"), key)),
        number=id if id.isdigit() else "",
        pdf=GatheredFile(source=pdf) if pdf else None,
        supplements=tuple(_attachments(source, table.get("attachments"), key)),
    )


def _track(table: Mapping[str, Any]) -> str:
    attributes = table.get("attributes")
    kind = line(attributes.get("paper_type")) if isinstance(attributes, Mapping) else ""
    return kind or line(table.get("track"))


def _heading(label: str) -> str:
    """A track's heading; `long` alone is no heading."""
    if " " in label or label.lower().endswith(("papers", "abstracts", "demos")):
        return label
    return f"{label[:1].upper()}{label[1:]} papers"


def _authors(source: Source, value: Any, key: str) -> list[GatheredAuthor]:
    authors = []
    for entry in entries(source, _FILE, value):
        if isinstance(entry, str):
            name, table = notation.spoken(entry), {}
        else:
            table = understood(source, _FILE, entry, (*NAMES, *LINKS), key)
            given, family = full_name(table)
            name = notation.person(given, family) if given else notation.spoken(family)
        if not name:
            source.report(
                code="gather-author",
                message=f"an author of paper {key} has no name; left out",
                subject=key,
                where=source.where(_FILE, entry),
                hint="add the author in papers/papers.bib",
            )
            continue
        details = {}
        place = table.get("institution") or table.get("affiliation")
        if affiliation := latex.plain(line(place)):
            details["affiliation"] = affiliation
        if orcid := re.search(r"\d{4}-\d{4}-\d{4}-\d{3}[\dXx]", line(table.get("orcid"))):
            details["orcid"] = orcid[0].upper()
        profile = re.search(r"~[^\s~@&]+\d+\Z", line(table.get("openreview")))
        if profile:
            details["openreview"] = profile[0]
        email = line(table.get("email"))
        authors.append(
            GatheredAuthor(
                name=name,
                printed=notation.printed(name),
                details=Row(details),
                email=email if re.fullmatch(r"[^\s@]+@[^\s@]+", email) else "",
            )
        )
    return authors


def _attachments(source: Source, value: Any, key: str) -> list[GatheredFile]:
    files: list[GatheredFile] = []
    for entry in entries(source, _FILE, value):
        table = (
            {"file": entry}
            if isinstance(entry, str)
            else understood(source, _FILE, entry, ("type", "file"), key)
        )
        where = source.where(_FILE, entry, "file")
        file = source.file("attachments", table.get("file"), subject=key, where=where)
        if file is None:
            continue
        if any(known.source == file for known in files):
            source.report(
                code="gather-duplicate",
                message=f"the attachment {shown(table['file'])} of paper {key} is named twice",
                subject=key,
                where=where,
            )
            continue
        kind = notation.slug(line(table.get("type")))
        if kind == "copyright":
            continue  # a signed form with signatures and addresses: not for readers
        files.append(GatheredFile(source=file, kind=kind))
    return files
