"""Letters as mail: whatever stands in names and titles, it stays text."""

from __future__ import annotations

import datetime as dt
import email
import mailbox as boxes
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.export.mail import Mail, Mailbox, clean, deliverable, draft, mailbox

JANE = Mailbox("Jane Doe", "jane@example.org")


def letter(**values: object) -> Mail:
    given = {"to": (JANE,), "subject": "Hello", "body": "Dear Jane,\n\nhello.\n", **values}
    return Mail(**given)  # type: ignore[arg-type]


def read(data: bytes) -> email.message.EmailMessage:
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, email.message.EmailMessage)
    return message


def test_a_draft_is_a_letter_that_nobody_has_sent() -> None:
    message = read(draft(letter(senders=(Mailbox("Bob Roe", "bob@example.org"),))))
    assert message["To"] == "Jane Doe <jane@example.org>"
    assert message["From"] == "Bob Roe <bob@example.org>"
    assert message["X-Unsent"] == "1"
    assert message["Date"] is None
    assert message.get_content().replace("\r\n", "\n") == "Dear Jane,\n\nhello.\n"


def test_a_date_is_the_editors_never_the_clocks() -> None:
    message = read(draft(letter(date=dt.date(2025, 10, 1))))
    assert message["Date"] == "Wed, 01 Oct 2025 12:00:00 +0000"


def test_equal_letters_give_equal_bytes() -> None:
    assert draft(letter()) == draft(letter())


def test_answers_go_to_all_who_write() -> None:
    senders = (JANE, Mailbox("Bob Roe", "bob@example.org"))
    message = read(draft(letter(senders=senders)))
    assert message["Reply-To"] == "Jane Doe <jane@example.org>, Bob Roe <bob@example.org>"


@pytest.mark.parametrize(
    "evil",
    [
        "Jane\r\nBcc: evil@example.org",
        "Jane\nBcc: evil@example.org",
        "Jane\x00\u2028Bcc: evil@example.org",
        'Jane" <evil@example.org>, "',
        "Jane <evil@example.org>, ",
        "=?utf-8?q?Jane=0ABcc=3A_evil=40example.org?=",
        "李明, evil@example.org;" * 20,
    ],
)
def test_a_name_adds_no_header_and_no_recipient(evil: str) -> None:
    data = draft(letter(to=(Mailbox(evil, "jane@example.org"),), subject=evil))
    message = read(data)
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["jane@example.org"]
    assert set(message.keys()) == {
        "To", "Subject", "X-Unsent", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip


@given(st.text(max_size=200), st.text(max_size=80), st.text(max_size=300))
def test_no_text_whatever_breaks_a_draft(subject: str, name: str, body: str) -> None:
    printable = body.encode("utf-8", "ignore").decode()
    message = read(draft(letter(to=(Mailbox(name, "a@example.org"),), subject=subject,
                                body=printable)))  # fmt: skip
    assert [address.addr_spec for address in message["To"].addresses] == ["a@example.org"]
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    ["", "jane", "jane@example", "jane@exämple.org", "jane@example.org, x@example.org",
     "jane@example.org\nBcc: x@example.org", "<jane@example.org>", "a b@example.org", "a@@b.org"],
)  # fmt: skip
def test_what_is_no_plain_address_is_written_to_nobody(address: str) -> None:
    box = Mailbox("Jane", address)
    assert not deliverable(box)
    assert read(draft(letter(to=(box,))))["To"] is None


def test_invisible_letters_go_and_joiners_stay() -> None:
    assert clean(" a\u202eb\t c\u200d ") == "ab c\u200d"


def test_a_mailbox_holds_every_letter_whole(tmp_path: Path) -> None:
    drafts = [draft(letter(body=f"From {n} on\n\nFrom here\n>From there\n")) for n in range(3)]
    file = tmp_path / "all.mbox"
    file.write_bytes(mailbox(drafts))
    box = boxes.mbox(file)
    try:
        assert len(box) == 3
        assert [message["To"] for message in box] == ["Jane Doe <jane@example.org>"] * 3
    finally:
        box.close()
