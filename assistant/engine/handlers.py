"""Who answers which kind of request, inside a child process."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, Protocol, TypeVar

from assistant.cancel import CancelToken
from assistant.engine.protocol import ComponentState, EngineEvent, EngineRequest
from assistant.types import Component

C = TypeVar("C")
R = TypeVar("R", bound=EngineRequest)
Handler = Callable[[C, R, CancelToken], EngineEvent | Iterator[EngineEvent]]


class Core(Protocol):
    """What a worker drives, on one thread. `MatineeError` is what a person is told."""

    components: tuple[Component, ...]
    """What is loaded before anything is answered, in this order."""

    def load(self, component: Component) -> ComponentState:
        """Load one component, and say what came of it."""

    def answer(self, request: EngineRequest, cancel: CancelToken) -> Iterator[EngineEvent]:
        """Answer a request, a final event last; ends soon after `cancel` is set."""

    def close(self) -> None:
        """Give everything back."""


class Handlers(Generic[C]):
    """Functions that answer requests on behalf of a core of class `C`, by the kind of request.

    A function takes the core, the request and a token to check, and gives the event that answers,
    or several, the final one last; their `request_id` is filled in.
    """

    def __init__(self) -> None:
        self._by_kind: dict[type[EngineRequest], Callable[[C, Any, CancelToken], Any]] = {}

    def answers(self, kind: type[R]) -> Callable[[Handler[C, R]], Handler[C, R]]:
        """Register the decorated function for requests of `kind`."""

        def register(handler: Handler[C, R]) -> Handler[C, R]:
            self._by_kind[kind] = handler
            return handler

        return register

    @property
    def kinds(self) -> Mapping[type[EngineRequest], object]:
        """The kinds that are answered."""
        return self._by_kind

    def serve(self, core: C, request: EngineRequest, cancel: CancelToken) -> Iterator[EngineEvent]:
        """The events that answer `request`.

        Raises:
            LookupError: nobody answers this kind: a bug.
        """
        handler = self._by_kind.get(type(request))
        if handler is None:
            raise LookupError(f"nobody answers {type(request).__name__}")
        answer = handler(core, request, cancel)
        for event in (answer,) if isinstance(answer, EngineEvent) else answer:
            yield event.model_copy(update={"request_id": request.id})


def load_areas(areas: Iterable[str]) -> None:
    """Import the modules of a core, which register their functions as they are imported.

    Also from then on the kinds of request that they answer are known to the protocol.
    """
    for area in areas:
        importlib.import_module(area)
