from __future__ import annotations

import math

import numpy as np

from assistant.relevance.examples import Past, blocks_of
from assistant.relevance.features import NAMES
from assistant.relevance.opinions import opinions
from assistant.retrieve import RetrievalStore
from assistant.settings import RecommendSettings
from assistant.types import Interaction, Signal
from tests.assistant.relevance.conftest import START, VIDEOS, signals

SETTINGS = RecommendSettings()


def likes_jazz(video: object) -> bool:
    return "jazz" in getattr(video, "id")  # noqa: B009


HISTORY = signals(VIDEOS[::7], likes_jazz)


def test_blocks_are_neighbours_and_leave_nothing_out() -> None:
    said = opinions(HISTORY)
    blocks = blocks_of(said, 8)
    assert [one for block in blocks for one in block] == said
    assert max(map(len, blocks)) - min(map(len, blocks)) <= 1
    assert len(blocks_of(said[:3], 8)) == 3


def test_an_example_has_not_seen_itself(store: RetrievalStore) -> None:
    """The features of held-out videos are the same whatever the viewer said of them."""
    said = opinions(HISTORY)
    held_out = {one.video_id for one in said[20:30]}
    opposite = [
        one
        if one.video_id not in held_out
        else one.model_copy(
            update={"signal": Signal.DISLIKED if one.signal is Signal.LIKED else Signal.LIKED}
        )
        for one in HISTORY
    ]
    seen = []
    for history in (HISTORY, opposite):
        past, told = Past(history, store, SETTINGS), opinions(history)
        seen.append(past.examples(told[20:30], [*told[:20], *told[30:]]))
    np.testing.assert_array_equal(seen[0].features, seen[1].features)
    np.testing.assert_array_equal(seen[0].fusion, seen[1].fusion)
    said_of = ~seen[0].drawn
    assert (seen[0].relevant[said_of] != seen[1].relevant[said_of]).all()


def test_what_is_drawn_has_no_opinion_and_weighs_as_much_as_what_is_relevant(
    store: RetrievalStore,
) -> None:
    past, said = Past(HISTORY, store, SETTINGS), opinions(HISTORY)
    found = past.examples(said[:20], said[20:], drawn=60)
    assert found.drawn.sum() == 60
    assert not found.relevant[found.drawn].any()
    assert len(found) == 80
    assert math.isclose(found.weights[found.drawn].sum(), found.weights[found.relevant].sum())


def test_all_of_a_history_becomes_examples_once(store: RetrievalStore) -> None:
    past, said = Past(HISTORY, store, SETTINGS), opinions(HISTORY)
    blocks = past.crossed(said)
    assert sum(int((~block.drawn).sum()) for block in blocks) == len(said)
    assert sum(int(block.relevant.sum()) for block in blocks) == sum(one.relevant for one in said)


def test_the_same_seed_draws_the_same(store: RetrievalStore) -> None:
    said = opinions(HISTORY)

    def draw(seed: int) -> list[float]:
        past = Past(HISTORY, store, SETTINGS, seed)
        return sorted(past.examples(said[:5], said[5:]).fusion.tolist())

    assert draw(3) == draw(3) != draw(4)


def test_videos_that_the_library_has_not_are_passed_over(store: RetrievalStore) -> None:
    gone = Interaction(video_id="gone:1", signal=Signal.LIKED, at=START)
    past = Past([*HISTORY, gone], store, SETTINGS)
    said = opinions([*HISTORY, gone])
    assert len(past.usable(said)) == len(said) - 1


def test_features_say_what_their_names_say(store: RetrievalStore) -> None:
    past, said = Past(HISTORY, store, SETTINGS), opinions(HISTORY)
    found = past.examples(said[:35], said[35:])
    column = {name: found.features[:, number] for number, name in enumerate(NAMES)}
    relevant = found.relevant
    assert found.features.shape == (len(found), len(NAMES))
    for name in ("nearest like", "user vector", "keywords", "tags"):  # it likes one topic alone
        assert np.nanmean(column[name][relevant]) > np.nanmean(column[name][~relevant]), name
    assert np.isnan(column["reach"]).all(), "nobody knows how often they were watched"
