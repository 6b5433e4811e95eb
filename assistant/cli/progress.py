"""A bar for each stage of long work, on standard error."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from assistant.cli.narration import shown

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class ProgressBars:
    """A bar for each stage, as a `Narrator`; what is said meanwhile stands above them."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._progress: Progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Leave the bars as they are."""
        self._progress.stop()

    def say(self, text: str) -> None:
        """Say it above the bars; what it quotes steers no terminal."""
        self._progress.console.print(shown(text), markup=False, highlight=False)

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage of `total` steps, or of a number not known yet."""
        self._task = self._progress.add_task(name, total=total)

    def advance(self, n: int) -> None:
        """Say that `n` more steps of the stage are done."""
        if self._task is not None:
            self._progress.advance(self._task, n)
