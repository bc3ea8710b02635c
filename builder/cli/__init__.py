"""The `proceedings` command: parses, calls `press`, prints, exits. Holds no logic."""

from __future__ import annotations

import gc

_PATIENCE = (100_000, 20, 50)
"""Objects made before Python looks for circles among them, and so on. Its own 700 are for programs
that run for days; a command lives for seconds and keeps what it reads, so that nothing is found."""


def main() -> None:
    """Entry point of the `proceedings` command."""
    gc.set_threshold(*_PATIENCE)
    try:
        from builder.cli.app import run
    except KeyboardInterrupt:  # before there is anybody who could answer
        raise SystemExit(130) from None
    run()
