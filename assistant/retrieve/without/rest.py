"""Without the words, the meaning, other people, popularity, or something remembered.

Each is taken away with all of its features: the words with the full-text scores and the tags that
were said, the meaning with the cosines of what was said. The community is what other people like
together with what is named, else liked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from assistant.falls import Source, SourceKind
from assistant.retrieve.features import Feature
from assistant.retrieve.fusion import STAND_IN, stand_in
from assistant.retrieve.without.present import Losses, Present

if TYPE_CHECKING:
    from assistant.retrieve.scale import Scores

WHOLE: Mapping[SourceKind, tuple[Feature, ...]] = {
    SourceKind.WORDS: (Feature.WISH_WORDS, Feature.SAID_WORDS, Feature.SAID_TAGS),
    SourceKind.MEANING: (Feature.WISH, Feature.SAID),
    SourceKind.COMMUNITY: (Feature.RATED, Feature.LISTED),
    SourceKind.VIEWS: (Feature.POPULARITY,),
    SourceKind.RATERS: (Feature.RATERS, Feature.LISTERS),
    SourceKind.PROMINENCE: (Feature.PROMINENCE, Feature.LEANING),
}
"""The features of the sources that are not told apart any further."""


def whole_sources(present: Present) -> Iterator[Losses]:
    """Of each source that is a few features."""
    lost = {kind: _of_features(present, features) for kind, features in WHOLE.items()}
    found = {kind: values for kind, values in lost.items() if values.any()}
    if found:
        sources = tuple(Source(kind) for kind in found)
        yield Losses(sources, np.stack(list(found.values()), axis=1))


def remembered(present: Present) -> Iterator[Losses]:
    """Of each thing that the person said about themselves, as far as it is a liking."""
    near = present.compared.memory
    if near is None or not present.has(Feature.MEMORY):
        return
    near, said = near[present.rows], present.query.memory.said
    for one in dict.fromkeys(said):
        others = near[:, [other != one for other in said]]
        without = others.max(axis=1) if others.shape[1] else np.zeros(len(near))
        lost = present.lost(Feature.MEMORY, without[:, None])
        yield Losses((Source(SourceKind.MEMORY, one),), lost)


def _of_features(present: Present, features: Sequence[Feature]) -> Scores:
    total = np.zeros(len(present.ids))
    for feature in features:
        if feature not in present.scored.features.scores:
            continue
        now = present.now(feature)
        total += present.weight(feature) * now
        if feature in STAND_IN:
            total += present.weight(STAND_IN[feature]) * stand_in(now, present.scale.has_vector)
    return total
