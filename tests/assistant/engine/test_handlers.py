from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.cancel import CancelToken
from assistant.engine.handlers import Handlers
from assistant.engine.protocol import Done, EngineEvent, Memory, Progress, Say, Told

handlers: Handlers[list[str]] = Handlers()


@handlers.answers(Say)
def say(core: list[str], request: Say, _: CancelToken) -> Done:
    core.append(request.message)
    return Done()


@handlers.answers(Memory)
def memory(_core: list[str], request: Memory, _: CancelToken) -> Iterator[EngineEvent]:
    yield Progress(stage=request.command)
    yield Told(text="half of it")
    yield Done()


def test_one_event_or_several_answer_a_request_under_its_id() -> None:
    core: list[str] = []
    one, many = Say(message="a"), Memory(command="b")
    assert list(handlers.serve(core, one, CancelToken())) == [Done(request_id=one.id)]
    assert core == ["a"]
    events = list(handlers.serve(core, many, CancelToken()))
    assert [type(event) for event in events] == [Progress, Told, Done]
    assert {event.request_id for event in events} == {many.id}


def test_a_kind_that_nobody_answers_is_a_bug() -> None:
    empty: Handlers[None] = Handlers()
    with pytest.raises(LookupError, match="Say"):
        list(empty.serve(None, Say(message="a"), CancelToken()))
