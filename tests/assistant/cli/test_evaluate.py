"""``matinee evaluate`` from end to end: the real embedding model on a catalogue of a few films."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import matinee
from assistant.errors import MatineeError
from assistant.types import Interaction, Signal
from store.library import Library
from tests.assistant.evaluation.tiny import FILMS, lines, write_benchmark

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command in a data folder of its own."""

    def call(*arguments: object) -> Result:
        place = ["--data-dir", str(tmp_path / "data"), *map(str, arguments)]
        return CliRunner().invoke(matinee, place)

    return call


@pytest.fixture
def films(tmp_path: Path) -> Path:
    return write_benchmark(tmp_path / "films")


def test_a_folder_without_a_benchmark_is_an_error_that_says_what_is_wanted(
    run: Run, tmp_path: Path
) -> None:
    error = run("evaluate", "--benchmark", tmp_path).exception
    assert isinstance(error, MatineeError)
    assert "catalog.jsonl" in error.hint


def test_options_that_do_not_go_together_are_refused(run: Run, films: Path) -> None:
    assert "belong to --benchmark" in run("evaluate", "--limit", 3).output
    assert "goes with --json" in run("evaluate", "--per-query").output
    assert "own history" in run("evaluate", "--benchmark", films, "--leave-last", 2).output


def test_without_any_history_it_says_so_and_makes_no_library(run: Run, tmp_path: Path) -> None:
    error = run("evaluate").exception
    assert isinstance(error, MatineeError)
    assert error.title == "Too little history to say."
    assert not (tmp_path / "data" / "library.db").exists()


@pytest.mark.real_models
def test_a_benchmark_from_end_to_end(run: Run, films: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    arguments = [
        "evaluate", "--benchmark", films, "--cache", cache, "--compare", "--json", "--per-query",
        "--community", films / "requests-dev.jsonl.gz",
    ]  # fmt: skip
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    requests, histories = report["tasks"]
    assert (requests["task"], requests["queries"], requests["relevant"]) == ("requests-dev", 3, 4)
    assert requests["folds"] == 2  # two conversations: neither is answered with itself
    assert histories["folds"] == 1
    by_name = {system["system"]: system for system in requests["systems"]}
    assert {
        "popularity, requests-dev", "BM25", "plain cosine", "plain cosine, one text",
        "plain cosine + MMR", "plain cosine + DPP", "plain cosine + SSD", "matinee",
        "matinee without words", "matinee without named", "matinee without community",
        "matinee without diversity",
    } <= by_name.keys()  # fmt: skip
    ours = by_name["matinee"]
    assert ours["measures"]["recall@10"]["value"] == 1.0  # there are only eight films
    assert ours["gains"].keys() == {"plain cosine"}
    assert "retrieve" in ours["latency"]["shares"]
    for answer in ours["per_query"]:
        mentioned = {"1/2": {"imdb:tt01"}, "1/4": {"imdb:tt01", "imdb:tt02"}, "2/1": {"imdb:tt04"}}
        assert not mentioned[answer["id"]] & set(answer["ids"])
    assert requests["turn"]["answers"] == 3
    assert "BM25" not in {system["system"] for system in histories["systems"]}
    assert histories["videos"] == 6

    [imported] = cache.iterdir()
    before = (imported / "library.db").stat().st_mtime_ns
    again = run("evaluate", "--benchmark", films, "--cache", cache, "--task", "histories")
    assert again.exit_code == 0, again.output
    assert "histories-dev, films: 2 queries" in again.stdout
    assert "requests-dev" not in again.stdout
    assert "Importing" not in again.stderr
    assert (imported / "library.db").stat().st_mtime_ns == before


@pytest.mark.real_models
def test_ones_own_history_is_measured_and_left_as_it_is(
    run: Run, films: Path, tmp_path: Path
) -> None:
    source = lines(tmp_path / "videos.jsonl", FILMS)
    assert run("import", source).exit_code == 0
    start = datetime(2024, 1, 1, tzinfo=UTC)
    path = tmp_path / "data" / "library.db"
    with Library.open(path) as library:
        for number, film in enumerate(FILMS):
            liked = Interaction(
                video_id=film["id"], signal=Signal.LIKED, at=start + timedelta(days=number)
            )
            library.add_interaction(liked)
        before = library.interactions(), library.data_version(), library.sessions()
    result = run("evaluate", "--leave-last", 1)
    assert result.exit_code == 0, result.output
    assert "your history, your library: 5 queries, 5 to be found among 8 videos" in result.stdout
    assert "matinee without taste" in result.stdout
    assert "too few" in result.stdout
    assert "What each stage adds: cannot be told yet: taste" in result.stdout
    with Library.open(path) as library:
        assert (library.interactions(), library.data_version(), library.sessions()) == before


def test_sentences_are_about_the_own_library_and_want_a_model(
    run: Run, films: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = run("evaluate", "--sentences", "--benchmark", films)
    assert both.exit_code == 2
    assert "--sentences is about your own library" in both.output
    monkeypatch.setenv("MATINEE_LANGUAGE_MODEL__MODEL", "none")
    without = run("evaluate", "--sentences", "--limit", 1)
    assert without.exit_code == 1
    assert isinstance(without.exception, MatineeError)
    assert "no language model" in str(without.exception)


@pytest.mark.real_models
def test_the_packaged_model_is_judged_as_a_writer_and_the_verdict_is_kept(
    run: Run, tmp_path: Path
) -> None:
    result = run("evaluate", "--sentences", "--limit", 2, "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert (report["sentences"], report["passed"]) == (2, False)
    with Library.open(tmp_path / "data" / "library.db") as library:
        verdict = library.sentence_writer(report["key"])
    assert verdict is not None
    assert not verdict.passed
    assert verdict.report["sentences"] == 2
