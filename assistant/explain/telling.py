"""The sentence of a pick, told piece by piece."""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Iterator, Sequence

import prompts
from assistant.cancel import CancelToken
from assistant.errors import ModelError
from assistant.explain.facts import shorten
from assistant.explain.wording import evidence_text, sentences
from assistant.models.base import LanguageModel
from assistant.types import Pick, Request

OFFERED = 24
"""Sentences that the model chooses from: more take longer to tell apart, and few differ."""
TEMPERATURE = 1.0
"""The model's own distribution: it prefers, and does not always say the same."""

log = logging.getLogger(__name__)
_PIECE = re.compile(r"[^\s，；：]+[\s，；：]*")


def explain(
    pick: Pick,
    request: Request,
    model: LanguageModel | None,
    cancel: CancelToken,
    *,
    seed: int,
) -> Iterator[str]:
    """Yield the pieces of one sentence that says why `pick` was made, in the message's language.

    The model chooses among `sentences`; without one the seed does. If the model fails, the
    sentence is finished without it: whatever it has said is the beginning of a true one.

    Raises:
        Cancelled: as soon as `cancel` is set.
    """
    limit = OFFERED if model is not None else 1
    offered = sentences(pick, request.language, limit=limit, seed=seed)
    said = ""
    if model is not None:
        try:
            for piece in _chosen_by_model(pick, request, model, offered, cancel, seed):
                said += piece
                yield piece
        except ModelError as error:
            log.warning("a sentence was finished without the model: %s", error)
    if said not in offered:
        yield from _chosen_by_seed(offered, said, cancel, seed)


def _chosen_by_model(
    pick: Pick,
    request: Request,
    model: LanguageModel,
    offered: Sequence[str],
    cancel: CancelToken,
    seed: int,
) -> Iterator[str]:
    grammar = prompts.load_grammar(request.language)
    reason = evidence_text(pick.evidence[0], grammar) if pick.evidence else request.wish
    user = prompts.load("explain_user").render(title=shorten(pick.video.title), reason=reason)
    system = prompts.load("explain_system").render()
    return model.choose(system, user, offered, cancel, temperature=TEMPERATURE, seed=seed)


def _chosen_by_seed(
    offered: Sequence[str], said: str, cancel: CancelToken, seed: int
) -> Iterator[str]:
    """The rest of an offered sentence that begins with what has been said."""
    fitting = [sentence for sentence in offered if sentence.startswith(said)]
    sentence = random.Random(seed).choice(fitting)  # noqa: S311 - a wording, not a secret
    for piece in _PIECE.findall(sentence[len(said) :]):
        cancel.check()
        yield piece
