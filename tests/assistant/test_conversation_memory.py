"""What a person says about themselves, from the message to the picks and back out of memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversation import Conversation
from assistant.locations import Locations
from assistant.settings import Settings
from assistant.types import Company, Intent, Scope, Turn, TurnFinished
from assistant.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Over the starter library, without a language model."""
    locations = Locations(tmp_path, tmp_path, tmp_path)
    with Workspace(locations, Settings(), llm=False) as workspace:
        yield workspace


def say(conversation: Conversation, message: str) -> Turn:
    last = list(conversation.turn(message))[-1]
    assert isinstance(last, TurnFinished), last
    return last.turn


def test_what_is_said_is_kept_said_and_applied_until_it_is_forgotten(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    turn = say(conversation, "I only watch films from before 1980")
    assert turn.request.intent is Intent.REMEMBER
    assert turn.picks == ()
    assert turn.answer.startswith("Noted, always: “I only watch films from before 1980”")
    [kept] = workspace.library.preferences()
    assert turn.noted == (kept,)

    picks = say(conversation, "a film about trains").picks
    assert picks
    assert all((pick.video.year or 9999) < 1980 for pick in picks)
    later = say(Conversation(workspace), "a comedy").picks  # in another session too
    assert later
    assert all((pick.video.year or 9999) < 1980 for pick in later)

    listed = say(conversation, "what do you remember about me?").answer
    assert "1. always: “I only watch films from before 1980” (until 1979)" in listed
    assert say(conversation, "forget that I only watch films from before 1980").answer == (
        "Forgotten: “I only watch films from before 1980”."
    )
    assert workspace.library.preferences() == []


def test_a_liking_is_noted_and_answered_with_picks(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    turn = say(conversation, "Hi, I like comedies")
    assert turn.answer.startswith("Noted, always: “I like comedies”")
    assert len(turn.picks) > 2
    assert [one.likes for one in turn.noted] == [("comedies",)]
    shorter = say(conversation, "shorter")
    assert shorter.request.wish == "comedies"
    assert shorter.noted == ()


def test_a_fact_is_noted_and_what_is_wanted_asked(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    turn = say(conversation, "I never watch horror")
    assert turn.picks == ()
    assert turn.answer.endswith("What do you feel like watching? Or say “surprise me”.")
    first = say(conversation, "a film with monsters")
    again = say(conversation, "I don't speak French")
    assert again.request.wish == "monsters"
    assert again.picks
    assert not {pick.video.id for pick in first.picks} & {pick.video.id for pick in again.picks}
    assert "fr" not in {pick.video.language for pick in again.picks}


def test_undo_takes_it_back(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    say(conversation, "I love Ghibli")
    assert len(workspace.library.preferences()) == 1
    say(conversation, "undo")
    assert workspace.library.preferences() == []


def test_what_holds_for_today_is_not_stored_and_is_there_when_the_session_goes_on(
    workspace: Workspace,
) -> None:
    conversation = Conversation(workspace)
    turn = say(conversation, "I only watch French films tonight")
    assert [one.scope for one in turn.noted] == [Scope.SESSION]
    assert workspace.library.preferences() == []
    resumed = Conversation(workspace)
    resumed.resume(conversation.turns)
    for talk in (conversation, resumed):
        picks = say(talk, "a comedy").picks
        assert picks
        assert {pick.video.language for pick in picks} == {"fr"}
    assert {pick.video.language for pick in say(Conversation(workspace), "a comedy").picks} != {
        "fr"
    }


def test_what_was_forgotten_stays_forgotten_when_the_session_goes_on(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    say(conversation, "I only watch French films tonight")
    conversation.memory("forget 1")
    say(conversation, "a comedy")
    resumed = Conversation(workspace)
    resumed.resume(conversation.turns)
    assert resumed.preferences == ()
    assert {pick.video.language for pick in say(resumed, "a comedy").picks} != {"fr"}


def test_a_session_goes_on_with_what_is_remembered_for_it_now(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    say(conversation, "I only watch French films tonight")
    conversation.memory("edit 1 I only watch German films tonight")
    resumed = Conversation(workspace)
    resumed.resume(conversation.turns, conversation.session)
    assert [one.constraints.languages for one in resumed.preferences] == [("de",)]


def test_the_message_wins_and_that_is_said_once(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    say(conversation, "I never watch horror")
    turn = say(conversation, "a horror film")
    assert "You told me “I never watch horror”" in turn.answer
    assert any("horror" in pick.video.tags for pick in turn.picks)
    assert "You told me" not in say(conversation, "shorter").answer


def test_with_the_kids_there_what_is_not_for_them_is_left_out(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    say(conversation, "when the kids are here, nothing over 100 minutes")
    turn = say(conversation, "my kids are with me")
    assert "you watch with the kids" in turn.answer
    turn = say(conversation, "a film with monsters")
    assert turn.request.company is Company.KIDS
    assert turn.picks
    assert all((pick.video.duration_s or 0) <= 6000 for pick in turn.picks)
    told = " ".join(f"{pick.video.description} {pick.video.tags}" for pick in turn.picks).casefold()
    assert "horror" not in told
    turn = say(conversation, "the kids are in bed now")
    assert turn.request.company is None


def test_commands(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    assert conversation.memory("").startswith("Nothing is remembered")
    assert conversation.memory("add no horror").startswith("Noted, always: “no horror” (no horror)")
    conversation.memory("add when the kids are here only cartoons")
    conversation.memory("add I love Ghibli today")
    assert conversation.memory("edit 1 I love westerns").startswith("Changed, always")
    assert len(conversation.memory("").splitlines()) == 4
    assert conversation.memory("forget 9").startswith("Nothing that is remembered")
    assert "“I love westerns”" in conversation.memory("forget westerns")
    assert conversation.memory("forget all").count("Forgotten") == 2
    assert conversation.preferences == ()
    for strange in ("add", "edit", "edit 1", "edit x y", "forget", "sing"):
        assert conversation.memory(strange).startswith("/memory lists"), strange


def test_what_a_command_changed_can_be_undone(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    conversation.memory("add I love Ghibli")
    conversation.memory("edit 1 I love westerns")
    [changed] = conversation.preferences
    assert (changed.said, changed.likes) == ("I love westerns", ("westerns",))
    say(conversation, "undo")
    assert [one.said for one in conversation.preferences] == ["I love Ghibli"]
    conversation.memory("forget 1")
    say(conversation, "undo")
    assert [one.said for one in conversation.preferences] == ["I love Ghibli"]


def test_something_that_is_edited_can_move_to_another_time(workspace: Workspace) -> None:
    conversation = Conversation(workspace)
    conversation.memory("add I hate horror today")
    assert workspace.library.preferences() == []
    conversation.memory("edit 1 when the kids are here no horror")
    [kept] = workspace.library.preferences()
    assert kept.scope is Scope.KIDS
    assert conversation.preferences == (kept,)
    say(conversation, "undo")
    assert workspace.library.preferences() == []
    assert [one.scope for one in conversation.preferences] == [Scope.SESSION]
