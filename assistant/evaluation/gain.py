"""What a language model's opinion is worth, and the weight that it has earned.

The weight is the one that makes what was right likeliest (`choices`). Chosen and judged on the same
turns it would look better than it is. So the turns are dealt into two halves: each is reranked with
the weight fitted on the other, and the gain is that of both together (two-fold cross-fitting,
Chernozhukov et al. 2018). The model takes part from then on only if the 95 % interval of that gain
lies above 0.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from assistant.cancel import CancelToken
from assistant.evaluation.bootstrap import Bootstrap
from assistant.evaluation.choices import fit_choices
from assistant.evaluation.metrics import ndcg
from assistant.models.base import LanguageModel, Likelihood
from assistant.rerank import BUDGET_S, opinions_of
from assistant.rerank.blending import blend, deviations
from assistant.types import Request, Shortlisted

FEWEST_TURNS = 30
"""With fewer, a bootstrap interval is too narrow to be believed, and the weight is 0."""
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class JudgedList:
    """A list that a model may reorder, and what of it was right."""

    request: Request
    taste_titles: Sequence[str]
    """Titles that the viewer likes, strongest first."""
    shortlist: Sequence[Shortlisted]
    relevant: Collection[str]
    """Video ids. Those that are not in the list count for nothing: no order finds them."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What reranking was measured to be worth."""

    weight: float
    """The one fitted on all turns; 0 unless the interval of the gain lies above 0."""
    before: float
    """Mean nDCG@10 of the lists as they were."""
    gain: float
    """Mean nDCG@10 after less before, each half of the turns with the other half's weight."""
    low: float
    high: float
    """The 95 % interval of the gain, by paired bootstrap over the turns."""
    turns: int
    """Lists that an order can be right or wrong about: with a relevant video and another one."""

    def report(self) -> dict[str, float | int]:
        """As values of JSON, for `Library.put_language_model_gain`."""
        return asdict(self)


def measure_gain(
    turns: Sequence[JudgedList],
    model: LanguageModel,
    *,
    cancel: CancelToken,
    known: Mapping[str, Likelihood] | None = None,
    budget_s: float | None = BUDGET_S,
    progress: Callable[[int, int], None] | None = None,
) -> Gain:
    """Ask the model about every list, and see which weight it has earned.

    Args:
        turns: of one viewer or of many. Lists that no order can improve are left out.
        model: whose opinions are weighed.
        cancel: stops it.
        known: ln P(title) by video id, as stored under `likelihood_key`.
        budget_s: seconds a list; the same as in use, for an opinion that comes too late is none.
        progress: told of (lists done, lists in all).

    Raises:
        Cancelled: `cancel` was set.
        ModelError: the model failed.
    """
    judged = [turn for turn in turns if _orders_matter(turn)]
    likelihoods = dict(known or {})
    opinions = []
    for number, turn in enumerate(judged, 1):
        found = opinions_of(
            turn.request, turn.taste_titles, turn.shortlist, model, likelihoods,
            cancel=cancel, budget_s=budget_s,
        )  # fmt: skip
        likelihoods.update(found.new_likelihoods)
        opinions.append(found.values)
        if progress is not None:
            progress(number, len(judged))
    return weigh(judged, opinions)


def weigh(turns: Sequence[JudgedList], opinions: Sequence[Mapping[str, float]]) -> Gain:
    """The gain of opinions that are known, by video id, for each of the turns."""
    if not turns:
        return Gain(weight=0.0, before=0.0, gain=0.0, low=0.0, high=0.0, turns=0)
    before, after = np.empty(len(turns)), np.empty(len(turns))
    for half, other in ((0, 1), (1, 0)):
        weight = fitted_weight(turns[other::2], opinions[other::2])
        for row in range(half, len(turns), 2):
            before[row] = ranking_quality(turns[row], opinions[row], 0.0)
            after[row] = ranking_quality(turns[row], opinions[row], weight)
    gain = Bootstrap(len(turns)).gain(after, before)
    earned = gain.low > 0 and len(turns) >= FEWEST_TURNS
    return Gain(
        weight=round(fitted_weight(turns, opinions), 2) if earned else 0.0,
        before=float(before.mean()),
        gain=gain.value,
        low=gain.low,
        high=gain.high,
        turns=len(turns),
    )


def fitted_weight(turns: Sequence[JudgedList], opinions: Sequence[Mapping[str, float]]) -> float:
    """What a deviation of the opinion is worth in the scale of the scores: 0 to 1.

    The ratio of their weights in a conditional logit of what was right; 0 where the opinion speaks
    against it, or with nothing to learn from.
    """
    if not turns:
        return 0.0
    features, right = [], []
    for turn, values in zip(turns, opinions, strict=True):
        candidates = [item.candidate for item in turn.shortlist]
        z = deviations(values)
        features.append(np.array([(one.score, z.get(one.video.id, 0.0)) for one in candidates]))
        right.append(np.array([one.video.id in turn.relevant for one in candidates]))
    of_score, of_opinion = fit_choices(features, right)
    if of_opinion <= 0:
        return 0.0
    return float(min(of_opinion / of_score, 1.0)) if of_score > 0 else 1.0


def ranking_quality(turn: JudgedList, opinions: Mapping[str, float], weight: float) -> float:
    """nDCG@10 of the list with the opinions blended in."""
    ids = [item.candidate.video.id for item in blend(turn.shortlist, opinions, weight)]
    return ndcg(ids, set(turn.relevant).intersection(ids), _DEPTH)


def _orders_matter(turn: JudgedList) -> bool:
    right = sum(item.candidate.video.id in turn.relevant for item in turn.shortlist)
    return 0 < right < len(turn.shortlist)
