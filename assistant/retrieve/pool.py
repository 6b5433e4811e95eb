"""The pool: the union of everything that one signal or another would put forward."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieve.query import Query, RetrievalStore
from store.unit import unit

if TYPE_CHECKING:
    from assistant.types import Vector, Video

NEAREST_WISH = 200
NEAREST_SAID = 100
NEAREST_NAMED_MEAN = 150
NEAREST_TASTE = 100
NEAREST_EACH = 40
"""To each interest, and to each of the last `NAMED_APART` titles named."""
NAMED_APART = 4
TASTE_IN_BLEND = 0.5
"""Of the user vector against what was asked for, in the search for what is near to both."""
WORD_HITS = 250
"""So many full-text hits carry a score: cut there, of 6,000, the ranking is hardly worse."""
KEPT_OUT = 60
"""Of each search by words, so many of the best that the constraints keep out are scored too."""
SMALL = 2000
"""Videos of a library of which all can be scored."""
POOLED_HITS = 200
"""So many of them enter the pool."""
MOST_POPULAR = 50
NEAREST_OTHERS = 200
"""By other people's ratings."""
ENOUGH = 100
"""With fewer videos than this, a random sample fills the pool up to `SAMPLE`."""
SAMPLE = 300
LIKES_BY_PEOPLE = 16
"""Likes, the strongest ones, whose people are looked for: two of each."""


@dataclass(slots=True)
class Pool:
    """Ids of videos that may be candidates, and the full-text scores (BM25) that found them."""

    ids: list[str] = field(default_factory=list)
    videos: int = 0
    """How many the library has."""
    wish_words: dict[str, float] = field(default_factory=dict)
    """Of the wish's words."""
    said_words: dict[str, float] = field(default_factory=dict)
    """Of all that the person said."""
    named_words: dict[str, float] = field(default_factory=dict)
    """Of the keywords and people of named titles, summed over these."""
    words_of_named: dict[str, dict[str, float]] = field(default_factory=dict)
    """The same of each named title, by its id."""
    memory_words: list[dict[str, float]] = field(default_factory=list)
    """Of each subject that is remembered as liked."""
    memory_disliked_words: list[dict[str, float]] = field(default_factory=list)
    less_words: list[dict[str, float]] = field(default_factory=list)
    scale: Pool | None = None
    """Whose hits make the scale of full-text scores where there are any; None for its own."""
    kept_out: Pool | None = None
    """What the constraints alone keep out, of what the searches found; None without constraints."""
    complete: bool = False
    """Whether it is all that the constraints keep out."""


def gather(query: Query, store: RetrievalStore, *, size: int) -> Pool:
    """Everything worth scoring. Over-fetches, so that what is excluded leaves enough.

    Args:
        query: what to look for.
        store: where.
        size: how many candidates will be wanted: no search brings fewer.
    """
    search = _Search(query, store, size)
    pool = Pool(videos=search.videos)
    pool.wish_words = search.words(query.wish)
    pool.said_words = search.words(query.said) if query.said != query.wish else pool.wish_words
    named = query.named.videos[-NAMED_APART:]
    pool.words_of_named = {video.id: search.words(_words_of(video)) for video in named}
    pool.named_words = _summed(pool.words_of_named.values())
    pool.memory_words = [search.words(one) for one in query.memory.texts]
    pool.memory_disliked_words = [search.words(one) for one in query.memory_disliked.texts]
    pool.less_words = [search.words(one) for one in query.less.texts]
    people = (name for one in query.likes[:LIKES_BY_PEOPLE] for name in one.people[:2])
    liked_people = search.words(" ".join(people))

    found: dict[str, None] = {}
    for hits in (pool.wish_words, pool.said_words, pool.named_words, liked_people):
        found |= dict.fromkeys(sorted(hits, key=lambda one: -hits[one])[:POOLED_HITS])
    found |= search.by_vectors()
    found |= _by_others(query, store)
    popular = [video_id for video_id, _ in store.library.popular(search.reach(MOST_POPULAR))]
    found |= search.allowed(popular, MOST_POPULAR)
    if len(found) < ENOUGH:
        found |= dict.fromkeys(_sample(query, store))
    pool.ids = [video_id for video_id in found if query.allows(video_id)]
    if query.admitted is not None:
        pool.kept_out = search.kept_out(few=len(pool.ids) < ENOUGH)
    return pool


def _by_others(query: Query, store: RetrievalStore) -> dict[str, None]:
    """What other people like together with what is named or liked, and what most of them know."""
    found: dict[str, None] = {}
    for source in store.community.sources:
        for ids in (source.best(query.liking, NEAREST_OTHERS), source.most_popular(NEAREST_OTHERS)):
            found |= dict.fromkeys(one for one in ids if query.allows(one))
    return found


def _words_of(video: Video) -> str:
    """The words that are looked for where a title is named."""
    return " ".join((*video.keywords, *video.people))


