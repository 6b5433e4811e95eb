"""Other people's ratings as a person imports, lists and removes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli import community, matinee
from store.community import CommunityKind, learn
from tests.assistant.importers.ratings.test_movielens import SMALL
from tests.assistant.importers.sources import write_zip

VIDEO = {"id": "imdb:tt0114709", "title": "Toy Story", "year": 1995}

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def call(*arguments: str, given: str | None = None) -> Result:
        folder = str(tmp_path / "data")
        return CliRunner().invoke(matinee, ["--data-dir", folder, *arguments], input=given)

    return call


@pytest.fixture
def films(tmp_path: Path, run: Run) -> str:
    path = tmp_path / "videos.jsonl"
    path.write_text(json.dumps(VIDEO), "utf-8")
    assert run("import", str(path), "--no-embed").exit_code == 0
    return str(write_zip(tmp_path / "ml-small.zip", SMALL))


def rows(run: Run) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("library", "--json").stdout)["community"]
    return found


def test_an_import_says_what_it_joined(run: Run, films: str) -> None:
    done = run("import", films, "--community")
    assert done.exit_code == 0
    assert (
        "ml-small: 3 ratings by 2 people; 0 skipped. 1 of 2 titles are in your library."
        in done.stdout
    )
    assert "ml-small: ratings of 2 people; 1 of 2 titles" in run("library").stdout


def test_the_same_source_again_takes_its_place(run: Run, films: str, tmp_path: Path) -> None:
    run("import", films, "--community")
    more = SMALL | {"ml/ratings.csv": SMALL["ml/ratings.csv"] + b"3,1,5,9\n3,2,many,9\n"}
    write_zip(tmp_path / "ml-small.zip", more)
    done = run("import", films, "--community")
    assert "1 skipped" in done.stdout
    assert "ml/ratings.csv line 6: has a rating that is none: many" in done.stdout
    [row] = rows(run)
    assert (row["name"], row["people"], row["kind"]) == ("ml-small", 3, "ratings")


def test_it_is_dropped_after_asking(run: Run, films: str) -> None:
    run("import", films, "--community")
    assert run("library", "drop", "--community", "ml-small", given="n\n").exit_code == 1
    assert len(rows(run)) == 1
    assert "There are: ml-small" in run("library", "drop", "--community", "other").stderr
    done = run("library", "drop", "--community", "ml-small", "--yes")
    assert "Your videos and signals are kept" in done.stdout
    assert rows(run) == []
    assert "No ratings of other people" in run("library", "drop", "--community", "ml-small").stderr


def test_stopping_it_stores_nothing(run: Run, films: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run("import", films, "--community")

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("store.community.learn", stopped)
    done = run("import", films, "--community")
    assert done.exit_code == 130
    assert "Stopped; nothing was stored." in done.stderr
    assert [row["people"] for row in rows(run)] == [2]


def test_what_is_no_source_of_ratings_says_what_is(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary", "utf-8")
    done = run("import", str(path), "--community")
    assert done.exit_code != 0
    assert done.exception is not None
    assert "MovieLens: a folder or zip" in getattr(done.exception, "hint", "")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("ml-latest-small", "ml-latest-small"),
        ("ml-latest-small.zip", "ml-latest-small"),
        ("histories.jsonl.gz", "histories"),
        ("a.b.CSV", "a.b"),
        (".csv", ".csv"),
    ],
)
def test_the_name_of_a_source(path: str, name: str, tmp_path: Path) -> None:
    assert community.source_name(tmp_path / path) == name


def test_learning_needs_nobody_in_the_library() -> None:
    assert learn([{"a": 5.0}], kind=CommunityKind.RATINGS).people == 1
