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
from assistant.explain.variety import REMEMBERED, freshest, opening_of
from assistant.explain.wording import drawn, evidence_text, sentences
from assistant.explain.writing import write_checked
from assistant.models.base import LanguageModel
from assistant.types import Pick, Request

POOL = 48
"""Sentences that are composed, of which the freshest are offered to the model."""
FEW = 6
"""So many are enough where the freshest of them is said: to compose all takes 2 ms a pick."""
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

    The model chooses among `sentences`; without one, the freshest of a few that the seed draws is
    told. If the model fails, the sentence is finished without it: whatever it has said is the
    beginning of a true one. A model that may write freely does so first; what it wrote is shown if
    every claim of it is known.

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
    if model is None:
        yield from _in_pieces(_fresh(pick, request.language, seed, said), cancel)
        return
    offered = offer(pick, request.language, seed=seed, said=said)
    begun = ""
    try:
        for piece in _chosen_by_model(pick, request, model, offered, cancel, seed):
            begun += piece
            yield piece
    except ModelError as error:
        log.warning("a sentence was finished without the model: %s", error)
    if begun not in offered:
        yield from _in_pieces(_rest(offered, begun, seed), cancel)


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


def _fresh(pick: Pick, language: str, seed: int, said: Sequence[str]) -> str:
    """A sentence that opens as none of the last ones did, as far as there is one."""
    used = {opening_of(one) for one in said[-REMEMBERED:]}
    few: list[str] = []
    opens_anew = False
    for sentence in drawn(pick, language, limit=POOL, seed=seed):
        few.append(sentence)
        opens_anew = opens_anew or opening_of(sentence) not in used
        if opens_anew and len(few) >= FEW:
            break
    return freshest(few, said, 1)[0]


def _rest(offered: Sequence[str], begun: str, seed: int) -> str:
    """The rest of an offered sentence that begins with what has been said of it."""
    fitting = [sentence for sentence in offered if sentence.startswith(begun)]
    return random.Random(seed).choice(fitting)[len(begun) :]  # noqa: S311 - no secret


def _in_pieces(text: str, cancel: CancelToken) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        cancel.check()
        yield piece
