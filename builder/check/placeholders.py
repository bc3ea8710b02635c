"""What a new edition holds as an example, and nobody replaced."""

from __future__ import annotations

from collections.abc import Iterator

from builder.check.facts import Facts
from builder.check.wording import spoken
from builder.model import Finding, Severity, Where


def left(facts: Facts) -> Iterator[Finding]:
    """What `init` wrote for editors to replace, and nobody did: it would be printed as it is."""
    from builder.edition.scaffolding import TITLE

    volume = facts.volume
    values = {
        "event: name": volume.event.name,
        "event: short_name": volume.event.short_name,
        "volume: title": volume.title,
        "volume: statement": volume.statement,
    }
    # A workshop may well be called "My Workshop on …"; only the whole values are ours.
    ours = {TITLE, f"{TITLE}: Workshop Papers", f"Presented at {TITLE}; non-archival."}
    if left := [key for key, value in values.items() if value in ours]:
        yield Finding(
            code="placeholder-left",
            severity=Severity.ERROR,
            message=f"edition.yaml still says “{TITLE}” at {spoken(left)}",
            where=volume.where,
            hint="Write the event's own name there.",
        )
    for page in volume.prose:
        if page.file in facts.untouched:
            yield Finding(
                code="placeholder-left",
                severity=Severity.ERROR if page.booklet else Severity.WARNING,
                message=f"{page.file} still says what `init` wrote, and would be "
                + ("printed so" if page.booklet else "shown so on the site"),
                where=Where(file=f"proceedings/{page.file}"),
                hint="Write what belongs there, or delete the file.",
            )
