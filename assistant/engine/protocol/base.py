"""The form of what is said between the screen and a child process, whatever it is about.

A request carries an id; every event says which request it answers, or that it answers none. Each
request but `Start`, `Cancel` and `Shutdown` is answered by exactly one final event, after any
number of others. Either travels as one line: the name of its class, a space, a JSON object.
"""

from __future__ import annotations

import itertools
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field

from assistant.locations import Locations
from assistant.settings import Settings
from assistant.types import Component, Dial, Preference, Turn, Value

_ids = itertools.count(1)
_known: dict[bytes, type[EngineRequest | EngineEvent]] = {}
"""Every kind of request and event, by the name that stands before it in its line."""

CHAT = "assistant.engine.chat.core:ChatCore"
DESK = "assistant.engine.desk.core:DeskCore"
JOB = "assistant.engine.jobs.core:JobCore"


class _Said(Value):
    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        """Make the kind known to `decode_request` and `decode_event`."""
        if not cls.__name__.startswith("_"):
            _known[cls.__name__.encode()] = cls  # type: ignore[assignment]


class EngineRequest(_Said):
    """Something asked of a child process."""

    between: ClassVar[bool] = False
    """Whether it is so quick that it is served between two events of a longer answer."""

    id: int = Field(default_factory=lambda: next(_ids))
    """Unique in the process that asks."""


class EngineEvent(_Said):
    """Something that a child process says."""

    request_id: int | None = None
    """The request that it answers; None for what happens by itself."""

    @property
    def is_final(self) -> bool:
        """Whether it is the last one about its request."""
        return self.request_id is not None


class Start(EngineRequest):
    """The first request of all: what to open."""

    locations: Locations
    settings: Settings
    llm: bool = True
    dial: Dial | None = None
    turns: tuple[Turn, ...] = ()
    """What the conversation stands on: an engine that is started again goes on from there."""
    session_id: str | None = None
    """The session that the conversation goes on with: its turns are read from the library, and
    `turns` are used only where it holds none of them."""
    session: tuple[Preference, ...] | None = None
    """What is remembered for the session alone; None: as its last turn left it."""
    core: str = CHAT
    """``module:class`` of what does the work."""


class JobRequest(EngineRequest):
    """Long work, done by a process of its own."""

    title: ClassVar[str] = ""
    """What the work is called while it goes on: “importing”."""


class Cancel(EngineRequest):
    """Stop working on another request, whether or not it has begun."""

    request_id: int


class Shutdown(EngineRequest):
    """End the process. Closing its input does the same."""


class State(StrEnum):
    """How far a component is."""

    WAITING = "waiting"
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    ABSENT = "absent"
    """There is none, and the work is done without it."""


class ComponentState(EngineEvent):
    """A component has come to another state."""

    component: Component
    state: State
    detail: str = ""
    """The name of what is loaded, how far it is, or why it is not."""
    count: int | None = None
    """How many videos the library holds."""


class Told(EngineEvent):
    """Something that the person should know, whatever they asked for."""

    text: str

    @property
    def is_final(self) -> bool:
        """It never is."""
        return False


class Progress(EngineEvent):
    """How far the work on a request is."""

    stage: str
    done: int = 0
    total: int = 0
    """0 where it is not known."""

    @property
    def is_final(self) -> bool:
        """It never is."""
        return False


class Done(EngineEvent):
    """The request is carried out, and there is no more to say of it."""


class Stopped(EngineEvent):
    """The request was cancelled; nothing more comes of it."""


class Failed(EngineEvent):
    """The request could not be done."""

    title: str
    detail: str = ""
    hint: str = ""


def encode(value: EngineRequest | EngineEvent) -> bytes:
    """One request or event as one line of UTF-8."""
    return b"%s %s\n" % (type(value).__name__.encode(), value.model_dump_json().encode())


def decode_request(line: bytes) -> EngineRequest:
    """The request in `line`.

    Raises:
        ValueError: it holds none.
    """
    value = _decode(line)
    if not isinstance(value, EngineRequest):
        raise ValueError("this is no request")
    return value


def decode_event(line: bytes) -> EngineEvent:
    """The event in `line`.

    Raises:
        ValueError: it holds none.
    """
    value = _decode(line)
    if not isinstance(value, EngineEvent):
        raise ValueError("this is no event")
    return value


def _decode(line: bytes) -> EngineRequest | EngineEvent:
    name, _, content = line.partition(b" ")
    kind = _known.get(name)
    if kind is None:
        raise ValueError("no request and no event has this name")
    return kind.model_validate_json(content)
