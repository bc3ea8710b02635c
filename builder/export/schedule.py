"""A tentative schedule, worked out from the event's dates; what the editors decided stands."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.export.profile import Profile, Step
from builder.model import Event, ImportantDate, Volume


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One line of the schedule."""

    what: str
    date: dt.date | None = None
    text: str = ""
    """As the editors wrote it where it is no plain date."""
    basis: str
    """Whether the editors gave it, or what it was counted from."""
    given: bool = False

    @property
    def when(self) -> str:
        """As printed: `1 March 2025`, the editors' words, or empty where nothing is known."""
        return self.text or (spelled(self.date) if self.date else "")


_KINDS = {
    "call": r"\bcall\b",
    "submission": r"submi|manuscripts? due|deadline",
    "revision": r"revis",
    "final": r"final|accept",
    "decision": r"decision|notif|review",
    "publication": r"publi|appear",
}
"""What the editors may call a step, tried in this order."""


def schedule(volume: Volume, profile: Profile) -> tuple[Milestone, ...]:
    """The steps from the call to publication, in order.

    A step that `timeline` in special-issue.yaml gives stands as it is given; each other one is
    counted, in weeks, from the step before it, as the journal's profile says; the first from the
    end of the event. What cannot be counted has neither date nor text.
    """
    issue = volume.special_issue
    given = list(issue.timeline if issue else ())
    taken = {kind: line for line in given if (kind := _kind(line.what))}
    rest = [line for line in given if line not in taken.values()]
    event = volume.event.end or volume.event.start
    lines = [
        *_steps(profile.schedule, taken, event),
        *(_as_given(line) for line in rest),
    ]
    # Lines without a date keep their place behind the line before them.
    dated: list[tuple[dt.date, int, Milestone]] = []
    last = dt.date.min
    for number, line in enumerate(lines):
        last = line.date or last
        dated.append((last, number, line))
    return tuple(line for _, _, line in sorted(dated, key=lambda entry: entry[:2]))


def when(event: Event) -> str:
    """`on 19 July 2025`, `from 28 to 29 September 2024`, or empty."""
    first, last = event.start, event.end
    if first is None:
        return ""
    if last is None or last == first:
        return f"on {spelled(first)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"from {first.day} to {spelled(last)}"
    return f"from {spelled(first)} to {spelled(last)}"


def spelled(date: dt.date) -> str:
    """`1 March 2025`."""
    months = (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    )  # fmt: skip
    return f"{date.day} {months[date.month - 1]} {date.year}"


def _steps(
    steps: tuple[Step, ...], taken: dict[str, ImportantDate], event: dt.date | None
) -> Iterator[Milestone]:
    dates: dict[str, dt.date | None] = {"event": event}
    names = {"event": "the event", **{step.id: step.what.lower() for step in steps}}
    for step in steps:
        if line := taken.get(step.id):
            dates[step.id] = line.date
            yield _as_given(line)
            continue
        start = dates.get(step.after)
        date = start + dt.timedelta(weeks=step.weeks) if start else None
        dates[step.id] = date
        weeks = "1 week" if step.weeks == 1 else f"{step.weeks} weeks"
        yield Milestone(
            what=step.what,
            date=date,
            basis=f"{weeks} after {names[step.after]}; {step.source}",
        )


def _as_given(line: ImportantDate) -> Milestone:
    return Milestone(
        what=line.what, date=line.date, text=line.text, basis="given by the editors", given=True
    )


def _kind(what: str) -> str:
    return next((kind for kind, words in _KINDS.items() if re.search(words, what.lower())), "")
