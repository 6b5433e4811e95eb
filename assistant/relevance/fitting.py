"""Fitting the model with torch: binary cross-entropy with logits, all examples in each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.relevance.examples import Examples
from assistant.relevance.model import RelevanceModel, Scaling

if TYPE_CHECKING:
    from torch import Tensor

DECAY = 10.0
"""The precision of the prior on each weight (w ~ N(0, 1/DECAY)): one deviation of a feature is
expected to move the logit by some .3, and it takes examples to say otherwise."""
LEARNING_RATE = 0.03
MOST_EPOCHS = 200
PATIENCE = 25
"""So many epochs without a better held-out loss are enough."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A model and how it came about."""

    model: RelevanceModel
    losses: tuple[float, ...]
    """Mean weighted cross-entropy of the examples, before each epoch and after the last."""
    held_out_losses: tuple[float, ...] = ()
    """The same of examples that were not learned from, where there were any."""

    @property
    def best_epochs(self) -> int:
        """After how many epochs the held-out loss was least."""
        return (
            int(np.argmin(self.held_out_losses)) if self.held_out_losses else len(self.losses) - 1
        )


def calibrated(examples: Examples) -> RelevanceModel:
    """The fusion alone, its scores brought to probabilities by logistic regression (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    fusion = Scaling.of(examples.fusion[:, None])
    scaling = Scaling.of(examples.features)
    scores = fusion.apply(examples.fusion[:, None])
    fitted = LogisticRegression(C=1.0).fit(
        scores, examples.relevant, sample_weight=examples.weights
    )
    return RelevanceModel(
        slope=float(fitted.coef_[0, 0]),
        intercept=float(fitted.intercept_[0]),
        fusion=fusion,
        scaling=scaling,
        weights=(0.0,) * examples.features.shape[1],
    )


def fit(
    examples: Examples,
    *,
    epochs: int = MOST_EPOCHS,
    held_out: Examples | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> Fit:
    """Begin at the calibrated fusion and follow the gradient (Adam, Kingma & Ba 2015).

    The fewer epochs, the nearer to the fusion; with `held_out`, it ends `PATIENCE` epochs after
    the least loss on these, and the model is the one that had it.

    Args:
        examples: with relevant and other ones among them.
        epochs: at most.
        held_out: examples that are not learned from.
        told: is called after each epoch with 1.
    """
    import torch

    start = calibrated(examples)
    training, testing = _Data(examples, start), held_out and _Data(held_out, start)
    line = torch.tensor([start.intercept, start.slope], dtype=torch.float64, requires_grad=True)
    weights = torch.zeros(len(start.weights), dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.Adam([line, weights], lr=LEARNING_RATE)
    losses, held_out_losses, states = [], [], []
    for epoch in range(epochs + 1):
        loss = training.loss(line, weights)
        losses.append(float(loss.detach()))
        states.append((line.detach().tolist(), weights.detach().tolist()))
        if testing:
            held_out_losses.append(float(testing.loss(line, weights).detach()))
            if epoch - int(np.argmin(held_out_losses)) >= PATIENCE:
                break
        if epoch < epochs:
            optimiser.zero_grad()
            objective = loss + DECAY * (weights**2).sum() / (2 * training.total)
            objective.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            told(1)
    done = Fit(start, tuple(losses), tuple(held_out_losses))
    (intercept, slope), learned = states[done.best_epochs]
    return replace(
        done, model=replace(start, intercept=intercept, slope=slope, weights=tuple(learned))
    )


class _Data:
    """Examples as tensors, standardised as the model does it."""

    def __init__(self, examples: Examples, model: RelevanceModel) -> None:
        import torch

        self._fusion = torch.from_numpy(model.fusion.apply(examples.fusion[:, None])[:, 0])
        self._features = torch.from_numpy(model.scaling.apply(examples.features))
        self._relevant = torch.from_numpy(examples.relevant.astype(np.float64))
        self._weights = torch.from_numpy(examples.weights)
        self.total = float(examples.weights.sum())

    def loss(self, line: Tensor, weights: Tensor) -> Tensor:
        from torch.nn.functional import binary_cross_entropy_with_logits

        logits = line[0] + line[1] * self._fusion + self._features @ weights
        losses = binary_cross_entropy_with_logits(
            logits, self._relevant, weight=self._weights, reduction="sum"
        )
        return losses / self.total
