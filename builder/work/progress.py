"""What long work tells whoever is waiting."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told about one stretch of work after another; the command line draws a bar from it."""

    def start(self, what: str, total: int) -> None:
        """A stretch of `total` steps begins; `what` is a short noun phrase for people."""

    def advance(self) -> None:
        """One step is done."""

    def finish(self) -> None:
        """The stretch is over, whether or not all its steps were done."""


class Silent:
    """A `Progress` that shows nothing."""

    def start(self, what: str, total: int) -> None:
        """Ignore it."""

    def advance(self) -> None:
        """Ignore it."""

    def finish(self) -> None:
        """Ignore it."""
