from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from assistant.errors import MatineeError
from assistant.evaluation.benchmark import find_benchmarks
from assistant.evaluation.queries import TaskKind
from assistant.types import Video
from tests.assistant.evaluation.tiny import FILMS, REQUESTS, lines, write_benchmark


def test_a_folder_is_found_also_one_level_down(tmp_path: Path) -> None:
    films = write_benchmark(tmp_path / "data" / "films")
    for place in (films, films.parent):
        [benchmark] = find_benchmarks(place)
        assert benchmark.catalogue.name == "films"
        assert [task.name for task in benchmark.tasks] == ["requests-dev", "histories-dev"]
        videos = [one for one in benchmark.catalogue.records() if isinstance(one, Video)]
        assert [video.id for video in videos] == [film["id"] for film in FILMS]


def test_a_limit_holds_for_each_kind_of_query(tmp_path: Path) -> None:
    [benchmark] = find_benchmarks(write_benchmark(tmp_path / "films"), limit=1)
    assert [len(task.queries) for task in benchmark.tasks] == [1, 1]


def test_the_key_of_a_catalogue_changes_with_its_content(tmp_path: Path) -> None:
    folder = write_benchmark(tmp_path / "films")
    [before] = find_benchmarks(folder)
    lines(folder / "catalog.jsonl.gz", FILMS[:-1])
    [after] = find_benchmarks(folder)
    assert before.catalogue.key != after.catalogue.key


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(MatineeError, match="no such benchmark"):
        list(find_benchmarks(tmp_path / "nowhere"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(MatineeError, match="nothing to measure with"):
        list(find_benchmarks(tmp_path / "empty"))
    lines(tmp_path / "requests.jsonl", REQUESTS)
    with pytest.raises(MatineeError, match="needs one catalogue") as error:
        list(find_benchmarks(tmp_path))
    assert "has none" in error.value.detail


def test_talks_are_asked_for_by_what_their_tags_said(tmp_path: Path) -> None:
    path = tmp_path / "talks.zip"
    subjects = ["databases", "testing", "web", "security"]
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(60):
            tags = [subjects[number % 4], subjects[(number // 4) % 4]]
            link = {"type": "youtube", "url": f"https://youtu.be/abcdefgh{number:03}"}
            talk = {"title": f"About {tags[0]} {number}", "tags": tags, "videos": [link]}
            archive.writestr(f"data/event{number % 6}/videos/{number}.json", json.dumps(talk))
    [benchmark] = find_benchmarks(tmp_path)
    [task] = benchmark.tasks
    assert task.kind is TaskKind.TOPICS
    assert "databases" in {query.id for query in task.queries}
    query = next(query for query in task.queries if query.id == "databases")
    assert "databases" in query.text
    assert query.relevant
    assert frozenset().union(*query.subtopics.values()) <= {"testing", "web", "security"}
    videos = [one for one in benchmark.catalogue.records() if isinstance(one, Video)]
    assert not any("databases" in (video.title.lower(), *video.tags) for video in videos)
    assert [len(one.tasks[0].queries) for one in find_benchmarks(path, limit=2)] == [2]
