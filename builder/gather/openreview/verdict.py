"""Whether a submission was accepted, as far as its note says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from builder.gather.openreview.values import content, text_of

Verdict = Literal["accepted", "not accepted", "withdrawn", "unknown"]
_WAITING = re.compile(r"(^|_)(submission|submitted|paper|withdrawn|rejected)s?($|_)", re.IGNORECASE)
"""Last part of a `venueid` that is no acceptance (`Submission`, `Rejected_Submission`, …)."""


def judge(note: Mapping[str, Any]) -> Verdict:
    """Whether a submission was accepted.

    Publication chairs often cannot read decisions, so `venueid` is asked first: an accepted paper
    has the venue's own id, every other a longer one (openreview-py, `venue/helpers`). Then come
    decisions among the replies, and last the line `venue`.
    """
    if note.get("ddate"):
        return "withdrawn"
    venueid = text_of(content(note, "venueid"))
    if venueid:
        domain = text_of(note.get("domain")) or venue_of(note)
        last = venueid.rsplit("/", 1)[-1]
        if "withdrawn" in last.lower():
            return "withdrawn"
        if venueid == domain or not (_WAITING.search(last) or venueid.startswith(f"{domain}/")):
            return "accepted"
        if "reject" in last.lower():
            return "not accepted"
    decided = list(decisions(note))
    if decided:
        said = decided[-1].lower()
        return "accepted" if "accept" in said and "reject" not in said else "not accepted"
    venue = text_of(content(note, "venue"))
    if venueid or re.match(r"submitted to\b", venue, re.IGNORECASE):
        return "not accepted"
    if venue:
        lower = venue.lower()
        if "withdrawn" in lower:
            return "withdrawn"
        return "not accepted" if "reject" in lower else "accepted"
    return "unknown"


def venue_of(note: Mapping[str, Any]) -> str:
    """The venue's id, out of the invitation (`X/2025/Workshop/Y/-/Submission`)."""
    invitations = note.get("invitations")
    first = invitations[0] if isinstance(invitations, list) and invitations else None
    invitation = text_of(first) or text_of(note.get("invitation"))
    return invitation.split("/-/")[0] if "/-/" in invitation else "\0"


def decisions(note: Mapping[str, Any]) -> Iterable[str]:
    """Every decision that the export holds on a submission, the last one being the latest."""
    details = note.get("details")
    groups = [note.get("_replies")]
    if isinstance(details, dict):
        groups += [details.get("replies"), details.get("directReplies")]
    for replies in groups:
        for reply in replies if isinstance(replies, list) else []:
            if isinstance(reply, dict) and isinstance(reply.get("content"), dict):
                decision = text_of(content(reply, "decision"))
                if decision:
                    yield decision
    own = text_of(content(note, "decision"))
    if own:
        yield own
