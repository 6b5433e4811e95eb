"""Accounts of a real conversation over the starter library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.accounts import Cause
from assistant.conversation import Conversation
from assistant.explain.why import told
from assistant.locations import Locations
from assistant.settings import Settings
from assistant.types import Pick, Signal, Turn, TurnFinished
from assistant.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder: Path = tmp_path_factory.mktemp("accounts")
    with Workspace(Locations(folder, folder, folder), Settings(), llm=False) as workspace:
        yield workspace


@pytest.fixture
def conversation(workspace: Workspace) -> Conversation:
    return Conversation(workspace, keep=False)


def turn(conversation: Conversation, message: str) -> Turn:
    *_, last = conversation.turn(message)
    assert isinstance(last, TurnFinished)
    return last.turn


def other_pick(picks: tuple[Pick, ...], video_id: str) -> bool:
    return any(pick.video.id == video_id for pick in picks)


def test_what_a_pick_was_chosen_among(conversation: Conversation) -> None:
    picks = turn(conversation, "a film about trains").picks
    accounts = [conversation.why(pick, "en") for pick in picks]
    for pick, account in zip(picks, accounts, strict=True):
        assert account.place is not None
        assert account.candidates > len(picks)
        assert account.cluster == pick.cluster
        assert sum(one.value for one in account.parts) == pytest.approx(pick.score, abs=0.03)
        assert pick.video.id not in [one.video_id for one in account.others]
        assert [one.place for one in account.others] == sorted(one.place for one in account.others)
    assert any(account.others for account in accounts)
    assert len({account.place for account in accounts}) == len(picks)


def test_the_neighbours_are_the_nearest_of_the_library(
    workspace: Workspace, conversation: Conversation
) -> None:
    [pick, *_] = turn(conversation, "a film about trains").picks
    near = conversation.why(pick, "en").neighbours
    assert len(near) == 5
    hits = workspace.searcher().search(
        workspace.library.vectors(workspace.embedding_key, [pick.video.id])[1][0], 6
    )
    assert [one.video.id for one in near] == [one for one, _ in hits if one != pick.video.id][:5]


def test_what_was_done_with_a_neighbour_is_told(
    workspace: Workspace, conversation: Conversation
) -> None:
    [pick, *_] = turn(conversation, "a film about trains").picks
    near = conversation.why(pick, "en").neighbours[0].video
    conversation.signal(near.id, Signal.LIKED)
    account = conversation.why(pick, "en")
    conversation.undo(near.id)
    assert (account.neighbours[0].signal, account.neighbours[0].mark) == (Signal.LIKED, "liked")
    assert ", liked)" in told(account)


def test_an_account_stays_what_it_was_when_the_person_does_something_with_the_pick(
    conversation: Conversation,
) -> None:
    [pick, *_] = turn(conversation, "a film about trains").picks
    before = conversation.why(pick, "en")
    conversation.signal(pick.video.id, Signal.LIKED)
    after = conversation.why(pick, "en")
    conversation.undo(pick.video.id)
    assert after == before


def test_a_pick_of_another_conversation_has_an_account_of_what_it_carries(
    workspace: Workspace, conversation: Conversation
) -> None:
    [pick, *_] = turn(conversation, "a film about trains").picks
    account = Conversation(workspace, keep=False).why(pick, "en")
    assert account.place is None
    assert account.others == ()
    assert account.parts
    assert account.neighbours


def test_a_candidate_is_compared_by_what_both_scored_then(conversation: Conversation) -> None:
    picks = turn(conversation, "a documentary about space under 60 minutes").picks
    others = [one for pick in picks for one in conversation.why(pick, "en").others]
    other = next(one for one in others if not other_pick(picks, one.video_id))
    conversation.signal(other.video_id, Signal.HIDDEN)
    account = conversation.why_not(other.video_id, "en", picks[0])
    conversation.undo(other.video_id)
    assert account is not None
    assert not account.anew
    assert account.place == other.place
    assert {one.cause for one in account.kept_out} <= {Cause.BELOW, Cause.SPREAD}
    assert account.kept_out
    assert account.beside_rank == 1
    assert account.beside_score == pytest.approx(picks[0].score)
    assert account.score == pytest.approx(sum(one.own for one in account.parts), abs=0.03)


def test_what_was_hidden_before_is_said_to_be(
    workspace: Workspace, conversation: Conversation
) -> None:
    [near, *_] = turn(conversation, "a film about trains").picks
    conversation.signal(near.video.id, Signal.HIDDEN)
    other = Conversation(workspace, keep=False)
    picks = turn(other, "a film about trains").picks
    account = other.why_not(near.video.title, "en", picks[0])
    conversation.undo(near.video.id)
    assert account is not None
    assert account.kept_out[0].cause is Cause.HIDDEN
    assert account.anew
    assert account.parts


def test_after_another_start_the_candidates_are_sought_again(
    workspace: Workspace, conversation: Conversation
) -> None:
    told_turn = turn(conversation, "a film about trains")
    resumed = Conversation(workspace, keep=False)
    resumed.resume([told_turn])
    account = resumed.why_not("Metropolis", "en", told_turn.picks[0])
    assert account is not None
    assert account.anew
    assert account.standing


def test_a_title_that_is_not_held_and_an_answer_that_was_not_given(
    conversation: Conversation,
) -> None:
    account = conversation.why_not("Xyzzyx Qwrtz", "en")
    assert account is not None
    assert [one.cause for one in account.kept_out] == [Cause.NOT_HELD]
    [first, *_] = turn(conversation, "a film about trains").picks
    fresh = Conversation(conversation._workspace, keep=False)
    assert fresh.why_not(first.video.id, "en") is None
