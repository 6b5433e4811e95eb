"""What travels between the screen and the engine: one JSON object a line, in either direction.

A request carries an id; every event says which request it answers, or that it answers none. Each
request but `Start`, `Cancel` and `Shutdown` is answered by exactly one final event, after any
number of others.
"""

from __future__ import annotations

import itertools
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from assistant.constraints import Limit
from assistant.locations import Locations
from assistant.settings import Settings
from assistant.types import (
    Component,
    Dial,
    Pick,
    Signal,
    Turn,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    Value,
)

_ids = itertools.count(1)

DEFAULT_CORE = "assistant.engine.core:WorkspaceCore"


class _Request(Value):
    id: int = Field(default_factory=lambda: next(_ids))
    """Unique in the process that asks."""


class Start(_Request):
    """The first request of all: what to open."""

    type: Literal["start"] = "start"
    locations: Locations
    settings: Settings
    llm: bool = True
    dial: Dial | None = None
    turns: tuple[Turn, ...] = ()
    """What the conversation stands on: an engine that is started again goes on from there."""
    core: str = DEFAULT_CORE
    """``module:class`` of what does the work; tests name another one."""


class Say(_Request):
    """A message of the person, answered by a turn."""

    type: Literal["say"] = "say"
    message: str


class Lift(_Request):
    """Answer what stands without one of its limits: answered by a turn."""

    type: Literal["lift"] = "lift"
    limit: Limit


class Act(_Request):
    """The person liked, watched, hid … a video."""

    type: Literal["act"] = "act"
    video_id: str
    signal: Signal
    rating: float | None = None


class Undo(_Request):
    """Take back the last signal given to a video in this session."""

    type: Literal["undo"] = "undo"
    video_id: str


class Why(_Request):
    """Why a pick was made. The pick itself is sent, so that any card can ask, however old."""

    type: Literal["why"] = "why"
    pick: Pick
    language: str = "en"


class Memory(_Request):
    """List what is remembered of the person, or change it."""

    type: Literal["memory"] = "memory"
    command: str = ""
    """``add TEXT``, ``edit NUMBER TEXT``, ``forget NUMBER``; empty to list."""


class SetDial(_Request):
    """Turn the dial, for this turn and those that follow."""

    type: Literal["set_dial"] = "set_dial"
    dial: Dial


class Cancel(_Request):
    """Stop working on another request, whether or not it has begun."""

    type: Literal["cancel"] = "cancel"
    request_id: int


class Shutdown(_Request):
    """End the process. Closing its input does the same."""

    type: Literal["shutdown"] = "shutdown"


EngineRequest = Annotated[
    Start | Say | Lift | Act | Undo | Why | Memory | SetDial | Cancel | Shutdown,
    Field(discriminator="type"),
]


class State(StrEnum):
    """How far a component is."""

    WAITING = "waiting"
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    ABSENT = "absent"
    """There is none, and the work is done without it."""


class _Event(Value):
    request_id: int | None = None
    """The request that it answers; None for what happens by itself."""


class ComponentState(_Event):
    """A component has come to another state."""

    type: Literal["component_state"] = "component_state"
    component: Component
    state: State
    detail: str = ""
    """The name of what is loaded, how far it is, or why it is not."""
    count: int | None = None
    """How many videos the library holds."""


class Told(_Event):
    """Something that the person should know, whatever they asked for."""

    type: Literal["told"] = "told"
    text: str


class TurnProgress(_Event):
    """An event of the turn that answers a message."""

    type: Literal["turn_progress"] = "turn_progress"
    event: TurnEvent


class Acted(_Event):
    """A signal is stored, or taken back (`signal` is None)."""

    type: Literal["acted"] = "acted"
    video_id: str
    signal: Signal | None
    text: str


class Explained(_Event):
    """Why a pick was made."""

    type: Literal["explained"] = "explained"
    text: str


class MemoryTold(_Event):
    """What is remembered, or what was changed of it."""

    type: Literal["memory_told"] = "memory_told"
    text: str


class DialSet(_Event):
    """The dial is turned."""

    type: Literal["dial_set"] = "dial_set"
    dial: Dial


class Stopped(_Event):
    """The request was cancelled; nothing more comes of it."""

    type: Literal["stopped"] = "stopped"


class Failed(_Event):
    """The request could not be done."""

    type: Literal["failed"] = "failed"
    title: str
    detail: str = ""
    hint: str = ""


EngineEvent = Annotated[
    ComponentState
    | Told
    | TurnProgress
    | Acted
    | Explained
    | MemoryTold
    | DialSet
    | Stopped
    | Failed,
    Field(discriminator="type"),
]

_requests: TypeAdapter[EngineRequest] = TypeAdapter(EngineRequest)
_events: TypeAdapter[EngineEvent] = TypeAdapter(EngineEvent)


def is_final(event: EngineEvent) -> bool:
    """Whether `event` is the last one about its request."""
    if isinstance(event, TurnProgress):
        return isinstance(event.event, TurnFinished | TurnFailed)
    return event.request_id is not None


def encode(value: Value) -> bytes:
    """One request or event as one line of UTF-8."""
    return value.model_dump_json().encode() + b"\n"


def decode_request(line: bytes) -> EngineRequest:
    """The request in `line`.

    Raises:
        ValueError: it holds none.
    """
    return _requests.validate_json(line)


def decode_event(line: bytes) -> EngineEvent:
    """The event in `line`.

    Raises:
        ValueError: it holds none.
    """
    return _events.validate_json(line)
