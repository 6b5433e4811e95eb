"""The language model's opinion of each title, blended into the order of the shortlist.

A model is not asked to rank: small ones cannot. It is asked how likely a title is as the
recommendation that follows what the viewer likes and says, and how likely it is anyway:

    opinion = (ln P(title | viewer, message) - c · ln P(title)) / tokens,    c = 0.5

With c = 1 this is the pointwise mutual information of title and request (Church & Hanks 1990),
which favours what nobody has heard of; with c = 0 the most familiar title wins whatever was asked.
Halfway is where `benchmarks.rerank` found most.

The second term does not depend on the
request: it is computed once for a video and a model, and stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

import prompts
from assistant.cancel import CancelToken
from assistant.models.base import LanguageModel, Likelihood
from assistant.models.known import PACKAGED_NAME
from assistant.settings import LanguageModelSettings
from assistant.types import Candidate, Part, Request, Shortlisted

FAMILIARITY_TAKEN_OFF = 0.5
"""The share c of ln P(title) that is taken off."""
PACKAGED_WEIGHT = 0.35
"""Of SmolLM2-135M-Instruct. nDCG@10 of lists of 20 in `benchmarks.rerank`, 95 % intervals of the
gain: films .452 → .467 (+.003 to +.028, 402 turns), talks by their titles .326 → .378 (+.029 to
+.077, 79 turns). With more weight talks gain more and films less; at 1 films gain nothing."""
MAX_DEVIATIONS = 2.0
"""An opinion counts at most so many standard deviations, whatever a title says to the model."""
MAX_LIKES = 5
MAX_TITLE = 80
MAX_MESSAGE = 300
"""Characters; what is longer is cut, so that reading stays quick and the context suffices."""


@dataclass(frozen=True, slots=True)
class Reranked:
    """The shortlist in its new order, and what should be stored for the next time."""

    shortlist: tuple[Shortlisted, ...]
    new_likelihoods: Mapping[str, Likelihood]
    """ln P(title) by video id, where it was not known yet."""


def model_weight(model: LanguageModel | None, settings: LanguageModelSettings) -> float:
    """How much the model counts: as the settings say, else what was measured, else nothing."""
    if model is None:
        return 0.0
    if settings.weight is not None:
        return settings.weight
    return PACKAGED_WEIGHT if model.name == PACKAGED_NAME else 0.0


def likelihood_key(model: LanguageModel) -> str:
    """What ln P(title) is filed under: it changes with the model and with the neutral prompt."""
    neutral = prompts.load("rerank_neutral").render()
    return f"{model.fingerprint}-{hashlib.sha256(neutral.encode()).hexdigest()[:8]}"


def rerank(
    request: Request,
    taste_titles: Sequence[str],
    shortlist: Sequence[Shortlisted],
    model: LanguageModel,
    known: Mapping[str, Likelihood],
    *,
    weight: float,
    cancel: CancelToken,
) -> Reranked:
    """Order the shortlist by score + weight · s · z, and keep what the model added as a part.

    z is the opinion less its mean over the shortlist, in standard deviations, between -2 and 2;
    s is the standard deviation of the scores. So the model moves a score by at most 2 · weight of
    their spread, on whatever scale they are, and never where they are all the same.

    Args:
        request: its message, its wish and the titles that it names.
        taste_titles: titles that the viewer likes, strongest first.
        shortlist: candidates with scores.
        model: asked about each title; not at all with a weight of 0.
        known: ln P(title) by video id, as far as it is stored under `likelihood_key`.
        weight: 0 to 1.
        cancel: stops it between and during the model's reading.

    Raises:
        Cancelled: `cancel` was set.
        ModelError: the model failed.
    """
    if weight == 0 or len(shortlist) < 2:
        return Reranked(tuple(shortlist), {})
    titles = {item.candidate.video.id: _as_continuation(item.candidate) for item in shortlist}
    prefix = _prefix(request, taste_titles)
    given = model.likelihoods(prefix, list(titles.values()), cancel)
    missing = [video_id for video_id in titles if video_id not in known]
    neutral = prompts.load("rerank_neutral").render()
    anyway = model.likelihoods(neutral, [titles[one] for one in missing], cancel)
    new = dict(zip(missing, anyway, strict=True))
    opinions = [
        _opinion(likelihood, known.get(video_id) or new[video_id])
        for video_id, likelihood in zip(titles, given, strict=True)
    ]
    return Reranked(_blended(shortlist, opinions, weight), new)


def _prefix(request: Request, taste_titles: Sequence[str]) -> str:
    named = [title.title for title in request.named if title.liking >= 0]
    likes = [_short(title, MAX_TITLE) for title in dict.fromkeys([*named, *taste_titles])]
    viewer = ""
    if likes:
        viewer = prompts.load("rerank_viewer").render(titles="; ".join(likes[:MAX_LIKES]))
    said = request.message
    if request.wish and request.wish.casefold() not in said.casefold():
        said = f"{request.wish}. {said}"  # what still stands from the turns before
    return prompts.load("rerank").render(viewer=viewer, message=_short(said, MAX_MESSAGE))


def _as_continuation(candidate: Candidate) -> str:
    return f" {_short(candidate.video.title, MAX_TITLE)}"


def _short(text: str, limit: int) -> str:
    return " ".join(text[:limit].split())


def _opinion(given: Likelihood, anyway: Likelihood) -> float:
    """A number that is comparable between titles of any length."""
    return given.per_token - FAMILIARITY_TAKEN_OFF * anyway.per_token


def _blended(
    shortlist: Sequence[Shortlisted], opinions: Sequence[float], weight: float
) -> tuple[Shortlisted, ...]:
    unit = weight * pstdev(item.candidate.score for item in shortlist)
    blended = [
        Shortlisted(_with_opinion(item.candidate, unit * deviation), item.cluster)
        for item, deviation in zip(shortlist, _deviations(opinions), strict=True)
    ]
    return tuple(sorted(blended, key=lambda item: -item.candidate.score))


def _deviations(values: Sequence[float]) -> list[float]:
    """Each value less the mean, in standard deviations, clipped."""
    mean, spread = fmean(values), pstdev(values)
    if spread == 0:
        return [0.0] * len(values)
    return [max(-MAX_DEVIATIONS, min((v - mean) / spread, MAX_DEVIATIONS)) for v in values]


def _with_opinion(candidate: Candidate, contribution: float) -> Candidate:
    return candidate.model_copy(
        update={
            "score": candidate.score + contribution,
            "parts": {**candidate.parts, Part.MODEL: contribution},
        }
    )
