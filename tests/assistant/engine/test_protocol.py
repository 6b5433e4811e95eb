from __future__ import annotations

from pathlib import Path

import pytest

from assistant.engine.protocol import (
    Act,
    Acted,
    Cancel,
    ComponentState,
    EngineEvent,
    EngineRequest,
    Failed,
    Say,
    SetDial,
    Shutdown,
    Start,
    State,
    Stopped,
    TurnProgress,
    Undo,
    decode_event,
    decode_request,
    encode,
)
from assistant.engine.protocol.why import ReportWhy
from assistant.locations import Locations
from assistant.settings import LanguageModelSettings, Settings
from assistant.types import Answered, Component, Dial, Ranked, Signal, TurnFailed
from tests.assistant.engine.fake_core import picks

FOLDER = Path("/somewhere")
REQUESTS: list[EngineRequest] = [
    Start(locations=Locations(FOLDER, FOLDER, FOLDER), settings=Settings(), llm=False),
    Say(message="不超过20分钟\nand a second line\u2028and a third"),
    Act(video_id="a:b", signal=Signal.RATED, rating=4.5),
    Undo(video_id="a:b"),
    ReportWhy(pick=picks()[1], language="zh"),
    SetDial(dial=Dial.EXPLORE),
    Cancel(request_id=7),
    Shutdown(),
]
EVENTS: list[EngineEvent] = [
    ComponentState(component=Component.LIBRARY, state=State.READY, count=3),
    TurnProgress(request_id=1, event=Ranked(picks=picks(), model=None)),
    Acted(request_id=2, video_id="a:b", signal=None, text="Taken back."),
    Stopped(request_id=3),
    Failed(request_id=4, title="No."),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda value: type(value).__name__)
def test_a_request_survives_the_pipe_in_one_line(request_: EngineRequest) -> None:
    line = encode(request_)
    assert line.count(b"\n") == 1
    assert decode_request(line) == request_


@pytest.mark.parametrize("event", EVENTS, ids=lambda value: type(value).__name__)
def test_an_event_survives_the_pipe_in_one_line(event: EngineEvent) -> None:
    line = encode(event)
    assert line.count(b"\n") == 1
    assert decode_event(line) == event


def test_the_settings_of_the_asking_process_win_over_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = Settings(language_model=LanguageModelSettings(model="none"))
    start = Start(locations=Locations(FOLDER, FOLDER, FOLDER), settings=settings)
    line = encode(start)
    monkeypatch.setenv("MATINEE_LANGUAGE_MODEL__MODEL", "another.gguf")
    monkeypatch.setenv("MATINEE_RECOMMEND__PICKS", "9")
    assert decode_request(line) == start


def test_every_request_has_an_id_of_its_own() -> None:
    assert Say(message="a").id != Say(message="a").id


@pytest.mark.parametrize("line", [b"", b"{}", b"noise\n", b"Say {}\n", b"Say\n", b"Nothing {}\n"])
def test_a_line_that_is_no_request_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"validation error|has this name"):
        decode_request(line)


def test_an_event_is_no_request_and_a_request_no_event() -> None:
    with pytest.raises(ValueError, match="no request"):
        decode_request(encode(Stopped(request_id=1)))
    with pytest.raises(ValueError, match="no event"):
        decode_event(encode(Shutdown()))


def test_a_turn_ends_with_its_last_event_alone() -> None:
    assert not TurnProgress(request_id=1, event=Answered(text="x")).is_final
    assert TurnProgress(request_id=1, event=TurnFailed(title="x")).is_final
    assert Stopped(request_id=1).is_final
    assert not ComponentState(component=Component.INDEX, state=State.LOADING).is_final
