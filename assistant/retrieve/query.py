"""What a request and a taste ask of the library, looked up and embedded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieve.known import Knowledge, knowledge_of
from assistant.retrieve.subjects import (
    NO_SUBJECTS,
    Subjects,
    disliked_subjects,
    liked_subjects,
    plain_subjects,
)
from assistant.retrieve.terms import WishWords
from assistant.retrieve.wording import wording
from assistant.types import Preference, Request, Taste, Video
from store.community.community import Community
from store.text import STOP_WORDS, stem, tokens
from store.unit import unit

if TYPE_CHECKING:
    from assistant.types import Matrix, Vector
    from store.embedder import Embedder
    from store.library import Library
    from store.vectors import Searcher

MOST_LIKES_READ = 50
"""The strongest likes, whose people and years are looked at."""
MOST_NAMED = 16
"""Of more titles named in a conversation, the last ones count."""
NO_COMMUNITY = Community(())
JUST_NAMED_WEIGHT = 0.5
"""Of a title that is named without a word of liking, against one that is wanted."""


@dataclass(frozen=True, slots=True)
class RetrievalStore:
    """Where candidates come from."""

    library: Library
    searcher: Searcher
    embedder: Embedder
    community: Community = NO_COMMUNITY
    """What other people's ratings say of the library's videos."""

    @property
    def knowledge(self) -> Knowledge:
        """What has been read of the library since it last changed."""
        return knowledge_of(self.searcher.census())

    def videos(self, ids: Sequence[str]) -> dict[str, Video]:
        """The videos with these ids, in the order asked, read once until the library changes."""
        return self.knowledge.videos(ids, self)


@dataclass(frozen=True, slots=True)
class NamedVideos:
    """Titles that were named, or picks that were pointed at, and that picks shall resemble."""

    videos: tuple[Video, ...] = ()
    ids: tuple[str, ...] = ()
    """Of those that have a vector."""
    vectors: Matrix | None = None
    """Their vectors, in the same order."""
    weights: tuple[float, ...] = ()
    """How much each of them counts, in the same order."""
    mean: Vector | None = None
    """Their weighted mean, a unit vector."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for, and what to leave out."""

    message: str
    taste: Taste
    wish: str
    """With the library's own terms for it, where it is in another language."""
    wish_words: WishWords
    wish_vector: Vector | None
    said: str
    said_vector: Vector | None
    said_stems: frozenset[str]
    """Stems of what was said and of the wish."""
    named: NamedVideos
    likes: tuple[Video, ...]
    """The strongest likes; none when the request itself says what the picks should be about."""
    unwanted_vectors: Matrix | None
    """Of titles that were named as unwanted."""
    liking: Mapping[str, float]
    """How much other people's ratings of some videos shall count, by id: of those that are named,
    else of those that are liked."""
    excluded: frozenset[str]
    admitted: frozenset[str] | None
    """The ids that satisfy the constraints; None when there are none."""
    memory: Subjects = NO_SUBJECTS
    """What the person said about themselves that they like."""
    memory_disliked: Subjects = NO_SUBJECTS
    less: Subjects = NO_SUBJECTS
    """What counts against a video for the moment."""

    @property
    def specific(self) -> bool:
        """Whether it says what the picks should be about; else the taste must."""
        return bool(self.wish or self.named.videos)

    def allows(self, video_id: str) -> bool:
        """Whether the video may be a candidate, as far as its id tells."""
        return video_id not in self.excluded and (
            self.admitted is None or video_id in self.admitted
        )


def build_query(
    request: Request,
    taste: Taste,
    store: RetrievalStore,
    exclude: Collection[str],
    preferences: Sequence[Preference] = (),
) -> Query:
    """Look up and embed what the request names and wishes, and what is remembered."""
    wish = request.wish.strip()
    weights = {
        one.video_id: 1.0 if one.liking > 0 else JUST_NAMED_WEIGHT
        for one in request.named
        if one.liking >= 0
    }
    weights |= dict.fromkeys(request.references, 1.0)
    unwanted = [one.video_id for one in request.named if one.liking < 0]
    _, unwanted_vectors = store.library.vectors(store.embedder.key, unwanted)
    named = _named(list(weights)[-MOST_NAMED:], weights, store)
    liked_ids = () if wish or named.videos else taste.liked_ids[:MOST_LIKES_READ]
    liking = weights or taste.latest_likes
    words = wording(request, store)
    limits = request.constraints
    return Query(
        message=request.message,
        taste=taste,
        wish=words.wish,
        wish_words=WishWords(words.wish),
        wish_vector=words.wish_vector,
        said=words.said,
        said_vector=words.said_vector,
        said_stems=_stems(f"{words.wish} {words.said}"),
        named=named,
        likes=tuple(store.library.get(liked_ids).values()),
        liking=liking if store.community.sources else {},
        unwanted_vectors=unwanted_vectors if len(unwanted_vectors) else None,
        excluded=frozenset({*exclude, *taste.excluded_ids, *weights, *unwanted}),
        admitted=None if limits.empty else frozenset(store.library.admitted_ids(limits)),
        memory=liked_subjects(preferences, store),
        memory_disliked=disliked_subjects(preferences, store),
        less=plain_subjects(request.less, store),
    )


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in tokens(text) if word not in STOP_WORDS)


def _named(ids: Sequence[str], weights: dict[str, float], store: RetrievalStore) -> NamedVideos:
    if not ids:
        return NamedVideos()
    videos = tuple(store.library.get(ids).values())
    present, vectors = store.library.vectors(store.embedder.key, ids)
    if not present:
        return NamedVideos(videos)
    shares = np.array([weights[video_id] for video_id in present], np.float32)
    return NamedVideos(
        videos, tuple(present), vectors, tuple(shares.tolist()), unit(shares @ vectors)
    )
