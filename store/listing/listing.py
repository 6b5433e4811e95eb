"""Pages of videos, their counts, and everything of one of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.listing import (
    FacetCounts,
    Order,
    Show,
    VideoDetails,
    VideoFilter,
    VideoLine,
    VideoPage,
    VideoQuery,
)
from assistant.types import Interaction, Signal, Video
from store.library.own import OwnTags, no_such_video
from store.listing.catalogue import UNSET, Catalogue, folded
from store.listing.marks import last_ratings, marks_of, ratings_of, rows_of
from store.listing.words import Matches, match

if TYPE_CHECKING:
    from store.library import Library
    from store.listing.catalogue import Column, Mask, Names

_LINE = ("id", "title", "year", "duration_s", "kind", "language", "channel")
_FALLING = {Order.YEAR, Order.ADDED, Order.POPULARITY, Order.RATING}
"""What begins with its greatest."""


class VideoList:
    """The videos of a library, to look through. What it keeps in memory follows the library.

    Args:
        library: is read, whenever something is asked.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self._catalogue: Catalogue | None = None

    def page(self, query: VideoQuery) -> VideoPage:
        """A page of the videos that a query means."""
        if query.filter.show is Show.REMOVED:
            return self._removed_page(query)
        catalogue = self._current()
        matches = match(self.library, catalogue, query.filter.words)
        mask = self._shown(catalogue, query.filter.show) & _within(catalogue, query.filter)
        if matches is not None:
            mask &= matches.mask
        places = np.flatnonzero(mask)
        order = self._order(catalogue, query, places, matches)
        page = places[order[query.offset : query.offset + query.limit]]
        return VideoPage(
            lines=self._lines(catalogue.rows[page].tolist()),
            total=len(places),
            library=len(catalogue),
        )

    def facets(self, wanted: VideoFilter) -> FacetCounts:
        """How many videos there are of each sort, within `wanted`."""
        catalogue = self._current()
        matches = match(self.library, catalogue, wanted.words)
        found = np.ones(len(catalogue), bool) if matches is None else matches.mask
        shown = found & self._shown(catalogue, wanted.show)

        def among(**but: object) -> Mask:
            return shown & _within(catalogue, wanted.model_copy(update=but))

        within = found & _within(catalogue, wanted)
        shows = {
            show.value: int((within & self._shown(catalogue, show)).sum())
            for show in Show
            if show is not Show.REMOVED
        }
        return FacetCounts(
            kinds=catalogue.kinds.counts(among(kinds=())),
            languages=catalogue.languages.counts(among(languages=())),
            sources=catalogue.sources.counts(among(sources=())),
            shows=shows | {Show.REMOVED.value: len(self.library.removed_videos())},
            years=_range(catalogue.years[among(min_year=None, max_year=None)]),
            durations_s=_range(
                catalogue.durations_s[among(min_duration_s=None, max_duration_s=None)]
            ),
        )

    def details(self, video_id: str, model: str) -> VideoDetails:
        """Everything that is known of a video, be it one that was removed.

        Args:
            video_id: the video.
            model: the key of the embedding model in force.

        Raises:
            StoreError: there is no such video.
        """
        library = self.library
        video, removed_at = library.get([video_id]).get(video_id), None
        if video is None:
            removed = {one.video.id: one for one in library.removed_videos()}
            if video_id not in removed:
                raise no_such_video(video_id)
            video, removed_at = removed[video_id]
        own = library.own_tags([video_id]).get(video_id, OwnTags())
        return VideoDetails(
            video=video,
            signals=self._signals(video_id),
            marks=marks_of(library._connection, [video_id]).get(video_id, ()),
            own_tags=own.added,
            dropped_tags=own.dropped,
            removed_at=removed_at,
            is_embedded=bool(library.vectors(model, [video_id])[0]),
        )

    def _current(self) -> Catalogue:
        if self._catalogue is None or self._catalogue.version != self.library.data_version():
            self._catalogue = Catalogue.read(self.library)
        return self._catalogue

    # --- which ---------------------------------------------------------------------------------

    def _shown(self, catalogue: Catalogue, show: Show) -> Mask:
        if show is Show.ALL:
            return np.ones(len(catalogue), bool)
        found = catalogue.mask(rows_of(self.library._connection, show))
        return ~found if show is Show.UNSEEN else found

    # --- in which order ------------------------------------------------------------------------

    def _order(
        self, catalogue: Catalogue, query: VideoQuery, places: Column, matches: Matches | None
    ) -> Column:
        """The order of `places`; of two alike the title decides, and what is not known is last."""
        title = catalogue.title_order[places]
        if query.order is Order.MATCH and matches is not None:
            keys = (title, matches.rank[places], -matches.title_fit[places])
            order = np.lexsort(keys)
            return order[::-1] if query.reverse else order
        column = self._column(catalogue, query.order)[places]
        falling = (query.order in _FALLING) is not query.reverse
        return np.lexsort((title, -column if falling else column, column == UNSET))

    def _column(self, catalogue: Catalogue, order: Order) -> Column:
        match order:
            case Order.YEAR:
                return catalogue.years
            case Order.LENGTH:
                return catalogue.durations_s
            case Order.POPULARITY:
                return catalogue.reaches
            case Order.ADDED:
                return catalogue.rows
            case Order.RATING:
                return self._ratings(catalogue)
            case _:
                return catalogue.title_order

    def _ratings(self, catalogue: Catalogue) -> Column:
        """In tenths."""
        ratings = np.full(len(catalogue), UNSET, np.int64)
        if rated := last_ratings(self.library._connection):
            places, there = catalogue.places([row for row, _ in rated])
            tenths = np.array([round(10 * (rating or 0)) for _, rating in rated], np.int64)
            ratings[places[there]] = tenths[there]
        return ratings

    # --- what of each --------------------------------------------------------------------------

    def _lines(self, rows: Sequence[int]) -> tuple[VideoLine, ...]:
        """The lines of the videos in these rows, in this order."""
        found = self.library._connection.execute(
            f"SELECT row, {', '.join(_LINE)} FROM videos"  # noqa: S608
            " WHERE row IN (SELECT value FROM json_each(?))",
            (json.dumps(rows),),
        )
        fields = {row: dict(zip(_LINE, values, strict=True)) for row, *values in found}
        return self._marked([fields[row] for row in rows if row in fields])

    def _marked(self, fields: Sequence[dict[str, object]]) -> tuple[VideoLine, ...]:
        """Lines with what the person did."""
        ids = [str(values["id"]) for values in fields]
        marks = marks_of(self.library._connection, ids)
        ratings = ratings_of(self.library._connection, ids)
        with self.library._decoding("videos"):
            return tuple(
                VideoLine.model_validate(
                    {**values, "marks": marks.get(id_, ()), "rating": ratings.get(id_)}
                )
                for id_, values in zip(ids, fields, strict=True)
            )

    def _removed_page(self, query: VideoQuery) -> VideoPage:
        """Of the videos that were removed, the last one first. They are few, and read whole."""
        words = folded(query.filter.words).split()
        found = [
            removed.video
            for removed in self.library.removed_videos()
            if all(word in _texts(removed.video) for word in words)
        ]
        page = found[query.offset : query.offset + query.limit]
        return VideoPage(
            lines=self._marked([video.model_dump(include=set(_LINE)) for video in page]),
            total=len(found),
            library=self.library.count(),
        )

    def _signals(self, video_id: str) -> tuple[Interaction, ...]:
        names = ("video_id", "signal", "at", "rating", "strength")
        rows = self.library._connection.execute(
            f"SELECT {', '.join(names)} FROM interactions"  # noqa: S608
            " WHERE video_id = ? AND signal <> ? ORDER BY at DESC, row DESC",
            (video_id, Signal.SHOWN),
        )
        with self.library._decoding("interactions"):
            return tuple(
                Interaction.model_validate(dict(zip(names, row, strict=True))) for row in rows
            )


def _within(catalogue: Catalogue, wanted: VideoFilter) -> Mask:
    """The videos within every limit of a filter, but for its words and what was done with them."""
    mask = np.ones(len(catalogue), bool)
    names: tuple[tuple[Names, Sequence[str]], ...] = (
        (catalogue.kinds, wanted.kinds),
        (catalogue.languages, wanted.languages),
        (catalogue.sources, wanted.sources),
    )
    for column, chosen in names:
        if chosen:
            mask &= column.one_of(chosen)
    for numbers, low, high in (
        (catalogue.years, wanted.min_year, wanted.max_year),
        (catalogue.durations_s, wanted.min_duration_s, wanted.max_duration_s),
    ):
        if low is not None:
            mask &= numbers >= low
        if high is not None:
            mask &= (numbers <= high) & (numbers != UNSET)
    return mask


def _range(numbers: Column) -> tuple[int, int] | None:
    known = numbers[numbers != UNSET]
    return (int(known.min()), int(known.max())) if len(known) else None


def _texts(video: Video) -> str:
    names = (video.title, *video.other_titles, *video.tags, *video.people, video.channel or "")
    return folded(" ".join((*names, video.description)))
