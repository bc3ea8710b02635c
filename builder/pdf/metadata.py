"""What a file says about itself: document information, XMP, page labels."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

PRODUCER = "proceedings-builder"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentInfo:
    """Facts about a volume or a paper, in plain text; empty ones are not written."""

    title: str
    authors: tuple[str, ...] = ()
    """Names as printed, in order."""
    keywords: tuple[str, ...] = ()
    language: str = "en"
    """BCP 47."""
    subject: str = ""
    """One line of what it is: `Presented at TerraBytes 2025; non-archival`."""
    date: dt.date | None = None
    """Publication date. There is no other source of dates: nothing comes from the clock."""
    publication: str = ""
    """Title of the volume or journal in which a paper stands."""
    publisher: str = ""
    doi: str = ""
    """`10.…`, without resolver."""
    isbn: str = ""
    issn: str = ""
    license: str = ""
    """Name or address of the licence."""
    first_page: int | None = None
    """First printed page number, which also becomes the label of the first page."""
    last_page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """From page `sheet` (counted from 1) on, pages are numbered so (ISO 32000-2, 12.4.2)."""

    sheet: int
    style: Literal["arabic", "roman", "none"] = "arabic"
    start: int = 1
    prefix: str = ""


def entries_of(info: DocumentInfo) -> dict[str, str]:
    """The document information dictionary (ISO 32000-2, 14.3.3); empty entries left out."""
    entries = {
        "Title": info.title,
        "Author": "; ".join(info.authors),
        "Subject": info.subject,
        "Keywords": ", ".join(info.keywords),
        "Producer": PRODUCER,
    }
    if info.date:
        entries["CreationDate"] = f"D:{info.date:%Y%m%d}000000Z"
        entries["ModDate"] = entries["CreationDate"]
    return {key: cleaned for key, value in entries.items() if (cleaned := clean(value))}


def xmp(info: DocumentInfo, *, archival: bool = False) -> bytes:
    """An XMP packet (ISO 16684-1) with Dublin Core and PRISM 3.0's basic elements.

    An `archival` file says that it is PDF/A-3b, and leaves out PRISM: such files may only use
    elements that XMP itself defines (ISO 19005-3, 6.6.2.3).
    """
    lines: list[str] = ["<dc:format>application/pdf</dc:format>"]
    if archival:
        lines += ["<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>"]

    def plain(tag: str, text: str) -> None:
        if (cleaned := clean(text)) and not (archival and tag.startswith("prism:")):
            lines.append(f"<{tag}>{_escape(cleaned)}</{tag}>")

    def alternatives(tag: str, text: str) -> None:
        if cleaned := clean(text):
            item = f'<rdf:li xml:lang="x-default">{_escape(cleaned)}</rdf:li>'
            lines.append(f"<{tag}><rdf:Alt>{item}</rdf:Alt></{tag}>")

    def listed(tag: str, kind: str, texts: Sequence[str]) -> None:
        items = "".join(f"<rdf:li>{_escape(clean(text))}</rdf:li>" for text in texts if clean(text))
        if items:
            lines.append(f"<{tag}><rdf:{kind}>{items}</rdf:{kind}></{tag}>")

    alternatives("dc:title", info.title)
    listed("dc:creator", "Seq", info.authors)
    listed("dc:subject", "Bag", info.keywords)
    alternatives("dc:description", info.subject)
    listed("dc:language", "Bag", [info.language])
    listed("dc:publisher", "Bag", [info.publisher])
    alternatives("dc:rights", info.license)
    if re.match(r"https?://", info.license):
        plain("xmpRights:WebStatement", info.license)
    if info.date:
        listed("dc:date", "Seq", [info.date.isoformat()])
        plain("xmp:CreateDate", f"{info.date.isoformat()}T00:00:00Z")
        plain("xmp:ModifyDate", f"{info.date.isoformat()}T00:00:00Z")
        plain("prism:publicationDate", info.date.isoformat())
    plain("dc:identifier", f"doi:{info.doi}" if info.doi else "")
    plain("prism:doi", info.doi)
    plain("prism:url", f"https://doi.org/{info.doi}" if info.doi else "")
    plain("prism:publicationName", info.publication)
    plain("prism:isbn", info.isbn)
    plain("prism:issn", info.issn)
    if info.first_page is not None:
        plain("prism:startingPage", str(info.first_page))
        last = info.last_page if info.last_page is not None else info.first_page
        plain("prism:endingPage", str(last))
        pages = f"{info.first_page}-{last}" if last > info.first_page else str(last)
        plain("prism:pageRange", pages)
    plain("pdf:Keywords", ", ".join(info.keywords))
    plain("pdf:Producer", PRODUCER)
    spaces = {
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "dc": "http://purl.org/dc/elements/1.1/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
        "pdf": "http://ns.adobe.com/pdf/1.3/",
        "prism": "http://prismstandard.org/namespaces/basic/3.0/",
    }
    if archival:
        del spaces["prism"]
        spaces["pdfaid"] = "http://www.aiim.org/pdfa/ns/id/"
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    body = "\n   ".join(lines)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f" <rdf:RDF {declared}>\n"
        f'  <rdf:Description rdf:about="">\n   {body}\n  </rdf:Description>\n'
        " </rdf:RDF>\n"
        "</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    ).encode()


def _escape(text: str) -> str:
    # The standard library's own loads half of its network modules with it.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(text: str) -> str:
    """Text on one line, without what XML 1.0 forbids."""
    allowed = "".join(
        char
        for char in text
        if char in "\t\n\r" or (char >= " " and not "\ud800" <= char <= "\udfff")
        if char not in "\ufffe\uffff"
    )
    return " ".join(allowed.split())
