"""The `proceedings` command: parses, calls `press`, prints, exits. Holds no logic."""

from __future__ import annotations


def main() -> None:
    """Entry point of the `proceedings` command."""
    from builder.cli.app import run

    run()
