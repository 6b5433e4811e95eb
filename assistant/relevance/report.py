"""What training measured: values that are stored beside the model, printed, and sent as JSON."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from assistant.types import Value

Verdict = Literal["takes_part", "no_better", "not_sure", "too_few_held_out"]
"""Why the model takes part, or why it does not."""

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Quality(Value):
    """How well probabilities and their order agree with what held-out signals say."""

    accuracy: Share
    """At P ≥ 0.5, examples weighing as in training."""
    auc: Share
    log_loss: float
    calibration_error: Share
    """Expected calibration error over five bins of equal size (Naeini et al. 2015)."""
    ndcg: Share
    """At 10, of each held-out part, over its videos with an opinion and those drawn."""


class Counts(Value):
    """What there was to learn from."""

    signals: int
    """Opinions on videos that have a vector."""
    positives: int
    negatives: int
    """Said by the viewer."""
    drawn: int
    """Videos without an opinion, taken as negatives."""


class Report(Value):
    """One training, from the signals to the verdict."""

    signals: int
    """All signals of the library then, but for what was only shown: see `Library.signal_count`."""
    counts: Counts
    epochs: int
    losses: tuple[float, ...]
    """Of the examples, before the first epoch and after each."""
    split: Literal["latest", "crossed"]
    """What was held out: the latest signals, or, of few, each part of them in turn."""
    held_out: int
    """Opinions that were held out in all."""
    fusion: Quality
    model: Quality
    auc_gain: tuple[float, float, float]
    """Mean and 95 % interval of the gain in AUC, by bootstrap over the held-out examples."""
    better: Share
    """In which share of the bootstrap samples the model's order was the better one."""
    share: Share
    """By how much its corrections count."""
    verdict: Verdict
    seconds: float

    @property
    def takes_part(self) -> bool:
        """Whether the model beat the fusion on what it had not learned from."""
        return self.verdict == "takes_part"
