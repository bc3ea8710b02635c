"""A deposit through ScholarOne's submission integration: a `.go` file and a flat zip per paper.

Source: developer.scholarone.com, "The GO file", "Deposits from integrators", "JATS metadata file"
(read 2026-11-22). The interface takes JATS Archiving 1.1 without a document declaration; its `.go`
file's own schema is not public, and the mapping of manuscript types and files could not be read.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

from builder.export import jats
from builder.export.dossier import PREVIEW, Dossier
from builder.model.markup import jats as render
from builder.model.markup.jats import text


def name(dossier: Dossier) -> str:
    """What both files are called: unique for the journal, in letters that every system takes."""
    event = re.sub(r"[^A-Za-z0-9]+", "-", dossier.volume.event.short_name).strip("-")
    return f"{event}-{dossier.name}" if event else dossier.name


def metadata(dossier: Dossier, key: str) -> bytes:
    """The metadata file inside the zip; `key` is the integrator's client key."""
    paper = dossier.paper
    remark = f"<!-- {PREVIEW} -->\n" if dossier.preview else ""
    abstract = (
        f"<abstract>{render.paragraphs(paper.abstract)}</abstract>\n" if paper.abstract else ""
    )
    keywords = "".join(f"<kwd>{text(keyword)}</kwd>" for keyword in paper.keywords)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'{remark}<article xmlns:xlink="http://www.w3.org/1999/xlink" '
        'article-type="research-article">\n<front>\n<journal-meta>\n'
        f'<journal-id journal-id-type="publisher">{text(key)}</journal-id>\n'
        "<journal-title-group><journal-title>"
        f"{text(dossier.profile.value('scholarone_name'))}</journal-title></journal-title-group>\n"
        "</journal-meta>\n<article-meta>\n"
        f'<article-id pub-id-type="manuscript">{text(name(dossier))}</article-id>\n'
        f"<title-group><article-title>{render.render(paper.title)}</article-title></title-group>\n"
        f"{_contributors(dossier)}{abstract}"
        + (f'<kwd-group kwd-group-type="author">{keywords}</kwd-group>\n' if keywords else "")
        + "</article-meta>\n</front>\n</article>\n"
    ).encode()


def _contributors(dossier: Dossier) -> str:
    # A name in one piece stands in `contrib` since JATS 1.2 only; before, among alternatives.
    authors = "".join(jats.contributors(dossier))
    return re.sub(
        "(<string-name>[^<]*</string-name>)", r"<name-alternatives>\1</name-alternatives>", authors
    )


def problems(document: bytes) -> tuple[str, ...]:
    """What is wrong with the metadata file, but for what a submission cannot have yet.

    No copy of the Archiving DTD 1.1 was at hand. Publishing 1.1 is a subset of it, but for an ISSN
    and a date of publication, which only Publishing demands: a copy with both is validated by that.
    """
    issn, date = b'<issn pub-type="epub"/>\n', b"<pub-date><year>0000</year></pub-date>\n"
    titles = b"</journal-title-group>\n"
    closed = b"</author-notes>\n" if b"</author-notes>\n" in document else b"</contrib-group>\n"
    copy = document.replace(titles, titles + issn, 1).replace(closed, closed + date, 1)
    return jats.invalid(copy, "jats-publishing-1.1/JATS-journalpublishing1.dtd")


def go(dossier: Dossier, key: str, files: list[str]) -> bytes:
    """The `.go` file, which starts the deposit; the manuscript stays a draft of its author."""
    remark = f"<!-- {PREVIEW} -->\n" if dossier.preview else ""
    own = name(dossier)
    listed = "".join(f"<file-name><name>{text(file)}</name></file-name>\n" for file in files)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE GO SYSTEM "S1_GO.dtd">\n'
        f"{remark}<GO>\n<header><clientkey>{text(key)}</clientkey>\n<journal_abbreviation>"
        f"{text(dossier.profile.value('scholarone_name'))}</journal_abbreviation></header>\n"
        f"<package><archiveFile>{text(own)}.zip</archiveFile>\n"
        f"<metadata-file-name>{text(own)}.xml</metadata-file-name>\n{listed}</package>\n"
        f"<document-version version={quoteattr('original')} attempt-submit={quoteattr('N')}/>\n"
        "</GO>\n"
    ).encode()


def members(dossier: Dossier, key: str, files: dict[str, Path]) -> dict[str, bytes | Path]:
    """What the zip holds, in one flat folder."""
    return {f"{name(dossier)}.xml": metadata(dossier, key), **files}
