from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.evaluation.others import FOLDS, folds, read_others, teach
from assistant.evaluation.reading import histories_task, requests_task
from assistant.types import Video
from store.community import CommunityKind
from store.library import Library
from tests.assistant.evaluation.tiny import HISTORIES, REQUESTS, lines

CONVERSATIONS = [
    {"id": f"{number}/{turn}", "messages": [{"role": "user", "text": "Hi"}],
     "mentioned": [f"imdb:tt{number:02}", "imdb:tt99"], "relevant": [f"imdb:tt{50 + number}"]}
    for number in range(25) for turn in (1, 3)
]  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.db") as opened:
        ids = [f"imdb:tt{number:02}" for number in range(100)]
        opened.put_videos([Video(id=id_, title=f"Film {id_}") for id_ in ids])
        yield opened


def test_every_query_is_answered_once_and_none_with_its_own_conversation(tmp_path: Path) -> None:
    path = lines(tmp_path / "requests.jsonl", CONVERSATIONS)
    task, others = requests_task(path), read_others(path)
    dealt = list(folds(task, [others]))
    assert len(dealt) == FOLDS
    assert sorted(query.id for fold in dealt for query in fold.queries) == sorted(
        query.id for query in task.queries
    )
    for fold in dealt:
        [lesson] = fold.lessons
        own = {query.person for query in fold.queries}
        assert lesson.learned.people == 25 - len(own)
        for query in fold.queries:  # nobody else names these
            assert not (query.exclude | query.relevant) - {"imdb:tt99"} & set(lesson.learned.keys)


def test_another_file_is_learned_from_whole(tmp_path: Path) -> None:
    task = requests_task(lines(tmp_path / "requests.jsonl", REQUESTS))
    others = read_others(lines(tmp_path / "histories.jsonl", HISTORIES))
    [fold] = folds(task, [others])
    assert fold.queries == task.queries
    [lesson] = fold.lessons
    assert lesson.learned.kind is CommunityKind.RATINGS
    assert lesson.learned.people == 2


def test_of_two_files_only_the_scored_one_is_dealt(tmp_path: Path) -> None:
    path = lines(tmp_path / "histories.jsonl", HISTORIES)
    lists = read_others(lines(tmp_path / "requests.jsonl", CONVERSATIONS))
    for fold in folds(histories_task(path), [lists, read_others(path)]):
        of_lists, of_ratings = fold.lessons
        assert of_lists.learned.people == 25
        assert of_ratings.learned.people == 2 - len(fold.queries)


def test_a_table_of_ratings_is_taken_whole(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    rows = [f"{user},imdb:tt{item:02},4.5" for user in range(5) for item in range(4)]
    path.write_text("\n".join(["user,item,rating", *rows]), "utf-8")
    lesson = read_others(path).lesson()
    assert lesson.learned.people == 5
    assert lesson.learned.kind is CommunityKind.RATINGS


def test_a_library_knows_the_last_lesson_alone(tmp_path: Path, library: Library) -> None:
    lists = read_others(lines(tmp_path / "lists.jsonl", CONVERSATIONS))
    ratings = read_others(lines(tmp_path / "ratings.jsonl", HISTORIES))
    assert len(teach(library, [lists.lesson(), ratings.lesson()])) == 2
    [source] = teach(library, [ratings.lesson(["1"])])
    assert (source.name, source.people) == ("ratings", 1)
    assert [one.name for one in library.community().sources] == ["ratings"]
    assert teach(library, []) == ()
