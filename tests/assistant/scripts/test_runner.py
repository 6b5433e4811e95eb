"""Scripts are held: their steps, their sessions, what they share and what they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.scripts import Runner, ScriptReport, read
from assistant.settings import EmbeddingSettings
from store.embedder import SentenceEmbedder
from tests.assistant.scripts.writing import written

VIDEOS = """
library: inline
videos:
  - {id: "a:1", title: Trains of Europe, kind: documentary, tags: [trains], duration_s: 3000}
  - {id: "a:2", title: Trains of Asia, kind: documentary, tags: [trains], duration_s: 4000}
  - {id: "a:3", title: Baking bread, kind: tutorial, tags: [bread], duration_s: 900}
"""


def held(runner: Runner, folder: Path, turns: str, head: str = VIDEOS) -> ScriptReport:
    [script] = read(written(folder, f"name: test\n{head}\nturns:\n{turns}"))
    return runner.run(script)


def failures(report: ScriptReport) -> list[str]:
    return [failure for step in report.steps for failure in step.failures] + (
        [report.error] if report.error else []
    )


def test_what_is_pressed_is_stored_and_taken_back(runner: Runner, tmp_path: Path) -> None:
    turns = """
  - say: trains
    expect: {picks: {include: ["a:1", "a:2"]}}
  - press: save 1
    expect: {signals_stored: {video: 1, signal: saved}}
  - press: undo 1
    expect: {signals_not_stored: {video: 1, signal: saved}}
  - press: rate 2 3.5
    expect: {signals_stored: {video: 2, signal: rated, rating: 3.5}}
  - signal: {id: "a:3", signal: rated, rating: 1}
    expect: {signals_stored: {video: "a:3", signal: rated, rating: 1}}
"""
    assert failures(held(runner, tmp_path, turns)) == []


def test_a_limit_is_lifted_and_answered_anew(runner: Runner, tmp_path: Path) -> None:
    turns = """
  - say: trains under 55 minutes
    expect: {picks: {all: {max_duration_s: 3300}}, limits: at most 55 min}
  - press: lift at most 55 min
    expect: {limits: [], picks: {none: false}}
  - press: lift duration
    expect: {fails_with: There is no such limit}
"""
    assert failures(held(runner, tmp_path, turns)) == []


def test_what_is_remembered_outlives_a_session(runner: Runner, tmp_path: Path) -> None:
    turns = """
  - remember: {said: I love trains, likes: [trains]}
    expect: {memory: {count: 1, include: {said: trains, likes: trains, scope: always}}}
  - new_session: true
    expect: {memory: {count: 1}}
  - forget: TRAINS
    expect: {memory: {count: 0}}
  - forget: everything
    expect: {fails_with: Nothing that is remembered}
"""
    assert failures(held(runner, tmp_path, turns)) == []


def test_a_new_session_has_shown_nothing(runner: Runner, tmp_path: Path) -> None:
    turns = """
  - say: trains
  - new_session: true
  - press: like 1
    expect: {fails_with: "0 were shown last"}
  - say: trains
    expect: {picks: {same_as_turn: -1, no_repeats: true}}
"""
    assert failures(held(runner, tmp_path, turns)) == []


def test_what_does_not_hold_is_reported_with_its_step(runner: Runner, tmp_path: Path) -> None:
    turns = "  - say: trains\n    expect: {intent: why}\n  - press: like 9\n"
    report = held(runner, tmp_path, turns)
    assert not report.passed
    assert report.steps[0].label == "say: trains"
    assert report.steps[0].failures == ("intent 'recommend', not 'why'",)
    assert "There is no such pick." in report.steps[1].failures[0]
    assert report.steps[0].seconds > 0


def test_a_library_that_cannot_be_made_is_reported(runner: Runner, tmp_path: Path) -> None:
    report = held(runner, tmp_path, "  - say: trains\n", "library: nowhere.jsonl")
    assert not report.passed
    assert "nowhere.jsonl" in report.error


def test_a_library_is_imported_from_beside_the_script(runner: Runner, tmp_path: Path) -> None:
    written(tmp_path, '{"id": "a:9", "title": "Trains of Africa"}\n', "videos.jsonl")
    turns = '  - say: trains\n    expect: {picks: {first: "a:9", count: 1}}\n'
    assert failures(held(runner, tmp_path, turns, "library: videos.jsonl")) == []


def test_scripts_share_no_library(runner: Runner, tmp_path: Path) -> None:
    turns = """
  - say: a film about trains
    expect: {signals_not_stored: {video: "starter:toy-story", signal: liked}, memory: {count: 0}}
  - signal: {id: "starter:toy-story", signal: liked}
  - remember: {said: I love trains}
"""
    for _ in range(2):
        assert failures(held(runner, tmp_path, turns, "library: starter")) == []


def test_models_are_loaded_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    loaded = []
    load = SentenceEmbedder.load

    def counted(settings: EmbeddingSettings) -> SentenceEmbedder:
        loaded.append(settings)
        return load(settings)

    monkeypatch.setattr(SentenceEmbedder, "load", counted)
    with Runner() as runner:
        for _ in range(2):
            assert held(runner, tmp_path, "  - say: trains\n").passed
    assert len(loaded) == 1


def test_a_bug_ends_its_script_alone(
    runner: Runner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("assistant.conversation.Conversation.turn", lambda *_: 1 / 0)
    assert "ZeroDivisionError" in held(runner, tmp_path, "  - say: trains\n").error
