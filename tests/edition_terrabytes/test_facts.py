"""TerraBytes 2025 says what the workshop's own page says: no more, no less, nothing mended."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from builder import edition
from builder.model import Session, Volume
from builder.model.markup import plain


@pytest.fixture(scope="module")
def volume(repository: Path) -> Volume:
    loaded = edition.load(repository)
    assert loaded.volume is not None, loaded.findings
    return loaded.volume


@pytest.fixture(scope="module")
def page(shared: Path) -> str:
    return (shared / "corpora" / "terrabytes" / "2025-index.md").read_text(encoding="utf-8")


def between(page: str, start: str, end: str) -> str:
    return page.split(start)[1].split(end, maxsplit=1)[0]


def test_it_loads_without_error(repository: Path) -> None:
    loaded = edition.load(repository)
    assert [f for f in loaded.findings if f.severity.label == "error"] == []


def test_it_is_honest_about_what_it_is(volume: Volume) -> None:
    assert not volume.archival
    assert "non-archival" in volume.statement
    assert "proceedings" not in volume.title.lower()
    assert (volume.isbn, volume.issn, volume.doi, volume.license) == ("", "", "", "")
    assert volume.event.timezone == "", "the page states none"
    assert volume.editors == (), "the page names organizers, not editors"


@pytest.mark.shared
def test_where_and_when(volume: Volume, page: str) -> None:
    assert "19 July 2025 &middot; Vancouver, Canada" in page
    assert volume.event.start == dt.date(2025, 7, 19)
    assert volume.event.place == "Vancouver, Canada"
    assert volume.event.host == "ICML 2025"
    for link in volume.event.links:
        assert f"({link.url})" in page
    assert len(volume.event.links) == 3


@pytest.mark.shared
def test_every_accepted_paper_with_title_authors_and_address(volume: Volume, page: str) -> None:
    section = between(page, 'id="papers"', 'id="people"')
    long, short = section.split("<h4>Short papers</h4>")
    printed = [
        (track, title, authors, url)
        for track, part in (("long", long), ("short", short))
        for title, url, authors in re.findall(
            r"\*\*(.+?)\*\* \[OpenReview\]\((.+?)\)\n\*(.+?)\*", part
        )
    ]
    ours = [
        (
            paper.track,
            plain.render(paper.title),
            ", ".join(contributor.name.full for contributor in paper.contributors),
            paper.openreview,
        )
        for paper in volume.papers
    ]
    assert ours == printed
    assert [track for track, *_ in ours].count("long") == 11
    assert [track for track, *_ in ours].count("short") == 13


def test_nothing_is_invented_about_a_paper_or_its_authors(volume: Volume) -> None:
    for paper in volume.papers:
        assert paper.specimen
        assert not paper.archival
        assert paper.abstract is None
        assert (paper.keywords, paper.awards, paper.doi, paper.presentation) == ((), (), "", "")
        for contributor in paper.contributors:
            assert contributor.affiliations == ()
            assert (contributor.orcid, contributor.person, contributor.biography) == ("", "", "")
    assert not any(session.slots for session in volume.program.walk())


@pytest.mark.shared
def test_the_organizers_with_their_links(volume: Volume, page: str) -> None:
    section = between(page, 'id="organizers"', 'id="committee"')
    printed = re.findall(r"^\* \[(.+?)\]\((.+?)\)$", section, re.MULTILINE)
    organizers = next(c for c in volume.committees if c.id == "organizers")
    ours = []
    for member in organizers.members:
        person = volume.person(member.person)
        assert person is not None
        lines = ", ".join(affiliation.name for affiliation in member.affiliations)
        ours.append((f"{member.name.full}, {lines}", member.url or person.url))
    assert ours == printed
    assert len(ours) == 10


@pytest.mark.shared
def test_the_program_committee_odd_and_repeated_entries_included(volume: Volume, page: str) -> None:
    section = between(page, 'id="committee"', "**Primary Contacts**")
    printed = [line[2:].rstrip() for line in section.splitlines() if line.startswith("* ")]
    committee = next(c for c in volume.committees if c.id == "program-committee")
    ours = [
        ", ".join([member.name.full, *(affiliation.name for affiliation in member.affiliations)])
        for member in committee.members
    ]
    assert ours == printed
    assert len(ours) == 57
    assert "RITU YADAV, KTH Royal Institute of Technology" in ours
    assert "Miguel Espinosa, University of Edinburgh, University of Edinburgh" in ours
    assert "Vit Ruzicka, Department of Computer Science" in ours


@pytest.mark.shared
def test_the_contacts(volume: Volume, page: str) -> None:
    line = next(line for line in page.splitlines() if line.startswith("**Primary Contacts**"))
    printed = re.findall(r"(\w+ \w+) \((\S+?)\)", line)
    assert [(c.title, c.url.removeprefix("mailto:")) for c in volume.event.contacts] == printed


def _line(session: Session, volume: Volume) -> str:
    """A session as the workshop's page prints it, without its marks of emphasis."""
    time = ""
    if session.start and session.end:
        time = "-".join(f"{at.hour}:{at.minute:02}" for at in (session.start, session.end)) + ": "
    talk = volume.program.talk(session.talk)
    title, recording = session.title, session.recording
    if talk:
        speaker = f" ({talk.speakers[0].affiliations[0].name})" if talk.kind == "keynote" else ":"
        title = f'{title}{speaker} "{talk.title}"'
        recording = talk.recording
    return f"{time}{title}" + (f" [[Watch Online]]({recording})" if recording else "")


