from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from builder.model import (
    Event,
    Program,
    Session,
    Severity,
    SiteSettings,
    Slot,
    Sponsor,
    SponsorTier,
    Supplement,
    Track,
)


def test_a_non_archival_volume_is_asked_for_nothing(make, findings) -> None:
    edition = make.volume(make.paper("a25"), archival=False)
    assert findings(edition, only="publication-incomplete archival-claim statement-missing") == []


def test_an_archival_volume_is_asked_for_what_libraries_expect(make, findings) -> None:
    (found,) = findings(
        make.volume(make.paper("a25"), archival=True), only="publication-incomplete"
    )
    assert "publisher, ISBN (or ISSN), licence and editors" in found.message
    with_issn = make.volume(make.paper("a25"), archival=True, issn="1939-1404")
    (found,) = findings(with_issn, only="publication-incomplete")
    assert "ISBN" not in found.message


def test_a_non_archival_volume_that_looks_like_a_publication(make, findings) -> None:
    edition = make.volume(title="Proceedings of Examples", isbn="978-1-952148-02-6", statement="")
    claim, silent = findings(edition, only="archival-claim statement-missing")
    assert (claim.code, claim.severity) == ("archival-claim", Severity.WARNING)
    assert "ISBN and a title that begins with" in claim.message
    assert silent.code == "statement-missing"


def test_tracks(make, findings) -> None:
    tracks = (Track(id="long", name="Long papers"), Track(id="demo", name="Demos"))
    papers = [make.paper("a25", track="long"), make.paper("b25", track="Long"), make.paper("c25")]
    found = findings(make.volume(*papers, tracks=tracks),
                     only="track-unknown track-missing track-unused")  # fmt: skip
    by_code = {f.code: f for f in found}
    assert by_code["track-unknown"].subject == "b25"
    assert by_code["track-unknown"].severity is Severity.ERROR
    assert by_code["track-missing"].message.endswith("c25")
    assert by_code["track-unused"].message.endswith("Demos")


def test_an_edition_without_tracks_or_papers_is_only_a_beginning(make, findings) -> None:
    codes = "track-unknown track-missing track-unused no-papers event-undated"
    found = findings(make.volume(make.paper("a25")), only=codes)
    assert [f.code for f in found] == ["event-undated"]
    assert "no-papers" in [f.code for f in findings(make.volume(), only=codes)]


def test_no_papers_is_told_once_and_before_all_that_refers_to_some(make, findings) -> None:
    slots = tuple(Slot(paper=key) for key in ("a25", "b25", "a25"))
    program = Program(sessions=(Session(id="s1", title="S", slots=slots),))
    first, *others = findings(make.volume(program=program))
    assert first.code == "no-papers"
    assert first.severity is Severity.ERROR
    assert first.message == "papers/papers.bib holds no paper, but the program names 2 papers"
    assert "program-paper-unknown" not in {f.code for f in others}


def test_a_fresh_edition_without_papers_is_no_error(make, findings) -> None:
    (found,) = findings(make.volume(), only="no-papers")
    assert found.severity is Severity.WARNING


def test_an_event_that_ends_before_it_begins_is_an_error(make, findings) -> None:
    event = Event(name="E", short_name="E", start=date(2025, 7, 19), end=date(2025, 7, 9))
    program = Program(sessions=(Session(id="s1", title="S", date=date(2025, 7, 19)),))
    edition = make.volume(make.paper("a25"), event=event, program=program)
    (found,) = findings(edition, only="event-dates session-outside-event")
    assert found.severity is Severity.ERROR
    assert "ends on 2025-07-09, before it begins on 2025-07-19" in found.message
    right = replace(edition, event=replace(event, end=date(2025, 7, 20)))
    assert findings(right, only="event-dates session-outside-event") == []


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Europe/Olso", "“Europe/Oslo”"),
        ("oslo", "“Europe/Oslo”"),
        ("america/new york", "“America/New_York”"),
        ("CET+1", "Europe/Oslo"),
        ("GMT-7", "Europe/Oslo"),
    ],
)
def test_a_time_zone_that_is_none_is_told_with_the_one_meant(make, findings, name, hint) -> None:
    event = Event(name="E", short_name="E", timezone=name)
    edition = make.volume(event=event, program=Program(timezone=name))
    (found,) = findings(edition, only="timezone-unknown")
    assert hint in found.hint


@pytest.mark.parametrize("name", ["", "UTC", "Europe/Oslo", "America/Argentina/Buenos_Aires"])
def test_time_zones_of_the_database_are_fine(make, findings, name) -> None:
    event = Event(name="E", short_name="E", timezone=name)
    assert findings(make.volume(event=event), only="timezone-unknown") == []


def test_the_sites_address_is_a_remark(make, findings) -> None:
    assert len(findings(make.volume(), only="site-url-missing")) == 1
    known = make.volume(site=SiteSettings(url="https://example.org/"))
    assert findings(known, only="site-url-missing") == []


def test_languages_are_tags(make, findings) -> None:
    edition = make.volume(
        make.paper("a25", language="English"),
        make.paper("b25", language="pt-BR"),
        language="zh-Hans",
    )
    assert [f.subject for f in findings(edition, only="language-odd")] == ["a25"]


def test_supplements_and_pictures_that_are_not_there(make, findings, tmp_path) -> None:
    folder = tmp_path / "proceedings" / "images"
    folder.mkdir(parents=True)
    (folder / "Jane.JPG").write_bytes(b"x")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a25-supp.csv").write_bytes(b"")
    (tmp_path / "papers" / "lui25-supp.zip").write_bytes(b"x")
    supplements = tuple(Supplement(file=f"papers/a25-supp.{end}") for end in ("csv", "zip"))
    jane = make.someone("Jane Doe", photo="images/jane.jpg")
    tiers = (SponsorTier(title="Gold", sponsors=(Sponsor(name="X", logo="images/x.png"),)),)
    edition = make.volume(
        replace(make.paper("a25", supplements=supplements), contributors=(jane,)),
        make.paper("liu25"),
        sponsors=tiers,
    )
    codes = "supplement-missing supplement-empty supplement-extra image-missing"
    found = {(f.code, f.subject): f for f in findings(edition, only=codes)}
    assert set(found) == {
        ("supplement-missing", "a25"),
        ("supplement-empty", "a25"),
        ("supplement-extra", ""),
        ("image-missing", ""),
        ("image-missing", "a25"),
    }
    assert "Is it liu25?" in found["supplement-extra", ""].hint
    assert "proceedings/images/Jane.JPG" in found["image-missing", "a25"].hint


def test_a_file_that_github_refuses(make, findings, tmp_path) -> None:
    (tmp_path / "papers").mkdir()
    with (tmp_path / "papers" / "a25-supp.zip").open("wb") as file:
        file.truncate(101 * 1024 * 1024)
    supplement = Supplement(file="papers/a25-supp.zip")
    edition = make.volume(make.paper("a25", supplements=(supplement,)))
    (found,) = findings(edition, only="file-too-large")
    assert found.subject == "a25"
    assert "101 MB" in found.message
