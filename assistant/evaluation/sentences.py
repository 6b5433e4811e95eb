"""Whether a language model can be trusted to give reasons in its own words.

It writes about picks of the library at hand; every sentence is split into its claims, each held
against what is known (`assistant.explain.claims`). It may write from then on if so many of its
first attempts say nothing but what is known that the lower end of their 95 % interval (Wilson
1927) lies at `LEAST_SUPPORTED`, and if few picks are left without a sentence of its own.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from assistant.cancel import CancelToken
from assistant.conversation import Conversation
from assistant.errors import MatineeError
from assistant.explain.claims import ClaimKind
from assistant.explain.writing import Draft, drafts, writer_key
from assistant.types import Pick, Ranked, Request, TurnFailed, Understood, Video

if TYPE_CHECKING:
    from assistant.models.base import LanguageModel
    from assistant.narrator import Narrator
    from assistant.workspace import Workspace

LEAST_SUPPORTED = 0.95
MOST_FALLBACKS = 0.1
"""The share of picks for which the grammar has to speak after all."""
PICKS = 200
EXAMPLES = 12
_Z = 1.959964
_KEYWORDS = 2
_ASKED = {"en": "a {kind} about {one} and {other}", "zh": "想看关于{one}和{other}的视频"}


class WrittenSentence(BaseModel):
    """A sentence that was written, and what of it is not known."""

    model_config = ConfigDict(frozen=True)

    title: str
    sentence: str
    unsupported: tuple[str, ...]


class SentenceReport(BaseModel):
    """How far a language model keeps to what is known."""

    model_config = ConfigDict(frozen=True)

    model: str
    key: str
    sentences: int
    supported: float
    """The share of first attempts without a claim that is not supported."""
    low: float
    high: float
    """Its 95 % interval."""
    right_language: float
    whole: float
    """The share that are one sentence of a length that can be shown."""
    fallbacks: float
    """The share of picks for which no attempt can be shown."""
    mean_chars: float
    claims: int
    unsupported: dict[str, int]
    """Claims that are not supported, by kind."""
    passed: bool
    examples: tuple[WrittenSentence, ...]


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927)."""
    if not trials:
        return 0.0, 1.0
    share, z2 = successes / trials, _Z * _Z
    centre = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    half = _Z / (1 + z2 / trials)
    half *= math.sqrt(share * (1 - share) / trials + z2 / (4 * trials * trials))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def sample_messages(videos: Sequence[Video], draw: random.Random) -> Iterator[str]:
    """Requests that the library has something for, every other one in Chinese, without end."""
    described = [video for video in videos if len(video.keywords) >= _KEYWORDS]
    if not described:
        raise MatineeError(
            "There is nothing to write about.",
            "No video of your library has two keywords.",
            "Import some: matinee import FOLDER",
        )
    while True:
        for language in ("en", "zh"):
            video = draw.choice(described)
            one, other = draw.sample(video.keywords, _KEYWORDS)
            yield _ASKED[language].format(kind=video.kind.value, one=one, other=other)


def sample_picks(
    workspace: Workspace, count: int, *, seed: int = 0
) -> Iterator[tuple[Request, Pick]]:
    """Picks of the library for `sample_messages`, each with the request that it answers.

    Nothing of it is kept. What is asked of the language model is left to the caller.
    """
    library = workspace.library
    draw = random.Random(seed)  # noqa: S311 - a sample, not a secret
    ids = sorted(library.ids())
    videos = library.get(draw.sample(ids, min(len(ids), 20 * count)))
    found = 0
    for message in sample_messages(list(videos.values()), draw):
        for request, pick in _answer(workspace, message):
            yield request, pick
            found += 1
            if found == count:
                return


def _answer(workspace: Workspace, message: str) -> Iterator[tuple[Request, Pick]]:
    """The picks for a message, before anything is said of them."""
    request = None
    for event in Conversation(workspace, keep=False).turn(message):
        if isinstance(event, Understood):
            request = event.request
        elif isinstance(event, Ranked) and request is not None:
            yield from ((request, pick) for pick in event.picks)
            return
        elif isinstance(event, TurnFailed):
            raise MatineeError(event.title, event.detail, event.hint)


def measure_sentences(
    picks: Sequence[tuple[Request, Pick]],
    model: LanguageModel,
    narrator: Narrator,
    cancel: CancelToken | None = None,
) -> SentenceReport:
    """Have `model` write about each pick, and judge what it writes.

    Raises:
        Cancelled: `cancel` was set.
        ModelError: the model failed.
    """
    narrator.stage("writing", len(picks))
    written: list[tuple[Pick, list[Draft]]] = []
    for number, (request, pick) in enumerate(picks):
        attempts = []
        for draft in drafts(pick, request, model, cancel or CancelToken(), seed=number):
            attempts.append(draft)
            if draft.usable:
                break
        written.append((pick, attempts))
        narrator.advance(1)
    return _judged(written, model)


def _judged(written: Sequence[tuple[Pick, list[Draft]]], model: LanguageModel) -> SentenceReport:
    first = [attempts[0] for _, attempts in written]
    total = max(len(first), 1)
    supported = sum(not draft.unsupported and bool(draft.text) for draft in first)
    low, high = wilson(supported, len(first))
    fallbacks = sum(not attempts[-1].usable for _, attempts in written) / total
    kinds = Counter(claim.kind for draft in first for claim in draft.unsupported)
    return SentenceReport(
        model=model.name,
        key=writer_key(model),
        sentences=len(first),
        supported=supported / total,
        low=low,
        high=high,
        right_language=sum(draft.right_language for draft in first) / total,
        whole=sum(draft.whole for draft in first) / total,
        fallbacks=fallbacks,
        mean_chars=sum(len(draft.text) for draft in first) / total,
        claims=sum(len(draft.claims) for draft in first),
        unsupported={kind.value: kinds[kind] for kind in ClaimKind if kinds[kind]},
        passed=bool(first) and low >= LEAST_SUPPORTED and fallbacks <= MOST_FALLBACKS,
        examples=tuple(
            WrittenSentence(
                title=pick.video.title,
                sentence=attempts[0].text,
                unsupported=tuple(claim.text for claim in attempts[0].unsupported),
            )
            for pick, attempts in written[:EXAMPLES]
        ),
    )
