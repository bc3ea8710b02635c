"""Exit codes, and the mapping from what went wrong to what the user is told."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the command's exit status means."""

    OK = 0
    FINDINGS = 1
    """Findings at or above `--fail-on`, or a final build refused."""
    USAGE = 2
    UNREADABLE = 3
    """The edition cannot be read."""
    MISSING = 4
    """Something that is needed is not installed."""
    FILES = 5
    """A file cannot be read or written."""
    INTERNAL = 70
    """A fault of ours (the number is EX_SOFTWARE of BSD's sysexits)."""
    INTERRUPTED = 130
