"""What the engine runs: the workspace and one conversation over it.

The worker knows only the `Core` protocol, so that its own behaviour is tested without a model.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Protocol

from assistant.cancel import CancelToken
from assistant.constraints import Limit
from assistant.conversation import Conversation
from assistant.engine.protocol import ComponentState, Start, State
from assistant.engine.training import BackgroundTraining
from assistant.errors import MatineeError
from assistant.explain import why
from assistant.narrator import Narrator
from assistant.types import Component, Dial, Pick, Signal, TurnEvent
from assistant.understand.language import message_language
from assistant.workspace import NOT_EMBEDDED, Workspace

log = logging.getLogger(__name__)

NOTED: dict[Signal, str] = {
    Signal.LIKED: "Liked: more of its sort will come.",
    Signal.DISLIKED: "Noted: less of its sort will come.",
    Signal.WATCHED: "Marked as watched: it is not recommended again.",
    Signal.FINISHED: "Marked as watched to its end: it is not recommended again.",
    Signal.RATED: "Rated {rating:g} of 5.",
    Signal.HIDDEN: "Hidden: it is not recommended again.",
    Signal.SAVED: "Saved for later.",
    Signal.SHOWN: "Noted.",
}


class Core(Protocol):
    """What the worker drives, on one thread. `MatineeError` is what a person is told."""

    def load(self, component: Component) -> ComponentState:
        """Load one component, and say what came of it."""

    def turn(self, message: str, cancel: CancelToken) -> Iterator[TurnEvent]:
        """Answer a message; ends soon after `cancel` is set."""

    def lift(self, limit: Limit, cancel: CancelToken) -> Iterator[TurnEvent]:
        """Answer what stands without one of its limits."""

    def signal(self, video_id: str, signal: Signal, rating: float | None) -> str:
        """Store what the person did with a video, and say so."""

    def undo(self, video_id: str) -> str:
        """Take back the last signal that this session gave to a video, and say so."""

    def why(self, pick: Pick, language: str) -> str:
        """What moved `pick` to its place."""

    def memory(self, command: str) -> str:
        """List what is remembered, or change it, and say so."""

    def set_dial(self, dial: Dial) -> None:
        """Turn the dial for the turns that follow."""

    def close(self) -> None:
        """Give everything back."""


class WorkspaceCore:
    """The real core. Nothing is opened before it is loaded or needed."""

    def __init__(self, start: Start, narrator: Narrator) -> None:
        self._workspace = Workspace(
            start.locations, start.settings, llm=start.llm, narrator=narrator
        )
        self._conversation = Conversation(self._workspace, dial=start.dial)
        self._conversation.resume(start.turns)
        self._training = BackgroundTraining(start)

    def load(self, component: Component) -> ComponentState:
        """Load one component.

        Raises:
            MatineeError: it cannot be loaded.
        """
        self._workspace.load(component)
        if component is Component.EMBEDDER:
            message_language("wie lang ist das?")  # loads what tells languages apart
        state, detail, count = State.READY, "", None
        if component is Component.LIBRARY:
            count = self._workspace.library.count()
        elif component is Component.INDEX and (missing := self._workspace.unembedded):
            detail = NOT_EMBEDDED.format(count=missing)
        elif component is Component.LANGUAGE_MODEL:
            if model := self._workspace.model():
                detail = model.name
            else:
                state, detail = State.ABSENT, self._workspace.model_problem or ""
            self._train_if_due()  # what was imported since, once everything else is there
        return ComponentState(component=component, state=state, detail=detail, count=count)

    def turn(self, message: str, cancel: CancelToken) -> Iterator[TurnEvent]:
        """The conversation's next turn."""
        return self._conversation.turn(message, cancel)

    def lift(self, limit: Limit, cancel: CancelToken) -> Iterator[TurnEvent]:
        """The conversation's next turn, with one limit less."""
        return self._conversation.lift(limit, cancel)

    def signal(self, video_id: str, signal: Signal, rating: float | None) -> str:
        """Store a signal. It counts from the next turn on.

        Raises:
            MatineeError: the library does not hold the video.
        """
        self._conversation.signal(video_id, signal, rating)
        self._train_if_due()
        return NOTED[signal].format(rating=rating)

    def undo(self, video_id: str) -> str:
        """Remove the last signal.

        Raises:
            MatineeError: this session gave it none.
        """
        self._conversation.undo(video_id)
        return "Taken back."

    def why(self, pick: Pick, language: str) -> str:
        """The parts of the pick's score in words."""
        return why(pick, language)

    def memory(self, command: str) -> str:
        """What the conversation remembers.

        Raises:
            MatineeError: the library cannot be written to.
        """
        return self._conversation.memory(command)

    def set_dial(self, dial: Dial) -> None:
        """Turn the conversation's dial."""
        self._conversation.dial = dial

    def close(self) -> None:
        """Close the workspace."""
        self._training.close()
        self._workspace.close()

    def _train_if_due(self) -> None:
        """Begin to train in the background, if it is time to; what is in the way is told later.

        A library or a model that cannot be read is told of by the turn that needs it.
        """
        try:
            self._training.consider(self._workspace.library, self._workspace.embedding_key)
        except MatineeError as error:
            log.warning("no training in the background: %s", error)
