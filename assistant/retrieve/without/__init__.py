"""How far picks would fall without each source of their scores: see `assistant.falls`.

The scores of the candidates of the turn are computed again without the source, for all of them;
a pick falls by the candidates that then stand above it and did not before. What a source is made
of, and what takes its place, is said where it is taken away: `likes` (a liked video, an interest),
`named` (a title), `rest` (words, meaning, other people, popularity, what is remembered). What the
two models add to a score is taken away as it is. `limits` puts in what a limit keeps out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.falls import Fall, Source, SourceKind
from assistant.retrieve.scored import Scored
from assistant.retrieve.without.likes import Likes
from assistant.retrieve.without.limits import Limits
from assistant.retrieve.without.named import named_titles
from assistant.retrieve.without.present import Losses, Present
from assistant.retrieve.without.rest import remembered, whole_sources
from assistant.types import Candidate, Part, Request

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["falls"]

ROUNDING = 1e-9
"""Scores that differ by less are equal: the earlier candidate stands higher, as before."""
_MODELS = {Part.RELEVANCE: SourceKind.RELEVANCE, Part.MODEL: SourceKind.MODEL}


def falls(
    scored: Scored, request: Request, candidates: Sequence[Candidate], picked: Collection[str]
) -> dict[str, tuple[Fall, ...]]:
    """What moved each pick to its place, the farthest fall first.

    Args:
        scored: the pool that the candidates are of.
        request: as it was retrieved for, what is remembered merged into it.
        candidates: all of the turn, with their final scores.
        picked: ids of the picks; each is one of them.
    """
    ranked = sorted(candidates, key=lambda one: -one.score)
    ids = [one.video.id for one in ranked]
    places = [place for place, one in enumerate(ids) if one in picked]
    present = Present(scored, ids, places)
    likes = Likes(present)
    losses = _together(
        [
            *whole_sources(present),
            *likes.each(),
            *likes.interests(),
            *named_titles(present),
            *remembered(present),
            *_of_models(ranked),
        ],
        len(ranked),
    )
    limits = Limits(scored, request, ranked, places)
    scores = np.array([one.score for one in ranked])
    found = {}
    for place in places:
        moved = [*_moved(place, scores, losses, present.near_to), *limits.falls(place)]
        found[ids[place]] = tuple(sorted(moved, key=lambda one: one.rank))
    return found


def _moved(
    place: int, scores: NDArray[np.float64], losses: Losses, near: Callable[[Source, int], bool]
) -> Iterator[Fall]:
    """The falls of one candidate, of those sources that moved it."""
    left = scores[:, None] - losses.values
    ahead = left - left[place]
    above = (ahead > ROUNDING).sum(axis=0) + (np.abs(ahead[:place]) <= ROUNDING).sum(axis=0)
    lost = losses.values[place] - losses.values.mean(axis=0)
    for source, now, loss in zip(losses.sources, above.tolist(), lost.tolist(), strict=True):
        fall = Fall(source, max(now - place, 0), loss)
        if fall.moved:
            yield replace(fall, near=near(source, place))


def _together(losses: Sequence[Losses], size: int) -> Losses:
    sources = tuple(source for some in losses for source in some.sources)
    return Losses(sources, np.hstack([np.zeros((size, 0)), *(some.values for some in losses)]))


def _of_models(ranked: Sequence[Candidate]) -> Iterator[Losses]:
    for part, kind in _MODELS.items():
        values = np.array([one.parts.get(part, 0.0) for one in ranked])
        if values.any():
            yield Losses((Source(kind),), values[:, None])
