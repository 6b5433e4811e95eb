"""The real pipeline as a system, over the starter library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.batch import Message
from assistant.evaluation.earning import measure_model
from assistant.evaluation.lineup import Compared, line_up
from assistant.evaluation.pipeline import Pipeline, Understanding, whole_turn
from assistant.evaluation.queries import Query, Task, TaskKind
from assistant.evaluation.space import Space
from assistant.locations import Locations
from assistant.models.scripted import ScriptedModel
from assistant.narrator import Silent
from assistant.settings import Settings
from assistant.types import Dial, Interaction, Signal, Stage
from assistant.workspace import Workspace


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """With a model, which counts for nothing until it is measured."""
    folder = tmp_path_factory.mktemp("starter")
    locations = Locations(folder, folder, folder)
    with Workspace(locations, Settings(), model=ScriptedModel()) as opened:
        yield opened


@pytest.fixture
def understanding(workspace: Workspace) -> Understanding:
    return Understanding(workspace, Dial.BALANCED)


def asked(*texts: str, exclude: frozenset[str] = frozenset()) -> Query:
    messages = tuple(Message(role="user", text=text) for text in texts)
    return Query(" ".join(texts), "p", frozenset(), messages, exclude=exclude)


def test_it_ranks_what_a_turn_would_recommend(
    workspace: Workspace, understanding: Understanding
) -> None:
    query = asked("a film about trains")
    ranking = Pipeline(workspace, understanding, Dial.BALANCED).rank(query)
    turn = whole_turn(*understanding.conversation(query))
    assert len(ranking.ids) > 20
    assert turn.picks[0].video.id in ranking.ids[:5]
    assert {"understand", "retrieve"} <= ranking.seconds.keys()
    assert "explain" not in ranking.seconds
    assert all(pick.sentence for pick in turn.picks)


def test_nothing_excluded_or_barred_is_ranked(
    workspace: Workspace, understanding: Understanding
) -> None:
    first, second, *_ = (
        Pipeline(workspace, understanding, Dial.BALANCED).rank(asked("a film about trains")).ids
    )
    barring = Pipeline(workspace, understanding, Dial.BALANCED, barred=frozenset({first}))
    ids = barring.rank(asked("a film about trains", exclude=frozenset({second}))).ids
    assert not {first, second} & set(ids)


def test_a_conversation_is_understood_once_with_all_that_was_said(
    understanding: Understanding,
) -> None:
    query = asked("a film about trains", "shorter than two hours please")
    request, seconds = understanding.of(query)
    assert "trains" in request.wish
    assert request.constraints.max_duration_s == 7200
    assert seconds > 0
    assert understanding.of(query)[0] is request


@pytest.mark.parametrize("message", ["Thanks a lot!", "hi, I like comedies", "I've seen that one"])
def test_whatever_is_said_is_answered_with_picks(
    workspace: Workspace, understanding: Understanding, message: str
) -> None:
    assert Pipeline(workspace, understanding, Dial.BALANCED).rank(asked(message)).ids


def test_on_ones_own_history_the_relevance_model_never_takes_part(
    workspace: Workspace, understanding: Understanding
) -> None:
    """It was trained on the likes that are to be found."""
    [liked] = workspace.library.ids()[:1]
    history = (Interaction(video_id=liked, signal=Signal.LIKED, at=datetime.now(UTC)),)
    query = Query("cut 1", "you", frozenset({"x:1"}), history=history)
    task = Task("your history", TaskKind.OWN_HISTORY, (query,))
    space = Space.of(workspace.library, workspace.embedding_key)
    systems = line_up(
        task, workspace, space, understanding, Dial.BALANCED, (), Compared(ablations=True)
    )
    ours = [system for system in systems if isinstance(system, Pipeline)]
    assert [system.name for system in ours] == [
        "matinee", "matinee without taste", "matinee without interest", "matinee without dislike",
        "matinee without popularity", "matinee without diversity",
    ]  # fmt: skip
    assert all(Stage.RELEVANCE in system.without for system in ours)
    assert liked not in ours[0].rank(query).ids


def test_a_model_is_measured_on_shortlists_that_have_what_is_to_be_found(
    workspace: Workspace, understanding: Understanding
) -> None:
    query = asked("a film about trains")
    found = Pipeline(workspace, understanding, Dial.BALANCED).picks(query, 16)[2].video.id
    queries = (
        replace(query, relevant=frozenset({found})),
        replace(asked("a talk about testing"), relevant=frozenset({"nowhere:1"})),
    )
    task = Task("requests", TaskKind.REQUESTS, queries)
    gain = measure_model(task, workspace, understanding, Dial.BALANCED, Silent())
    assert gain is not None
    assert (gain.turns, gain.weight) == (1, 0.0)  # one turn proves nothing
    assert gain.before > 0
