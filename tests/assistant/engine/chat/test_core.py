"""The real core over a real library; no model is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.cancel import CancelToken
from assistant.engine.chat.core import ChatCore
from assistant.engine.chat.picks import NOTED
from assistant.engine.protocol import (
    Act,
    Acted,
    EngineEvent,
    EngineRequest,
    LastUndone,
    Memory,
    MemoryTold,
    Say,
    State,
    TurnProgress,
    Undo,
    UndoLast,
)
from assistant.engine.protocol.hidden import TakeBack
from assistant.engine.protocol.why import ReportWhy, WhyReported
from assistant.errors import MatineeError
from assistant.narrator import Silent
from assistant.types import Component, Interaction, Request, Signal, Turn, TurnFinished, Understood
from store.library import Library
from tests.assistant.engine.fake_core import VIDEOS, picks
from tests.assistant.engine.support import fake_start


@pytest.fixture
def core(tmp_path: Path) -> Iterator[ChatCore]:
    """A core without a language model, over a library of five videos."""
    start = fake_start(tmp_path).model_copy(update={"llm": False})
    with Library.open(start.locations.library) as library:
        library.put_videos(VIDEOS)
    core = ChatCore(start, Silent())
    yield core
    core.close()


def asked(core: ChatCore, request: EngineRequest) -> EngineEvent:
    """The one event that answers `request`."""
    [event] = core.answer(request, CancelToken())
    assert event.request_id == request.id
    return event


def act(core: ChatCore, video_id: str, signal: Signal, rating: float | None = None) -> str:
    """What is said to a signal."""
    event = asked(core, Act(video_id=video_id, signal=signal, rating=rating))
    assert isinstance(event, Acted)
    return event.text


def signals(folder: Path) -> list[tuple[str, Signal]]:
    """What the library in `folder` holds."""
    with Library.open(folder / "library.db") as library:
        return [(item.video_id, item.signal) for item in library.interactions()]


def test_loading_says_what_there_is(core: ChatCore) -> None:
    library = core.load(Component.LIBRARY)
    assert (library.state, library.count) == (State.READY, len(VIDEOS))
    model = core.load(Component.LANGUAGE_MODEL)
    assert (model.state, model.detail) == (State.ABSENT, "switched off")


def test_signals_are_stored_and_taken_back_one_by_one(core: ChatCore, tmp_path: Path) -> None:
    first, second = VIDEOS[0].id, VIDEOS[1].id
    assert act(core, first, Signal.LIKED) == NOTED[Signal.LIKED]
    assert act(core, first, Signal.RATED, 4.5) == "Rated 4.5 of 5."
    act(core, second, Signal.HIDDEN)
    asked(core, Undo(video_id=first))
    assert signals(tmp_path) == [(first, Signal.LIKED), (second, Signal.HIDDEN)]
    asked(core, Undo(video_id=first))
    assert signals(tmp_path) == [(second, Signal.HIDDEN)]
    with pytest.raises(MatineeError, match="nothing to take back"):
        asked(core, Undo(video_id=first))


def test_what_was_done_last_is_taken_back_whatever_it_was(core: ChatCore, tmp_path: Path) -> None:
    act(core, VIDEOS[0].id, Signal.RATED, 4.5)
    asked(core, Memory(command="add I love westerns"))
    undone = [asked(core, UndoLast()) for _ in range(3)]
    assert [one.text for one in undone if isinstance(one, LastUndone)] == [
        "Taken back: “I love westerns”.",
        "Taken back: rated “Spirited Away” 4.5 of 5.",
        "There is nothing to take back.",
    ]
    assert [one.video_id for one in undone if isinstance(one, LastUndone)] == [
        None,
        VIDEOS[0].id,
        None,
    ]
    assert signals(tmp_path) == []


def test_signals_of_earlier_sessions_are_taken_back_too(core: ChatCore, tmp_path: Path) -> None:
    video_id = VIDEOS[0].id
    with Library.open(tmp_path / "library.db") as library:
        at = datetime(2020, 1, 1, tzinfo=UTC)
        library.add_interaction(Interaction(video_id=video_id, signal=Signal.HIDDEN, at=at))
    act(core, video_id, Signal.WATCHED)
    act(core, video_id, Signal.HIDDEN)
    asked(core, TakeBack(video_id=video_id, signals=(Signal.HIDDEN, Signal.DISLIKED)))
    assert signals(tmp_path) == [(video_id, Signal.WATCHED)]
    asked(core, Undo(video_id=video_id))  # the one that is left
    assert signals(tmp_path) == []


def test_a_video_that_is_gone_is_refused(core: ChatCore, tmp_path: Path) -> None:
    with pytest.raises(MatineeError, match="no such video in your library"):
        act(core, "imdb:tt0000000", Signal.LIKED)
    assert signals(tmp_path) == []


def test_a_pick_is_explained_without_the_turn_that_made_it(core: ChatCore) -> None:
    event = asked(core, ReportWhy(pick=picks()[0], language="en"))
    assert isinstance(event, WhyReported)
    assert event.report.title == "Spirited Away"


def test_a_core_that_is_started_again_knows_the_turns_before(tmp_path: Path) -> None:
    shown = picks()
    turn = Turn(message="quiet films", request=Request(message="quiet films"), picks=shown)
    start = fake_start(tmp_path).model_copy(update={"llm": False, "turns": (turn,)})
    with Library.open(start.locations.library) as library:
        library.put_videos(VIDEOS)
    core = ChatCore(start, Silent())
    events = list(core.answer(Say(message=f"why {len(shown)}?"), CancelToken()))
    core.close()
    turns = [event.event for event in events if isinstance(event, TurnProgress)]
    understood = next(event for event in turns if isinstance(event, Understood))
    assert understood.request.references == (shown[-1].video.id,)


def test_what_the_session_forgot_stays_forgotten_in_a_core_that_is_started_again(
    tmp_path: Path,
) -> None:
    start = fake_start(tmp_path).model_copy(update={"llm": False})
    with Library.open(start.locations.library) as library:
        library.put_videos(VIDEOS)
    core = ChatCore(start, Silent())
    told = list(core.answer(Say(message="I only watch French films tonight"), CancelToken()))
    last = told[-1]
    assert isinstance(last, TurnProgress)
    assert isinstance(last.event, TurnFinished)
    kept, forgot = (asked(core, Memory(command=command)) for command in ("", "forget 1"))
    core.close()
    assert isinstance(kept, MemoryTold)
    assert isinstance(forgot, MemoryTold)
    assert kept.session == last.event.turn.session != ()
    assert forgot.session == ()
    again = {"turns": (last.event.turn,), "session": forgot.session}
    core = ChatCore(start.model_copy(update=again), Silent())
    assert core.conversation.preferences == ()
    core.close()


def test_every_signal_has_words() -> None:
    assert set(NOTED) == set(Signal)
