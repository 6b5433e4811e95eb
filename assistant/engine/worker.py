"""The engine's process: ``python -m assistant.engine.worker``, spoken to through its pipes.

The main thread owns the core (the library, the models and the index are not thread-safe): it
loads, then serves one request after another; signals and questions about picks also between the
events of a turn. A second thread reads requests as they come, so that a cancel is heard while the
main one works. Whatever libraries print reaches neither the pipe nor a screen, and the log only
where that may quote what was asked: their words are not ours to choose.
"""

from __future__ import annotations

import faulthandler
import importlib
import logging
import os
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from assistant.cancel import CancelToken
from assistant.engine.protocol import (
    Cancel,
    ComponentState,
    EngineEvent,
    EngineRequest,
    Failed,
    Progress,
    Shutdown,
    Start,
    State,
    Stopped,
    Told,
    decode_request,
    encode,
)
from assistant.errors import Cancelled, MatineeError
from assistant.logs import LogFile, log_to, log_uncaught
from assistant.narrator import Narrator
from assistant.startup import prepare_process
from assistant.types import Component

if TYPE_CHECKING:
    from assistant.engine.handlers import Core

log = logging.getLogger("assistant.engine.worker")  # also when it is run as a program

GRACE_S = 3.0
"""How long the work at hand may take to end once the process must."""
ONLY_READS = (Component.EMBEDDER, Component.LANGUAGE_MODEL)
"""Loading these takes seconds and writes nothing: it may be cut off at any moment."""

PROGRESS_S = 0.1
"""How often the screen is told how far a request is."""


def claim_pipes() -> tuple[BinaryIO, BinaryIO, TextIO]:
    """Take standard input and output for the protocol alone, and standard error for last words.

    From here on descriptor 0 is empty and 1 goes where 2 does, for Python and for C alike. The
    copies are not inherited: a child of this process cannot hold the pipes open.
    """
    requests = os.fdopen(os.dup(0), "rb")
    events = os.fdopen(os.dup(1), "wb")
    last_words = os.fdopen(os.dup(2), "w")
    _empty(0)
    os.dup2(2, 1)
    return requests, events, last_words


def drop_prints() -> None:
    """Have what libraries print go nowhere, that of C and Rust too."""
    _empty(1)
    _empty(2)


def _empty(descriptor: int) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, descriptor)
    os.close(nothing)


