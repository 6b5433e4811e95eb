"""The commands as a person types them, on the starter library or an import of a few videos."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main, matinee
from assistant.errors import MatineeError

VIDEOS = [
    {"id": "file:a", "title": "Baking bread", "tags": ["cooking", "bread"], "kind": "tutorial",
     "duration_s": 600, "language": "en", "year": 2020},
    {"id": "file:b", "title": "A history of bread", "tags": ["history", "bread"], "year": 2019,
     "kind": "documentary", "duration_s": 3000, "language": "en"},
    {"id": "file:c", "title": "Steam engines", "tags": ["trains", "history"], "year": 2018,
     "kind": "documentary", "duration_s": 2400, "language": "fr"},
]  # fmt: skip

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in a data folder of its own."""

    def call(*arguments: str, given: str | None = None) -> Result:
        folder = str(tmp_path / "data")
        return CliRunner().invoke(matinee, ["--data-dir", folder, *arguments], input=given)

    return call


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "videos.jsonl"
    lines = [json.dumps(video) for video in VIDEOS]
    path.write_text("\n".join([*lines, "{broken"]), "utf-8")
    return path


def test_version(run: Run) -> None:
    assert run("--version").output.startswith("matinee ")


def test_an_import_counts_names_and_skips_what_is_broken(run: Run, source: Path) -> None:
    result = run("import", str(source))
    assert result.exit_code == 0, result.output
    assert "3 new, 0 updated, 0 unchanged, 1 skipped" in result.stdout
    assert "line 4" in result.stdout
    assert "0 new, 0 updated, 3 unchanged, 1 skipped" in run("import", str(source)).stdout


def test_an_import_without_vectors_is_found_by_words_and_embedded_later(
    run: Run, source: Path
) -> None:
    assert "0 embedded" in run("import", "--no-embed", str(source)).stdout
    assert "file:c" in run("library", "search", "steam").stdout
    assert "3 embedded" in run("import", str(source)).stdout


def test_a_source_that_is_not_there_says_what_to_do(run: Run, tmp_path: Path) -> None:
    result = run("import", str(tmp_path / "nothing"))
    assert isinstance(result.exception, MatineeError)
    assert result.exception.title


def test_an_empty_library_says_what_to_do(run: Run) -> None:
    assert "No videos yet. Import some: matinee import FOLDER" in run("library").stdout
    assert "No history yet" in run("history").stderr


def test_the_library_counts_searches_and_shows(run: Run, source: Path) -> None:
    run("import", "--no-embed", str(source))
    counts = json.loads(run("library", "--json").stdout)
    assert counts["videos"] == 3
    assert counts["kinds"] == {"documentary": 2, "tutorial": 1}
    assert "Baking bread (2020)" in run("library", "search", "baking").stdout
    assert "Nothing found" in run("library", "search", "xyzzy").stderr
    shown = run("library", "show", "file:b").stdout
    assert "A history of bread\n  " in shown
    assert "50 min" in shown
    assert run("library", "show", "file:zzz").exit_code != 0


def test_a_source_is_dropped_after_asking(run: Run, source: Path) -> None:
    run("import", "--no-embed", str(source))
    assert run("library", "drop", "file", given="n\n").exit_code != 0
    assert "3" in run("library").stdout
    assert "Removed 3 videos" in run("library", "drop", "file", "--yes").stdout
    assert "No videos yet" in run("library").stdout


def test_signals_are_kept_and_listed(run: Run, source: Path) -> None:
    run("import", "--no-embed", str(source))
    assert (
        run("like", "file:a", "file:b").stdout == "Liked: Baking bread\nLiked: A history of bread\n"
    )
    assert run("hide", "file:c").exit_code == 0
    listed = run("history").stdout.splitlines()
    assert [line.split()[1] for line in listed] == ["hidden", "liked", "liked"]
    assert json.loads(run("history", "--json").stdout.splitlines()[0])["video_id"] == "file:c"


def test_a_signal_for_an_unknown_video_stores_nothing(run: Run, source: Path) -> None:
    run("import", "--no-embed", str(source))
    result = run("like", "file:a", "file:zzz")
    assert result.exit_code != 0
    assert "file:zzz" in result.output
    assert "No history yet" in run("history").stderr


