"""Training in the background: begun when it is due, in the way of nobody, gone with its parent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from assistant.cancel import CancelToken
from assistant.engine.chat.core import ChatCore
from assistant.engine.protocol import Act, Start, encode
from assistant.engine.trainer import LEAST_PRIORITY
from assistant.engine.training import BackgroundTraining
from assistant.narrator import Silent
from assistant.relevance.kept import NAME, key
from assistant.relevance.schedule import FIRST
from assistant.settings import EmbeddingSettings
from assistant.types import Interaction, Signal, Video
from store.embedder import model_key
from store.library import Library
from store.unit import unit
from tests.assistant.engine.support import ROOT, alive, fake_start

pytestmark = pytest.mark.real_models
MODEL = model_key(EmbeddingSettings())
AT = datetime(2026, 1, 1, tzinfo=UTC)
PATIENCE_S = 300.0
"""Where everything else wants the cores, what has the least priority takes minutes."""


def until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not in time: {what}")
        time.sleep(0.02)


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Three hundred videos whose vectors are drawn by lot, and signals but for one."""
    start = fake_start(tmp_path).model_copy(update={"llm": False})
    videos = [Video(id=f"t:{number}", title=f"Video {number}") for number in range(300)]
    vectors = np.random.default_rng(0).normal(size=(300, 384)).astype(np.float32)
    with Library.open(start.locations.library) as library:
        library.put_videos(videos)
        library.put_vectors(MODEL, [one.id for one in videos], unit(vectors))
        library.add_interactions(
            Interaction(
                video_id=f"t:{number}",
                signal=Signal.LIKED if number % 2 else Signal.DISLIKED,
                at=AT + timedelta(hours=number),
            )
            for number in range(FIRST - 1)
        )
    return start


@pytest.fixture
def training(start: Start) -> Iterator[BackgroundTraining]:
    training = BackgroundTraining(start)
    yield training
    training.close()


def is_trained(start: Start) -> bool:
    with Library.open(start.locations.library) as library:
        return library.trained_model(NAME, key(library, MODEL)) is not None


def give(start: Start, signal: Signal = Signal.LIKED) -> None:
    with Library.open(start.locations.library) as library:
        library.add_interaction(Interaction(video_id="t:100", signal=signal, at=AT))


def consider(training: BackgroundTraining, start: Start) -> None:
    with Library.open(start.locations.library) as library:
        training.consider(library, MODEL)


def test_signals_enough_begin_a_training_and_its_model_is_there(start: Start) -> None:
    core = ChatCore(start, Silent())
    list(core.answer(Act(video_id="t:50", signal=Signal.SHOWN), CancelToken()))
    assert not core._training.running, "being shown is no signal"
    list(core.answer(Act(video_id="t:100", signal=Signal.LIKED), CancelToken()))
    assert core._training.running
    until(lambda: is_trained(start), "a model")
    until(lambda: not core._training.running, "the end of the training")
    list(core.answer(Act(video_id="t:101", signal=Signal.LIKED), CancelToken()))
    assert not core._training.running, "one signal more is no reason to train again"
    core.close()


def test_it_ends_at_once_with_the_engine(start: Start, training: BackgroundTraining) -> None:
    give(start)
    consider(training, start)
    process = training._process
    assert process is not None
    assert training.running
    training.close()
    assert process.returncode is not None
    assert not alive(process.pid)


def test_it_has_the_least_priority(start: Start, training: BackgroundTraining) -> None:
    give(start)
    consider(training, start)
    process = training._process
    assert process is not None
    until(
        lambda: os.getpriority(os.PRIO_PROCESS, process.pid) == LEAST_PRIORITY,
        "the least priority",
    )


BEGIN_AND_WAIT = """
import sys, time
from assistant.engine.protocol import decode_request
from assistant.engine.training import BackgroundTraining
from store.library import Library
start = decode_request(sys.argv[1].encode())
training = BackgroundTraining(start)
with Library.open(start.locations.library) as library:
    training.consider(library, sys.argv[2])
print(training._process.pid, flush=True)
time.sleep(600)
"""


def test_it_ends_when_the_engine_is_killed(start: Start) -> None:
    give(start)
    arguments = [sys.executable, "-c", BEGIN_AND_WAIT, encode(start).decode(), MODEL]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, cwd=ROOT, text=True) as parent:
        assert parent.stdout is not None
        trainer = int(parent.stdout.readline())
        parent.kill()
    until(lambda: not alive(trainer), "the end of the trainer")


def test_where_nothing_comes_of_it_it_is_not_tried_at_every_signal(
    start: Start, training: BackgroundTraining
) -> None:
    with Library.open(start.locations.library) as library:
        library.remove_videos(library.ids())  # so that there is nothing to learn from
    give(start)
    consider(training, start)
    until(lambda: not training.running, "the end of the training")
    assert not is_trained(start)
    give(start, Signal.SAVED)
    consider(training, start)
    assert not training.running


def test_a_trainer_that_cannot_be_started_is_no_error(
    start: Start, training: BackgroundTraining, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(start)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    consider(training, start)
    assert not training.running
