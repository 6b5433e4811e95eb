"""From records to a searchable library, in steps that can be stopped at any moment.

What is left to do is never noted anywhere: it is what the library lacks. So a run that was stopped
or killed is finished by the next one, whatever it imports.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from assistant.types import Interaction, InterestSetting, Preference, Skipped, Video
from store.index import IndexUnusableError
from store.keywords import extract_keywords, tag_phrases
from store.reporting import Reporter, Silent

if TYPE_CHECKING:
    from store.embedder import Embedder
    from store.index import Index
    from store.library import Library

log = logging.getLogger(__name__)

T = TypeVar("T")
Record = Video | Interaction | Preference | InterestSetting | Skipped

SKIPPED_KEPT = 1_000
"""So many skipped records are named; all are counted."""
_READ_BATCH = 500
_EMBED_BATCH = 256
"""Ten seconds of work on two cores: so much a kill can cost."""
_INDEX_EVERY = 4
"""Batches: each sync of the index has a fixed cost of some writes to disk."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the records; every record is counted once."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    interactions: int = 0
    """Signals that were not known before."""
    preferences: int = 0
    """Likewise, of what the person said about themselves or set for their interests."""
    removed: int = 0
    """Videos that the person had removed, and that stay so."""
    skipped: tuple[Skipped, ...] = ()
    """The first `SKIPPED_KEPT`."""
    skipped_count: int = 0
    embedded: int = 0
    """Vectors made, those of earlier runs that were stopped among them."""


def ingest(
    records: Iterable[Record],
    library: Library,
    embedder: Callable[[], Embedder] | None = None,
    index: Index | None = None,
    reporter: Reporter | None = None,
    *,
    total: int | None = None,
    bring_back: bool = False,
) -> Summary:
    """Store records, then derive what is missing: keywords, vectors, the index.

    A video can be found by its words as soon as its batch is read, and by its meaning as soon as
    its vector is made.

    Args:
        records: from an importer. Of two videos with one id, the first counts.
        library: where they go.
        embedder: makes the embedder, once reading is done; None leaves the vectors for later.
        index: kept in step with the vectors; None when another process has it, which will.
        reporter: is told of the progress.
        total: how many records there are, where that is known.
        bring_back: also those videos that the person removed.

    Raises:
        StoreError: the library cannot be written to.
    """
    reporter = reporter or Silent()
    reading = _Reading(library, bring_back=bring_back)
    reporter.stage("reading", total)
    for batch in _batches(records, _READ_BATCH):
        reading.store(batch)
        reporter.advance(len(batch))
    add_keywords(library, reporter)
    embedded = embed_missing(library, embedder(), index, reporter) if embedder is not None else 0
    return reading.summary(embedded)


def add_keywords(library: Library, reporter: Reporter | None = None) -> int:
    """Extract the keywords of the videos that have none yet; return how many those were."""
    reporter = reporter or Silent()
    missing = library.missing_keywords()
    if not missing:
        return 0
    reporter.stage("keywords", len(missing))
    frequencies, count = library.document_frequencies(), library.count()
    phrases = tag_phrases(tag for tag, videos in library.tag_counts().items() if videos > 1)
    for ids in _batches(missing, _READ_BATCH):
        library.put_keywords(
            {
                video.id: extract_keywords(video, frequencies, count, phrases=phrases)
                for video in library.get(ids).values()
            }
        )
        reporter.advance(len(ids))
    return len(missing)


def embed_missing(
    library: Library,
    embedder: Embedder,
    index: Index | None = None,
    reporter: Reporter | None = None,
) -> int:
    """Make the vectors that the library lacks, storing and indexing them as they come.

    Returns:
        How many vectors were made.
    """
    reporter = reporter or Silent()
    missing = library.missing_vectors(embedder.key)
    made = 0
    if missing:
        _sync(index, library, reporter)  # now, so that making it anew is a stage of its own
        reporter.stage("embedding", len(missing))
    for number, ids in enumerate(_batches(missing, _EMBED_BATCH), start=1):
        version = library.data_version()
        videos = list(library.get(ids).values())
        vectors = embedder.encode_videos(videos, progress=reporter.advance)
        made += library.put_vectors(
            embedder.key, [video.id for video in videos], vectors, as_of=version
        )
        if number % _INDEX_EVERY == 0:
            _sync(index, library)
    _sync(index, library, reporter)
    return made


def _sync(index: Index | None, library: Library, reporter: Reporter | None = None) -> None:
    """Bring the index up to date. An import does not fail for it: it can always be made anew."""
    if index is None:
        return
    try:
        index.sync(library, reporter)
    except IndexUnusableError as error:
        log.warning("the index was not kept in step: %s", error)


class _Reading:
    """The first phase: records into the library, and the counts of what became of them."""

    def __init__(self, library: Library, *, bring_back: bool) -> None:
        self._library = library
        self._bring_back = bring_back
        self._seen: set[str] = set()
        self._removed = 0
        self._new = self._updated = self._unchanged = self._interactions = self._preferences = 0
        self._skipped: list[Skipped] = []
        self._skipped_count = 0

    def store(self, batch: Sequence[Record]) -> None:
        """Store a batch in short transactions, so that others can write in between."""
        videos = self._wanted(list(self._first_of_each(batch)))
        if videos:
            counts = self._library.put_videos(videos)
            self._new += counts.new
            self._updated += counts.updated
            self._unchanged += counts.unchanged
        interactions = [record for record in batch if isinstance(record, Interaction)]
        if interactions:
            self._interactions += self._library.add_interactions(interactions)
        for record in batch:
            if isinstance(record, Skipped):
                self._skip(record)
            elif isinstance(record, Preference) and not self._library.preference_like(record):
                self._library.add_preference(record)
                self._preferences += 1
            elif isinstance(record, InterestSetting):
                self._preferences += self._library.bring_interest(record)

    def summary(self, embedded: int) -> Summary:
        """The counts so far."""
        return Summary(
            new=self._new,
            updated=self._updated,
            unchanged=self._unchanged,
            interactions=self._interactions,
            preferences=self._preferences,
            removed=self._removed,
            skipped=tuple(self._skipped),
            skipped_count=self._skipped_count,
            embedded=embedded,
        )

    def _first_of_each(self, batch: Sequence[Record]) -> Iterator[Video]:
        """The videos not yet seen. If two of one id took turns, no import would be unchanged."""
        for record in batch:
            if not isinstance(record, Video):
                continue
            if record.id in self._seen:
                self._skip(Skipped(record=record.id, reason="listed more than once"))
                continue
            self._seen.add(record.id)
            yield record

    def _wanted(self, videos: list[Video]) -> list[Video]:
        """Those that the person has not removed; all where they are to come back."""
        if self._bring_back:
            return videos
        removed = self._library.removed_among(video.id for video in videos)
        self._removed += len(removed)
        return [video for video in videos if video.id not in removed]

    def _skip(self, skipped: Skipped) -> None:
        self._skipped_count += 1
        if len(self._skipped) < SKIPPED_KEPT:
            self._skipped.append(skipped)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