class Worker:
    """Serves the requests that come in on one pipe, and answers on the other."""

    def __init__(
        self,
        make_core: Callable[[Narrator], Core],
        log_file: Path,
        requests: BinaryIO,
        events: BinaryIO,
        last_words: TextIO,
    ) -> None:
        self._core = make_core(self)
        self._log_file = log_file
        self._last_words = last_words
        self._requests = requests
        self._events = events
        self._work: queue.SimpleQueue[EngineRequest | None] = queue.SimpleQueue()
        self._postponed: deque[EngineRequest | None] = deque()
        self._tokens: dict[int, CancelToken] = {}
        self._loading: Component | None = None
        self._serving: list[int] = []
        """The ids of the requests that are being answered, one within the other."""
        self._stage = ("", 0, 0)
        """The name of the work that a component or a request waits for, its steps, those done."""
        self._told_at = 0.0
        self._ending = threading.Event()

    def run(self) -> None:
        """Load everything, then serve until the input ends or asks to."""
        threading.Thread(target=self._read, name="requests", daemon=True).start()
        for component in self._core.components:
            if self._ending.is_set():
                break
            self._loading = component
            self._send(ComponentState(component=component, state=State.LOADING))
            self._send(self._load(component))
        self._loading = None
        while work := self._next():
            self._serve(work)
        self._core.close()

    # --- telling (`Narrator`) --------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Pass on what the person should know."""
        self._send(Told(request_id=self._request_id, text=text))

    def stage(self, name: str, total: int | None) -> None:
        """Long work begins."""
        self._stage = (name, total or 0, 0)
        self._tell_stage()

    def advance(self, n: int) -> None:
        """Long work goes on; not every step of it is worth a word."""
        name, total, done = self._stage
        self._stage = (name, total, done + n)
        now = time.monotonic()
        if now - self._told_at > PROGRESS_S or done + n == total:
            self._told_at = now
            self._tell_stage()

    @property
    def _request_id(self) -> int | None:
        return self._serving[-1] if self._serving else None

    def _tell_stage(self) -> None:
        name, total, done = self._stage
        if self._loading is not None:
            detail = f"{name}: {done:,} of {total:,}" if total else name
            state = ComponentState(component=self._loading, state=State.LOADING, detail=detail)
            self._send(state)
        elif self._request_id is not None:
            self._send(Progress(request_id=self._request_id, stage=name, done=done, total=total))

    # --- the reading thread ----------------------------------------------------------------------

    def _read(self) -> None:
        for line in self._requests:
            try:
                request = decode_request(line)
            except ValueError:
                log.exception("an unreadable request was ignored")
                continue
            if isinstance(request, Shutdown):
                break
            self._receive(request)
        self._end()

    def _receive(self, request: EngineRequest) -> None:
        match request:
            case Cancel():
                if token := self._tokens.get(request.request_id):
                    token.cancel()
            case Start():
                log.error("a second start was ignored")
            case _:
                self._tokens[request.id] = CancelToken()
                self._work.put(request)

    def _end(self) -> None:
        self._ending.set()
        if self._loading in ONLY_READS:
            os._exit(0)
        # Ends the process from a thread of C, also while a native library holds Python's lock.
        faulthandler.dump_traceback_later(GRACE_S, exit=True, file=self._last_words)
        for token in list(self._tokens.values()):
            token.cancel()
        self._work.put(None)

    # --- the main thread -------------------------------------------------------------------------

    def _load(self, component: Component) -> ComponentState:
        try:
            return self._core.load(component)
        except MatineeError as error:
            log.warning("%s: %s", component, error)
            problem = error.title
        except Exception as error:  # a bug: logged whole, shown in a line, and the rest goes on
            log.exception("%s", component)
            problem = _described(error)
        return ComponentState(component=component, state=State.FAILED, detail=problem)

    def _next(self) -> EngineRequest | None:
        return self._postponed.popleft() if self._postponed else self._work.get()

    def _serve_between(self) -> None:
        """Between two events of a longer answer, serve what need not wait for its end."""
        while not self._work.empty():
            work = self._work.get()
            if work is not None and work.between:
                self._serve(work)
            else:
                self._postponed.append(work)

    def _serve(self, work: EngineRequest) -> None:
        token = self._tokens[work.id]
        last: EngineEvent | None = None
        self._serving.append(work.id)
        try:
            token.check()
            for last in self._core.answer(work, token):
                self._send(last)
                if not last.is_final:
                    self._serve_between()
        except Cancelled:
            last = None
        except MatineeError as error:
            last = Failed(
                request_id=work.id, title=error.title, detail=error.detail, hint=error.hint
            )
            self._send(last)
        except BrokenPipeError:
            raise  # nobody listens any more
        except Exception as error:  # a bug: logged whole, and the process goes on
            log.exception("%s", type(work))
            last = Failed(
                request_id=work.id,
                title="Something went wrong inside Matinee.",
                detail=_described(error),
                hint=f"The log says more: {self._log_file}",
            )
            self._send(last)
        finally:
            self._serving.remove(work.id)
            del self._tokens[work.id]
        if last is None or not last.is_final:
            self._send(Stopped(request_id=work.id))

    def _send(self, event: EngineEvent) -> None:
        self._events.write(encode(event))
        self._events.flush()


def _described(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _make_core(start: Start, narrator: Narrator) -> Core:
    module, name = start.core.split(":")
    core: Core = getattr(importlib.import_module(module), name)(start, narrator)
    return core


def main() -> None:
    """Run the engine over standard input and output until the input ends."""
    prepare_process()
    requests, events, last_words = claim_pipes()
    faulthandler.enable(last_words)  # tells places in the code, and nothing else
    log_to(logging.StreamHandler(last_words))
    log_uncaught()
    line = requests.readline()
    if not line:
        return
    start = decode_request(line)
    if not isinstance(start, Start):
        raise SystemExit(f"the first request must be a start, not a {type(start).__name__}")
    log_file, content = start.locations.log, start.settings.privacy.log_content
    log_to(LogFile(log_file), content=content)
    if not content:
        drop_prints()
    Worker(partial(_make_core, start), log_file, requests, events, last_words).run()


if __name__ == "__main__":
    main()
