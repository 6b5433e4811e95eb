"""Long work that goes on whatever screen is shown: a child process for each piece."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from textual.signal import Signal

from assistant.engine.client import Engine
from assistant.engine.protocol import (
    JOB,
    EngineEvent,
    Failed,
    JobRequest,
    Progress,
    Start,
    Stopped,
    Told,
)
from assistant.errors import Cancelled, EngineError

if TYPE_CHECKING:
    from textual.app import App

E = TypeVar("E", bound=EngineEvent)


@dataclass(frozen=True, slots=True)
class Running:
    """A piece of work, and how far it is."""

    request: JobRequest
    stage: str = ""
    done: int = 0
    total: int = 0
    """0 where it is not known."""
    told: tuple[str, ...] = ()
    """What it had to say."""

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where it is not known."""
        return self.done / self.total if self.total else None


class Jobs:
    """Starts work, keeps how far it is, and ends it.

    Args:
        app: whose event loop it runs in.
        start: gives the folders and settings in force at the moment.
    """

    def __init__(self, app: App[None], start: Callable[[], Start]) -> None:
        self.changed: Signal[Running] = Signal(app, "a job has gone on")
        """Published at every step of every piece of work."""
        self._start = start
        self._running: dict[int, Running] = {}
        self._engines: dict[int, Engine] = {}

    @property
    def running(self) -> tuple[Running, ...]:
        """What is being done, the oldest first."""
        return tuple(self._running.values())

    def find(self, kind: type[JobRequest]) -> Running | None:
        """A piece of work of that kind which is being done."""
        return next((one for one in self.running if isinstance(one.request, kind)), None)

    async def run(self, request: JobRequest, kind: type[E]) -> E:
        """Do a piece of work, to its end: the event of `kind` that it ends with.

        Run it in a worker of the app, not of a screen, so that it goes on when the screen is left.

        Raises:
            EngineError: it could not be done.
            Cancelled: it was stopped.
        """
        start = self._start().model_copy(update={"core": JOB, "turns": ()})
        engine = Engine(start, components=(), restarts=False)
        self._engines[request.id] = engine
        self._publish(Running(request))
        try:
            async for event in engine.ask(request):
                match event:
                    case Progress(stage=stage, done=done, total=total):
                        self._change(request, stage=stage, done=done, total=total)
                    case Told(text=text):
                        told = self._running[request.id].told
                        self._change(request, told=(*told, text))
                    case Failed(title=title, detail=detail, hint=hint):
                        raise EngineError(title, detail, hint)
                    case Stopped():
                        raise Cancelled
                    case _ if isinstance(event, kind):
                        return event
                    case _:
                        raise TypeError(f"{type(request).__name__}: {type(event).__name__}")
            raise EngineError("The work was cut off.")
        finally:
            del self._engines[request.id]
            ended = self._running.pop(request.id)
            self.changed.publish(ended)
            await engine.close()

    def cancel(self, request: JobRequest) -> None:
        """Stop a piece of work; `run` raises `Cancelled` soon."""
        if engine := self._engines.get(request.id):
            engine.cancel(request.id)

    async def close(self) -> None:
        """End everything that is being done."""
        for engine in list(self._engines.values()):
            await engine.close()

    def _change(self, request: JobRequest, **changes: object) -> None:
        self._publish(replace(self._running[request.id], **changes))  # type: ignore[arg-type]

    def _publish(self, running: Running) -> None:
        self._running[running.request.id] = running
        self.changed.publish(running)
