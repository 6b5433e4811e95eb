"""``matinee memory`` as a person types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import matinee
from assistant.types import Scope
from store.library import Library

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command in a data folder of its own."""

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(matinee, ["--data-dir", str(tmp_path), *arguments])

    return call


@pytest.fixture
def said(run: Run) -> Run:
    """Of a library that remembers three things."""
    for text in ("I never watch horror", "my kids love dinosaurs", "I live in Leeds"):
        assert run("memory", "add", text).exit_code == 0
    return run


def test_with_nothing_remembered_it_says_how_one_begins(run: Run) -> None:
    result = run("memory")
    assert result.exit_code == 0
    assert "matinee memory add" in result.output


def test_what_is_added_is_listed_with_what_it_means(said: Run) -> None:
    assert said("memory").output.splitlines() == [
        "   1  always: I never watch horror (no horror)",
        "   2  with the kids: my kids love dinosaurs (more of dinosaurs)",
        "   3  always: I live in Leeds (kept as a note; it changes no picks)",
    ]


def test_the_scope_can_be_given(run: Run, tmp_path: Path) -> None:
    run("memory", "add", "no horror", "--scope", "kids")
    with Library.open(tmp_path / "library.db") as library:
        [kept] = library.preferences()
    assert (kept.scope, kept.avoid[0].term) == (Scope.KIDS, "horror")
    assert run("memory", "add", "no horror", "--scope", "session").exit_code == 2


def test_the_same_said_twice_is_one(said: Run) -> None:
    said("memory", "add", "I hate horror")
    assert len(said("memory").output.splitlines()) == 3


def test_what_holds_for_today_belongs_into_a_chat(run: Run) -> None:
    result = run("memory", "add", "I only watch French films tonight")
    assert result.exit_code == 2
    assert "matinee chat" in result.output


def test_it_can_be_changed_and_keeps_its_scope(said: Run) -> None:
    assert "with the kids: I love trains" in said("memory", "edit", "2", "I love trains").output
    assert (
        "always: I love trains"
        in said("memory", "edit", "2", "I love trains", "--scope", "always").output
    )
    assert len(said("memory").output.splitlines()) == 3


def test_it_can_be_forgotten_by_number_or_all_at_once(said: Run) -> None:
    assert said("memory", "forget", "3", "1").output.splitlines() == [
        "Forgotten: I live in Leeds",
        "Forgotten: I never watch horror",
    ]
    assert said("memory", "forget", "--all").output == "Forgotten: my kids love dinosaurs\n"
    assert said("memory", "forget", "--all").output == "There was nothing to forget.\n"


@pytest.mark.parametrize(
    "arguments",
    [("edit", "9", "I love jazz"), ("forget", "1", "9")],
)
def test_a_number_under_which_nothing_is_remembered_changes_nothing(
    said: Run, arguments: tuple[str, ...]
) -> None:
    result = said("memory", *arguments)
    assert result.exit_code == 1
    assert "Nothing is remembered under 9" in result.output
    assert len(said("memory").output.splitlines()) == 3


@pytest.mark.parametrize(
    "arguments", [("forget",), ("forget", "1", "--all"), ("add", "  "), ("edit", "1", "")]
)
def test_what_cannot_be_meant_is_refused(said: Run, arguments: tuple[str, ...]) -> None:
    assert said("memory", *arguments).exit_code == 2
    assert len(said("memory").output.splitlines()) == 3


def test_json(said: Run) -> None:
    listed = json.loads(said("memory", "--json").output)
    assert [(one["id"], one["said"]) for one in listed] == [
        (1, "I never watch horror"),
        (2, "my kids love dinosaurs"),
        (3, "I live in Leeds"),
    ]
    assert listed[0]["avoid"] == [{"term": "horror"}]
    [added] = json.loads(said("memory", "add", "我喜欢吉卜力", "--json").output)
    assert added["likes"] == ["吉卜力"]
    [gone] = json.loads(said("memory", "forget", "4", "--json").output)
    assert gone["said"] == "我喜欢吉卜力"


def test_what_steers_a_terminal_is_not_printed(run: Run) -> None:
    run("memory", "add", "I love \x1b[31mred\x1b[0m films")
    assert "\x1b" not in run("memory").output


def test_forget_leaves_no_trace_of_it(said: Run, tmp_path: Path) -> None:
    result = said("forget", "memory", "--yes")
    assert result.exit_code == 0, result.output
    assert "3 preferences" in result.output
    assert not [
        path for path in tmp_path.rglob("*") if path.is_file() and b"dinosaurs" in path.read_bytes()
    ]


def test_nothing_of_it_is_logged(said: Run, tmp_path: Path) -> None:
    said("memory")
    logs = [path.read_text() for path in tmp_path.rglob("*.log*")]
    assert not any("dinosaurs" in text for text in logs)
