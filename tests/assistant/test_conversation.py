"""The turn as its listeners see it: events in order, stops, failures, what is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.cancel import CancelToken
from assistant.conversation import Conversation
from assistant.errors import LibraryDamagedError, MatineeError, ModelError, StoreError
from assistant.locations import Locations
from assistant.models.scripted import ScriptedModel
from assistant.narrator import Narrator, Silent
from assistant.recommend import Recommender
from assistant.rerank import likelihood_key
from assistant.settings import LanguageModelSettings, Settings
from assistant.types import (
    ExplanationChunk,
    Intent,
    Part,
    Ranked,
    Retrieved,
    Scope,
    Signal,
    Turn,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    Understood,
)
from assistant.workspace import Workspace
from store.library import Library


def opened(
    folder: Path, model: ScriptedModel | None, narrator: Narrator | None = None
) -> Workspace:
    """A workspace over the starter library with a scripted model, or without any."""
    locations = Locations(folder, folder, folder)
    settings = Settings(language_model=LanguageModelSettings(weight=0.5))
    return Workspace(locations, settings, llm=model is not None, model=model, narrator=narrator)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with opened(tmp_path, ScriptedModel()) as workspace:
        yield workspace


def finished(events: list[TurnEvent]) -> Turn:
    last = events[-1]
    assert isinstance(last, TurnFinished)
    return last.turn


def test_events_come_in_order_and_the_turn_holds_what_they_told(workspace: Workspace) -> None:
    events = list(Conversation(workspace).turn("a film about trains"))
    kinds = [type(event) for event in events]
    assert kinds[:3] == [Understood, Retrieved, Ranked]
    assert set(kinds[3:-1]) == {ExplanationChunk}
    turn = finished(events)
    ranked = next(event for event in events if isinstance(event, Ranked))
    assert [pick.video.id for pick in turn.picks] == [pick.video.id for pick in ranked.picks]
    for pick in turn.picks:
        pieces = [
            event.text
            for event in events
            if isinstance(event, ExplanationChunk) and event.video_id == pick.video.id
        ]
        assert "".join(pieces) == pick.sentence != ""
    assert turn.model == ScriptedModel().name
    assert {"understand", "retrieve", "diversify", "rerank", "explain"} <= turn.timings.keys()


def test_the_parts_of_a_score_add_up_to_it_with_the_models_opinion(workspace: Workspace) -> None:
    turn = finished(list(Conversation(workspace).turn("a film about trains")))
    for pick in turn.picks:
        assert pick.score == pytest.approx(sum(pick.parts.values()))


def test_a_stop_keeps_what_was_shown(workspace: Workspace) -> None:
    cancel = CancelToken()
    events = []
    for event in Conversation(workspace).turn("a film about trains", cancel):
        events.append(event)
        if isinstance(event, ExplanationChunk):
            cancel.cancel()
    turn = finished(events)
    assert turn.stopped
    assert len(turn.picks) == 5
    assert turn.picks[0].sentence
    assert not turn.picks[-1].sentence


def test_a_stop_before_anything_is_shown_ends_the_turn_without_picks(workspace: Workspace) -> None:
    cancel = CancelToken()
    cancel.cancel()
    turn = finished(list(Conversation(workspace).turn("a film about trains", cancel)))
    assert turn.stopped
    assert turn.picks == ()


def test_a_failing_model_is_done_without(tmp_path: Path) -> None:
    with opened(tmp_path, ScriptedModel(failure=ModelError("It has failed."))) as workspace:
        turn = finished(list(Conversation(workspace).turn("a film about trains")))
    assert len(turn.picks) == 5
    assert all(pick.sentence for pick in turn.picks)


def test_an_error_that_a_person_can_act_on_ends_the_turn(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise MatineeError("No index.", "folder", "Try again.")

    monkeypatch.setattr(workspace, "searcher", refuse)
    conversation = Conversation(workspace)
    events = list(conversation.turn("a film about trains"))
    assert events[-1] == TurnFailed(title="No index.", detail="folder", hint="Try again.")
    assert conversation.turns == []


def test_turns_are_kept_in_a_session_and_what_they_showed_in_the_history(
    workspace: Workspace,
) -> None:
    conversation = Conversation(workspace)
    turns = [finished(list(conversation.turn(text))) for text in ("trains", "something else")]
    [session] = workspace.library.sessions()
    assert workspace.library.turns(session.id) == turns
    shown = [item.video_id for item in workspace.library.interactions()]
    assert shown == [pick.video.id for turn in turns for pick in turn.picks]
    assert {item.signal for item in workspace.library.interactions()} == {Signal.SHOWN}


def test_a_session_goes_on_where_it_is_kept(workspace: Workspace) -> None:
    first = Conversation(workspace)
    begun = list(first.turn("trains"))[-1]
    assert isinstance(begun, TurnFinished)
    assert begun.session_id == first.session_id
    resumed = Conversation(workspace)
    resumed.resume(first.turns, session_id=first.session_id, shown_before=["starter:gone"])
    turn = finished(list(resumed.turn("something else")))
    shown = {pick.video.id for pick in begun.turn.picks}
    assert shown.isdisjoint(pick.video.id for pick in turn.picks)
    assert resumed.state.shown_ids[0] == "starter:gone"
    [session] = workspace.library.sessions()
    assert (session.id, session.turns) == (first.session_id, 2)


def test_a_session_that_was_deleted_meanwhile_is_begun_anew(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    list(conversation.turn("trains"))
    old = conversation.session_id
    assert old is not None
    workspace.library.remove_session(old)
    turn = finished(list(conversation.turn("something else")))
    [session] = workspace.library.sessions()
    assert session.id == conversation.session_id != old
    assert workspace.library.turns(session.id) == [turn]


def test_nothing_is_kept_when_that_is_asked(workspace: Workspace) -> None:
    list(Conversation(workspace, keep=False).turn("trains"))
    assert workspace.library.sessions() == []
    assert workspace.library.interactions() == []


def test_being_shown_is_no_liking(workspace: Workspace) -> None:
    list(Conversation(workspace).turn("trains"))
    turn = finished(list(Conversation(workspace).turn("what should I watch?")))
    kinds = {item.kind for pick in turn.picks for item in pick.evidence}
    assert not {"liked_video", "history_video", "interest"} & kinds


def test_a_greeting_gets_an_answer_and_no_picks(workspace: Workspace) -> None:
    events = list(Conversation(workspace).turn("hello"))
    assert [event.type for event in events] == ["understood", "answered", "turn_finished"]
    assert finished(events).request.intent is Intent.CHAT


def test_signals_are_refused_for_unknown_videos_and_taken_back(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    conversation.signal("starter:amelie", Signal.LIKED)
    conversation.undo("starter:amelie")
    assert workspace.library.interactions() == []
    with pytest.raises(MatineeError, match="nothing to take back"):
        conversation.undo("starter:amelie")
    with pytest.raises(MatineeError, match="no such video"):
        conversation.signal("starter:nothing", Signal.LIKED)


def test_titles_heard_earlier_stay_named(workspace: Workspace) -> None:
    conversation = Conversation(workspace, keep=False)
    conversation.hear("user", "I am looking for something like Alien (1979)")
    conversation.hear("assistant", "Have you seen The Thing (1982)?")
    turn = finished(list(conversation.turn("Not yet. Something with robots?")))
    named = {title.video_id for title in turn.request.named}
    assert "starter:alien" in named
    assert len(named) == 2


def test_what_is_heard_stands_as_if_it_had_been_answered(workspace: Workspace) -> None:
    conversation = Conversation(workspace, keep=False)
    conversation.hear("user", "a film about trains")
    stood = conversation.state.standing
    conversation.hear("user", "thanks!")
    assert conversation.state.standing == stood
    assert stood is not None
    assert stood.intent is Intent.RECOMMEND


def test_the_starter_library_comes_once_and_only_into_an_empty_library(tmp_path: Path) -> None:
    with opened(tmp_path, None) as workspace:
        count = workspace.library.count()
        assert count >= 400
        assert workspace.library.vector_count(workspace.embedding_key) == count
        workspace.library.remove_videos(workspace.library.ids()[1:])
    with opened(tmp_path, None) as workspace:
        assert workspace.library.count() == 1


def test_an_index_that_another_process_holds_is_no_obstacle(tmp_path: Path) -> None:
    with opened(tmp_path, None) as first, opened(tmp_path, None) as second:
        methods = [
            finished(list(Conversation(one, keep=False).turn("trains"))).retrieval
            for one in (first, second)
        ]
    assert methods == ["index", "scan"]


class Listener(Silent):
    """A narrator that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def say(self, text: str) -> None:
        self.told.append(text)


