"""``matinee import``: bring one's own videos and history."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from assistant.cli.context import INTERRUPTED, App, narrate

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from store.ingest import Summary

SHOWN_SKIPS = 5


class ProgressBars:
    """A bar for each stage of an import, on standard error."""

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

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage of `total` steps, or of a number not known yet."""
        self._task = self._progress.add_task(name, total=total)

    def advance(self, n: int) -> None:
        """Say that `n` more steps of the stage are done."""
        if self._task is not None:
            self._progress.advance(self._task, n)


@click.command(name="import")
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--no-embed", is_flag=True, help="Read only; vectors are made at a later import.")
@click.pass_obj
def import_(app: App, source: Path, no_embed: bool) -> None:
    """Import videos and history from SOURCE: a file, a folder or a zip.

    Recognised are a pyvideo data folder or zip, a folder of yt-dlp .info.json files, a yt-dlp flat
    playlist, and Matinee's own JSONL and CSV (also .gz). Importing again costs next to nothing;
    Ctrl-C stops, and the same command goes on from there.
    """
    from assistant.importers import recognise
    from store.embedder import SentenceEmbedder, model_key
    from store.index import Index
    from store.ingest import ingest

    importer = recognise(source)
    narrate(f"{source}: {importer.name}")
    settings = app.settings()
    app.log_to_file()

    def load_embedder() -> SentenceEmbedder:
        return SentenceEmbedder.load(settings.embedding)

    with app.library() as library, ProgressBars() as bars:
        index = None if no_embed else Index.open(app.locations.index, model_key(settings.embedding))
        try:
            summary = ingest(
                importer.read(source),
                library,
                None if no_embed else load_embedder,
                index,
                bars,
                total=importer.count(source),
            )
        except KeyboardInterrupt:
            bars.stop()
            narrate(f"Stopped; nothing is lost. To go on: matinee import {source}")
            sys.exit(INTERRUPTED)
        finally:
            if index is not None:
                index.close()
        click.echo(_report(summary))


def _report(summary: Summary) -> str:
    lines = [
        f"{summary.new} new, {summary.updated} updated, {summary.unchanged} unchanged, "
        f"{summary.skipped_count} skipped; {summary.interactions} signals; "
        f"{summary.embedded} embedded."
    ]
    lines.extend(
        f"  skipped {skip.record}: {skip.reason}" for skip in summary.skipped[:SHOWN_SKIPS]
    )
    if (more := summary.skipped_count - SHOWN_SKIPS) > 0:
        lines.append(f"  … and {more} more")
    return "\n".join(lines)
