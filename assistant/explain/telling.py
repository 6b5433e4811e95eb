"""The sentence of a pick, told piece by piece."""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Iterator, Sequence

import prompts
from assistant.cancel import CancelToken
from assistant.errors import ModelError
from assistant.explain.facts import quotable
from assistant.explain.variety import freshest
from assistant.explain.wording import evidence_text, sentences
from assistant.explain.writing import write_checked
from assistant.models.base import LanguageModel
from assistant.types import Pick, Request

POOL = 48
"""Sentences that are composed, of which the freshest are offered."""
OFFERED = 16
"""Sentences that the model chooses from. They open differently, so that its taste in beginnings,
which is always the same, does not decide alone."""
TEMPERATURE = 1.0
"""The model's own distribution: it prefers, and does not always say the same."""

log = logging.getLogger(__name__)
_PIECE = re.compile(r"[\s，；：]*[^\s，；：]+[\s，；：]*")


def explain(
    pick: Pick,
    request: Request,
    model: LanguageModel | None,
    cancel: CancelToken,
    *,
    seed: int,
    said: Sequence[str] = (),
    freely: bool = False,
) -> Iterator[str]:
    """Yield the pieces of one sentence that says why `pick` was made, in the message's language.

    The model chooses among `sentences`; without one the seed does. If the model fails, the
    sentence is finished without it: whatever it has said is the beginning of a true one. A model
    that may write freely does so first; what it wrote is shown if every claim of it is known.

    Args:
        pick: what it is about.
        request: its language is spoken.
        model: chooses; None for none.
        cancel: stops it.
        seed: another one, another sentence.
        said: the sentences of the session before it, the latest last: this one shall sound
            different.
        freely: whether the model may write in its own words: see `may_write`.

    Raises:
        Cancelled: as soon as `cancel` is set.
    """
    if freely and model is not None:
        try:
            written = write_checked(pick, request, model, cancel, seed=seed)
        except ModelError as error:
            log.warning("a sentence was not written freely: %s", error)
            written = None
        if written is not None:
            yield from _PIECE.findall(written)
            return
    offered = offer(pick, request.language, seed=seed, said=said)
    begun = ""
    if model is not None:
        try:
            for piece in _chosen_by_model(pick, request, model, offered, cancel, seed):
                begun += piece
                yield piece
        except ModelError as error:
            log.warning("a sentence was finished without the model: %s", error)
    if begun not in offered:
        yield from _chosen_by_seed(offered, begun, cancel, seed)


def offer(pick: Pick, language: str, *, seed: int, said: Sequence[str] = ()) -> tuple[str, ...]:
    """The sentences from which one is chosen: true, and the least like what was said before."""
    return freshest(sentences(pick, language, limit=POOL, seed=seed), said, OFFERED)


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
    user = prompts.load("explain_user").render(title=quotable(pick.video.title), reason=reason)
    system = prompts.load("explain_system").render()
    return model.choose(system, user, offered, cancel, temperature=TEMPERATURE, seed=seed)


def _chosen_by_seed(
    offered: Sequence[str], begun: str, cancel: CancelToken, seed: int
) -> Iterator[str]:
    """The rest of an offered sentence that begins with what has been said of it."""
    fitting = [sentence for sentence in offered if sentence.startswith(begun)]
    sentence = random.Random(seed).choice(fitting)  # noqa: S311 - a wording, not a secret
    for piece in _PIECE.findall(sentence[len(begun) :]):
        cancel.check()
        yield piece
