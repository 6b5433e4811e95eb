from __future__ import annotations

import gc

import pytest

from assistant.errors import LibraryDamagedError
from assistant.retrieve import RetrievalStore, known
from store.library.facts import NOTHING_KNOWN
from tests.assistant.retrieve.conftest import fill, made_video

IDS = ["cooking:1", "cooking:2", "gone:1"]


@pytest.fixture
def cooking(store: RetrievalStore) -> RetrievalStore:
    fill(store, *(made_video("cooking", number, id=f"cooking:{number}") for number in (1, 2)))
    store.searcher.refresh()
    return store


def test_what_is_known_has_the_order_asked_and_a_place_for_what_is_not_there(
    cooking: RetrievalStore,
) -> None:
    one, other, gone = cooking.knowledge.recall(IDS, cooking)
    read = cooking.library.facts(IDS)
    assert [one.facts, other.facts] == [read["cooking:1"], read["cooking:2"]]
    assert gone.facts == NOTHING_KNOWN
    assert gone.tags(cooking.searcher.census()) == ({}, 0.0)


def test_it_is_read_once(cooking: RetrievalStore, monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = cooking.knowledge
    first = knowledge.recall(IDS[:2], cooking)
    monkeypatch.setattr(type(cooking.library), "facts", None)  # cannot be called
    again = cooking.knowledge.recall(IDS[:2], cooking)
    assert [*map(id, again)] == [*map(id, first)]


def test_it_is_read_anew_when_the_library_has_changed(cooking: RetrievalStore) -> None:
    cooking.knowledge.recall(IDS, cooking)
    fill(cooking, made_video("cooking", 1, id="cooking:1", tags=["soup"]))
    cooking.searcher.refresh()
    first, *_ = cooking.knowledge.recall(IDS, cooking)
    assert first.facts.tags == ("soup",)


def test_what_was_known_of_a_library_as_it_was_is_let_go(cooking: RetrievalStore) -> None:
    cooking.knowledge.recall(IDS, cooking)
    before = len(known._knowledge)
    fill(cooking, made_video("cooking", 1, id="cooking:1", tags=["soup"]))
    cooking.searcher.refresh()
    gc.collect()
    assert len(known._knowledge) == before - 1


def test_not_more_is_kept_than_there_is_room_for(
    cooking: RetrievalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "MOST_KEPT", 1)
    monkeypatch.setattr(known, "MOST_VIDEOS", 1)
    knowledge, ids = cooking.knowledge, IDS[:2]
    for _ in range(2):
        assert [one.facts for one in knowledge.recall(ids, cooking)] == [
            *cooking.library.facts(ids).values()
        ]
        assert knowledge.vectors(ids, cooking)[0] == ids
        assert knowledge.videos(ids, cooking) == cooking.library.get(ids)
        for kept in (knowledge._facts, knowledge._vectors, knowledge._videos):
            assert len(kept) == 1


def test_vectors_are_those_of_the_library_in_the_order_asked(cooking: RetrievalStore) -> None:
    knowledge = cooking.knowledge
    for ids in (IDS[:1], IDS[1::-1], ["gone:1"]):
        present, vectors = knowledge.vectors(ids, cooking)
        expected, stored = cooking.library.vectors(cooking.embedder.key, ids)
        assert present == expected
        assert vectors.tolist() == stored.tolist()


def test_a_vector_of_another_dimension_is_damage(cooking: RetrievalStore) -> None:
    knowledge = cooking.knowledge
    knowledge.vectors(IDS[:1], cooking)
    cooking.library._connection.execute(
        "UPDATE vectors SET vector = zeroblob(8) WHERE video_id = ?", (IDS[1],)
    )
    with pytest.raises(LibraryDamagedError):
        knowledge.vectors(IDS, cooking)


def test_videos_are_those_of_the_library_in_the_order_asked(cooking: RetrievalStore) -> None:
    for ids in (IDS[:1], IDS[::-1]):
        assert [*cooking.videos(ids).items()] == [*cooking.library.get(ids).items()]
