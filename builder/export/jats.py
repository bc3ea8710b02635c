"""A paper's metadata as JATS Journal Publishing 1.3, checked against the DTD before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import cast
from xml.sax.saxutils import quoteattr

from lxml import etree

from builder.cite import facts
from builder.export.dossier import PREVIEW, Dossier, shortened
from builder.model import Affiliation, Contributor
from builder.model.licenses import license_address
from builder.model.markup import jats
from builder.model.markup.jats import text

_PUBLIC = "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.3 20210610//EN"
_SYSTEM = "JATS-journalpublishing1-3.dtd"


def article(dossier: Dossier) -> bytes:
    """The XML document: front matter only, for submission; no date of publication is claimed."""
    language = dossier.paper.language or dossier.volume.language
    remark = f"<!-- {PREVIEW} -->\n" if dossier.preview else ""
    body = "".join([*_journal(dossier), *_article(dossier)])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<!DOCTYPE article PUBLIC "{_PUBLIC}" "{_SYSTEM}">\n{remark}'
        '<article xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:ali="http://www.niso.org/schemas/ali/1.0/" article-type="research-article" '
        f'dtd-version="1.3" xml:lang={quoteattr(language)}>\n<front>\n{body}</front>\n</article>\n'
    ).encode()


def problems(document: bytes) -> tuple[str, ...]:
    """What keeps a document from being valid JATS Publishing 1.3, in the validator's words."""
    return invalid(document, f"jats-publishing-1.3/{_SYSTEM}")


