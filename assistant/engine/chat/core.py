"""What the chat's engine runs: the workspace and one conversation over it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from assistant.cancel import CancelToken
from assistant.conversation import Conversation
from assistant.engine.chat.areas import AREAS, handlers
from assistant.engine.handlers import load_areas
from assistant.engine.protocol import (
    ComponentState,
    EngineEvent,
    EngineRequest,
    Start,
    State,
)
from assistant.engine.training import BackgroundTraining
from assistant.errors import MatineeError
from assistant.narrator import Narrator
from assistant.sessions.resuming import held_before
from assistant.types import Component, Preference
from assistant.understand.language import message_language
from assistant.workspace import NOT_EMBEDDED, Workspace

log = logging.getLogger(__name__)


class ChatCore:
    """The real core. Nothing is opened before it is loaded or needed."""

    components: tuple[Component, ...] = tuple(Component)

    def __init__(self, start: Start, narrator: Narrator) -> None:
        self.workspace = Workspace(
            start.locations, start.settings, llm=start.llm, narrator=narrator
        )
        self.conversation = Conversation(self.workspace, dial=start.dial)
        self.conversation.resume(start.turns, start.session)
        self._session_id = start.session_id
        self._session_memory = start.session
        self._training = BackgroundTraining(start)
        load_areas(AREAS)

    def load(self, component: Component) -> ComponentState:
        """Load one component.

        Raises:
            MatineeError: it cannot be loaded.
        """
        self.workspace.load(component)
        if component is Component.EMBEDDER:
            message_language("wie lang ist das?")  # loads what tells languages apart
        state, detail, count = State.READY, "", None
        if component is Component.LIBRARY:
            count = self.workspace.library.count()
            if self._session_id and self.workspace.library.has_session(self._session_id):
                self.go_on_with(self._session_id, self._session_memory)
        elif component is Component.INDEX and (missing := self.workspace.unembedded):
            detail = NOT_EMBEDDED.format(count=missing)
        elif component is Component.LANGUAGE_MODEL:
            if model := self.workspace.model():
                detail = model.name
            else:
                state, detail = State.ABSENT, self.workspace.model_problem or ""
            self.train_if_due()  # what was imported since, once everything else is there
        return ComponentState(component=component, state=state, detail=detail, count=count)

    def go_on_with(
        self, session_id: str | None, memory: tuple[Preference, ...] | None = None
    ) -> None:
        """Begin a conversation that goes on with a session; with none for None.

        Args:
            session_id: of one that there is.
            memory: what is remembered for it alone; as its last turn left it by default.
        """
        self.conversation = Conversation(self.workspace, dial=self.conversation.dial)
        if session_id is not None:
            before = held_before(self.workspace.library, session_id)
            self.conversation.resume(
                before.turns, memory, session_id=session_id, shown_before=before.shown_before
            )

    def answer(self, request: EngineRequest, cancel: CancelToken) -> Iterator[EngineEvent]:
        """What the area of the request answers."""
        return handlers.serve(self, request, cancel)

    def close(self) -> None:
        """Close the workspace."""
        self._training.close()
        self.workspace.close()

    def train_if_due(self) -> None:
        """Begin to train in the background, if it is time to; what is in the way is told later.

        A library or a model that cannot be read is told of by the turn that needs it.
        """
        try:
            self._training.consider(self.workspace.library, self.workspace.embedding_key)
        except MatineeError as error:
            log.warning("no training in the background: %s", error)
