"""Sources that say little more of a video than its name, beside a library that may know it.

A history names a video; it must not take away what the library knows of it already, and where its
own id leads nowhere, title and year may tell which video is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from assistant.importers.base import Record
from assistant.types import Interaction, Kind, Video

if TYPE_CHECKING:
    from store.library import Library

_BATCH = 2_000
_TOLD_OF = {Kind.FILM, Kind.SERIES, Kind.DOCUMENTARY}
"""What is known by its title: talks and videos of the same name are too many."""


class NamesOnly:
    """Marks an importer whose videos are little more than names, such as those of a history."""


def fitted(importer: object, records: Iterable[Record], library: Library) -> Iterator[Record]:
    """What an importer reads, with the videos that the library knows better as it knows them.

    A video of another id is taken for one of the library if that has its title (or another title)
    and its year, or the year beside, and is the only one; its signals go there.

    Args:
        importer: who reads. The records of one that is not `NamesOnly` stay as they are.
        records: the signals of a video come after it.
        library: is only read.
    """
    if not isinstance(importer, NamesOnly):
        yield from records
        return
    meant: dict[str, str] = {}
    iterator = iter(records)
    while batch := list(islice(iterator, _BATCH)):
        named = {record.id: record for record in batch if isinstance(record, Video)}
        meant |= _by_title(named, library)
        known = library.get({meant.get(id_, id_) for id_ in named})
        for record in batch:
            if isinstance(record, Video):
                mine = known.get(meant.get(record.id, record.id))
                yield mine if mine is not None and _says_more(mine, record) else record
            elif isinstance(record, Interaction) and record.video_id in meant:
                yield record.model_copy(update={"video_id": meant[record.video_id]})
            else:
                yield record


def _says_more(mine: Video, named: Video) -> bool:
    """Whether the library's video was described by another source than a history."""
    return bool(mine.id != named.id or mine.description or mine.tags or mine.duration_s)


def _by_title(named: dict[str, Video], library: Library) -> dict[str, str]:
    """The library's ids of the films that are named, where they are known under another one.

    A film that came under its own id before stays under it, so that an import can be repeated.
    """
    from store.community.joining import RatedItem, joined_by_title

    films = [video for video in named.values() if video.kind in _TOLD_OF]
    if not films:
        return {}
    mine = library.get(video.id for video in films)
    others = [video for video in films if video.id not in mine and video.year is not None]
    items = [(number, RatedItem(None, film.title, film.year)) for number, film in enumerate(others)]
    source = films[0].source
    rows = (row for row in library.titles() if not row.video_id.startswith(f"{source}:"))
    return {
        others[number].id: video_id for number, video_id in joined_by_title(items, rows).items()
    }