def invalid(document: bytes, schema: str) -> tuple[str, ...]:
    """What keeps a document from being valid by a DTD of `schemas/`, in the validator's words."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        return (f"not well-formed: {error}",)
    dtd = _dtd(schema)
    if dtd.validate(root):
        return ()
    # The log can be iterated, though its type stubs do not know.
    log = cast("Iterable[etree._LogEntry]", dtd.error_log)
    return tuple(f"line {entry.line}: {entry.message}" for entry in log)


@cache
def _dtd(schema: str) -> etree.DTD:
    folder = resources.files("builder.export").joinpath("schemas", *schema.split("/")[:-1])
    with resources.as_file(folder) as path:
        return etree.DTD(str(path / schema.rsplit("/", maxsplit=1)[-1]))


def _journal(dossier: Dossier) -> Iterator[str]:
    profile = dossier.profile
    yield "<journal-meta>\n"
    yield f'<journal-id journal-id-type="publisher-id">{text(profile.short)}</journal-id>\n'
    yield "<journal-title-group><journal-title>"
    yield f"{text(profile.name)}</journal-title></journal-title-group>\n"
    # The DTD demands the element; where the number is unknown it stays empty (a finding says so).
    issn = profile.value("issn")
    yield f'<issn pub-type="epub">{text(issn)}</issn>\n' if issn else '<issn pub-type="epub"/>\n'
    if publisher := profile.value("publisher"):
        yield f"<publisher><publisher-name>{text(publisher)}</publisher-name></publisher>\n"
    yield "</journal-meta>\n"


def _article(dossier: Dossier) -> Iterator[str]:
    paper, issue = dossier.paper, dossier.issue
    yield "<article-meta>\n"
    yield f'<article-id pub-id-type="manuscript">{text(paper.key)}</article-id>\n'
    if paper.doi:
        yield f'<article-id pub-id-type="doi">{text(paper.doi)}</article-id>\n'
    if issue.title:
        yield '<article-categories><subj-group subj-group-type="heading"><subject>'
        yield f"{text(issue.title)}</subject></subj-group></article-categories>\n"
    running = shortened(dossier.title)
    yield f"<title-group><article-title>{jats.render(paper.title)}</article-title>"
    yield f'<alt-title alt-title-type="running-head">{text(running)}</alt-title></title-group>\n'
    yield from contributors(dossier)
    if issue.title:
        yield f"<issue-title>{text(issue.title)}</issue-title>\n"
    yield from _permissions(paper.license or dossier.volume.license)
    if dossier.pdf:
        yield f'<self-uri content-type="pdf" xlink:href="{dossier.pdf_name}"/>\n'
    if address := facts.address(paper):
        # The workshop's version, which the manuscript extends.
        yield '<related-article related-article-type="preprint" ext-link-type="uri" '
        yield f"xlink:href={quoteattr(address)}/>\n"
    if paper.abstract:
        yield f"<abstract>{jats.paragraphs(paper.abstract)}</abstract>\n"
    if paper.keywords:
        keywords = "".join(f"<kwd>{text(keyword)}</kwd>" for keyword in paper.keywords)
        yield f'<kwd-group kwd-group-type="author">{keywords}</kwd-group>\n'
    yield from _conference(dossier)
    if dossier.seen and dossier.seen.usable and not paper.specimen:
        yield f'<counts><page-count count="{dossier.seen.page_count}"/></counts>\n'
    yield from _custom(dossier)
    yield "</article-meta>\n"


def contributors(dossier: Dossier) -> Iterator[str]:
    """The authors with their affiliations, and whom to write to."""
    numbers = {a: f"aff{number}" for number, a in enumerate(dossier.affiliations, 1)}
    yield '<contrib-group content-type="authors">\n'
    for author in dossier.paper.contributors:
        corresponding = ' corresp="yes"' if author.corresponding else ""
        yield f'<contrib contrib-type="author"{corresponding}>'
        if orcid := dossier.orcid(author):
            yield '<contrib-id contrib-id-type="orcid" authenticated="false">'
            yield f"https://orcid.org/{text(orcid)}</contrib-id>"
        yield _name(author)
        if email := dossier.email(author):
            yield f"<email>{text(email)}</email>"
        for affiliation in dict.fromkeys(author.affiliations):
            yield f'<xref ref-type="aff" rid="{numbers[affiliation]}"/>'
        if author.corresponding and dossier.email(author):
            yield '<xref ref-type="corresp" rid="cor1"/>'
        yield "</contrib>\n"
    for affiliation, number in numbers.items():
        yield _affiliation(affiliation, number)
    yield "</contrib-group>\n"
    corresponding_author = dossier.corresponding
    if corresponding_author and (email := dossier.email(corresponding_author)):
        yield f'<author-notes><corresp id="cor1"><email>{text(email)}</email></corresp>'
        yield "</author-notes>\n"


def _name(author: Contributor) -> str:
    name = author.name
    if name.organisation:
        return f"<collab>{text(name.full)}</collab>"
    if name.literal or not name.family:
        return f"<string-name>{text(name.full)}</string-name>"
    parts = [f"<surname>{text(name.family_or_literal)}</surname>"]
    if name.given:
        parts.append(f"<given-names>{text(name.given)}</given-names>")
    if name.suffix:
        parts.append(f"<suffix>{text(name.suffix)}</suffix>")
    return f"<name>{''.join(parts)}</name>"


def _affiliation(affiliation: Affiliation, id: str) -> str:
    institution = f"<institution>{text(affiliation.name)}</institution>"
    if affiliation.ror:
        institution = (
            '<institution-wrap><institution-id institution-id-type="ror">'
            f"{text(affiliation.ror)}</institution-id>{institution}</institution-wrap>"
        )
    parts = [institution]
    # The printed line often holds place and country already; they are not said twice.
    if affiliation.city and affiliation.city not in affiliation.name:
        parts.append(f"<city>{text(affiliation.city)}</city>")
    if affiliation.country and affiliation.country not in affiliation.name:
        code = re.fullmatch("[A-Z]{2}", affiliation.country)
        country = f' country="{affiliation.country}"' if code else ""
        parts.append(f"<country{country}>{text(affiliation.country)}</country>")
    return f'<aff id="{id}">{", ".join(parts)}</aff>\n'


def _permissions(license: str) -> Iterator[str]:
    if not license:
        return
    yield "<permissions><license>"
    if address := license_address(license):
        yield f"<ali:license_ref>{address}</ali:license_ref>"
    yield f"<license-p>{text(license)}</license-p></license></permissions>\n"


def _conference(dossier: Dossier) -> Iterator[str]:
    event = dossier.volume.event
    if event.start is None:  # the DTD takes no conference without its date
        return
    last = f"/{event.end.isoformat()}" if event.end and event.end != event.start else ""
    yield f"<conference><conf-date>{event.start.isoformat()}{last}</conf-date>"
    yield f"<conf-name>{text(event.name)}</conf-name>"
    yield f"<conf-acronym>{text(event.short_name)}</conf-acronym>"
    if event.place:
        yield f"<conf-loc>{text(event.place)}</conf-loc>"
    yield "</conference>\n"


def _custom(dossier: Dossier) -> Iterator[str]:
    paper = dossier.paper
    track = dossier.volume.track(paper.track)
    rows = [
        ("status", PREVIEW if dossier.preview else ""),
        ("workshop", dossier.volume.event.name),
        ("workshop-track", track.name if track else paper.track),
        (
            "workshop-version",
            "published" if facts.published(dossier.volume, paper) else "non-archival",
        ),
        ("pdf", "specimen, to be replaced by the paper" if paper.specimen else ""),
    ]
    yield "<custom-meta-group>\n"
    for name, value in rows:
        if value:
            yield f"<custom-meta><meta-name>{name}</meta-name>"
            yield f"<meta-value>{text(value)}</meta-value></custom-meta>\n"
    yield "</custom-meta-group>\n"
