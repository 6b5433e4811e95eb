"""How much a language model's opinion counts."""

from __future__ import annotations

from assistant.models.base import LanguageModel
from assistant.models.known import PACKAGED_NAME
from assistant.settings import LanguageModelSettings

PACKAGED_WEIGHT = 0.35
"""Of SmolLM2-135M-Instruct."""


def model_weight(
    model: LanguageModel | None, settings: LanguageModelSettings, measured: float | None = None
) -> float:
    """How much the model counts: 0 to 1, and 0 for not at all.

    What the settings say; else what was measured here; else, for the packaged model, what was
    measured in `benchmarks.rerank`; else nothing, for a model that nobody measured may do harm.

    Args:
        model: None when there is none.
        settings: theirs is None where nothing is set.
        measured: what `assistant.evaluation.gain` found for the model, if it was asked.
    """
    if model is None:
        return 0.0
    if settings.weight is not None:
        return settings.weight
    if measured is not None:
        return measured
    return PACKAGED_WEIGHT if model.name == PACKAGED_NAME else 0.0