def test_where_shows_paths_and_where_settings_come_from(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text("[recommend]\npicks = 3\n")
    monkeypatch.setenv("MATINEE_RECOMMEND__SEED", "7")
    shown: dict[str, Any] = json.loads(run("where", "--json").stdout)
    assert shown["settings"]["recommend.picks"]["value"] == "3"
    assert shown["settings"]["recommend.picks"]["from"].endswith("settings.toml")
    assert shown["settings"]["recommend.seed"] == {"value": "7", "from": "MATINEE_RECOMMEND__SEED"}
    assert shown["settings"]["recommend.dial"]["from"] == "default"
    assert str(tmp_path) in run("where").stdout


@pytest.mark.parametrize(
    "content", ["[recommend]\npicks = 0\n", "[recommend]\npick = 3\n", "[recommend\n"]
)
def test_wrong_settings_are_named(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text(content)
    result = run("where")
    assert isinstance(result.exception, MatineeError)


@pytest.mark.real_models
def test_ask_answers_in_text_and_in_json(run: Run, source: Path) -> None:
    run("import", str(source))
    text = run("ask", "--no-llm", "--dial", "familiar", "-k", "2", "something about bread").stdout
    assert "1. " in text
    assert "bread" in text
    result = json.loads(run("ask", "--no-llm", "--json", given="something about bread").stdout)
    assert {"id", "request", "picks", "timings"} <= result.keys()
    pick = result["picks"][0]
    assert {"id", "title", "score", "parts", "cluster", "sentence", "evidence"} == pick.keys()
    assert pick["score"] == pytest.approx(sum(pick["parts"].values()), abs=1e-4)
    assert {row["id"] for row in result["picks"][:2]} == {"file:a", "file:b"}
    assert result["model"] is None


@pytest.mark.real_models
def test_a_batch_answers_every_line_and_says_which_it_cannot(
    run: Run, source: Path, tmp_path: Path
) -> None:
    run("import", str(source))
    run("like", "file:c")
    lines = [
        {"id": "1", "messages": [{"role": "user", "text": "something about bread"}]},
        {"id": "2", "messages": [{"role": "user", "text": "bread"}], "exclude": ["file:a"]},
        {"id": "3", "history": [{"id": "file:a", "rating": 5, "at": "2026-01-01T00:00:00Z"}]},
        {"messages": []},
    ]
    batch = tmp_path / "batch.jsonl"
    batch.write_text("\n".join(json.dumps(line) for line in lines))
    result = run("ask", "--batch", str(batch), "--json", "--no-llm", "-k", "100")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    ids = [[pick["id"] for pick in answer.get("picks", ())] for answer in answers]
    assert set(ids[0]) == {"file:a", "file:b"} or ids[0][0] in {"file:a", "file:b"}
    assert "file:a" not in ids[1]
    assert "file:a" not in ids[2]
    assert "file:c" in ids[2], "a history that is given replaces the stored one"
    assert answers[3]["line"] == 4
    assert "error" in answers[3]
    assert isinstance(result.exception, MatineeError)


def test_batch_wants_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "batch.jsonl").write_text("")
    assert "--json" in run("ask", "--batch", str(tmp_path / "batch.jsonl")).output


@pytest.mark.real_models
def test_chat_without_a_terminal_answers_each_line(run: Run) -> None:
    result = run("chat", "--no-llm", given="a film about trains\nsomething else\n")
    assert result.output.count("\n> ") == 2
    assert result.output.count("\n1. ") == 2


@pytest.mark.real_models
def test_chat_without_any_input_answers_a_sample(run: Run) -> None:
    result = run("chat", "--no-llm", given="")
    assert "> something warm and funny" in result.output
    assert "\n5. " in result.output


def test_run_reports_and_fails(run: Run, tmp_path: Path) -> None:
    script = tmp_path / "script.yaml"
    script.write_text("name: x\nturns:\n  - press: like 1\n")
    result = run("run", str(script))
    assert result.exit_code == 1
    assert "FAILED  x" in result.stdout
    assert "0 passed, 1 failed" in result.stdout


def test_an_error_is_a_few_lines_and_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["matinee", "import", str(tmp_path / "nothing")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("matinee: ")
    assert "Traceback" not in said


def test_reindexing_embeds_what_has_no_vector(run: Run, source: Path) -> None:
    run("import", "--no-embed", str(source))
    assert "3 embedded; 3 vectors in the index." in run("library", "reindex").stdout
    assert "0 embedded; 3 vectors in the index." in run("library", "reindex").stdout
