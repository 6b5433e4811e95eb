"""Without a limit of the request: what it alone keeps out comes back.

A pick falls by as many videos as would then be admitted and stand above it; below all, where one of
them is another recording of the same, which would take its place. Counted are the best of
what is kept out by words and by meaning, which is all of it where little is. They are scored like
the candidates, full text on the same scale; the models have no opinion of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.constraints import only, slots_of
from assistant.falls import Fall, Source, SourceKind
from assistant.retrieve.admission import Repeats
from assistant.retrieve.features import compute
from assistant.retrieve.fusion import contributions
from assistant.retrieve.pool import ENOUGH, Pool
from assistant.retrieve.scored import Scored
from assistant.retrieve.terms import AvoidedTerms
from assistant.types import Candidate, Request, Slot

if TYPE_CHECKING:
    from assistant.types import Video

NEAREST = 100
"""Of what is kept out, so many of the nearest in meaning."""
NEAREST_OF_FEW = 400
"""Where the limits leave few, whose lowest stand far below."""


class Limits:
    """The limits of a request, and what each alone keeps out.

    Args:
        scored: the pool.
        request: whose limits they are.
        ranked: the candidates, the highest score first.
        picks: places of the picks among them.
    """

    def __init__(
        self, scored: Scored, request: Request, ranked: Sequence[Candidate], picks: Sequence[int]
    ) -> None:
        self._scored = scored
        self._ranked = ranked
        limits = request.constraints
        self._limits = {slot: only(limits, slot) for slot in slots_of(limits)}
        self._avoids = bool(request.avoid)
        self._avoid = AvoidedTerms(request.avoid)
        self._out: dict[Slot, list[tuple[float, Video]]] = {}
        """What each limit alone keeps out, with its score, the highest first."""
        if picks and (self._limits or request.avoid):
            self._find(ranked[max(picks)].score)

    def falls(self, place: int) -> Iterator[Fall]:
        """How far a candidate would fall without each limit, at least."""
        candidate = self._ranked[place]
        slots = (*self._limits, *([Slot.AVOID] if self._avoids else []))
        for slot in slots:
            out = self._out.get(slot, ())
            above = [video for score, video in out if score > candidate.score]
            repeated = not Repeats(above).is_new(candidate.video)
            places = len(self._ranked) - place if repeated else len(above)
            yield Fall(Source(SourceKind.LIMIT, slot), places, 0.0, at_least=True)

    def _find(self, least: float) -> None:
        scores = {one: score for one, score in self._kept_out().items() if score > least}
        repeats: dict[Slot, Repeats] = {}
        videos = self._scored.store.videos([*scores])
        for video_id in sorted(scores, key=lambda one: -scores[one]):
            slot = self._keeping_out(videos[video_id]) if video_id in videos else None
            if slot is None:
                continue
            seen = repeats.setdefault(slot, Repeats(self._scored.query.named.videos))
            if seen.is_new(videos[video_id]):
                self._out.setdefault(slot, []).append((scores[video_id], videos[video_id]))

    def _keeping_out(self, video: Video) -> Slot | None:
        """The one limit that keeps a video out; None where several do, or none."""
        out = [slot for slot, limit in self._limits.items() if not limit.admits(video)]
        if self._avoid.carried_by(video):
            out.append(Slot.AVOID)
        return out[0] if len(out) == 1 else None

    def _kept_out(self) -> dict[str, float]:
        """Scores of what one limit or another keeps out, by id."""
        scored = self._scored
        candidates = {one.video.id for one in self._ranked}
        found = {
            video_id: float(scored.totals[scored.rows[video_id]])
            for video_id in scored.ranked
            if video_id not in candidates
        }
        if self._limits:
            found |= self._by_constraints()
        return found

    def _by_constraints(self) -> dict[str, float]:
        known = self._scored.pool.kept_out or Pool()
        ids = list(dict.fromkeys([*known.ids, *self._nearest(known)]))
        pool = replace(known, ids=ids, scale=self._scored.pool)
        features = compute(self._scored.query, pool, self._scored.store)
        parts = contributions(features.scores, features.has_vector, self._scored.weights)
        totals = np.sum([np.zeros(len(ids)), *parts.values()], axis=0)
        return dict(zip(ids, totals.tolist(), strict=True))

    def _nearest(self, known: Pool) -> list[str]:
        """The nearest in meaning of what the constraints keep out; none where all is known."""
        query = self._scored.query
        vectors = (query.wish_vector, query.named.mean, query.taste.vector)
        nearest = next((one for one in vectors if one is not None), None)
        if nearest is None or known.complete:
            return []
        wanted = NEAREST if len(self._ranked) >= ENOUGH else NEAREST_OF_FEW
        reach = wanted + NEAREST + min(len(query.excluded), NEAREST_OF_FEW)
        hits = self._scored.store.searcher.search(nearest, reach)
        admitted = query.admitted or frozenset()
        out = [one for one, _ in hits if one not in admitted and one not in query.excluded]
        return out[:wanted]
