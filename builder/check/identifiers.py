"""Identifiers and addresses: their shape, and their check digits where they have some."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from builder.check.facts import Facts
from builder.check.wording import excerpt, meant, spoken
from builder.model import Finding, Paper, Severity, Where
from builder.model.licenses import IDENTIFIERS


def orcid_valid(orcid: str) -> bool:
    """Sixteen digits in groups of four; the last is ISO 7064 MOD 11-2 (ORCID's own rule)."""
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", orcid):
        return False
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    expected = (12 - total % 11) % 11
    return digits[-1] == ("X" if expected == 10 else str(expected))


def isbn_valid(isbn: str) -> bool:
    """ISBN-13 (prefix 978 or 979, weights 1 and 3) or ISBN-10 (modulo 11)."""
    digits = re.sub(r"[\s-]", "", isbn).upper()
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(d) * (3 if at % 2 else 1) for at, d in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if d == "X" else int(d) for d in digits]
        return sum(value * (10 - at) for at, value in enumerate(values)) % 11 == 0
    return False


def issn_valid(issn: str) -> bool:
    """Eight digits, the last a check digit modulo 11 (ISO 3297)."""
    if not re.fullmatch(r"\d{4}-\d{3}[\dX]", issn):
        return False
    values = [10 if d == "X" else int(d) for d in issn.replace("-", "")]
    return sum(value * (8 - at) for at, value in enumerate(values)) % 11 == 0


