"""The screen's side of a child process: starts it, asks it, stops it, and starts it again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from assistant.engine.process import WorkerProcess
from assistant.engine.protocol import (
    Cancel,
    ComponentState,
    EngineEvent,
    EngineRequest,
    Failed,
    MemoryTold,
    SetDial,
    Shutdown,
    Start,
    State,
    Stopped,
    Told,
    TurnProgress,
)
from assistant.engine.protocol.sessions import Resumed
from assistant.errors import Cancelled, EngineError
from assistant.types import Component, Dial, TurnFinished

E = TypeVar("E", bound=EngineEvent)

STOP_S = 0.1
"""An engine that has not confirmed a cancel by now is not waited for: the request has ended."""
HUNG_S = 10.0
"""A loaded engine that has not confirmed a cancel by now hangs: it is killed and started again."""
CLOSE_S = 2.0
"""How long the engine may take to end when it is asked to."""
QUICK_S = 20.0
"""An engine that ends within this time of its start has crashed quickly."""
QUICK_CRASHES = 3
BACKOFF_S = 0.5


class Engine:
    """A child process, supervised: the chat's engine, the desk, or a job.

    Args:
        start: what it is to open, and which core does the work.
        components: what that core loads before it answers anything.
        restarts: whether it is started again after a crash by itself.
        on_state: told of every change of a component's state.
        on_told: told of what the person should know.
        on_crash: told of every unexpected end of the process.
    """

    def __init__(
        self,
        start: Start,
        *,
        components: Sequence[Component] = tuple(Component),
        restarts: bool = True,
        on_state: Callable[[ComponentState], object] = lambda _: None,
        on_told: Callable[[str], object] = lambda _: None,
        on_crash: Callable[[EngineError], object] = lambda _: None,
    ) -> None:
        self.on_state = on_state
        self.on_told = on_told
        self.on_crash = on_crash
        self._components = tuple(components)
        self._restarts = restarts
        self.states = self._all_waiting()
        self._start = start
        self._process: WorkerProcess | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._answers: dict[int, asyncio.Queue[EngineEvent | EngineError]] = {}
        self._unsent: dict[int, EngineRequest] = {}
        """What was asked while no process was there; the next one is given it."""
        self._unconfirmed: set[int] = set()
        """What was cancelled, until the process itself says that it has stopped."""
        self._hangs = False
        self._closing = False
        self._reopened = asyncio.Event()
        """What is asked while it starts again waits for this."""
        self._reopened.set()

    @property
    def pid(self) -> int | None:
        """The process that runs now."""
        return self._process.pid if self._process else None

    @property
    def dial(self) -> Dial | None:
        """The position that the next process begins with; None is the settings' own."""
        return self._start.dial

    @property
    def session_id(self) -> str | None:
        """The session in which the conversation is kept; None until a turn of it is."""
        return self._start.session_id

    @property
    def ready(self) -> bool:
        """Whether everything is loaded that a turn needs or may do without."""
        settled = (State.READY, State.ABSENT, State.FAILED)
        return all(state.state in settled for state in self.states.values())

    async def restart(self, start: Start) -> None:
        """End the process and start it again with other folders or settings.

        The conversation and the dial go on; what is being answered is cut off, and what is asked
        meanwhile waits.
        """
        kept = {
            "turns": self._start.turns,
            "session_id": self._start.session_id,
            "session": self._start.session,
            "dial": self._start.dial,
        }
        self._reopened.clear()
        try:
            await self.close()
            self._start = start.model_copy(update=kept)
            self._closing = False
            self._unsent.clear()
            self.states = self._all_waiting()
            for state in self.states.values():
                self.on_state(state)
            self.start()
        finally:
            self._reopened.set()

    def start(self) -> None:
        """Start the process, unless it runs; returns at once."""
        if not self._closing and (self._supervisor is None or self._supervisor.done()):
            self._supervisor = asyncio.create_task(self._supervise(), name="engine")

    async def ask(self, request: EngineRequest) -> AsyncGenerator[EngineEvent, None]:
        """Yield the events that answer `request`; the last one is final.

        Leaving the iteration early cancels the request.

        Raises:
            EngineError: the engine ended before the answer did.
        """
        await self._reopened.wait()
        if self._closing:
            raise EngineError("The engine is closed.")
        inbox: asyncio.Queue[EngineEvent | EngineError] = asyncio.Queue()
        self._answers[request.id] = inbox
        self._send(request)
        self.start()
        try:
            while True:
                event = await inbox.get()
                if isinstance(event, EngineError):
                    raise event
                if event.is_final:
                    del self._answers[request.id]
                yield event
                if event.is_final:
                    return
        finally:
            if self._answers.pop(request.id, None):
                self._send(Cancel(request_id=request.id))

    async def last(self, request: EngineRequest) -> EngineEvent:
        """The final event that answers `request`.

        Raises:
            EngineError: the engine ended before it came.
        """
        return [event async for event in self.ask(request)][-1]

    async def result(self, request: EngineRequest, kind: type[E]) -> E:
        """The event of `kind` that answers `request`.

        Raises:
            EngineError: the request could not be done, or the process ended before it was.
            Cancelled: the request was stopped.
        """
        match await self.last(request):
            case Failed(title=title, detail=detail, hint=hint):
                raise EngineError(title, detail, hint)
            case Stopped():
                raise Cancelled
            case event if isinstance(event, kind):
                return event
            case event:
                raise TypeError(f"{type(request).__name__} was answered by {type(event).__name__}")

    async def set_dial(self, dial: Dial) -> EngineEvent:
        """Turn the dial; an engine that is started again begins with it.

        Raises:
            EngineError: the engine ended before the answer came.
        """
        self._start = self._start.model_copy(update={"dial": dial})
        return await self.last(SetDial(dial=dial))

    def cancel(self, request_id: int) -> None:
        """End a request: its last event is here within `STOP_S`, whatever the engine does."""
        inbox = self._answers.get(request_id)
        if inbox is None:
            return
        self._send(Cancel(request_id=request_id))
        self._unconfirmed.add(request_id)
        loop = asyncio.get_running_loop()
        loop.call_later(STOP_S, inbox.put_nowait, Stopped(request_id=request_id))
        loop.call_later(HUNG_S, self._kill_if_it_hangs, request_id)

    async def close(self) -> None:
        """End the process: politely, then not."""
        self._closing = True
        self._send(Shutdown())
        if process := self._process:
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), CLOSE_S)
            self._kill()
            await process.wait()
        if self._supervisor:
            self._supervisor.cancel()
            await asyncio.wait([self._supervisor])
        self._fail_all(EngineError("The engine is closed."))

    # --- the pipe --------------------------------------------------------------------------------

    def _send(self, request: EngineRequest) -> None:
        if self._process:
            self._process.send(request)
        else:
            self._unsent[request.id] = request

    def _receive(self, event: EngineEvent) -> None:
        if isinstance(event, ComponentState):
            self.states[event.component] = event
            self.on_state(event)
        elif isinstance(event, Told) and event.request_id not in self._answers:
            self.on_told(event.text)
        elif event.request_id is not None:
            if event.is_final:
                self._unconfirmed.discard(event.request_id)
            if isinstance(event, TurnProgress) and isinstance(event.event, TurnFinished):
                self._stand_on(event.event)
            elif isinstance(event, Resumed):
                self._start = self._start.model_copy(
                    update={"turns": (), "session_id": event.session_id, "session": None}
                )
            elif isinstance(event, MemoryTold):
                self._start = self._start.model_copy(update={"session": event.session})
            if inbox := self._answers.get(event.request_id):
                inbox.put_nowait(event)

    def _stand_on(self, finished: TurnFinished) -> None:
        """Have the next process go on from this turn, too; once it is kept, from where it is."""
        turns = () if finished.session_id else (*self._start.turns, finished.turn)
        session_id = finished.session_id or self._start.session_id
        memory = finished.turn.session
        update = {"turns": turns, "session_id": session_id, "session": memory}
        self._start = self._start.model_copy(update=update)

    # --- supervision -----------------------------------------------------------------------------

    async def _supervise(self) -> None:
        loop = asyncio.get_running_loop()
        quick = 0
        while True:
            started = loop.time()
            try:
                reason = await self._run()
            finally:
                self._kill()
            if self._closing:
                return
            quick = quick + 1 if loop.time() - started < QUICK_S else 1
            given_up = quick >= QUICK_CRASHES or not self._restarts
            self._crashed(reason, given_up=given_up)
            if given_up:
                return
            await asyncio.sleep(BACKOFF_S * 2 ** (quick - 1))

    async def _run(self) -> str:
        """Run one process to its end, and say how it ended."""
        try:
            process = await WorkerProcess.spawn(self._start.locations.log)
        except OSError as error:
            return f"It cannot be started: {error.strerror}"
        self._process, self._hangs = process, False
        waiting, self._unsent = self._unsent, {}
        for request in (self._start, *waiting.values()):
            process.send(request)
        try:
            async for event in process.events():
                self._receive(event)
        except ValueError:
            return "It said something unreadable"  # what comes next cannot be trusted either
        ended = await process.wait()
        return "It did not stop when it was asked to" if self._hangs else ended

    def _kill_if_it_hangs(self, request_id: int) -> None:
        if request_id in self._unconfirmed and self.ready:
            self._hangs = True
            self._kill()

    def _kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process = None

    def _crashed(self, reason: str, *, given_up: bool) -> None:
        log = self._start.locations.log
        if not self._restarts:
            hint = "Begin it again."
        elif given_up:
            hint = f"It ended {QUICK_CRASHES} times in a row. Send a message to try once more."
        else:
            hint = "It is starting again."
        error = EngineError("The engine has ended.", f"{reason}. The log: {log}", hint)
        self.states = self._all_waiting()
        self._unconfirmed.clear()
        for state in self.states.values():
            self.on_state(state)
        self._fail_all(error, spare=() if given_up else tuple(self._unsent))
        self.on_crash(error)

    def _fail_all(self, error: EngineError, spare: tuple[int, ...] = ()) -> None:
        for request_id, inbox in list(self._answers.items()):
            if request_id not in spare:
                inbox.put_nowait(error)
                del self._answers[request_id]
                self._unsent.pop(request_id, None)

    def _all_waiting(self) -> dict[Component, ComponentState]:
        return {
            component: ComponentState(component=component, state=State.WAITING)
            for component in self._components
        }
