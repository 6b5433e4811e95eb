"""From a request and a taste to candidates, each with a score and all that it is made of.

A pool is gathered from everything that one signal or another would put forward (`pool`). For
each video of the pool every signal is computed exactly and put on one scale (`signals`); the
score is their weighted sum, with weights that depend on what was asked (`fusion`). The parts of
the sum stay with the candidate: they are what its reasons are made of.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieve.admission import Repeats, admitted_videos
from assistant.retrieve.fusion import contributions, late_contributions, weights_for
from assistant.retrieve.pool import Pool, gather
from assistant.retrieve.query import Query, RetrievalStore, build_query
from assistant.retrieve.signals import Signals, compute
from assistant.retrieve.terms import AvoidedTerms
from assistant.types import Candidate, Part, Request, Stage, Taste, Video

if TYPE_CHECKING:
    from assistant.retrieve.signals import Scores

__all__ = ["RetrievalStore", "appraise", "retrieve"]

SPARE = 1.15
"""So many times as many videos as wanted are read, before repeats fall out."""


def retrieve(
    request: Request,
    taste: Taste,
    store: RetrievalStore,
    *,
    exclude: Collection[str],
    limit: int = 200,
    without: Collection[Stage] = (),
) -> tuple[Candidate, ...]:
    """The best candidates for a request, by falling score.

    Left out are: the ids of `exclude` and `taste.excluded_ids`; the titles that the request names
    and the picks that it points at; what its constraints do not admit; what carries one of the
    terms that it avoids; and all but the best of several recordings of the same.

    Args:
        request: as understood; an empty wish is not embedded.
        taste: may be empty; with an empty wish too, popular and random videos come.
        store: the library, its vectors, and the embedding model that made them.
        exclude: ids shown before in this session.
        limit: the most candidates to return.
        without: signals that add nothing, to see what they are worth.
    """
    query = build_query(request, taste, store, exclude)
    pool = gather(query, store, size=limit)
    if not pool.ids or not _answers_to(query, pool):
        return ()
    scores = _Scores(query, pool, store, without)
    spare = math.ceil(SPARE * limit)
    avoid = AvoidedTerms(request.avoid)
    videos = islice(admitted_videos(scores.ranked, avoid, store.library, enough=spare), spare)
    repeats = Repeats(query.named.videos)
    new = (one for one in scores.candidates(list(videos)) if repeats.is_new(one.video))
    return tuple(islice(new, limit))


def appraise(
    request: Request,
    taste: Taste,
    store: RetrievalStore,
    ids: Collection[str],
    *,
    without: Collection[Stage] = (),
) -> tuple[Candidate, ...]:
    """What given videos score for a request, whether or not they would be recommended.

    The parts are those of `retrieve`, where the facts of the videos themselves (popularity, year)
    are compared with the other videos given.

    Args:
        request: as understood.
        taste: may be empty.
        store: the library, its vectors, and the embedding model that made them.
        ids: of videos of the library; others are left out.
        without: signals that add nothing.

    Returns:
        By falling score.
    """
    query = build_query(request, taste, store, ())
    videos = store.library.get(ids)
    pool = replace(gather(query, store, size=1), ids=list(videos))
    return tuple(_Scores(query, pool, store, without).candidates(list(videos.values())))


class _Scores:
    """The videos of a pool, ranked by what can be said before they are read."""

    def __init__(
        self, query: Query, pool: Pool, store: RetrievalStore, without: Collection[Stage]
    ) -> None:
        self._query = query
        self._weights = weights_for(query).without(without)
        self._signals = compute(query, pool, store)
        self._parts = contributions(self._signals, self._weights)
        totals = (
            np.sum(list(self._parts.values()), axis=0) if self._parts else [0.0] * len(pool.ids)
        )
        self.ranked = [pool.ids[row] for row in np.argsort(-np.asarray(totals), kind="stable")]
        self._rows = {video_id: row for row, video_id in enumerate(pool.ids)}

    def candidates(self, videos: Sequence[Video]) -> list[Candidate]:
        """Candidates of videos of the pool, by falling score."""
        late = late_contributions(videos, self._query, self._weights)
        scored = [
            _Scored(video, row, _parts((self._parts, row), (late, number)))
            for number, video in enumerate(videos)
            for row in [self._rows[video.id]]
        ]
        scored.sort(key=lambda one: -one.score)
        return [_candidate(one, self._query, self._signals) for one in scored]


def _answers_to(query: Query, pool: Pool) -> bool:
    """Whether anything tells what fits.

    A wish whose meaning cannot be read and whose words are nowhere tells nothing; the limits
    beside it still do.
    """
    read = query.wish_vector is not None or pool.wish_words or query.named.videos
    return bool(read or not query.wish or query.admitted is not None)


class _Scored:
    """A video of the pool, where it stands there, and what its score is made of."""

    def __init__(self, video: Video, row: int, parts: Mapping[Part, float]) -> None:
        self.video = video
        self.row = row
        self.parts = parts
        self.score = math.fsum(parts.values())


def _parts(*sources: tuple[Mapping[Part, Scores], int]) -> dict[Part, float]:
    """The parts of one video, which stands in a row of its own in each source."""
    own: dict[Part, float] = {}
    for parts, row in sources:
        for part, scores in parts.items():
            own[part] = own.get(part, 0.0) + float(scores[row])
    return own


def _candidate(scored: _Scored, query: Query, signals: Signals) -> Candidate:
    return Candidate(
        video=scored.video,
        score=scored.score,
        parts=scored.parts,
        nearest_liked_id=signals.nearest_liked[scored.row],
        nearest_named_id=signals.nearest_named[scored.row],
        interest=signals.nearest_interest[scored.row],
        matched_words=query.wish_words.matched(scored.video),
    )