@pytest.mark.shared
def test_the_program_with_its_times_titles_speakers_and_recordings(
    volume: Volume, page: str
) -> None:
    section = between(page, 'id="schedule"', 'id="speakers"')
    printed = []
    for line in section.splitlines():
        if line.startswith("**"):
            printed.append(line.strip("*"))
        elif line.startswith("* "):
            # Emphasis is dropped, and the one link in a title; neither is part of the words.
            words = line[2:].replace("*", "")
            printed.append(re.sub(r"(?<!\[)\[([^\[\]]+)\]\([^)]+\)", r"\1", words))
    ours = []
    for part in volume.program.sessions:
        ours.append(part.title)
        ours.extend(_line(session, volume) for session in part.sessions)
    assert ours == printed


@pytest.mark.shared
def test_the_panelists_with_their_positions(volume: Volume, page: str) -> None:
    printed = re.findall(r"^  \* (.+)$", page, re.MULTILINE)
    printed = [line for line in printed if line[0].isupper()]
    panel = volume.program.talk("panel-models")
    assert panel is not None
    assert [f"{s.name.full}, {s.affiliations[0].name}" for s in panel.speakers] == printed
    assert len(printed) == 4


@pytest.mark.shared
def test_sponsors_and_the_acknowledgement_as_asked_for(volume: Volume, page: str) -> None:
    assert volume.acknowledgement in page
    names = [sponsor.name for tier in volume.sponsors for sponsor in tier.sponsors]
    assert names == ["CopernicusLAC", "CMM"]
    assert not any(sponsor.logo for tier in volume.sponsors for sponsor in tier.sponsors)


def test_important_dates_as_printed(volume: Volume) -> None:
    assert [(d.what, d.date, d.text, d.replaces) for d in volume.dates] == [
        ("Papers submission deadline", dt.date(2025, 5, 23), "", "May 16th, 2025"),
        ("Papers acceptance notification", dt.date(2025, 6, 9), "", ""),
        ("Pre-recorded 5 minutes video", None, "July 7th 23:59 AoE, 2025", ""),
        ("Camera-ready", None, "TBD", ""),
        ("Workshop", dt.date(2025, 7, 19), "", ""),
    ]


def test_the_rules_of_the_tracks(volume: Volume) -> None:
    rules = {track.id: (track.page_limit, track.references_counted) for track in volume.tracks}
    assert rules == {"long": (8, False), "short": (4, False)}


@pytest.mark.shared
def test_topics_as_printed(repository: Path, volume: Volume, page: str) -> None:
    section = between(page, "following topics:", '<h3 id="submissions">')
    heads = re.findall(r"^\* (.+):$", section, re.MULTILINE)
    details = [line.rstrip(",.") for line in re.findall(r"^  - (.+)$", section, re.MULTILINE)]
    assert list(volume.topics) == heads
    call = " ".join((repository / "proceedings" / "call.md").read_text(encoding="utf-8").split())
    for topic in [*heads, *details]:
        assert topic in call
    assert len(details) == 12


@pytest.mark.shared
def test_the_prose_is_written_afresh(repository: Path, page: str) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[\w'-]+", text.lower())
        return {tuple(words[i : i + 12]) for i in range(len(words) - 11)}

    theirs = runs(page)
    for file in sorted((repository / "proceedings").glob("*.md")):
        # Lists hold facts (topics), which are copied.
        paragraphs = re.split(r"\n\n", file.read_text(encoding="utf-8"))
        prose = "\n\n".join(part for part in paragraphs if not part.startswith("- "))
        shared_runs = runs(prose) & theirs
        assert not shared_runs, f"{file.name} repeats the page: {sorted(shared_runs)[0]}"


def test_organizers_and_authors_of_one_name_are_not_said_to_be_one_person(
    volume: Volume,
) -> None:
    organizers = {person.name.full for person in volume.people}
    authors = {c.name.full for paper in volume.papers for c in paper.contributors}
    assert organizers & authors == {
        "Valentin Barriere",
        "Javiera Castillo Navarro",
        "Mikolaj Czerkawski",
    }
    assert not any(c.person for paper in volume.papers for c in paper.contributors)


def test_the_special_issue_is_about_full_length_papers(volume: Volume) -> None:
    issue = volume.special_issue
    assert issue is not None
    assert issue.tracks == ("long",)
    assert issue.guest_editors == (), "the page names none"