def _summed(found: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for hits in found:
        for video_id, score in hits.items():
            total[video_id] = total.get(video_id, 0.0) + score
    return total


class _Search:
    """Searching on behalf of one query."""

    def __init__(self, query: Query, store: RetrievalStore, size: int) -> None:
        self._query = query
        self._store = store
        self._size = size
        self.videos = store.library.count()
        """How many the library has."""
        self._hits: dict[str, dict[str, float]] = {}
        self._out: dict[str, None] = {}

    def reach(self, k: int) -> int:
        """How many to ask for so that about `k` are left without what is excluded.

        What was watched and what was named lies near to what is searched for, so all of it up
        to a few hundred is added to its share of the library.
        """
        excluded = len(self._query.excluded)
        others = max(self.videos - excluded, 1)
        return min(k + k * excluded // others + min(excluded, 300), self.videos)

    def words(self, text: str) -> dict[str, float]:
        """Full-text scores of the videos that carry words of `text` and may be candidates."""
        hits = self._all_hits(text).items()
        return {video_id: score for video_id, score in hits if self._query.allows(video_id)}

    def _all_hits(self, text: str) -> dict[str, float]:
        if text and text not in self._hits:
            limit = WORD_HITS if self._query.admitted is None else 4 * WORD_HITS
            hits = self._store.library.search(text, limit=limit)
            self._hits[text] = {hit.video_id: hit.score for hit in hits}
        return self._hits.get(text, {})

    def kept_out(self, *, few: bool) -> Pool:
        """What the constraints alone keep out, of what the searches found.

        Args:
            few: whether they leave few: then all of it, if the library is no large one.
        """
        query = self._query
        pool = Pool(
            videos=self.videos,
            wish_words=self._all_hits(query.wish),
            said_words=self._all_hits(query.said),
            words_of_named={
                one.id: self._all_hits(_words_of(one)) for one in query.named.videos[-NAMED_APART:]
            },
            memory_words=[self._all_hits(one) for one in query.memory.texts],
            memory_disliked_words=[self._all_hits(one) for one in query.memory_disliked.texts],
            less_words=[self._all_hits(one) for one in query.less.texts],
        )
        pool.named_words = _summed(pool.words_of_named.values())
        for hits in self._hits.values():
            self._out |= dict.fromkeys(islice(self._limited(hits), KEPT_OUT))
        if few and self.videos <= SMALL:
            pool.complete = True
            self._out |= dict.fromkeys(self._limited(self._store.library.ids()))
        pool.ids = list(self._out)
        return pool

    def by_vectors(self) -> dict[str, None]:
        """The videos nearest to what was asked for, else to the taste and its interests."""
        taste, named, wish = self._query.taste, self._query.named, self._query.wish_vector
        found: dict[str, None] = {}
        found |= self._nearest(wish, max(NEAREST_WISH, self._size))
        found |= self._nearest(self._query.said_vector, NEAREST_SAID, aside=True)
        found |= self._nearest(named.mean, max(NEAREST_NAMED_MEAN, self._size))
        if named.vectors is not None and len(named.vectors) > 1:
            for vector in named.vectors[-NAMED_APART:]:
                found |= self._nearest(vector, NEAREST_EACH, aside=True)
        if not self._query.specific:
            found |= self._nearest(taste.vector, max(NEAREST_TASTE, self._size))
            for interest in taste.interests:
                found |= self._nearest(interest.vector, NEAREST_EACH, aside=True)
        elif taste.vector is not None:
            asked = [vector for vector in (wish, named.mean) if vector is not None]
            blend = unit(np.sum([*asked, TASTE_IN_BLEND * taste.vector], axis=0))
            found |= self._nearest(blend, NEAREST_TASTE, aside=True)
        return found

    def _nearest(self, vector: Vector | None, k: int, *, aside: bool = False) -> dict[str, None]:
        """The `k` nearest that may be candidates; `aside`, fewer will do under constraints."""
        if vector is None:
            return {}
        admitted = None if aside else self._query.admitted
        hits = self._store.searcher.search(vector, self.reach(k), admitted=admitted)
        return self.allowed([one for one, _ in hits], k)

    def allowed(self, ids: Sequence[str], k: int) -> dict[str, None]:
        """The first `k` that may be candidates; those that a limit keeps out are remembered."""
        query = self._query
        if query.admitted is not None:
            near = islice((one for one in ids if one not in query.excluded), k)
            self._out |= dict.fromkeys(self._limited(near))
        return dict.fromkeys([one for one in ids if query.allows(one)][:k])

    def _limited(self, ids: Iterable[str]) -> Iterator[str]:
        """Those that the constraints alone keep out."""
        admitted, excluded = self._query.admitted or frozenset(), self._query.excluded
        return (one for one in ids if one not in admitted and one not in excluded)


def _sample(query: Query, store: RetrievalStore) -> list[str]:
    """Random videos that may be candidates, the same for the same message."""
    everything = store.library.ids() if query.admitted is None else sorted(query.admitted)
    allowed = [video_id for video_id in everything if query.allows(video_id)]
    draw = random.Random(zlib.crc32(query.message.encode()))  # noqa: S311
    return draw.sample(allowed, min(SAMPLE, len(allowed)))
