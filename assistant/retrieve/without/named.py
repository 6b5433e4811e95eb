"""Without a title that was named or pointed at.

It is taken away with its nearness, its share in the mean of the titles, its tags, people and year,
and the full-text scores of its keywords. What was said in words stays said, and what it says
through other people's ratings is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from assistant.falls import Source, SourceKind
from assistant.retrieve.facts import facts_of
from assistant.retrieve.features import Feature
from assistant.retrieve.fusion import stand_in
from assistant.retrieve.scale import full_text
from assistant.retrieve.targets import Targets
from assistant.retrieve.without.present import Losses, Present

if TYPE_CHECKING:
    from assistant.retrieve.scale import Columns, Scores

_FACTS: Mapping[Feature, str] = {
    Feature.NAMED_TAGS: "tags",
    Feature.NAMED_PEOPLE: "people",
    Feature.NAMED_TIME: "time",
    Feature.LEANING: "leaning",
}


def named_titles(present: Present) -> Iterator[Losses]:
    """Of each title named."""
    videos = present.query.named.videos
    if not videos:
        return
    ids = [one.id for one in videos]
    targets = Targets(present.compared.facts, present.rows, [facts_of(one) for one in videos])
    values = present.by_facts(targets, _FACTS, ids, [{one} for one in ids])
    values += _by_nearness(present, ids) + _by_words(present, ids)
    yield Losses(tuple(Source(SourceKind.NAMED, one) for one in ids), values)


def _by_nearness(present: Present, ids: list[str]) -> Columns:
    named, lost = present.query.named, present.nothing(len(ids))
    similar = present.narrowed(present.compared.named)
    if similar is None or named.vectors is None:
        return lost
    columns = [ids.index(one) for one in named.ids]
    if present.has(Feature.NEAREST_NAMED):
        nearest = present.scale.without_each(similar, range(len(columns)))
        lost[:, columns] += present.lost(Feature.NEAREST_NAMED, nearest)
    if present.has(Feature.NAMED):
        weighted = np.array(named.weights, np.float32)[:, None] * named.vectors
        left = weighted.sum(axis=0) - weighted
        left[len(columns) == 1] = 0.0
        lost[:, columns] += present.lost(Feature.NAMED, present.near(left))
    return lost


def _by_words(present: Present, ids: list[str]) -> Columns:
    lost, words_of = present.nothing(len(ids)), present.scored.pool.words_of_named
    if Feature.NAMED_WORDS not in present.scored.features.scores:
        return lost
    for column, one in enumerate(ids):
        if words_of.get(one):
            lost[:, column] = _words_lost(present, one)
    return lost


def _words_lost(present: Present, video_id: str) -> Scores:
    left: dict[str, float] = {}
    for one, hits in present.scored.pool.words_of_named.items():
        if one != video_id:
            for id_, score in hits.items():
                left[id_] = left.get(id_, 0.0) + score
    now = present.now(Feature.NAMED_WORDS)
    without = full_text(left, present.ids, present.scored.pool.videos)
    if without is None:
        without = np.zeros(len(now))
    has_vector = present.scale.has_vector
    stood_in = stand_in(now, has_vector) - stand_in(without, has_vector)
    by_words = present.weight(Feature.NAMED_WORDS) * (now - without)
    return np.asarray(by_words + present.weight(Feature.NAMED) * stood_in)
