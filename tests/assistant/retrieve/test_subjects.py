from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.retrieve import RetrievalStore, appraise, retrieve
from assistant.retrieve import subjects as module
from assistant.retrieve.subjects import MOST_SUBJECTS, liked_subjects, plain_subjects
from assistant.types import Candidate, Part, Preference, Request, Stage, Taste
from tests.assistant.retrieve.conftest import fill, made_video
from tests.toys import ToyEmbedder

ASKING = Request(message="surprise me")


def topics(found: Sequence[Candidate]) -> list[str]:
    return [one.video.id.removeprefix("t:").split("-")[0] for one in found]


def test_what_the_person_said_they_like_comes_first(store: RetrievalStore) -> None:
    memory = (Preference(said="I love sailing", likes=("sailing boats",)),)
    found = retrieve(ASKING, Taste(), store, exclude=(), limit=20, preferences=memory)
    assert topics(found)[:5] == ["sailing"] * 5
    assert found[0].nearest_memory == "I love sailing"
    assert found[-1].nearest_memory is None


def test_a_studio_is_known_by_its_name_alone(store: RetrievalStore) -> None:
    fill(store, made_video("cooking", 3, id="t:ghibli", channel="Ghibli", title="Nothing of it"))
    memory = (Preference(said="I love Ghibli", likes=("Ghibli",)),)
    found = retrieve(ASKING, Taste(), store, exclude=(), limit=5, preferences=memory)
    assert found[0].video.id == "t:ghibli"


def test_what_is_liked_less_counts_against_it_and_rules_nothing_out(
    store: RetrievalStore,
) -> None:
    memory = (Preference(said="not that much into chess", dislikes=("chess",)),)
    request = Request(message="openings", wish="openings and tactics")
    found = appraise(request, Taste(), store, store.library.ids(), preferences=memory)
    plain = appraise(request, Taste(), store, store.library.ids())
    chess = [one for one in found if one.video.id.startswith("t:chess")]
    assert len(chess) == 10
    assert all(one.parts[Part.MEMORY] < 0 for one in chess)
    before = {one.video.id: one.score for one in plain}
    assert all(one.score < before[one.video.id] for one in chess)


def test_less_of_something_counts_against_it_for_the_moment(store: RetrievalStore) -> None:
    request = Request(message="x", wish="stories", less=("horror", "jazz"))
    found = appraise(request, Taste(), store, store.library.ids())
    against = {
        topic
        for one, topic in zip(found, topics(found), strict=True)
        if one.parts[Part.DISLIKE] < 0
    }
    assert {"zombies", "jazz"} <= against
    assert "cooking" not in against


def test_a_stage_switches_off_what_is_remembered(store: RetrievalStore) -> None:
    memory = (Preference(said="I love sailing", likes=("sailing",)),)
    found = appraise(
        ASKING, Taste(), store, store.library.ids(), preferences=memory, without={Stage.MEMORY}
    )
    assert all(Part.MEMORY not in one.parts for one in found)


def test_each_subject_is_embedded_once(store: RetrievalStore) -> None:
    counted: list[str] = []

    class Counting(ToyEmbedder):
        def encode_queries(self, texts: Sequence[str]) -> np.typing.NDArray[np.float32]:
            counted.extend(texts)
            return super().encode_queries(texts)

    module._vectors.clear()
    embedder = Counting("toy-counting", store.embedder.dimension)
    counting = RetrievalStore(store.library, store.searcher, embedder)
    memory = (Preference(said="a", likes=("wind", "harbour")),)
    for _ in range(2):
        assert liked_subjects(memory, counting).texts == ("wind", "harbour")
    assert counted == ["wind", "harbour"]


def test_of_many_subjects_the_last_ones_count(store: RetrievalStore) -> None:
    texts = [f"subject {number}" for number in range(40)]
    assert plain_subjects(texts, store).texts == tuple(texts[-MOST_SUBJECTS:])
    assert not plain_subjects(["", " "], store)
