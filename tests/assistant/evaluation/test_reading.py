from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import MatineeError
from assistant.evaluation.queries import TaskKind, spread
from assistant.evaluation.reading import (
    histories_task,
    people_of_histories,
    people_of_requests,
    requests_task,
)
from tests.assistant.evaluation.tiny import HISTORIES, REQUESTS, lines


def test_a_request_ranks_all_but_what_was_mentioned(tmp_path: Path) -> None:
    task = requests_task(lines(tmp_path / "requests-dev.jsonl.gz", REQUESTS))
    assert (task.name, task.kind, task.candidates) == ("requests-dev", TaskKind.REQUESTS, None)
    second = task.queries[1]
    assert (second.id, second.person) == ("1/4", "1")
    assert second.exclude == {"imdb:tt01", "imdb:tt02"}
    assert second.relevant == {"imdb:tt03"}
    assert second.messages[-1].text == "I have. Something else about a ghost?"
    assert second.history == ()


def test_a_history_ranks_what_anybody_rated_but_not_what_the_viewer_did(tmp_path: Path) -> None:
    path = lines(tmp_path / "histories.jsonl", HISTORIES)
    task = histories_task(path, limit=1)
    assert task.kind is TaskKind.HISTORIES
    # The second viewer's films are candidates though only the first viewer is asked about.
    assert task.candidates == frozenset(f"imdb:tt0{number}" for number in range(1, 7))
    [query] = task.queries
    assert query.exclude == {"imdb:tt01", "imdb:tt02", "imdb:tt04"}
    assert [one.rating for one in query.history] == [5.0, 4.5, 1.0]
    assert query.history[0].at.tzinfo is not None


def test_a_conversation_is_a_person_who_names_all_that_it_names(tmp_path: Path) -> None:
    people = people_of_requests(lines(tmp_path / "requests.jsonl", REQUESTS))
    assert people["1"] == {"imdb:tt01": None, "imdb:tt02": None, "imdb:tt03": None}
    assert people.keys() == {"1", "2"}


def test_a_viewer_rates_and_later_likes(tmp_path: Path) -> None:
    people = people_of_histories(lines(tmp_path / "histories.jsonl", HISTORIES))
    assert people["2"] == {"imdb:tt06": None, "imdb:tt04": 4.0, "imdb:tt05": 5.0}


@pytest.mark.parametrize(
    "broken", [{"id": "3/1", "messages": []}, {"id": "3/1", "messages": [{"role": "x"}]}]
)
def test_a_broken_line_is_named(tmp_path: Path, broken: dict[str, object]) -> None:
    path = lines(tmp_path / "requests.jsonl", [REQUESTS[0], broken])
    with pytest.raises(MatineeError) as error:
        requests_task(path)
    assert f"{path}, line 2" in error.value.detail
    assert "docs/evaluation.md" in error.value.hint


def test_a_limit_takes_from_all_over() -> None:
    assert spread(range(10), 3) == (0, 3, 6)
    assert spread(range(3), 5) == spread(range(3), None) == (0, 1, 2)
