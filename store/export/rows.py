"""The rows of each table of an export, as our own format has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from assistant.types import Interaction, InterestSetting, Preference, Signal, Video
from store.export.layout import Table
from store.export.notation import NO_YEAR, with_year
from store.library import Library

Row = Mapping[str, object]
"""Values by field, as JSON has them; what is at its default is left out."""

_SIGNAL_COLUMNS = ("video_id", "title", "signal", "rating", "at", "strength")
COLUMNS: Mapping[Table, tuple[str, ...]] = {
    Table.VIDEOS: tuple(Video.model_fields),
    Table.HISTORY: _SIGNAL_COLUMNS,
    Table.RATINGS: _SIGNAL_COLUMNS,
    Table.SAVED: _SIGNAL_COLUMNS,
}
"""The fields of the tables that can be written as rows of cells."""


def rows_of(library: Library) -> dict[Table, Callable[[], Iterable[Row]]]:
    """What gives the rows of each table, in the order in which they came."""
    signals = library.interactions()
    titles = {row.video_id: row.title for row in library.titles()}

    def told(chosen: Iterable[Interaction]) -> Iterator[Row]:
        return (_signal_row(signal, titles.get(signal.video_id)) for signal in chosen)

    return {
        Table.VIDEOS: lambda: map(_video_row, library.videos()),
        Table.HISTORY: lambda: told(signals),
        Table.RATINGS: lambda: told(_last_of_each(signals, Signal.RATED)),
        Table.SAVED: lambda: told(_last_of_each(signals, Signal.SAVED)),
        Table.SESSIONS: lambda: _sessions(library),
        Table.PREFERENCES: lambda: map(_without_number, library.preferences()),
        Table.INTERESTS: lambda: map(_without_number, library.interest_settings()),
    }


def _video_row(video: Video) -> Row:
    row = video.model_dump(mode="json", exclude_defaults=True)
    row["title"] = with_year(video.title, video.year)
    if video.published is not None and video.year is None:
        row["year"] = NO_YEAR
    return row


def _signal_row(signal: Interaction, title: str | None) -> Row:
    """With the title, which is for reading: the importer goes by the id."""
    told = {"title": title} if title is not None else {}
    return signal.model_dump(mode="json", exclude_defaults=True) | told


def _without_number(kept: Preference | InterestSetting) -> Row:
    """Without its number, which means nothing elsewhere."""
    return kept.model_dump(mode="json", exclude_defaults=True, exclude={"id"})


def _last_of_each(signals: Iterable[Interaction], wanted: Signal) -> Iterable[Interaction]:
    """The last signal of a sort for each video, the oldest first."""
    last: dict[str, Interaction] = {}
    for signal in signals:
        if signal.signal is wanted:
            last.pop(signal.video_id, None)
            last[signal.video_id] = signal
    return last.values()


def _sessions(library: Library) -> Iterator[Row]:
    for session in reversed(library.sessions()):
        yield {
            "id": session.id,
            "started_at": session.started_at.isoformat(),
            **({"title": session.name} if session.name is not None else {}),
            "turns": [turn.model_dump(mode="json") for turn in library.turns(session.id)],
        }
