from __future__ import annotations

from dataclasses import replace

import pytest

from builder.check.identifiers import (
    address_fault,
    doi_shaped,
    isbn_valid,
    issn_valid,
    orcid_valid,
    ror_valid,
)
from builder.model import Affiliation, Person
from builder.model.licenses import IDENTIFIERS


def test_check_digits_of_real_identifiers_fit() -> None:
    assert all(
        map(orcid_valid, ("0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"))
    )
    assert all(
        map(isbn_valid, ("978-1-952148-02-6", "9780306406157", "0-306-40615-2", "080442957X"))
    )
    assert all(map(issn_valid, ("1939-1404", "2151-1535", "2434-561X")))
    assert all(
        map(ror_valid, ("https://ror.org/05a28rw58", "https://ror.org/026vcq606", "02mhbdp94"))
    )


@pytest.mark.parametrize(
    ("valid", "wrong"),
    [
        (orcid_valid, "0000-0002-1825-0079"),
        (orcid_valid, "0000000218250097"),
        (isbn_valid, "978-1-952148-02-7"),
        (isbn_valid, "978-1-95214"),
        (issn_valid, "1939-1405"),
        (ror_valid, "https://ror.org/05a28rw59"),
        (ror_valid, "https://example.org/05a28rw58"),
        (doi_shaped, "10.5555-abc"),
        (doi_shaped, "https://doi.org/10.5555/abc"),
    ],
)
def test_one_wrong_digit_is_enough(valid, wrong) -> None:
    assert not valid(wrong)


@pytest.mark.parametrize(
    "doi", ["10.5555/abc", "10.18653/v1/2020.sigdial-1.1", "10.1002/(SICI)1(2)3"]
)
def test_dois_have_many_forms(doi) -> None:
    assert doi_shaped(doi)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://example.org/a%20b?x=1#y", ""),
        ("http://localhost:8000/x", "private machine"),
        ("ftp://example.org", "begins with ftp:"),
        ("javascript:alert(1)", "begins with javascript:"),
        ("example.org/x", "https://"),
        ("https://exa mple.org", "space"),
        ("https://example", "no host"),
        ("https://", "no host"),
        ("https://https://example.org", "host"),
        ("mailto:jane@example.org", "e-mail"),
        ("https://[broken", "no address"),
    ],
)
def test_addresses_that_cannot_be_opened(url, fault) -> None:
    found = address_fault(url)
    assert fault in found
    assert bool(found) == bool(fault)


def test_mail_is_fine_where_people_are_contacted() -> None:
    assert address_fault("mailto:jane@example.org", mail=True) == ""
    assert address_fault("mailto:jane", mail=True)


def test_everything_malformed_is_told_where_it_stands_once(make, findings) -> None:
    wrong = "0000-0002-1825-0079"
    jane = make.someone("Jane Doe", orcid=wrong, person="jane-doe")
    jane = replace(jane, affiliations=(Affiliation(name="X", ror="https://ror.org/05a28rw59"),))
    paper = replace(make.paper("a25", doi="10.5555-x"), contributors=(jane,))
    person = Person(id="jane-doe", name=jane.name, orcid=wrong)
    edition = make.volume(
        paper,
        people=(person,),
        isbn="978-1-952148-02-7",
        issn="1939-1405",
        doi="x",
        editors=(jane,),
    )
    codes = "doi-malformed isbn-malformed issn-malformed orcid-malformed ror-malformed"
    found = findings(edition, only=codes)
    assert sorted((f.code, f.subject) for f in found) == [
        ("doi-malformed", ""),
        ("doi-malformed", "a25"),
        ("isbn-malformed", ""),
        ("issn-malformed", ""),
        ("orcid-malformed", "jane-doe"),
        ("ror-malformed", "a25"),
    ]


def test_the_same_openreview_page_for_two_papers_is_told_for_both(make, findings) -> None:
    forum = "https://openreview.net/forum?id=abc"
    edition = make.volume(make.paper("a25", openreview=forum), make.paper("b25", openreview=forum))
    assert [f.subject for f in findings(edition, only="address-shared")] == ["a25", "b25"]


@pytest.mark.parametrize(
    ("license", "hint"),
    [
        ("CC BY 4.0", "Write it as CC-BY-4.0."),
        ("cc-by-4.0", "Write it as CC-BY-4.0."),
        ("CC-BY-5.0", "CC-BY-4.0"),
        ("all mine", "spdx.org"),
    ],
)
def test_unusual_licences_are_asked_about(make, findings, license, hint) -> None:
    (found,) = findings(make.volume(make.paper("a25", license=license)), only="license-unknown")
    assert hint in found.hint


def test_usual_licences_and_terms_of_ones_own_are_fine(make, findings) -> None:
    papers = [make.paper(f"a{n}", license=name) for n, name in enumerate(IDENTIFIERS)]
    edition = make.volume(*papers, license="LicenseRef-ours")
    assert findings(edition, only="license-unknown") == []