_ROR_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, without i, l, o and u."""


def ror_valid(ror: str) -> bool:
    """`https://ror.org/0` and eight characters, the last two a checksum (ISO 7064 MOD 97-10)."""
    found = re.fullmatch(r"(?:https://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6})(\d\d)", ror)
    if not found:
        return False
    value = 0
    for char in found.group(1):
        value = value * 32 + _ROR_DIGITS.index(char)
    return 98 - (value * 100) % 97 == int(found.group(2))


def doi_shaped(doi: str) -> bool:
    """A bare DOI: `10.`, a registrant's code, a slash, a suffix (DOIs have no check digit)."""
    return bool(re.fullmatch(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+", doi))


def address_fault(url: str, *, mail: bool = False) -> str:
    """What is wrong with an address; empty when nothing is."""
    if any(char.isspace() for char in url.strip()):
        return "it holds a space"
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return "it is no address"
    if parts.scheme == "mailto":
        good = mail and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}", parts.path)
        return (
            "" if good else "it is no e-mail address" if mail else "an e-mail address stands there"
        )
    if not parts.scheme:
        return "it does not begin with https://"
    if parts.scheme not in {"http", "https"}:
        return f"it begins with {parts.scheme}:"
    if not host:
        return "it names no host"
    if host == "localhost" or re.fullmatch(r"(?:127|10|192\.168)\.[\d.]+", host):
        return "it leads to a private machine"
    if "." not in host:
        return f"“{host}” is no host"
    if re.match(r"https?:/", parts.path.lstrip("/")):
        return "two addresses run together"
    return ""


def malformed(facts: Facts) -> Iterator[Finding]:
    """DOIs, ORCIDs, ISBN, ISSN and ROR identifiers that cannot be right."""
    volume = facts.volume
    place = volume.where
    if volume.doi and not doi_shaped(volume.doi):
        yield _odd_doi(volume.doi, "", place)
    if volume.isbn and not isbn_valid(volume.isbn):
        yield Finding(
            code="isbn-malformed",
            severity=Severity.WARNING,
            message=f"the ISBN {excerpt(volume.isbn, 40)} is not valid: its check digit does"
            " not fit",
            where=place,
            hint="Copy it again from the agency's letter.",
        )
    if volume.issn and not issn_valid(volume.issn):
        yield Finding(
            code="issn-malformed",
            severity=Severity.WARNING,
            message=f"the ISSN {excerpt(volume.issn, 40)} is not valid",
            where=place,
            hint="It has the form 1234-5679; copy it again.",
        )
    for paper in volume.shown:
        if paper.doi and not doi_shaped(paper.doi):
            yield _odd_doi(paper.doi, paper.key, paper.where)
    yield from _odd_orcids(facts)
    yield from _odd_rors(facts)


def _odd_doi(doi: str, subject: str, where: Where | None) -> Finding:
    return Finding(
        code="doi-malformed",
        severity=Severity.WARNING,
        message=f"“{excerpt(doi, 60)}” is no DOI",
        subject=subject,
        where=where,
        hint="A DOI looks like 10.5555/abc123; give it without https://doi.org/.",
    )


def _odd_orcids(facts: Facts) -> Iterator[Finding]:
    named: list[tuple[str, str, str, Where | None]] = [
        (p.orcid, p.name.full, p.id, p.where) for p in facts.volume.people
    ]
    named += [
        (m.contributor.orcid, m.contributor.name.full, m.subject, m.where) for m in facts.mentions
    ]
    told: set[tuple[str, str]] = set()
    for orcid, name, subject, where in named:
        if orcid and not orcid_valid(orcid) and (orcid, name) not in told:
            told.add((orcid, name))
            yield Finding(
                code="orcid-malformed",
                severity=Severity.WARNING,
                message=f"the ORCID {excerpt(orcid, 40)} of {name} is not valid: a digit is wrong",
                subject=subject,
                where=where,
                hint="Copy it again from orcid.org, or leave it out.",
            )


def _odd_rors(facts: Facts) -> Iterator[Finding]:
    seen: set[str] = set()
    for mention in facts.mentions:
        for place in mention.contributor.affiliations:
            if place.ror and place.ror not in seen and not ror_valid(place.ror):
                seen.add(place.ror)
                yield Finding(
                    code="ror-malformed",
                    severity=Severity.WARNING,
                    message=f"the ROR identifier {excerpt(place.ror, 50)} of {place.name} is"
                    " not valid",
                    subject=mention.subject,
                    where=mention.where,
                    hint="Search the institution on ror.org and copy its address.",
                )


def _addresses(facts: Facts) -> Iterator[tuple[str, str, str, Where | None, bool]]:
    """Every address of the edition: (field, address, subject, where, whether e-mail is allowed)."""
    volume = facts.volume
    event, place = volume.event, volume.where
    yield "url of the event", event.url, "", place, False
    yield "host_url", event.host_url, "", place, False
    yield "url of the site", volume.site.url, "", place, False
    for link in event.contacts:
        yield f"contact of {link.title}", link.url, "", place, True
    for link in event.links:
        yield f"link “{link.title}”", link.url, "", place, True
    for tier in volume.sponsors:
        for sponsor in tier.sponsors:
            yield f"url of {sponsor.name}", sponsor.url, "", place, False
    for paper in volume.shown:
        for name in ("openreview", "url", "video", "code", "data", "poster", "slides", "pdf_url"):
            yield name.removesuffix("_url"), getattr(paper, name), paper.key, paper.where, False
    for person in volume.people:
        yield f"url of {person.name.full}", person.url, person.id, person.where, False
    for mention in facts.mentions:
        name = mention.contributor.name.full
        yield f"url of {name}", mention.contributor.url, mention.subject, mention.where, False
    for session in volume.program.walk():
        yield "url", session.url, session.id, session.where, False
        yield "recording", session.recording, session.id, session.where, False
    for talk in volume.program.talks:
        yield "recording", talk.recording, talk.id, talk.where, False


def addresses(facts: Facts) -> Iterator[Finding]:
    """Addresses that no browser could open."""
    told: set[tuple[str, str]] = set()
    for name, url, subject, where, mail in _addresses(facts):
        if url and (url, name) not in told and (fault := address_fault(url, mail=mail)):
            told.add((url, name))
            yield Finding(
                code="address-odd",
                severity=Severity.WARNING,
                message=f"the {name} is odd: {fault} (“{excerpt(url, 80)}”)",
                subject=subject,
                where=where,
                hint="Open it in a browser and copy what stands in its address line.",
            )


def shared(facts: Facts) -> Iterator[Finding]:
    """The same DOI or OpenReview page for two papers."""
    for name, label in (("doi", "DOI"), ("openreview", "OpenReview address")):
        found: dict[str, list[Paper]] = defaultdict(list)
        for paper in facts.volume.shown:
            if value := getattr(paper, name):
                found[value.casefold()].append(paper)
        for papers in found.values():
            for paper in papers if len(papers) > 1 else ():
                others = [other.key for other in papers if other is not paper]
                yield Finding(
                    code="address-shared",
                    severity=Severity.WARNING,
                    message=f"has the same {label} as {spoken(others)}",
                    subject=paper.key,
                    where=paper.where,
                    hint="One of them was copied from the other; correct it.",
                )


def licenses(facts: Facts) -> Iterator[Finding]:
    """Licences that are not written as SPDX identifiers."""
    named = [(facts.volume.license, "", facts.volume.where)]
    named += [(paper.license, paper.key, paper.where) for paper in facts.volume.shown]
    for text, subject, where in named:
        if text and text not in IDENTIFIERS and not text.startswith("LicenseRef-"):
            yield Finding(
                code="license-unknown",
                severity=Severity.WARNING,
                message=f"“{excerpt(text, 60)}” is none of the usual licences",
                subject=subject,
                where=where,
                hint=_license_meant(text),
            )


def _license_meant(text: str) -> str:
    folded = {re.sub(r"[\s_-]", "", name.casefold()): name for name in IDENTIFIERS}
    wanted = re.sub(r"[\s_-]", "", text.casefold())
    if wanted in folded:
        return f"Write it as {folded[wanted]}."
    guess = meant(text.upper().replace(" ", "-"), IDENTIFIERS)
    return (
        f"{guess[:1].upper()}{guess[1:]}" if guess else "Use an identifier from spdx.org/licenses."
    )
