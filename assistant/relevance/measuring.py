"""Whether a model beats the fusion on held-out examples, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.relevance.examples import Examples
from assistant.relevance.model import RelevanceModel
from assistant.relevance.report import Quality, Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Probabilities = NDArray[np.float64]

BINS = 5
DEPTH = 10
"""Of nDCG."""
RESAMPLES = 400
SURE = 0.9
"""In this share of the bootstrap samples the model must rank better than the fusion."""
LEAST_HELD_OUT = 5
"""Relevant held-out examples, below which nothing can be said."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Examples that were held out, and what a model that has not seen them makes of them."""

    examples: Examples
    model: Probabilities
    fusion: Probabilities
    """Of the fusion alone, calibrated on what the model has seen."""

    @classmethod
    def judged(
        cls, examples: Examples, model: RelevanceModel, calibrated: RelevanceModel
    ) -> HeldOut:
        """Held-out examples as a model and the calibrated fusion see them."""
        features, scores = examples.features, examples.fusion
        return cls(
            examples,
            model.probabilities(features, scores),
            calibrated.probabilities(features, scores),
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """The model beside the fusion."""

    model: Quality
    fusion: Quality
    auc_gain: tuple[float, float, float]
    better: float
    """In which share of the bootstrap samples the model ranks better."""
    verdict: Verdict

    @property
    def share(self) -> float:
        """By how much corrections count: nothing where it is a toss-up, all where it is sure."""
        return max(2.0 * self.better - 1.0, 0.0)


def compare(parts: Sequence[HeldOut]) -> Comparison:
    """Compare over all held-out parts, each of which has relevant and other examples."""
    model = quality([(one.examples, one.model) for one in parts])
    fusion = quality([(one.examples, one.fusion) for one in parts])
    gains = _resampled_gains(parts)
    low, high = np.percentile(gains, [2.5, 97.5])
    better = float(np.mean(gains > 0))
    return Comparison(
        model,
        fusion,
        (model.auc - fusion.auc, float(low), float(high)),
        better,
        _verdict(model, fusion, better, sum(int(one.examples.relevant.sum()) for one in parts)),
    )


def _verdict(model: Quality, fusion: Quality, better: float, relevant: int) -> Verdict:
    if relevant < LEAST_HELD_OUT:
        return "too_few_held_out"
    if model.auc <= fusion.auc or model.log_loss >= fusion.log_loss or model.ndcg < fusion.ndcg:
        return "no_better"
    return "takes_part" if better >= SURE else "not_sure"


def quality(parts: Sequence[tuple[Examples, Probabilities]]) -> Quality:
    """All figures of one way of judging, over several parts."""
    from sklearn.metrics import accuracy_score, log_loss

    relevant = np.concatenate([one.relevant for one, _ in parts])
    weights = np.concatenate([one.weights for one, _ in parts])
    judged = np.concatenate([probabilities for _, probabilities in parts])
    return Quality(
        accuracy=float(accuracy_score(relevant, judged >= 0.5, sample_weight=weights)),
        auc=_mean_auc(parts),
        log_loss=float(log_loss(relevant, judged, sample_weight=weights, labels=[False, True])),
        calibration_error=calibration_error(relevant, judged, weights),
        ndcg=_mean_ndcg(parts),
    )


def calibration_error(
    relevant: NDArray[np.bool_], judged: Probabilities, weights: NDArray[np.float64]
) -> float:
    """Expected calibration error: the mean |share of relevant − mean P| over bins of equal size."""
    error = 0.0
    for rows in np.array_split(np.argsort(judged, kind="stable"), BINS):
        weight = weights[rows].sum()
        if weight > 0:
            error += abs(float(weights[rows] @ (relevant[rows] - judged[rows])))
    return error / float(weights.sum())


def _mean_auc(parts: Sequence[tuple[Examples, Probabilities]]) -> float:
    """AUC within each part, parts weighing by their relevant examples."""
    from sklearn.metrics import roc_auc_score

    values = [roc_auc_score(one.relevant, judged) for one, judged in parts]
    return float(np.average(values, weights=[one.relevant.sum() for one, _ in parts]))


def _mean_ndcg(parts: Sequence[tuple[Examples, Probabilities]]) -> float:
    from sklearn.metrics import ndcg_score

    values = [ndcg_score([one.relevant], [judged], k=DEPTH) for one, judged in parts]
    return min(float(np.mean(values)), 1.0)  # sums of discounts may round above it


def _resampled_gains(parts: Sequence[HeldOut]) -> NDArray[np.float64]:
    """The gain in AUC in samples drawn with replacement, relevant and other examples apart."""
    random = np.random.default_rng(0)
    shares = [one.examples.relevant.sum() for one in parts]
    return np.asarray(np.average([_gains(one, random) for one in parts], axis=0, weights=shares))


def _gains(part: HeldOut, random: np.random.Generator) -> NDArray[np.float64]:
    """AUC is the share of pairs in the right order: so is a sample's, of the pairs drawn."""
    relevant = part.examples.relevant
    won = _won(part.model, relevant) - _won(part.fusion, relevant)
    positives, negatives = won.shape
    drawn = random.multinomial(positives, [1 / positives] * positives, RESAMPLES)
    against = random.multinomial(negatives, [1 / negatives] * negatives, RESAMPLES)
    return np.asarray(((drawn @ won) * against).sum(axis=1) / won.size)


def _won(judged: Probabilities, relevant: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Which pairs are in the right order, shape (relevant, others); a tie is half of one."""
    differences = judged[relevant][:, None] - judged[~relevant]
    return (np.sign(differences) + 1.0) / 2.0
