"""Bringing one's own videos and history, whatever face asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cancel import CancelToken
from assistant.errors import ImportSourceError
from assistant.types import Skipped, Value

if TYPE_CHECKING:
    from assistant.importers import Importer
    from assistant.narrator import Narrator
    from store.embedder import Embedder
    from store.index import Index
    from store.ingest import Record, Summary
    from store.library import Library

SKIPPED_TOLD = 200
"""So many skipped records are named to a person; all are counted."""


class Imported(Value):
    """What became of a source."""

    format: str
    """A person's word for what it was."""
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    interactions: int = 0
    """Signals that were not known before."""
    preferences: int = 0
    removed: int = 0
    """Videos that the person had removed, and that stay so."""
    embedded: int = 0
    skipped: tuple[Skipped, ...] = ()
    """The first `SKIPPED_TOLD`."""
    skipped_count: int = 0

    def __str__(self) -> str:
        """In a line or two."""
        told = [
            f"{self.new:,} new, {self.updated:,} updated, {self.unchanged:,} unchanged, "
            f"{self.skipped_count:,} skipped; {self.interactions:,} signals; "
            f"{_counted(self.preferences, 'preference', after='; ')}{self.embedded:,} embedded."
        ]
        if self.removed:
            stay = "stays" if self.removed == 1 else "stay"
            told.append(f"{_counted(self.removed, 'video')} that you removed {stay} removed.")
        return "\n".join(told)


def bring_in(
    source: Path,
    library: Library,
    narrator: Narrator,
    *,
    importer: Importer | None = None,
    embedder: Callable[[], Embedder] | None,
    index: Index | None = None,
    cancel: CancelToken | None = None,
    bring_back: bool = False,
) -> Imported:
    """Import what is at `source`: a file, a folder, an archive.

    What was read when it is stopped stays, and the same call goes on from there.

    Args:
        source: in a format that `assistant.importers` knows.
        library: where it goes; the caller is its one bulk writer.
        narrator: is told of the progress.
        importer: reads it, where that is known already.
        embedder: makes the embedder, once reading is done; None leaves the vectors for later.
        index: kept in step; None when another process has it, which will.
        cancel: is checked at every record.
        bring_back: also those videos that the person removed.

    Raises:
        ImportSourceError: the source cannot be read, or is in no format that is known.
        StoreError: the library cannot be written to.
        Cancelled: it was stopped.
    """
    from assistant.importers import recognise
    from assistant.importers.fitting import fitted
    from store.ingest import ingest

    cancel = cancel or CancelToken()
    if importer is None:
        importer = recognise(source)
    narrator.say(f"{source}: {importer.name}")
    summary = ingest(
        _until(cancel, fitted(importer, importer.read(source), library)),
        library,
        embedder,
        index,
        _Stoppable(narrator, cancel),
        total=importer.count(source),
        bring_back=bring_back,
    )
    return _imported(importer.name, summary)


def path_of(typed: str) -> Path:
    """The path that a person means: quoted, as a shell writes it, or dropped onto the terminal.

    Raises:
        ImportSourceError: nothing was typed.
    """
    text = typed.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    text = text.removeprefix("file://")
    if not text:
        raise ImportSourceError(
            "Which file or folder?", "", "Type its path, or choose it from the list."
        )
    path = Path(text).expanduser()
    if not path.exists() and "\\ " in text:
        path = Path(text.replace("\\ ", " ")).expanduser()
    return path.absolute()


def _imported(format_: str, summary: Summary) -> Imported:
    return Imported(
        format=format_,
        new=summary.new,
        updated=summary.updated,
        unchanged=summary.unchanged,
        interactions=summary.interactions,
        preferences=summary.preferences,
        removed=summary.removed,
        embedded=summary.embedded,
        skipped=summary.skipped[:SKIPPED_TOLD],
        skipped_count=summary.skipped_count,
    )


def _until(cancel: CancelToken, records: Iterable[Record]) -> Iterator[Record]:
    for record in records:
        cancel.check()
        yield record


class _Stoppable:
    """A reporter that stops the work which it is told of."""

    def __init__(self, narrator: Narrator, cancel: CancelToken) -> None:
        self._narrator = narrator
        self._cancel = cancel

    def stage(self, name: str, total: int | None) -> None:
        """Pass it on, unless the work is to stop."""
        self._cancel.check()
        self._narrator.stage(name, total)

    def advance(self, n: int) -> None:
        """Pass it on, and stop if the work is to."""
        self._narrator.advance(n)
        self._cancel.check()


def _counted(count: int, what: str, *, after: str = "") -> str:
    """``3 preferences``; nothing for none."""
    return f"{count:,} {what}{'' if count == 1 else 's'}{after}" if count else ""
