"""What is known of videos, read once for as long as the library stays as it is.

A turn compares some hundred videos by their facts and vectors and reads the best, and the next
turn most of them again. What is kept hangs on the census, which is made anew when the library has
changed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from store.library.facts import NOTHING_KNOWN, Facts
from store.text import stem, tokens

if TYPE_CHECKING:
    from assistant.retrieve.query import RetrievalStore
    from assistant.types import Matrix, Vector, Video
    from store.census import Census

MOST_KEPT = 6_000
"""Facts and vectors. Of a video they take some 4 KB, of which 1.5 KB are a vector of 384 numbers:
25 MB in all."""
MOST_VIDEOS = 1_000
"""Whole videos: what a description says is most of it, 5 MB in all where they are as usual."""
MOST_TAGS_KEPT = 50_000
"""Of tags that were cut into words: most are met again in the next turn."""
MOST_PEOPLE_COUNTED = 10
"""Of one video: a cast list of hundreds makes nothing better known."""

_Kept = TypeVar("_Kept")


class Known:
    """The facts of a video, and what is read off them for every request.

    It holds no census: what is kept would keep alive what it hangs on.
    """

    __slots__ = ("_length", "_tags", "facts", "prominence", "tag_stems")

    def __init__(self, facts: Facts, prominence: float) -> None:
        self.facts = facts
        self.prominence = prominence
        """See `prominence_of`."""
        self.tag_stems: frozenset[str] = frozenset().union(*map(stems_of, facts.tags))
        """The stems of all words of its tags."""
        self._tags: dict[str, float] | None = None
        self._length = 0.0

    def tags(self, census: Census) -> tuple[dict[str, float], float]:
        """The idf of each tag, and the Euclidean length of them together."""
        if self._tags is None:
            self._tags = {tag: census.tag_idf(tag) for tag in self.facts.tags}
            self._length = math.sqrt(sum(value**2 for value in self._tags.values()))
        return self._tags, self._length


class Knowledge:
    """What has been read of the videos of a library at one moment."""

    def __init__(self, census: Census) -> None:
        self.sample = tuple(_known(facts, census) for facts in census.sample)
        """The videos that stand for the library."""
        self._facts: dict[str, Known] = {}
        self._vectors: dict[str, Vector] = {}
        self._videos: dict[str, Video] = {}

    def recall(self, ids: Sequence[str], store: RetrievalStore) -> list[Known]:
        """What is known of these videos, in their order; of one that is not there, nothing."""
        kept = self._facts
        if new := _lacking(kept, ids):
            census = store.searcher.census()
            read = store.library.facts(new).items()
            kept.update((one, _known(facts, census)) for one, facts in read)
        found = [kept.get(one, _NOTHING) for one in ids]
        _let_go(kept, MOST_KEPT)
        return found

    def vectors(self, ids: Sequence[str], store: RetrievalStore) -> tuple[list[str], Matrix]:
        """The vectors of those of `ids` that have one, in their order: see `Library.vectors`."""
        kept, key = self._vectors, store.embedder.key
        if new := _lacking(kept, ids):
            read, rows = store.library.vectors(key, new)
            if any(len(one) != rows.shape[1] for one in islice(kept.values(), 1)):
                return store.library.vectors(key, ids)  # it says what is wrong
            kept.update(zip(read, rows, strict=True))
        present = [one for one in ids if one in kept]
        if not present:
            return present, np.empty((0, store.embedder.dimension), np.float32)
        vectors = np.concatenate([kept[one] for one in present]).reshape(len(present), -1)
        _let_go(kept, MOST_KEPT)
        return present, vectors

    def videos(self, ids: Sequence[str], store: RetrievalStore) -> dict[str, Video]:
        """The videos with these ids, in the order asked: see `Library.get`."""
        kept = self._videos
        if new := _lacking(kept, ids):
            kept.update(store.library.get(new))
        found = {one: kept[one] for one in ids if one in kept}
        _let_go(kept, MOST_VIDEOS)
        return found


def _lacking(kept: Mapping[str, object], ids: Sequence[str]) -> list[str]:
    return [one for one in ids if one not in kept]


def _let_go(kept: dict[str, _Kept], most: int) -> None:
    """Forget what has been kept longest, down to `most`."""
    for one in [*islice(kept, max(len(kept) - most, 0))]:
        del kept[one]


_knowledge: WeakKeyDictionary[Census, Knowledge] = WeakKeyDictionary()


def knowledge_of(census: Census) -> Knowledge:
    """What has been read of the library that was counted."""
    if census not in _knowledge:
        _knowledge[census] = Knowledge(census)
    return _knowledge[census]


def _known(facts: Facts, census: Census) -> Known:
    return Known(facts, prominence_of(facts, census))


def prominence_of(facts: Facts, census: Census) -> float:
    """`Census.prominence` of the first people of a video."""
    if len(facts.people) > MOST_PEOPLE_COUNTED:
        facts = facts._replace(people=facts.people[:MOST_PEOPLE_COUNTED])
    return census.prominence(facts)


@lru_cache(maxsize=MOST_TAGS_KEPT)
def stems_of(tag: str) -> frozenset[str]:
    """The stems of the words of a tag."""
    return frozenset(stem(token) for token in tokens(tag))


_NOTHING = Known(NOTHING_KNOWN, 0.0)
