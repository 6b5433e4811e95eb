"""Going on with a session in the chat's engine, and in the engine that takes its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.engine.chat.core import ChatCore
from assistant.engine.protocol import EngineRequest, Say, Start, TurnProgress
from assistant.engine.protocol.sessions import Resume, Resumed
from assistant.errors import MatineeError
from assistant.narrator import Silent
from assistant.types import Component, TurnFinished
from store.library import Library
from tests.assistant.engine.fake_core import VIDEOS
from tests.assistant.engine.support import fake_start
from tests.assistant.sessions.held import SPIRITED, asked, hold


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Over a library with the videos of the fake core and no model."""
    start = fake_start(tmp_path).model_copy(update={"llm": False})
    with Library.open(start.locations.library) as library:
        library.put_videos(VIDEOS)
    return start


@pytest.fixture
def core(start: Start) -> Iterator[ChatCore]:
    core = ChatCore(start, Silent())
    yield core
    core.close()


def session_of(start: Start) -> str:
    with Library.open(start.locations.library) as library:
        return hold(library, asked("something warm", SPIRITED))


def resumed(core: ChatCore, session_id: str | None) -> Resumed:
    [event] = core.answer(Resume(session_id=session_id), CancelToken())
    assert isinstance(event, Resumed)
    return event


def finished(core: ChatCore, request: EngineRequest) -> TurnFinished:
    *_, last = core.answer(request, CancelToken())
    assert isinstance(last, TurnProgress)
    assert isinstance(last.event, TurnFinished)
    return last.event


def test_a_session_is_gone_on_with_and_its_limits_stand(core: ChatCore, start: Start) -> None:
    session = session_of(start)
    event = resumed(core, session)
    assert event.session_id == session
    assert [limit.text for limit in event.limits] == ["at most 130 min"]
    done = finished(core, Say(message="hello"))
    assert done.session_id == session
    messages = [turn.message for turn in core.workspace.library.turns(session)]
    assert messages == ["something warm", "hello"]


def test_a_new_conversation_stands_on_nothing(core: ChatCore, start: Start) -> None:
    session = session_of(start)
    resumed(core, session)
    assert resumed(core, None).limits == ()
    done = finished(core, Say(message="hello"))
    assert done.session_id not in (None, session)


def test_a_session_that_is_gone(core: ChatCore) -> None:
    with pytest.raises(MatineeError, match="no such session"):
        resumed(core, "0123abcd")


def test_an_engine_that_is_started_with_a_session_goes_on_with_it(start: Start) -> None:
    session = session_of(start)
    core = ChatCore(start.model_copy(update={"session_id": session}), Silent())
    core.load(Component.LIBRARY)
    assert [turn.message for turn in core.conversation.turns] == ["something warm"]
    assert core.conversation.session_id == session
    core.close()


def test_a_session_that_is_lost_leaves_the_turns_that_were_sent(start: Start) -> None:
    turn = asked("something warm", SPIRITED)
    sent = start.model_copy(update={"session_id": "0123abcd", "turns": (turn,)})
    core = ChatCore(sent, Silent())
    core.load(Component.LIBRARY)
    assert core.conversation.turns == [turn]
    core.close()
