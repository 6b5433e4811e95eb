"""How much a language model's opinion counts, and of which videos."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from assistant.models.base import LanguageModel
from assistant.models.known import PACKAGED_NAME
from assistant.settings import LanguageModelSettings
from assistant.types import Kind


@dataclass(frozen=True, slots=True)
class Weight:
    """What a deviation of an opinion is worth, in deviations of the score. False where nothing."""

    value: float
    """0 to 1."""
    kinds: Set[Kind] = frozenset(Kind)
    """Of other videos the model has no say."""

    def __bool__(self) -> bool:
        return self.value > 0 and bool(self.kinds)


NO_WEIGHT = Weight(0.0)
PACKAGED_WEIGHT = Weight(0.75, frozenset({Kind.FILM}))
"""Of SmolLM2-135M-Instruct, from lists of 48 films of which one was recommended in a conversation
(677 turns of the development half, no limit of time): nDCG@10 .280 → .298, a gain of +.003 to +.034
with this weight, and of +.005 to +.030 with the weight of each half of the turns fitted on the
other (95 %, paired). The way of asking was chosen on the same turns. For talks asked for by their
subject, whose words are taken out of the titles, it would be .409 → .391 (-.051 to +.017, 116
turns): so of other kinds it has no say until `assistant.evaluation.gain` finds one.
`benchmarks.rerank` measures both again."""


def model_weight(
    model: LanguageModel | None, settings: LanguageModelSettings, measured: float | None = None
) -> Weight:
    """How much the model counts.

    What the settings say; else what was measured here; else, for the packaged model, what was
    measured in `benchmarks.rerank`; else nothing, for a model that nobody measured may do harm.

    Args:
        model: None when there is none.
        settings: theirs is None where nothing is set.
        measured: what `assistant.evaluation.gain` found for the model, if it was asked.
    """
    if model is None:
        return NO_WEIGHT
    if settings.weight is not None:
        return Weight(settings.weight)
    if measured is not None:
        return Weight(measured)
    return PACKAGED_WEIGHT if model.name == PACKAGED_NAME else NO_WEIGHT
