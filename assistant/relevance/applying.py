"""The stage between retrieval and the choice of picks: what the trained model adds to each score.

The candidates' corrections are centred, so that the model reorders and neither lifts nor lowers
them together, and bounded by the spread of the scores. Without a trained model, or with one that
did not beat the fusion, nothing is done and nothing is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.relevance.examples import NO_REQUEST, features_of, viewer_of
from assistant.relevance.kept import load
from assistant.relevance.model import RelevanceModel
from assistant.relevance.opinions import opinions
from assistant.retrieve import RetrievalStore, appraise
from assistant.types import Candidate, Interaction, Part, Taste

MOST_SPREADS = 0.5
"""A correction counts at most so many standard deviations of the candidates' scores. A model that
is right of more pairs may still put worse ones first: with 2, simulated viewers after 50 signals
lost half of their nDCG@10 where the model always took part, with this little
(`benchmarks.relevance`)."""
SHARE_IN_A_WISH = 0.2
"""Of the correction, where the request says what it is about: the model was not asked about that,
and the fusion gives the viewer's taste as small a part then."""


@dataclass(frozen=True, slots=True)
class History:
    """What the viewer did, and the taste that the candidates were found by."""

    interactions: Sequence[Interaction]
    taste: Taste


def apply(
    candidates: Sequence[Candidate],
    history: History,
    store: RetrievalStore,
    *,
    specific: bool,
    model: RelevanceModel | None = None,
) -> tuple[Candidate, ...]:
    """Candidates with `Part.RELEVANCE`, by falling score; as they were without a model.

    Where the taste is the plain mean, that is the whole of the score, and nothing is added.

    Args:
        candidates: as retrieved.
        history: of the viewer.
        store: the library, its vectors, and the embedding model.
        specific: whether the request names titles or says in words what it is about.
        model: to use instead of the library's, which knows the library's own viewer alone: for
            evaluation, a model trained on a part of a history.
    """
    if len(candidates) < 2 or history.taste.method == "mean":
        return tuple(candidates)
    model = model or load(store)
    if model is None:
        return tuple(candidates)
    seen = candidates
    if specific:  # then their parts are of the request
        ids = [one.video.id for one in candidates]
        seen = appraise(NO_REQUEST, history.taste, store, ids)
    off = {video_id for one in history.taste.switched_off for video_id in one.video_ids}
    said = [one for one in opinions(history.interactions) if one.video_id not in off]
    about = [one.video_id for one in said]
    found, vectors = store.library.vectors(store.embedder.key, about)
    viewer = viewer_of(
        said, history.taste, store.library.get(about), dict(zip(found, vectors, strict=True))
    )
    judged = dict(
        zip(
            [one.video.id for one in seen],
            model.corrections(features_of(viewer, seen, store)).tolist(),
            strict=True,
        )
    )
    return corrected(candidates, judged, SHARE_IN_A_WISH if specific else 1.0)


def corrected(
    candidates: Sequence[Candidate], corrections: Mapping[str, float], share: float = 1.0
) -> tuple[Candidate, ...]:
    """Candidates by falling score, a share of their corrections added, centred and bounded.

    Args:
        candidates: with scores.
        corrections: by video id, in the unit of the scores.
        share: 0 to 1.
    """
    most = MOST_SPREADS * float(np.std([one.score for one in candidates]))
    values = np.array([corrections[one.video.id] for one in candidates])
    bounded = np.clip(values - values.mean(), -most, most)
    added = share * (bounded - bounded.mean())
    changed = [_with(one, float(value)) for one, value in zip(candidates, added, strict=True)]
    return tuple(sorted(changed, key=lambda one: -one.score))


def _with(candidate: Candidate, correction: float) -> Candidate:
    return candidate.model_copy(
        update={
            "score": candidate.score + correction,
            "parts": {**candidate.parts, Part.RELEVANCE: correction},
        }
    )