def overwrite_table(path: Path, table: str) -> None:
    """Make the first page of a table unreadable, behind the back of whoever has the file open."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        [(page,)] = connection.execute(query, (table,))
        [(size,)] = connection.execute("PRAGMA page_size")
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_a_library_that_is_found_damaged_in_a_turn_is_mended_and_the_turn_answered(
    tmp_path: Path,
) -> None:
    listener = Listener()
    with opened(tmp_path, None) as workspace:
        Conversation(workspace).signal(next(workspace.library.videos()).id, Signal.LIKED)
    overwrite_table(tmp_path / "library.db", "videos")
    with opened(tmp_path, None, listener) as workspace:
        conversation = Conversation(workspace)
        assert finished(list(conversation.turn("a film about trains"))).picks
        assert "The library was damaged" in "\n".join(listener.told)
        assert workspace.library.count() > 0
        signals = [item.signal for item in workspace.library.interactions()]
        assert signals.count(Signal.LIKED) == 1
        assert len(workspace.library.sessions()) == 1


def test_a_turn_that_is_answered_anew_notes_and_tells_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    recommend = Recommender.recommend
    failed: list[bool] = []

    def once_damaged(self: Recommender, *given: Any) -> Iterator[TurnEvent]:
        if not failed:
            failed.append(True)
            raise LibraryDamagedError("The library is damaged.", "here", "Try again.")
        yield from recommend(self, *given)

    monkeypatch.setattr(Recommender, "recommend", once_damaged)
    conversation = Conversation(workspace)
    message = "I've seen Alien. I never watch horror. I only watch French films tonight. A comedy?"
    events = list(conversation.turn(message))
    turn = finished(events)
    assert failed
    assert turn.picks
    told = "\n".join(event.text for event in events if event.type == "answered")
    assert told == turn.answer
    assert told.count("Alien") == told.count("I never watch horror") == 1
    signals = [one.signal for one in workspace.library.interactions()]
    assert signals.count(Signal.WATCHED) == 1
    assert [one.scope for one in conversation.preferences] == [Scope.ALWAYS, Scope.SESSION]
    conversation.undo("starter:alien")
    assert Signal.WATCHED not in [one.signal for one in workspace.library.interactions()]


def test_a_turn_that_cannot_be_kept_is_answered_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full.", "here", "Free some space.")

    listener = Listener()
    with opened(tmp_path, None, listener) as workspace:
        monkeypatch.setattr(workspace.library, "add_turn", full)
        assert finished(list(Conversation(workspace).turn("trains"))).picks
    assert any("not kept" in text and "The disk is full." in text for text in listener.told)


def test_many_unembedded_videos_are_counted_and_found_by_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.workspace.EMBED_AT_START", 0)
    with Library.open(tmp_path / "library.db") as library:
        from tests.assistant.engine.fake_core import VIDEOS

        library.put_videos(VIDEOS)
    with opened(tmp_path, None) as workspace:
        turn = finished(list(Conversation(workspace, keep=False).turn(VIDEOS[0].title)))
        assert workspace.unembedded == len(VIDEOS)
    assert turn.request.named or turn.picks


def test_a_model_counts_for_as_much_as_was_measured_of_it(tmp_path: Path) -> None:
    locations = Locations(tmp_path, tmp_path, tmp_path)
    model = ScriptedModel()

    def moved(workspace: Workspace) -> bool:
        turn = finished(list(Conversation(workspace).turn("a film about trains")))
        return any(pick.parts.get(Part.MODEL) for pick in turn.picks)

    with Workspace(locations, Settings(), model=model) as workspace:
        assert not moved(workspace)  # nobody knows yet what it is worth
        workspace.library.put_language_model_gain(likelihood_key(model), 0.4, {})
        assert moved(workspace)
        workspace.library.put_language_model_gain(likelihood_key(model), 0.0, {})
        assert not moved(workspace)


def test_an_answer_counts_what_the_session_has_shown(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    first = finished(list(conversation.turn("a film about trains")))
    second = finished(list(conversation.turn("something else")))
    assert second.picks
    assert not {pick.video.id for pick in first.picks} & {pick.video.id for pick in second.picks}


def test_a_wish_that_means_nothing_is_said_to_also_in_the_middle_of_a_session(
    workspace: Workspace,
) -> None:
    conversation = Conversation(workspace, keep=False)
    finished(list(conversation.turn("a film about trains")))
    turn = finished(list(conversation.turn("asdfghjkl qwpoei")))
    assert not turn.picks
    assert "asdfghjkl qwpoei" in turn.answer


def test_why_not_is_asked_of_the_last_answer_that_had_picks(workspace: Workspace) -> None:
    conversation = Conversation(workspace, keep=False)
    finished(list(conversation.turn("a documentary about space")))
    finished(list(conversation.turn("asdfghjkl qwpoei")))
    turn = finished(list(conversation.turn("why not Alien?")))
    assert turn.request.intent is Intent.WHY_NOT
    assert "Alien" in turn.answer
