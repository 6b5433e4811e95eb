"""``matinee taste`` as a person types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from assistant.cli import matinee
from assistant.settings import EmbeddingSettings
from assistant.types import Interaction, Signal, Video
from store.embedder import model_key
from store.library import Library

Run = Callable[..., Result]
NOW = datetime.now(UTC)
TITLES = ("Stars", "Galaxies", "Comets", "Bread", "Soup")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in a data folder of its own."""

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(matinee, ["--data-dir", str(tmp_path), *arguments])

    return call


@pytest.fixture
def liking(run: Run, tmp_path: Path) -> Run:
    """Of a library with two interests in it: the sky, and cooking."""
    with Library.open(tmp_path / "library.db") as library:
        for number, title in enumerate(TITLES):
            topic = "astronomy" if number < 3 else "cooking"
            library.put_videos([Video(id=f"v:{number}", title=title, tags=(topic,))])
            library.put_keywords({f"v:{number}": (topic,)})
            vector = np.zeros((1, 384), np.float32)
            vector[0, 0 if number < 3 else 1] = 1
            library.put_vectors(model_key(EmbeddingSettings()), [f"v:{number}"], vector)
            at = NOW - timedelta(days=number)
            library.add_interaction(Interaction(video_id=f"v:{number}", signal=Signal.LIKED, at=at))
    return run


def told(run: Run) -> list[dict[str, Any]]:
    result = run("taste", "--json")
    assert result.exit_code == 0, result.output
    interests: list[dict[str, Any]] = json.loads(result.stdout)["interests"]
    return interests


def test_without_likes_it_says_how_one_begins(run: Run) -> None:
    result = run("taste")
    assert result.exit_code == 0
    assert "Nothing is known of your taste yet." in result.output


def test_interests_are_listed_with_what_they_are_made_of(liking: Run) -> None:
    lines = liking("taste").output.splitlines()
    assert lines[0] == "1  astronomy"
    assert "60%" in lines[1]
    assert "3 likes" in lines[1]
    assert {*lines[2].strip().split("; ")} == {"Stars", "Galaxies", "Comets"}
    assert lines[3] == "2  cooking"


def test_what_is_set_is_kept_and_can_be_taken_back(liking: Run) -> None:
    assert liking("taste", "rename", "cooking", "My kitchen").exit_code == 0
    assert liking("taste", "weight", "My Kitchen", "1.5").exit_code == 0
    assert liking("taste", "off", "1").exit_code == 0
    sky, kitchen = told(liking)
    assert (sky["off"], sky["share"], sky["name"]) == (True, 0, "astronomy")
    assert (kitchen["name"], kitchen["found_name"]) == ("My kitchen", "cooking")
    assert (kitchen["weight"], kitchen["share"]) == (1.5, 1)
    assert liking("taste", "on", "1").exit_code == 0
    liking("taste", "rename", "2", "")
    liking("taste", "weight", "2", "1")
    assert [(one["name"], one["share"]) for one in told(liking)] == [
        ("astronomy", pytest.approx(0.6, abs=0.02)),
        ("cooking", pytest.approx(0.4, abs=0.02)),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("off", "9"), "There is no such interest."),
        (("off", "sailing"), "There is no such interest."),
        (("rename", "1", "Cooking"), "Another interest has this name."),
        (("rename", "1", "x" * 61), "cannot be set so"),
        (("weight", "1", "3"), "3.0 is not in the range"),
    ],
)
def test_what_cannot_be_set_is_said(liking: Run, arguments: tuple[str, ...], said: str) -> None:
    result = liking("taste", *arguments)
    assert result.exit_code != 0
    assert said in f"{result.output} {result.exception}"
    assert [(one["name"], one["weight"], one["off"]) for one in told(liking)] == [
        ("astronomy", 1, False),
        ("cooking", 1, False),
    ]
