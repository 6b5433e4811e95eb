"""Our own pipeline as a system: the real one, whole or with a stage switched off."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.batch import OPEN_REQUEST
from assistant.cancel import CancelToken
from assistant.conversation import Conversation
from assistant.errors import MatineeError
from assistant.evaluation.queries import Query, TaskKind
from assistant.evaluation.systems import DEPTH, Ranking
from assistant.memory import Remembered
from assistant.recommend import Recommender, Wanted
from assistant.types import (
    Dial,
    Pick,
    Ranked,
    Request,
    Stage,
    Turn,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    Understood,
)

if TYPE_CHECKING:
    from assistant.workspace import Workspace

OURS = "matinee"
_BEAR_ON_REQUESTS = frozenset(
    {Stage.WISH_MEANING, Stage.WORDS, Stage.NAMED, Stage.DISLIKE, Stage.POPULARITY}
)
_BEAR_ON_HISTORIES = frozenset({Stage.TASTE, Stage.INTEREST, Stage.DISLIKE, Stage.POPULARITY})
BEARING: Mapping[TaskKind, frozenset[Stage]] = {
    TaskKind.REQUESTS: _BEAR_ON_REQUESTS | {Stage.DIVERSITY},
    TaskKind.TOPICS: _BEAR_ON_REQUESTS | {Stage.DIVERSITY},
    TaskKind.HISTORIES: _BEAR_ON_HISTORIES | {Stage.DIVERSITY},
    TaskKind.OWN_HISTORY: _BEAR_ON_HISTORIES | {Stage.DIVERSITY},
}
"""The stages that can make a difference, beside those that need a model or other people's ratings:
nobody of whom nothing is known has a taste, and who says nothing has no words."""


class Understanding:
    """What conversations come to, understood once for all systems.

    Args:
        workspace: what is open.
        dial: how far from the known, where the request does not say.
    """

    def __init__(self, workspace: Workspace, dial: Dial) -> None:
        self._workspace = workspace
        self._dial = dial
        self._known: dict[str, tuple[Request, float]] = {}

    def of(self, query: Query) -> tuple[Request, float]:
        """The request that the last message makes, and the seconds that it took.

        Raises:
            MatineeError: it cannot be understood.
        """
        if query.id not in self._known:
            conversation, last = self.conversation(query)
            started = time.perf_counter()
            request = _understood(conversation.turn(last))
            self._known[query.id] = request, time.perf_counter() - started
        return self._known[query.id]

    def conversation(self, query: Query) -> tuple[Conversation, str]:
        """A conversation that has heard all but the last message, and that message."""
        *earlier, last = query.messages or (OPEN_REQUEST,)
        conversation = Conversation(
            self._workspace,
            dial=self._dial,
            history=query.history,
            exclude=tuple(query.exclude),
            keep=False,
            insist=True,
        )
        for message in earlier:
            conversation.hear(message.role, message.text)
        return conversation, last.text


class Pipeline:
    """Ours, as a system.

    Args:
        workspace: what is open.
        understanding: shared by all variants.
        dial: how far from the known, where the request does not say.
        barred: ids that are never ranked.
        without: stages that are switched off.
    """

    def __init__(
        self,
        workspace: Workspace,
        understanding: Understanding,
        dial: Dial,
        *,
        barred: frozenset[str] = frozenset(),
        without: frozenset[Stage] = frozenset(),
        name: str = OURS,
    ) -> None:
        self.name = name
        self._workspace = workspace
        self._understanding = understanding
        self._dial = dial
        self._barred = barred
        self.without = without

    def rank(self, query: Query) -> Ranking:
        """Answer a query with the best `DEPTH` picks, without their sentences.

        Raises:
            MatineeError: the library or the embedding model cannot be used.
        """
        _, spent = self._understanding.of(query)
        answer = self._answer(query, DEPTH)
        ids = tuple(pick.video.id for pick in answer.picks)
        return Ranking(ids, {"understand": spent, **answer.timings})

    def picks(self, query: Query, k: int) -> tuple[Pick, ...]:
        """The best `k`, with all that their scores are made of; the barred ones left out."""
        return tuple(self._answer(query, k).picks)

    def _answer(self, query: Query, k: int) -> Answer:
        request, _ = self._understanding.of(query)
        answer = Answer(request.message, CancelToken(), request=request)
        wanted = Wanted(
            picks=k,
            dial=request.dial or self._dial,
            seed=self._workspace.settings.recommend.seed,
            exclude=query.exclude | self._barred,
        )
        recommender = Recommender(self._workspace, query.history, without=self.without)
        for event in recommender.recommend(answer, Remembered(request), wanted):
            if isinstance(event, Ranked):
                break
        return answer


def whole_turn(conversation: Conversation, message: str) -> Turn:
    """A turn as a person has it: so many picks as the settings say, with their sentences.

    Raises:
        MatineeError: the turn failed.
    """
    for event in conversation.turn(message):
        _raise_if_failed(event)
        if isinstance(event, TurnFinished):
            return event.turn
    raise AssertionError("a turn ends with TurnFinished or TurnFailed")


def _understood(events: Iterator[TurnEvent]) -> Request:
    for event in events:
        _raise_if_failed(event)
        if isinstance(event, Understood):
            return event.request
    raise AssertionError("a turn begins with Understood or TurnFailed")


def _raise_if_failed(event: TurnEvent) -> None:
    if isinstance(event, TurnFailed):
        raise MatineeError(event.title, event.detail, event.hint)
