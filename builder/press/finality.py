"""Outputs that were final, and what a later draft makes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from builder.check.wording import spoken
from builder.model import Finding, Severity


def printed(names: Iterable[str]) -> list[str]:
    """Those outputs (paths below `build/`) of which there are drafts: what is printed."""
    return sorted(name for name in names if name == "papers" or name.endswith(".pdf"))


def lost(before: Collection[str], staged: Iterable[str]) -> tuple[Finding, ...]:
    """A draft that replaces outputs that were final `before` says so, in one finding."""
    names = [name for name in printed(staged) if name in before]
    if not names:
        return ()
    was = "was" if len(names) == 1 else "were"
    return (
        Finding(
            code="draft-over-final",
            severity=Severity.WARNING,
            message=f"{spoken(names)} {was} final; what stands in build/ now is a draft",
            hint="Before you publish, make it final again: `proceedings build --final`. Page "
            "numbers are kept by pagination.lock.",
        ),
    )
