"""``matinee train`` as a person types it, over vectors that are drawn by lot."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from assistant.cli import matinee
from assistant.relevance.kept import NAME, key
from assistant.settings import EmbeddingSettings
from assistant.types import Interaction, Signal, Video
from store.embedder import model_key
from store.library import Library
from store.unit import unit

pytestmark = pytest.mark.real_models
Run = Callable[..., Result]
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*arguments: str) -> Result:
        folder = str(tmp_path / "data")
        return CliRunner().invoke(matinee, ["--data-dir", folder, "train", *arguments])

    return call


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Two hundred videos, their vectors by lot; who likes them likes those of this century."""
    path = tmp_path / "data" / "library.db"
    videos = [
        Video(id=f"t:{number}", title=f"Video {number}", year=1980 + number % 40)
        for number in range(200)
    ]
    vectors = np.random.default_rng(0).normal(size=(200, 384)).astype(np.float32)
    with Library.open(path) as opened:
        opened.put_videos(videos)
        opened.put_vectors(
            model_key(EmbeddingSettings()), [one.id for one in videos], unit(vectors)
        )
    return path


def give_signals(path: Path, count: int) -> None:
    with Library.open(path) as opened:
        opened.add_interactions(
            Interaction(
                video_id=f"t:{number * 3 % 200}",
                signal=Signal.LIKED if number * 3 % 200 % 40 >= 20 else Signal.DISLIKED,
                at=START + timedelta(hours=number),
            )
            for number in range(count)
        )


def test_too_few_signals_say_how_many_are_needed(run: Run, library: Path) -> None:
    give_signals(library, 5)
    said = run()
    assert said.exit_code == 0
    assert "Too few signals to train on: 5 videos with an opinion" in said.stdout
    assert "matinee like ID" in said.stdout
    assert json.loads(run("--json").stdout)["needed"] == {"opinions": 12, "positives": 6}


def test_a_training_is_shown_beside_the_fusion_and_kept(run: Run, library: Path) -> None:
    give_signals(library, 40)
    report = json.loads(run("--json").stdout)
    assert report["counts"]["signals"] == 40
    with Library.open(library) as opened:
        kept = opened.trained_model(NAME, key(opened, model_key(EmbeddingSettings())))
    assert kept is not None
    assert kept.report["verdict"] == report["verdict"]
    text = run().stdout
    assert "Learned from  40 videos" in text
    assert "calibration error" in text
    assert "without it" in text
    assert ("It takes part" in text) == (report["verdict"] == "takes_part")


def test_options_that_belong_to_a_file(run: Run) -> None:
    said = run("--recommend", "bread")
    assert said.exit_code == 2
    assert "belong to a FILE" in said.stderr


def test_a_labelled_file_is_trained_on_saved_and_used(
    run: Run, library: Path, tmp_path: Path
) -> None:
    file, saved = tmp_path / "pairs.csv", tmp_path / "model.json"
    words = ("trains", "bread", "chess", "sailing", "jazz", "stars")
    rows = [
        f"a video on {one} {number},All about {other},{int(one == other)}"
        for number in range(4)
        for one in words
        for other in (one, words[(words.index(one) + 1 + number) % 6])
    ]
    file.write_text("\n".join(["user_text,video_text,is_relevant", *rows]), "utf-8")
    said = run(str(file), "--test", str(file), "--output", str(saved))
    assert said.exit_code == 0, said.output
    assert "epoch 1" in said.stdout
    assert "of the test file: accuracy" in said.stdout
    again = json.loads(run(str(saved), "--recommend", "火车的视频", "-k", "3", "--json").stdout)
    assert len(again["videos"]) == 3
    found = json.loads(run(str(saved), "--recommend", "a video on trains", "--json").stdout)
    assert len(found["videos"]) == 5
