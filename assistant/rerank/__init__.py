"""The language model's opinion of each title, blended into the order of the shortlist.

A model is not asked to rank: small ones cannot. It is asked how likely a title is as the next
entry of a list of recommendations that begins with what the viewer likes (`asking`), and how
likely it is anyway. As many titles are asked for as there is time for (`scoring`); the difference
moves the scores within bounds (`blending`), by as much as the model was measured to be worth
(`weight`).

How likely a title is anyway does not depend on the request: it is computed once for a video and a
model, and stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.cancel import CancelToken
from assistant.models.base import LanguageModel, Likelihood
from assistant.rerank.asking import asked_after, asked_anyway, likelihood_key, scored_text
from assistant.rerank.blending import blend, opinion
from assistant.rerank.scoring import Asked, score
from assistant.rerank.weight import NO_WEIGHT, PACKAGED_WEIGHT, Weight, model_weight
from assistant.types import Request, Shortlisted

__all__ = [
    "BUDGET_S",
    "NO_WEIGHT",
    "PACKAGED_WEIGHT",
    "Opinions",
    "Reranked",
    "Weight",
    "likelihood_key",
    "model_weight",
    "opinions_of",
    "rerank",
]

BUDGET_S = 1.0
"""Seconds for the model's opinions in a turn."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """What a model thinks of the candidates that there was time for."""

    values: Mapping[str, float]
    """By video id, on a scale of the model's own: see `blending.opinion`."""
    new_likelihoods: Mapping[str, Likelihood]
    """ln P(title) by video id, where it was not known yet: to be stored for the next time."""


@dataclass(frozen=True, slots=True)
class Reranked:
    """The shortlist in its new order, and what should be stored for the next time."""

    shortlist: tuple[Shortlisted, ...]
    new_likelihoods: Mapping[str, Likelihood]
    """ln P(title) by video id, where it was not known yet."""


def rerank(
    request: Request,
    taste_titles: Sequence[str],
    shortlist: Sequence[Shortlisted],
    model: LanguageModel,
    known: Mapping[str, Likelihood],
    *,
    weight: Weight,
    cancel: CancelToken,
    budget_s: float | None = BUDGET_S,
) -> Reranked:
    """Order the shortlist by its scores and the model's opinions: see `blending.blend`.

    Args:
        request: its message, its wish and the titles that it names.
        taste_titles: titles that the viewer likes, strongest first.
        shortlist: candidates with scores.
        model: asked about each title of the kinds that it has a say in.
        known: ln P(title) by video id, as far as it is stored under `likelihood_key`.
        weight: with none, or fewer than two such titles, the model is not asked.
        cancel: stops it between and during the model's reading.
        budget_s: seconds for the model to read in; None for as long as it takes.

    Raises:
        Cancelled: `cancel` was set.
        ModelError: the model failed.
    """
    asked = [item for item in shortlist if item.candidate.video.kind in weight.kinds]
    if not weight or len(asked) < 2:
        return Reranked(tuple(shortlist), {})
    found = opinions_of(
        request, taste_titles, asked, model, known, cancel=cancel, budget_s=budget_s
    )
    return Reranked(blend(shortlist, found.values, weight.value), found.new_likelihoods)


def opinions_of(
    request: Request,
    taste_titles: Sequence[str],
    shortlist: Sequence[Shortlisted],
    model: LanguageModel,
    known: Mapping[str, Likelihood],
    *,
    cancel: CancelToken,
    budget_s: float | None = BUDGET_S,
) -> Opinions:
    """What the model thinks of the candidates, those of the highest scores first.

    The arguments and errors are those of `rerank`.
    """
    best_first = sorted(shortlist, key=lambda item: -item.candidate.score)
    texts = {item.candidate.video.id: scored_text(item.candidate.video) for item in best_first}
    asked = Asked(asked_after(request, taste_titles), asked_anyway())
    scored = score(texts, asked, model, known, budget_s=budget_s, cancel=cancel)
    anyway = {**known, **scored.anyway}
    values = {
        video_id: opinion(given, anyway[video_id])
        for video_id, given in scored.given.items()
        if video_id in anyway
    }
    return Opinions(values, scored.anyway)
