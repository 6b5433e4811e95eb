"""One score from all features: a weighted sum whose weights depend on what was asked."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from assistant.retrieve.features import Feature
from assistant.retrieve.moods import is_mood
from assistant.retrieve.query import Query
from assistant.types import Part, Stage
from store.community.ratings import CommunityKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.retrieve.scale import Scores
    from store.community import Community

    Weights = Mapping[Feature, float]

MOST_BY_WORDS_ALONE = 4.0
"""What the words may stand for in place of a meaning that is not known yet."""
STAND_IN: Mapping[Feature, Feature] = {
    Feature.WISH_WORDS: Feature.WISH,
    Feature.NAMED_WORDS: Feature.NAMED,
}
"""What of the words takes the place of what of the meaning."""


class Asked(StrEnum):
    """The kinds of request that have weights of their own."""

    WISH = "wish"
    """What the picks should be about, in words: the taste decides among what fits."""
    MOOD = "mood"
    """How they should feel, or a wide genre, in words: much fits, and what is well known more."""
    TITLES = "titles"
    """Titles to go by."""
    TITLES_AND_WISH = "titles_and_wish"
    NOTHING = "nothing"
    """Nothing that a video could be about: the taste is the wish. Without a taste either,
    popularity is all there is."""


class Others(StrEnum):
    """What is known of other people. With lists, ratings may be there as well or not."""

    NONE = "alone"
    RATINGS = "ratings"
    LISTS = "lists"


_PART: Mapping[Feature, Part] = {
    Feature.WISH: Part.REQUEST,
    Feature.SAID: Part.REQUEST,
    Feature.WISH_WORDS: Part.WORDS,
    Feature.SAID_WORDS: Part.WORDS,
    Feature.SAID_TAGS: Part.WORDS,
    Feature.NAMED: Part.NAMED,
    Feature.NEAREST_NAMED: Part.NAMED,
    Feature.NAMED_WORDS: Part.NAMED,
    Feature.NAMED_TAGS: Part.NAMED,
    Feature.NAMED_PEOPLE: Part.NAMED,
    Feature.NAMED_TIME: Part.NAMED,
    Feature.TASTE: Part.TASTE,
    Feature.TASTE_TAGS: Part.TASTE,
    Feature.TASTE_PEOPLE: Part.TASTE,
    Feature.TASTE_TIME: Part.TASTE,
    Feature.TASTE_KIND: Part.TASTE,
    Feature.TASTE_LANGUAGE: Part.TASTE,
    Feature.INTEREST: Part.INTEREST,
    Feature.POPULARITY: Part.POPULARITY,
    Feature.PROMINENCE: Part.POPULARITY,
    Feature.LEANING: Part.POPULARITY,
    Feature.RATED: Part.COMMUNITY,
    Feature.RATERS: Part.POPULARITY,
    Feature.LISTED: Part.COMMUNITY,
    Feature.LISTERS: Part.POPULARITY,
    Feature.DISLIKED: Part.DISLIKE,
    Feature.UNWANTED: Part.DISLIKE,
    Feature.LESS: Part.DISLIKE,
    Feature.MEMORY: Part.MEMORY,
    Feature.MEMORY_DISLIKED: Part.MEMORY,
}
"""The part of the score that a feature adds to."""

_STAGE: Mapping[Stage, frozenset[Feature]] = {
    Stage.WISH_MEANING: frozenset({Feature.WISH, Feature.SAID}),
    Stage.WORDS: frozenset(
        {Feature.WISH_WORDS, Feature.SAID_WORDS, Feature.SAID_TAGS, Feature.NAMED_WORDS}
    ),
    Stage.NAMED: frozenset(one for one, part in _PART.items() if part is Part.NAMED),
    Stage.TASTE: frozenset(one for one, part in _PART.items() if part is Part.TASTE),
    Stage.INTEREST: frozenset({Feature.INTEREST}),
    Stage.DISLIKE: frozenset({Feature.DISLIKED, Feature.UNWANTED, Feature.LESS}),
    Stage.POPULARITY: frozenset(one for one, part in _PART.items() if part is Part.POPULARITY),
    Stage.COMMUNITY: frozenset({Feature.RATED, Feature.RATERS, Feature.LISTED, Feature.LISTERS}),
    Stage.MEMORY: frozenset(one for one, part in _PART.items() if part is Part.MEMORY),
}
"""The features that add nothing when a stage is switched off."""


def asked(query: Query) -> Asked:
    """What kind of request it is."""
    if query.named.videos:
        return Asked.TITLES_AND_WISH if query.wish else Asked.TITLES
    if query.wish:
        return Asked.MOOD if is_mood(query.wish) else Asked.WISH
    return Asked.NOTHING


def weights_for(query: Query, community: Community, without: Collection[Stage] = ()) -> Weights:
    """The weights for this kind of request, none for the features of stages switched off.

    Args:
        query: what is asked.
        community: what is known of others: beside it, other features count for less.
        without: stages that are switched off; without community, its weights do not apply.
    """
    kind = asked(query)
    known = Others.NONE if Stage.COMMUNITY in without else others_in(community)
    weights: Weights = learned_weights()[kind, known]
    taste = query.taste
    if kind is Asked.NOTHING and taste.method == "mean" and taste.vector is not None:
        weights = {
            one: weight
            for one, weight in weights.items()
            if one is Feature.TASTE or _PART[one] in (Part.DISLIKE, Part.MEMORY)
        }
    off = frozenset[Feature]().union(*(_STAGE.get(stage, frozenset()) for stage in without))
    return {one: weight for one, weight in weights.items() if one not in off}


def others_in(community: Community) -> Others:
    """What is known of other people."""
    if community.of(CommunityKind.LISTS):
        return Others.LISTS
    return Others.RATINGS if community.of(CommunityKind.RATINGS) else Others.NONE


@cache
def learned_weights() -> Mapping[tuple[Asked, Others], Weights]:
    """The weights of ``weights.toml``, where it says how they were made."""
    text = resources.files("assistant.retrieve").joinpath("weights.toml").read_text("utf-8")
    read = tomllib.loads(text)
    return {
        (kind, known): {Feature(name): float(weight) for name, weight in read[kind][known].items()}
        for kind in Asked
        for known in Others
    }


def contributions(
    scores: Mapping[Feature, Scores], has_vector: NDArray[np.bool_], weights: Weights
) -> dict[Part, Scores]:
    """What each part adds to the score of each video; a part that does not apply is absent.

    A video that has no vector yet is judged by its words: they stand in for its meaning too.

    Args:
        scores: of each feature that applies.
        has_vector: of each video.
        weights: of the features.
    """
    parts: dict[Part, Scores] = {}
    for feature, weight in weights.items():
        found = scores.get(feature)
        if found is not None and weight:
            _add(parts, _PART[feature], weight * found)
    if not has_vector.all():
        for words, meaning in STAND_IN.items():
            found = scores.get(words)
            if found is not None:
                _add(parts, _PART[words], weights.get(meaning, 0.0) * stand_in(found, has_vector))
    return parts


def _add(parts: dict[Part, Scores], part: Part, scores: Scores) -> None:
    parts[part] = parts[part] + scores if part in parts else scores


def stand_in(words: Scores, has_vector: NDArray[np.bool_]) -> Scores:
    """What words say in place of a meaning; 0 for a video whose meaning is known."""
    return np.where(has_vector, 0.0, np.minimum(words, MOST_BY_WORDS_ALONE))
