"""The relevance model as it is used: a few numbers, applied with NumPy.

    logit P(relevant) = b + a·(s − m)/d + w·x

s is the fusion's score, m and d its mean and deviation over the examples, x the standardised
features. With w = 0 this is the fusion itself, brought to probabilities as Platt (1999) does it;
w·x is what the viewer's signals say against it. Divided by a/d it is a correction of the score in
the score's own unit: the order by corrected score is the order by probability.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Self

import numpy as np

from assistant.relevance.features import NAMES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.relevance.features import Features

MOST_DEVIATIONS = 4.0
"""A feature counts at most so far from its mean: few examples say nothing of what is rare."""


@dataclass(frozen=True, slots=True)
class Scaling:
    """How a column of numbers is standardised, each by its own mean and deviation."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    """0 where a column is constant or never known: it is left out."""

    @classmethod
    def of(cls, columns: Features) -> Self:
        """That of the rows given; NaN is not known."""
        known = ~np.isnan(columns)
        counts = np.maximum(known.sum(axis=0), 1)
        means = np.where(known, columns, 0.0).sum(axis=0) / counts
        squares = np.where(known, (columns - means) ** 2, 0.0).sum(axis=0) / counts
        deviations = np.where(squares > 1e-12, np.sqrt(squares), 0.0)
        return cls(tuple(means.tolist()), tuple(deviations.tolist()))

    def apply(self, columns: Features) -> Features:
        """Standard scores; 0, the mean, for what is not known."""
        deviations = np.array(self.deviations)
        scores = (columns - np.array(self.means)) / np.where(deviations > 0, deviations, np.inf)
        return np.asarray(np.clip(np.nan_to_num(scores), -MOST_DEVIATIONS, MOST_DEVIATIONS))


@dataclass(frozen=True, slots=True)
class RelevanceModel:
    """A trained model."""

    slope: float
    """a: what a deviation of the fusion's score is worth."""
    intercept: float
    fusion: Scaling
    """Of the fusion's score: one column."""
    scaling: Scaling
    """Of the features."""
    weights: tuple[float, ...]
    """w: one for each of `features.NAMES`."""
    share: float = 1.0
    """Which share of the correction counts: by how sure it is that it helps."""

    def probabilities(self, features: Features, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """P(relevant) of each video, of its features and the fusion's scores, shape (n,)."""
        fused = self.fusion.apply(scores[:, None])[:, 0]
        logits = self.intercept + self.slope * fused + self._corrections(features)
        return np.asarray(1.0 / (1.0 + np.exp(-logits)))

    def corrections(self, features: Features) -> NDArray[np.float64]:
        """What is to be added to each video's score, shape (n,), in the score's own unit."""
        [deviation] = self.fusion.deviations
        if self.slope <= 0 or deviation <= 0:
            return np.zeros(len(features))
        return np.asarray(self.share * self._corrections(features) * deviation / self.slope)

    def without_features(self) -> RelevanceModel:
        """The fusion alone, with the same slope and intercept."""
        return replace(self, weights=(0.0,) * len(self.weights))

    def _corrections(self, features: Features) -> NDArray[np.float64]:
        return np.asarray(self.scaling.apply(features) @ np.array(self.weights))

    def to_bytes(self) -> bytes:
        """JSON: nothing in it can run."""
        return json.dumps(asdict(self), allow_nan=False).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """The model that `to_bytes` wrote.

        Raises:
            ValueError: it is none, or of other features.
        """
        try:
            values = json.loads(data)
            model = cls(
                slope=float(values["slope"]),
                intercept=float(values["intercept"]),
                fusion=_scaling(values["fusion"]),
                scaling=_scaling(values["scaling"]),
                weights=_floats(values["weights"]),
                share=float(values["share"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("no relevance model") from error
        read = model.scaling
        if not len(model.weights) == len(read.means) == len(read.deviations) == len(NAMES):
            raise ValueError("a relevance model of other features")
        return model


def _scaling(values: Mapping[str, Iterable[float]]) -> Scaling:
    return Scaling(_floats(values["means"]), _floats(values["deviations"]))


def _floats(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
