"""The accounts of picks, asked of the real core over the starter library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.accounts import Cause
from assistant.cancel import CancelToken
from assistant.engine.chat.core import ChatCore
from assistant.engine.protocol import (
    EngineRequest,
    Say,
    TurnProgress,
    decode_event,
    decode_request,
    encode,
)
from assistant.engine.protocol.why import ReportWhy, ReportWhyNot, WhyNotReported, WhyReported
from assistant.narrator import Silent
from assistant.types import Pick, TurnFinished
from tests.assistant.engine.fake_core import picks
from tests.assistant.engine.support import fake_start


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatCore]:
    folder: Path = tmp_path_factory.mktemp("why")
    core = ChatCore(fake_start(folder).model_copy(update={"llm": False}), Silent())
    yield core
    core.close()


@pytest.fixture(scope="module")
def shown(core: ChatCore) -> tuple[Pick, ...]:
    """The picks of the only turn."""
    *_, last = core.answer(Say(message="a documentary about space"), CancelToken())
    assert isinstance(last, TurnProgress)
    assert isinstance(last.event, TurnFinished)
    return last.event.turn.picks


def asked(core: ChatCore, request: EngineRequest) -> object:
    [event] = core.answer(request, CancelToken())
    assert decode_request(encode(request)) == request
    assert decode_event(encode(event)) == event
    return event


def test_a_pick_has_an_account(core: ChatCore, shown: tuple[Pick, ...]) -> None:
    event = asked(core, ReportWhy(pick=shown[0]))
    assert isinstance(event, WhyReported)
    assert event.report.title == shown[0].video.title
    assert event.report.place is not None
    assert len(event.report.neighbours) == 5


def test_another_title_is_compared_with_the_pick(core: ChatCore, shown: tuple[Pick, ...]) -> None:
    event = asked(core, ReportWhyNot(name="Seven Samurai", pick=shown[1]))
    assert isinstance(event, WhyNotReported)
    assert event.report is not None
    assert event.report.beside == shown[1].video.title
    assert event.report.beside_rank == 2
    assert event.report.kept_out[0].cause is Cause.LIMIT
    assert event.report.parts


def test_a_pick_of_another_session_is_compared_with_nothing(core: ChatCore) -> None:
    event = asked(core, ReportWhyNot(name="Seven Samurai", pick=picks()[0]))
    assert isinstance(event, WhyNotReported)
    assert event.report is None
