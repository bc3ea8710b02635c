"""Progress bars on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

    from builder.work import Progress as ProgressProtocol


class _Bars:
    """One bar at a time; removed when its work is done."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live: Progress | None = None
        self._task: TaskID | None = None

    def start(self, what: str, total: int) -> None:
        """Begins a stretch of `total` steps."""
        self.finish()
        self._live = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=self._console,
            transient=True,
        )
        self._live.start()
        self._task = self._live.add_task(what, total=total)

    def advance(self) -> None:
        """One step done."""
        if self._live is not None and self._task is not None:
            self._live.advance(self._task)

    def finish(self) -> None:
        """The stretch is over."""
        if self._live is not None:
            self._live.stop()
            self._live = None


def bars(console: Console) -> ProgressProtocol:
    """Progress drawn on `console`."""
    return _Bars(console)
