"""The `proceedings` command: parses, calls `press`, prints, exits. Holds no logic."""

from __future__ import annotations


def main() -> None:
    """Entry point of the `proceedings` command."""
    try:
        from builder.work.patience import be_patient

        be_patient()
        from builder.cli.app import run
    except KeyboardInterrupt:  # before there is anybody who could answer
        raise SystemExit(130) from None
    run()
