"""A session that was held becomes a script that passes at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation import Conversation
from assistant.errors import MatineeError
from assistant.locations import Locations
from assistant.scripts import Runner, Script, read
from assistant.scripts.recording import record
from assistant.settings import RecommendSettings, Settings
from assistant.types import Preference, Signal, TurnFinished, Video
from assistant.workspace import Workspace
from store.ingest import ingest
from store.library import Library
from tests.assistant.scripts.writing import written

VIDEOS = [
    Video(id=f"own:{number}", title=title, description="Long. " * 50, duration_s=60 * minutes)
    for number, (title, minutes) in enumerate(
        [
            ("Trains of Europe", 90),
            ("Trains of Asia", 50),
            ("Steam trains at night", 20),
            ("Baking bread", 15),
            ("A history of railways and trains", 45),
            ("The night sky", 60),
        ]
    )
]
MESSAGES = (
    "trains",
    "more like the second one",
    "under 70 minutes, no bread",
    "why 1?",
    "costs ${money}",
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    folder = tmp_path / "data"
    return Workspace(Locations(folder, folder, folder), Settings(), llm=False)


def own_library(workspace: Workspace) -> None:
    workspace.locations.make()
    with Library.open(workspace.locations.library) as library:
        ingest(VIDEOS, library, workspace.embedder)


def hold(workspace: Workspace, *messages: str) -> Conversation:
    conversation = Conversation(workspace, picks=2)
    for message in messages:
        say(conversation, message)
    return conversation


def say(conversation: Conversation, message: str) -> list[str]:
    *_, last = conversation.turn(message)
    assert isinstance(last, TurnFinished)
    return [pick.video.id for pick in last.turn.picks]


def recorded(workspace: Workspace, folder: Path, *, picks: bool = False) -> str:
    [session] = workspace.library.sessions()
    settings = RecommendSettings(picks=2)
    return record(workspace.library, session.id, settings, folder / "script.yaml", picks=picks)


def scripted(text: str, folder: Path) -> Script:
    [script] = read(written(folder, text))
    return script


def failures(runner: Runner, script: Script) -> list[str]:
    report = runner.run(script)
    found = [failure for step in report.steps for failure in step.failures]
    return [*found, report.error] if report.error else found


@pytest.mark.parametrize("picks", [False, True])
def test_a_session_over_an_own_library_passes(
    workspace: Workspace, runner: Runner, tmp_path: Path, picks: bool
) -> None:
    with workspace:
        own_library(workspace)
        hold(workspace, *MESSAGES)
        text = recorded(workspace, tmp_path, picks=picks)
    script = scripted(text, tmp_path)
    assert script.library == "inline"
    assert [step.say for step in script.turns] == list(MESSAGES)
    assert script.turns[1].expect.references == (2,)
    assert script.turns[2].expect.constraints is not None
    assert script.turns[2].expect.constraints.max_duration_s == 4200
    assert not any(video.description for video in script.videos)
    assert failures(runner, script) == []


def test_a_session_over_the_starter_library_passes_with_its_picks(
    workspace: Workspace, runner: Runner, tmp_path: Path
) -> None:
    with workspace:
        workspace.library.add_preference(Preference(said="I love trains", likes=("trains",)))
        conversation = hold(workspace, "a funny film")
        conversation.signal(conversation.state.last_pick_ids[0], Signal.LIKED)
        conversation.signal(conversation.state.last_pick_ids[1], Signal.RATED, 2.5)
        shown = say(conversation, "something else")
        text = recorded(workspace, tmp_path, picks=True)
    script = scripted(text, tmp_path)
    assert script.library == "starter"
    remember, first, liked, rated, last = script.turns
    assert remember.remember is not None
    assert first.say == "a funny film"
    assert liked.signal is not None
    assert liked.signal.signal is Signal.LIKED
    assert rated.signal is not None
    assert rated.signal.rating == 2.5
    assert last.expect.picks is not None
    assert list(last.expect.picks.places.values()) == shown
    assert failures(runner, script) == []


def test_what_comes_out_otherwise_is_a_comment_and_no_expectation(
    workspace: Workspace, runner: Runner, tmp_path: Path
) -> None:
    with workspace:
        own_library(workspace)
        shown = say(hold(workspace), "trains")
        workspace.library.remove_videos(shown[:1])  # it cannot be shown again
        text = recorded(workspace, tmp_path, picks=True)
    assert "came out otherwise" in text
    assert "#   message 1: picks:" in text
    script = scripted(text, tmp_path)
    assert script.turns[0].expect.picks is None
    assert failures(runner, script) == []


def test_the_library_of_a_script_can_be_a_file(
    workspace: Workspace, runner: Runner, tmp_path: Path
) -> None:
    lines = "\n".join(video.model_dump_json(exclude_defaults=True) for video in VIDEOS)
    source = written(tmp_path, lines, "export/videos.jsonl")
    target = tmp_path / "scripts" / "evening.yaml"
    with workspace:
        own_library(workspace)
        hold(workspace, "trains")
        [session] = workspace.library.sessions()
        text = record(
            workspace.library, session.id, RecommendSettings(picks=2), target,
            picks=True, source=source,
        )  # fmt: skip
    [script] = read(written(target.parent, text, target.name))
    assert script.library == "../export/videos.jsonl"
    assert script.turns[0].expect.picks is not None
    assert failures(runner, script) == []


def test_a_session_that_is_not_there_says_so(workspace: Workspace, tmp_path: Path) -> None:
    with workspace, pytest.raises(MatineeError, match="no such session"):
        record(workspace.library, "none", RecommendSettings(), tmp_path / "script.yaml")


def test_a_session_without_its_videos_says_so(workspace: Workspace, tmp_path: Path) -> None:
    with workspace:
        own_library(workspace)
        hold(workspace, "trains")
        workspace.library.remove_videos(video.id for video in VIDEOS[:5])
        with pytest.raises(MatineeError, match="None of the videos"):
            recorded(workspace, tmp_path)
