from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assistant.batch import Message
from assistant.evaluation.baselines import Baselines, liked
from assistant.evaluation.one_text import space_of_texts
from assistant.evaluation.others import read_others, teach
from assistant.evaluation.queries import Query
from assistant.evaluation.reading import histories_task
from assistant.evaluation.space import Space
from assistant.evaluation.systems import Ranking, System
from assistant.narrator import Silent
from assistant.types import Video
from store.ingest import ingest
from store.library import Library
from tests.assistant.evaluation.tiny import FILMS, HISTORIES, lines
from tests.toys import ToyEmbedder


@pytest.fixture
def baselines(tmp_path: Path) -> Iterator[Baselines]:
    embedder = ToyEmbedder()
    with Library.open(tmp_path / "library.db") as library:
        ingest([Video.model_validate(film) for film in FILMS], library, lambda: embedder)
        yield Baselines(library, embedder, Space.of(library, embedder.key))


def asked(text: str = "", named: tuple[str, ...] = ()) -> Query:
    messages = (Message(role="user", text=text),) if text else ()
    return Query("1", "1", frozenset(), messages, exclude=frozenset(named), named=named)


def ids(system: System, query: Query) -> tuple[str, ...]:
    answer = system.rank(query)
    assert isinstance(answer, Ranking)
    assert answer.total > 0
    return answer.ids


def test_plain_cosine_is_near_what_is_named_else_near_what_is_said(baselines: Baselines) -> None:
    named = ids(baselines.cosine(), asked("whatever", named=("imdb:tt07",)))
    assert named[0] == "imdb:tt08"
    assert "imdb:tt07" not in named
    assert len(named) == len(FILMS) - 1
    assert ids(baselines.cosine(), asked("ghost ship crew"))[0] == "imdb:tt03"


def test_words_find_those_that_have_them_and_no_others(baselines: Baselines) -> None:
    assert set(ids(baselines.words(), asked("a rocket"))) == {"imdb:tt07", "imdb:tt08"}
    assert baselines.words().rank(asked(named=("imdb:tt01",))) is None


def test_diverse_lists_are_the_same_videos_in_another_order(baselines: Baselines) -> None:
    query = asked(named=("imdb:tt01",))
    plain = ids(baselines.cosine(), query)
    names = []
    for system in baselines.diverse():
        spread = ids(system, query)
        names.append(system.name)
        assert set(spread) == set(plain)
        assert spread[0] == plain[0]
    assert names == ["plain cosine + MMR", "plain cosine + DPP", "plain cosine + SSD"]


def test_what_others_did_ranks(baselines: Baselines, tmp_path: Path) -> None:
    path = lines(tmp_path / "histories.jsonl", HISTORIES)
    [source] = teach(baselines.library, [read_others(path).lesson()])
    counts = dict(zip(baselines.space.ids, source.popularity(baselines.space.ids), strict=True))
    most_rated = ids(baselines.popularity(counts, "popularity"), asked())
    assert most_rated[0] == "imdb:tt04"  # the one that both rated
    query = histories_task(path).queries[1]
    assert ids(baselines.ease(source, "EASE"), query)[0] == "imdb:tt06"
    assert baselines.ease(source, "EASE").rank(asked("hello")) is None


def test_only_candidates_are_ranked(baselines: Baselines) -> None:
    candidates = frozenset({"imdb:tt01", "imdb:tt08"})
    space = Space.of(baselines.library, baselines.embedder.key, candidates)
    assert space.candidate_ids == ["imdb:tt01", "imdb:tt08"]
    assert space.ranked(np.arange(8.0), {"imdb:tt08"}, 5) == ["imdb:tt01"]


def test_a_history_likes_its_good_ratings_else_all_of_it(tmp_path: Path) -> None:
    first, _ = histories_task(lines(tmp_path / "histories.jsonl", HISTORIES)).queries
    assert liked(first) == ["imdb:tt01", "imdb:tt02"]
    bad = Query("1", "1", frozenset(), history=first.history[2:])
    assert liked(bad) == ["imdb:tt04"]


def test_vectors_of_whole_texts_are_made_once(baselines: Baselines, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    made = space_of_texts(baselines.library, baselines.embedder, None, folder, Silent())
    assert made.vectors.shape == (len(FILMS), 64)
    [file] = folder.glob("*.npy")
    np.save(file, np.zeros((len(FILMS), 64), np.float32))
    again = space_of_texts(baselines.library, baselines.embedder, None, folder, Silent())
    assert not again.vectors.any()
