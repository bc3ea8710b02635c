"""Which papers a special issue is about."""

from __future__ import annotations

from collections.abc import Iterator

from builder.check.facts import Facts
from builder.model import Paper


def selected(facts: Facts, target: str) -> Iterator[Paper]:
    """The printed papers that may go to `target`, of the special issue's tracks if it names any."""
    issue = facts.volume.special_issue
    tracks = issue.tracks if issue and (not issue.targets or target in issue.targets) else ()
    for paper in facts.volume.printed:
        if not tracks or paper.track in tracks:
            yield paper
