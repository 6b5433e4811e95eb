"""From a request and a taste to candidates, each with a score and all that it is made of.

A pool is gathered from everything that one signal or another would put forward (`pool`). For
each video of the pool every feature is computed exactly and put on one scale (`features`); the
score is their weighted sum, with weights that depend on what was asked (`fusion`). The parts of
the sum stay with the candidate: they are what its reasons are made of.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice

from assistant.company import left_out
from assistant.retrieve.admission import Repeats, admitted_videos
from assistant.retrieve.pool import gather
from assistant.retrieve.query import RetrievalStore, build_query
from assistant.retrieve.scored import Found, Scored
from assistant.retrieve.telling import tells
from assistant.retrieve.terms import AvoidedTerms
from assistant.types import Candidate, Preference, Request, Stage, Taste

__all__ = ["Found", "RetrievalStore", "appraise", "retrieve", "search"]

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
    preferences: Sequence[Preference] = (),
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
        preferences: what is remembered of the person and in force: the subjects that they like
            and dislike. Their limits are the request's by now.
    """
    return search(
        request,
        taste,
        store,
        exclude=exclude,
        limit=limit,
        without=without,
        preferences=preferences,
    ).candidates


def search(
    request: Request,
    taste: Taste,
    store: RetrievalStore,
    *,
    exclude: Collection[str],
    limit: int = 200,
    without: Collection[Stage] = (),
    preferences: Sequence[Preference] = (),
) -> Found:
    """What `retrieve` returns, with all that it was computed from: see there."""
    query = build_query(request, taste, store, exclude, preferences)
    pool = gather(query, store, size=limit)
    if not pool.ids or not tells(query, pool, store):
        return Found()
    scored = Scored(query, pool, store, without)
    enough = math.ceil(SPARE * limit)
    avoid = AvoidedTerms(left_out(request))
    videos = admitted_videos(scored.ranked, avoid, store.videos, enough=enough)
    repeats = Repeats(query.named.videos)
    new = (scored.candidate(video) for video in videos if repeats.is_new(video))
    # that a sum was rounded otherwise may have put two neighbours the wrong way round
    candidates = sorted(islice(new, limit), key=lambda one: -one.score)
    return Found(tuple(candidates), scored)


def appraise(
    request: Request,
    taste: Taste,
    store: RetrievalStore,
    ids: Collection[str],
    *,
    without: Collection[Stage] = (),
    preferences: Sequence[Preference] = (),
) -> tuple[Candidate, ...]:
    """What given videos score for a request, whether or not they would be recommended.

    Args:
        request: as understood.
        taste: may be empty.
        store: the library, its vectors, and the embedding model that made them.
        ids: of videos of the library; others are left out.
        without: signals that add nothing.
        preferences: as there.

    Returns:
        By falling score.
    """
    query = build_query(request, taste, store, (), preferences)
    videos = store.library.get(ids)
    pool = replace(gather(query, store, size=1), ids=list(videos))
    scored = Scored(query, pool, store, without)
    return tuple(scored.candidate(videos[video_id]) for video_id in scored.ranked)
