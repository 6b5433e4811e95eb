from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from assistant.importers.ratings import jsonl
from store.community import RatedItem
from tests.assistant.importers.ratings.read import gather, reasons, told
from tests.assistant.importers.sources import STRANGE, write_lines


def test_histories(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "histories.jsonl",
        {
            "user": 2,
            "history": [
                {"id": "imdb:tt1", "rating": 5.0, "at": 1},
                {"id": "imdb:tt2", "rating": 3},
            ],
            "relevant": ["imdb:tt3"],
        },
        {"user": "x", "history": [{"id": "imdb:tt1"}]},
    )
    found = gather(path)
    assert told(found) == {
        (0, "imdb:tt1"): 5.0,
        (0, "imdb:tt2"): 3.0,
        (0, "imdb:tt3"): 4.0,
        (1, "imdb:tt1"): None,
    }
    assert found.items[0] == RatedItem("imdb:tt1", "", None)


def test_lists_of_one_conversation_are_one(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "requests.jsonl",
        {"id": "7/2", "mentioned": ["imdb:tt1"], "relevant": ["imdb:tt2"]},
        {"id": "7/4", "mentioned": ["imdb:tt1", "imdb:tt2"], "relevant": ["imdb:tt3"]},
        {"id": "8/2", "mentioned": [], "relevant": ["imdb:tt1"]},
    )
    found = gather(path)
    assert set(told(found)) == {
        (0, "imdb:tt1"),
        (0, "imdb:tt2"),
        (0, "imdb:tt3"),
        (1, "imdb:tt1"),
    }
    assert not found.rated


@pytest.mark.parametrize("value", STRANGE)
def test_strange_values_are_left_out(value: object, tmp_path: Path) -> None:
    good = {"id": "8/2", "mentioned": ["imdb:tt1"], "relevant": ["imdb:tt9"]}
    path = write_lines(
        tmp_path / "lines.jsonl",
        good,
        {"id": value, "mentioned": value, "relevant": value},
        {"user": value, "history": value, "relevant": value},
        {"user": "x", "history": [{"id": value, "rating": value}], "relevant": [value]},
        {"user": "x", "history": [value]},
    )
    found = gather(path)
    assert {(0, "imdb:tt1"), (0, "imdb:tt9")} <= set(told(found))


def test_lines_that_are_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MOST_OF_ONE", 3)
    path = write_lines(
        tmp_path / "lines.jsonl",
        {"id": "1", "mentioned": ["a"]},
        {"id": "2", "mentioned": ["a"] * 4},
        [1],
    )
    path.write_text(path.read_text() + "{broken\n")
    found = gather(path)
    assert told(found) == {(0, "a"): None}
    assert set(reasons(found)) == {"line 2", "line 3", "line 4"}


def test_it_may_be_packed_and_its_first_line_long(tmp_path: Path) -> None:
    import json

    history = [{"id": f"a:{number}", "rating": 5} for number in range(5_000)]
    path = tmp_path / "histories.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"user": 1, "history": history}).encode()))
    assert len(told(gather(path))) == 5_000


@pytest.mark.shared_data
def test_the_shared_files_are_read_as_they_stand(shared_data: Path) -> None:
    histories = gather(shared_data / "films" / "histories-dev.jsonl.gz")
    assert (histories.ratings.people, len(histories.items)) == (331, 3_073)
    requests = gather(shared_data / "films" / "requests-dev.jsonl.gz")
    assert (requests.ratings.people, len(requests.items)) == (985, 1_879)
    assert histories.skipped_count == requests.skipped_count == 0
