"""How much each feature of a candidate counts, from what was right in lists of candidates.

A measure of the top ten jumps when two candidates change places: the weight that is best by it on
some hundred lists is to a large part luck. The likelihood of what was right uses all of a list, and
has one maximum.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_RIDGE = 1e-3
"""Keeps the maximum finite where a feature tells right from wrong without fail."""
_STEPS = 50
_LONGEST_STEP = 1.0
_CLOSE = 1e-6


def fit_choices(features: Sequence[Floats], right: Sequence[NDArray[np.bool_]]) -> Floats:
    """The weights of a conditional logit (McFadden 1974), by Newton's method.

    Of each list one candidate is chosen, each with a probability in proportion to
    exp(features · weights); several that are right share the choice.

    Args:
        features: of each list, of shape (candidates, features).
        right: of each list, of shape (candidates,), at least one of them true.

    Returns:
        Of shape (features,).
    """
    weights = np.zeros(features[0].shape[1])
    for _ in range(_STEPS):
        gradient = -2 * _RIDGE * weights
        curvature = 2 * _RIDGE * np.eye(len(weights))
        for rows, chosen in zip(features, right, strict=True):
            odds = np.exp((logits := rows @ weights) - logits.max())
            odds /= odds.sum()
            mean = odds @ rows
            gradient += chosen @ rows / chosen.sum() - mean
            curvature += (rows.T * odds) @ rows - np.outer(mean, mean)
        step = np.linalg.solve(curvature, gradient)
        longest = np.abs(step).max()
        weights += step * min(1.0, _LONGEST_STEP / max(longest, _CLOSE))
        if longest < _CLOSE:
            break
    return weights
