"""Which letters are due, to whom they go, and what they say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from builder.edition.private import Consent, Contact, Private, Progress
from builder.export import invite
from builder.export.occasion import Occasion
from builder.export.overlap import Overlap
from builder.export.select import decide
from builder.model import (
    Contributor,
    Event,
    GuestEditor,
    ImportantDate,
    Markup,
    Name,
    Paper,
    SpecialIssue,
    Track,
    Volume,
)

JANE = Contributor(name=Name(given="Jane", family="Doe"))
BOB = Contributor(name=Name(given="Bob", family="Roe"))
PAPER = Paper(key="a25", title=Markup.text("On Maps"), contributors=(JANE, BOB), track="long")
OTHER = Paper(key="b25", title=Markup.text("On Seas"), contributors=(BOB,), track="short")


def occasion(
    root: Path,
    *,
    target: str = "dmlr",
    contacts: dict[str, str] | None = None,
    consents: dict[str, bool] | None = None,
    manuscripts: dict[str, Overlap] | None = None,
    paper: Paper = PAPER,
    issue: SpecialIssue | None = None,
    **progress: object,
) -> Occasion:
    volume = Volume(
        event=Event(name="A Workshop", short_name="WS 2025"),
        title="WS",
        papers=(paper, OTHER),
        tracks=(Track(id="long", name="Long"), Track(id="short", name="Short")),
        special_issue=issue or SpecialIssue(tracks=("long",)),
    )
    private = Private(
        contacts=tuple(
            Contact(paper=paper.key, author=name, email=email)
            for name, email in (contacts or {}).items()
        ),
        consents=tuple(
            Consent(target=name, paper=paper.key, given=given)
            for name, given in (consents or {}).items()
        ),
        progress=(Progress(target=target, paper=paper.key, **progress),) if progress else (),  # type: ignore[arg-type]
    )
    measured = manuscripts or {}
    return Occasion(
        volume=volume,
        target=target,
        private=private,
        root=root,
        decisions=decide(volume, target, {}, private, measured),
        manuscripts=measured,
    )


def due(case: Occasion) -> set[str]:
    decision = case.decisions[0]
    paper = case.volume.papers[0]
    return {kind for kind in invite.KINDS if invite.due(case, kind, paper, decision)}


DAY = dt.date(2025, 8, 1)


@pytest.mark.parametrize(
    ("noted", "consents", "letters"),
    [
        ({}, {}, {"invitation"}),
        ({"invited": DAY}, {}, {"reminder"}),
        ({"invited": True}, {}, {"reminder"}),
        ({"invited": DAY, "declined": DAY}, {}, set()),
        ({"invited": DAY}, {"dmlr": False}, set()),
        ({"invited": DAY, "accepted": DAY}, {}, {"reminder", "missing"}),
        ({}, {"dmlr": True}, {"reminder", "missing"}),
        ({"accepted": DAY, "received": DAY}, {"dmlr": True}, {"missing"}),
        ({"accepted": DAY, "received": DAY, "submitted": DAY}, {"dmlr": True}, set()),
        ({}, {"jstars": True}, set()),
    ],
)
def test_the_next_letter_follows_from_what_is_noted(
    tmp_path: Path, noted: dict[str, object], consents: dict[str, bool], letters: set[str]
) -> None:
    assert due(occasion(tmp_path, consents=consents, **noted)) == letters


def test_who_is_not_eligible_gets_no_letter(tmp_path: Path) -> None:
    letters, _ = invite.write(occasion(tmp_path), "invitation")
    assert [letter.key for letter in letters] == ["a25"]
    assert invite.write(occasion(tmp_path), "invitation", ("b25",))[0] == ()


def test_an_invitation_asks_for_consent_and_promises_nothing(tmp_path: Path) -> None:
    ((letter,), _) = invite.write(occasion(tmp_path), "invitation")
    body = " ".join(letter.body.split())
    assert letter.subject == 'WS 2025: special issue in DMLR — "On Maps"'
    assert "Dear Jane Doe and Bob Roe," in body
    assert "Nothing is handed in without your consent" in body
    assert "an invitation is no acceptance" in body
    assert "As far as we know it asks for at least 30 %" in body
    assert "[Editors: sign]" in body, "nobody is made a guest editor"
    assert max(len(line) for line in letter.body.split("\n")) <= invite.WIDTH


def test_what_the_editors_wrote_stands_in_the_letter(tmp_path: Path) -> None:
    issue = SpecialIssue(
        title="Maps",
        tracks=("long",),
        guest_editors=(GuestEditor(contributor=Contributor(name=Name(literal="Ann Ed"))),),
        timeline=(ImportantDate(what="Submission", date=DAY), ImportantDate(what="Sometime")),
        new_content={"dmlr": 50},
        published_tracks=("long",),
    )
    ((letter,), _) = invite.write(occasion(tmp_path, issue=issue), "invitation")
    body = " ".join(letter.body.split())
    assert 'working title "Maps"' in body
    assert "It asks for at least 50 %" in body
    assert "- Submission: 1 August 2025" in body
    assert "Sometime" not in body, "a date that nobody knows is not printed"
    assert "may have been published elsewhere" in body, "an open question is put to the authors"
    assert letter.body.rstrip().endswith("Ann Ed")


def test_pmlr_is_said_to_be_archival(tmp_path: Path) -> None:
    ((letter,), _) = invite.write(occasion(tmp_path, target="pmlr"), "invitation")
    assert "archival" in letter.body


def test_a_reminder_says_what_is_awaited(tmp_path: Path) -> None:
    ((first,), _) = invite.write(occasion(tmp_path, invited=DAY), "reminder")
    assert "on 1 August 2025 we asked you" in " ".join(first.body.split())
    ((second,), _) = invite.write(occasion(tmp_path, consents={"dmlr": True}), "reminder")
    assert "We do not have your manuscript yet" in " ".join(second.body.split())


def test_what_is_missing_is_listed_with_names(tmp_path: Path) -> None:
    known = replace(JANE, orcid="0000-0002-1825-0097", corresponding=True, openreview="~Jane_Doe1")
    paper = replace(PAPER, contributors=(known, BOB), keywords=("maps",))
    case = occasion(
        tmp_path,
        paper=paper,
        contacts={"Jane Doe": "jane@example.org"},
        consents={"dmlr": True},
        manuscripts={"a25": Overlap(new=0.1)},
    )
    ((letter,), _) = invite.write(case, "missing")
    body = " ".join(letter.body.split())
    assert "- the abstract;" in body
    assert "- the ORCID iD of Bob Roe;" in body
    assert "- the OpenReview profile of Bob Roe;" in body
    assert "- the affiliation of Jane Doe and Bob Roe;" in body
    assert "keywords" not in body
    assert "more new material (about 10 % of its text is new, DMLR asks for at least 30 %)" in body


def test_letters_go_to_recorded_addresses_and_lacks_name_who_must_mend_them(
    tmp_path: Path,
) -> None:
    case = occasion(tmp_path, contacts={"Jane Doe": "jane@example.org"})
    ((letter,), found) = invite.write(case, "invitation")
    assert [box.email for box in letter.to] == ["jane@example.org"]
    assert letter.without == ("Bob Roe",)
    lack = next(finding for finding in found if finding.code == "letter-no-email")
    assert lack.subject == "a25"
    assert "Bob Roe" in lack.message
    assert lack.hint.startswith("for the editors to mend")
    assert "private/contacts.yaml" in lack.hint


def test_a_team_without_any_address_is_a_warning_and_the_text_is_written(tmp_path: Path) -> None:
    ((letter,), found) = invite.write(occasion(tmp_path), "invitation")
    assert letter.to == ()
    assert "(no address is recorded)" in invite.text(letter)
    assert any(f.code == "letter-no-email" and f.severity.label == "warning" for f in found)


def test_an_odd_address_is_left_out_and_told(tmp_path: Path) -> None:
    case = occasion(tmp_path, contacts={"Jane Doe": "jäne@example.org"})
    ((letter,), found) = invite.write(case, "invitation")
    assert letter.to == ()
    assert "letter-address" in {finding.code for finding in found}


def test_a_title_cannot_forge_a_header(tmp_path: Path) -> None:
    paper = replace(PAPER, title=Markup.text("On\n\nSubject: Evil\nBcc: x@example.org\n\nMaps"))
    ((letter,), _) = invite.write(occasion(tmp_path, paper=paper), "invitation")
    assert "\n" not in letter.subject
    assert letter.subject.startswith("WS 2025:")
    subject, _ = invite.divided(invite.text(letter))
    assert subject == letter.subject


@pytest.mark.parametrize("folder", invite.OVERRIDES)
def test_an_editors_own_template_goes_first(tmp_path: Path, folder: str) -> None:
    own = tmp_path / folder / "invitation.txt"
    own.parent.mkdir(parents=True)
    own.write_text("Subject: Hi\n\nDear {{ authors }}: {{ title }}?\n", encoding="utf-8")
    ((letter,), _) = invite.write(occasion(tmp_path), "invitation")
    assert (letter.subject, letter.body) == ("Hi", "Dear Jane Doe and Bob Roe: On Maps?\n")


@pytest.mark.parametrize(
    "template",
    [
        "Subject: x\n\n{{ autors }}\n",
        "Subject: x\n\n{% if %}\n",
        "no subject\n\nbody\n",
        "Subject: x\n\n{{ ''.__class__.__mro__ }}\n",
        "Subject: x\n\n{% include '../../etc/passwd' %}\n",
    ],
)
def test_a_template_with_a_fault_writes_nothing_and_says_why(tmp_path: Path, template: str) -> None:
    own = tmp_path / "private" / "letters" / "invitation.txt"
    own.parent.mkdir(parents=True)
    own.write_text(template, encoding="utf-8")
    letters, (finding, *_) = invite.write(occasion(tmp_path), "invitation")
    assert letters == ()
    assert finding.code == "letter-template"
    assert finding.where is not None
    assert finding.where.file == "private/letters/invitation.txt"


def test_four_thousand_authors_are_a_short_letter(tmp_path: Path) -> None:
    crowd = tuple(Contributor(name=Name(given=f"A{n}", family="Many")) for n in range(4000))
    paper = replace(PAPER, contributors=crowd)
    ((letter,), found) = invite.write(occasion(tmp_path, paper=paper), "invitation")
    assert len(letter.body) < 4000
    assert "3988 others" in letter.body
    assert all(len(finding.message) < 400 for finding in found)
