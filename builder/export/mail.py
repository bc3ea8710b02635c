"""Letters as mail: one draft per team (RFC 5322), and all of them in one mailbox (RFC 4155).

Nothing is sent. Whatever stands in names, titles and addresses, it adds no header and no
recipient; equal letters give equal bytes.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

_MOST = 900
"""Characters of a subject; RFC 5322 gives a line 998."""
_JOINERS = "\u200c\u200d"
"""Invisible, but names in some scripts are misspelt without them."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody with an address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One letter, ready to be looked at and sent by somebody."""

    to: tuple[Mailbox, ...]
    subject: str
    body: str
    senders: tuple[Mailbox, ...] = ()
    """Who writes: the first stands in From, answers go to all of them."""
    date: dt.date | None = None
    """For the Date header; left out if `None`, so that the sending program sets it."""


def deliverable(box: Mailbox) -> bool:
    """Whether a mail program everywhere takes the address: ASCII, one @, nothing that separates."""
    return bool(re.fullmatch(r"[!-~]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", box.email)) and not (
        re.search(r"[\"<>,;:\\()\[\]]", box.email) or box.email.count("@") != 1
    )


def draft(mail: Mail) -> bytes:
    """The letter as an `.eml` file that mail programs open as an unsent draft."""
    message = EmailMessage(policy=SMTP)
    if mail.date:
        day = dt.datetime.combine(mail.date, dt.time(12), tzinfo=dt.UTC)
        message["Date"] = format_datetime(day)
    senders = [_address(box) for box in mail.senders if deliverable(box)]
    if senders:
        message["From"] = senders[0]
        if len(senders) > 1:
            message["Reply-To"] = senders
    to = [_address(box) for box in mail.to if deliverable(box)]
    if to:
        message["To"] = to
    message["Subject"] = _inert(mail.subject)[:_MOST]
    message["X-Unsent"] = "1"
    message.set_content(mail.body, charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def mailbox(drafts: Iterable[bytes]) -> bytes:
    """All drafts in one file (mboxrd: lines that begin with "From " get a ">")."""
    parts = []
    for one in drafts:
        text = one.replace(b"\r\n", b"\n")
        quoted = re.sub(rb"(?m)^(>*From )", rb">\1", text)
        # The separator needs a day; that of no letter, since none is known to have been sent.
        parts.append(b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n" + quoted.rstrip() + b"\n\n")
    return b"".join(parts)


def clean(text: str) -> str:
    """One line without anything invisible that could end a header or turn its letters around."""
    spaced = re.sub(r"\s+", " ", text)
    return "".join(c for c in spaced if unicodedata.category(c)[0] != "C" or c in _JOINERS).strip()


def _address(box: Mailbox) -> Address:
    return Address(display_name=_inert(box.name), addr_spec=box.email)


def _inert(text: str) -> str:
    # RFC 2047 would let a name that looks encoded bring line ends of its own along.
    return clean(text).replace("=?", "= ?")
